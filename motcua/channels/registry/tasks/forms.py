"""What people type about tasks."""

from datetime import date, datetime

from motcua.casework.tasks.api import Grouping, Origin, Side
from motcua.channels.kit.fields import (
    DayField,
    KitForm,
    LongTextField,
    ManyField,
    NumberField,
    RadioField,
    SelectField,
    TextField,
    UploadField,
)
from motcua.foundation.access.api import Secrecy
from motcua.foundation.calendar import api as calendar

FILES = ".pdf,.docx,.xlsx,image/jpeg,image/png"
_ONE_BOX = {"single": True}
_ORIGINS = [(o.value, o.label) for o in Origin if o not in (Origin.DOCUMENT, Origin.TASK)]


def end_of(day: date | None) -> datetime | None:
    """Return the moment a limit of that day means: when the offices close."""
    return calendar.closing_of(day, calendar.national_facts()) if day else None


class GiveForm(KitForm):
    """A task to be given."""

    title = TextField(
        label="Việc cần làm",
        max_length=300,
        help_text="Một câu ngắn: làm gì, ra kết quả gì.",
    )
    words = LongTextField(label="Nội dung, yêu cầu cụ thể", required=False, max_length=8000)
    origin_kind = SelectField(label="Nguồn giao", choices=_ORIGINS, initial=Origin.SPOKEN)
    origin_words = TextField(
        label="Căn cứ",
        required=False,
        max_length=500,
        help_text="Ví dụ: Thông báo kết luận 12/TB-UBND ngày 02/3/2026, mục 3.",
    )
    lead = SelectField(label="Chủ trì")
    more = ManyField(label="Nhiều nơi cùng chủ trì, mỗi nơi phần mình", required=False)
    together = ManyField(label="Phối hợp", required=False)
    together_others = ManyField(label="Cơ quan khác phối hợp", required=False)
    due_on = DayField(
        label="Hạn",
        required=False,
        look=_ONE_BOX,
        help_text="Hết giờ làm việc ngày ấy. Để trống nếu không có hạn.",
    )
    secrecy = SelectField(
        label="Ai được biết",
        choices=[
            (str(Secrecy.OPEN.value), "Nơi giao, nơi thực hiện và cấp trên của họ"),
            (str(Secrecy.NEED_TO_KNOW.value), "Chỉ đơn vị được giao và người đứng đầu cơ quan"),
            (str(Secrecy.NAMED.value), "Chỉ người giao và người được giao đích danh"),
        ],
    )
    attached = UploadField(label="Tệp kèm theo", required=False, accept=FILES, multiple=True)

    def offer(self, name: str, options: list[tuple[str, str]]) -> None:
        """Set what can be chosen; a field with nothing to choose goes."""
        if options:
            self.fields[name].choices = options  # type: ignore[attr-defined]  # -- a select has choices
        else:
            del self.fields[name]


class NothingForm(KitForm):
    """An act that asks for nothing."""


class NoteForm(KitForm):
    """A few words, not necessary."""

    words = LongTextField(label="Lời nhắn", required=False, max_length=8000)


class WordsForm(KitForm):
    """Words that are needed."""

    words = LongTextField(label="Nội dung", max_length=8000)


class ReasonForm(KitForm):
    """A reason."""

    words = LongTextField(label="Lý do", max_length=8000)


class ProgressForm(KitForm):
    """How far it is."""

    percent = NumberField(
        label="Đã làm được", min_value=0, max_value=100, look={"suffix": "%", "width": "3"}
    )
    words = LongTextField(label="Đã làm gì, còn vướng gì", max_length=8000)
    attached = UploadField(label="Tệp kèm theo", required=False, accept=FILES, multiple=True)


class FinishForm(KitForm):
    """What came of it."""

    words = LongTextField(label="Kết quả thực hiện", max_length=8000)
    attached = UploadField(label="Tệp kết quả", required=False, accept=FILES, multiple=True)


class UntilForm(KitForm):
    """Another limit, and why."""

    due_on = DayField(label="Hạn mới", look=_ONE_BOX, help_text="Ví dụ: 27/3/2026.")
    words = LongTextField(label="Lý do", max_length=8000)


class DecideForm(KitForm):
    """Whether there is more time."""

    answer = RadioField(
        label="Quyết định", choices=[("yes", "Cho gia hạn"), ("no", "Không cho gia hạn")]
    )
    due_on = DayField(
        label="Hạn mới",
        required=False,
        look=_ONE_BOX,
        help_text="Để trống: đúng hạn được đề nghị.",
    )
    words = LongTextField(label="Ý kiến", required=False, max_length=8000)


class WhoForm(KitForm):
    """To whom."""

    who = SelectField(label="Giao cho")
    words = LongTextField(label="Lời dặn", required=False, max_length=8000)


class PlacesForm(KitForm):
    """Which places more."""

    more = ManyField(label="Chủ trì thêm", required=False)
    together_others = ManyField(label="Phối hợp thêm", required=False)
    due_on = DayField(label="Hạn", required=False, look=_ONE_BOX)


class ReportAsk(KitForm):
    """Of which month, whose figures, added up by what."""

    ky = SelectField(label="Tháng")
    so_lieu = SelectField(
        label="Số liệu",
        choices=[(Side.RECEIVED.value, "Việc được giao"), (Side.GIVEN.value, "Việc đã giao")],
    )
    theo = SelectField(
        label="Theo",
        choices=[
            (Grouping.UNIT.value, "Đơn vị"),
            (Grouping.PERSON.value, "Người thực hiện"),
            (Grouping.AGENCY.value, "Cơ quan"),
        ],
    )
