"""What is asked of the books of the registry."""

from datetime import datetime
from typing import Any

from motcua.casework.documents.api import Between, Follow
from motcua.channels.kit.fields import (
    DayField,
    KitForm,
    LongTextField,
    ManyField,
    NumberField,
    RadioField,
    SelectField,
    TextField,
    TickField,
)
from motcua.lib.errors import BadInput

_TYPED = {"single": True}


class DaysForm(KitForm):
    """Which days of a book are shown or printed."""

    from_day = DayField(label="Từ ngày", required=False, look=_TYPED)
    to_day = DayField(label="Đến ngày", required=False, look=_TYPED)

    def between(self, *, after: int = 0, before: int | None = None) -> Between:
        """Return the lines that were asked for. Raises: BadInput if the days are in disorder."""
        data = self.cleaned_data if self.is_valid() else {}
        first, last = data.get("from_day"), data.get("to_day")
        if first and last and last < first:
            raise BadInput("“Đến ngày” phải từ “Từ ngày” trở đi.", field="to_day")
        return Between(after=after, before=before, from_day=first, to_day=last)


_STATES = [("", "Tất cả"), ("mo", "Chưa xong"), ("qua-han", "Quá hạn")]


class FurtherForm(DaysForm):
    """Which days, and of the follow-up register which documents."""

    state = SelectField(label="Giải quyết", required=False, choices=_STATES)

    def __init__(self, *args: Any, has_state: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not has_state:
            del self.fields["state"]

    def follow(self, at: datetime) -> Follow:
        """Return which documents were asked for."""
        data = self.cleaned_data if self.is_valid() else {}
        state = data.get("state", "")
        return Follow(only_open=bool(state), late_at=at if state == "qua-han" else None)


class RemindForm(KitForm):
    """What is said with a reminder."""

    words = LongTextField(label="Nội dung đôn đốc", required=False, max_length=1000)


class CopyUseForm(KitForm):
    """Who uses the kept copy, allowed by whom, what for."""

    borrower = TextField(label="Họ và tên người sử dụng", max_length=200)
    allowed_by = TextField(label="Người cho phép sử dụng", max_length=200)
    purpose = TextField(label="Mục đích", required=False, max_length=500)
    file_code = TextField(label="Hồ sơ số", required=False, max_length=100)


class SeriesForm(KitForm):
    """A series of its own for some kinds, by which decision and from when."""

    name = TextField(label="Tên sổ", max_length=200, help_text="Ví dụ: Sổ quyết định.")
    kinds = ManyField(label="Loại văn bản lấy số ở sổ này")
    valid_from = DayField(label="Dùng từ ngày", look=_TYPED)
    basis = TextField(
        label="Căn cứ",
        max_length=300,
        help_text="Số, ngày văn bản của người đứng đầu, ví dụ Quyết định số 12/QĐ-UBND ngày "
        "05/01/2026.",
    )


AT_ONCE, THIS_YEAR = "ngay", "nam"


class EndSeriesForm(KitForm):
    """When a series ends, and by which decision."""

    when = RadioField(label="Kết thúc khi nào?")
    basis = TextField(
        label="Căn cứ", max_length=300, help_text="Số, ngày văn bản của người đứng đầu."
    )


class CancelForm(KitForm):
    """Which number is cancelled, and why."""

    ordinal = NumberField(label="Số hủy", min_value=1, look={"width": "5"})
    reason = LongTextField(
        label="Lý do", max_length=500, help_text="Lý do hiện trong sổ cùng với số."
    )


class CloseForm(KitForm):
    """That the book is to be closed for ever."""

    sure = TickField(label="Đã đối chiếu sổ; hiểu rằng sổ đã khóa không mở lại được")
