"""What is asked about work files."""

from collections.abc import Iterable, Sequence
from typing import Any, cast

from motcua.casework.workfiles import api as workfiles
from motcua.casework.workfiles.api import FileIn, ItemKind, LineIn, ListedFile
from motcua.channels.kit.fields import (
    DayField,
    KitForm,
    LongTextField,
    NumberField,
    SelectField,
    TextField,
    TickField,
    UploadField,
)
from motcua.foundation.access.api import Secrecy
from motcua.foundation.organisation.api import UnitInfo

_TYPED = {"single": True}
_YEARS = (5, 10, 20, 50, 70, 1, 2, 3)
RETENTIONS = [
    (str(years), workfiles.retention_words(years)) for years in (workfiles.PERMANENT, *_YEARS)
]
_KINDS = [
    (str(kind), label)
    for kind, label in (
        (ItemKind.FILE, "Tệp tải lên"),
        (ItemKind.DOCUMENT, "Văn bản (theo mã)"),
        (ItemKind.DOSSIER, "Hồ sơ thủ tục (theo mã hồ sơ)"),
        (ItemKind.TASK, "Nhiệm vụ (theo mã)"),
    )
]
_ACCEPT = ".pdf,.docx,.xlsx,.txt,.csv,image/jpeg,image/png"


def line_options(lines: Iterable[ListedFile]) -> list[tuple[str, str]]:
    """Return the lines of the yearly list for a choice, first that of no line."""
    listed = [(str(one.pk), f"{one.symbol} – {one.title}") for one in lines]
    return [("", "Không có trong danh mục"), *listed]


def _choice(form: KitForm, name: str) -> SelectField:
    return cast("SelectField", form.fields[name])


class OpenForm(KitForm):
    """A work file to be opened."""

    line = SelectField(label="Theo danh mục hồ sơ", required=False)
    title = LongTextField(
        label="Tiêu đề",
        required=False,
        max_length=500,
        help_text="Việc gì, của ai, thời gian nào. Để trống thì lấy tiêu đề trong danh mục.",
    )
    symbol = TextField(
        label="Số, ký hiệu",
        required=False,
        max_length=20,
        help_text="Ví dụ 01.TCCB; chỉ ghi khi hồ sơ không có trong danh mục.",
        look={"width": "10"},
    )
    retention = SelectField(label="Thời hạn bảo quản", choices=RETENTIONS, initial="10")
    unit = SelectField(label="Đơn vị lập")
    is_construction = TickField(label="Hồ sơ xây dựng cơ bản", required=False)
    is_close = TickField(label="Chỉ người lập và đơn vị lập được biết", required=False)

    def __init__(self, lines: Iterable[ListedFile], units: Sequence[UnitInfo], data: Any) -> None:
        super().__init__(data)
        _choice(self, "line").choices = line_options(lines)
        _choice(self, "unit").choices = [(str(unit.id), unit.name) for unit in units]

    def new(self) -> FileIn:
        data = self.cleaned_data
        return FileIn(
            title=data["title"],
            retention_years=int(data["retention"]),
            unit_id=int(data["unit"]),
            symbol=data["symbol"],
            line_id=int(data["line"]) if data["line"] else None,
            is_construction=data["is_construction"],
            secrecy=Secrecy.NEED_TO_KNOW if data["is_close"] else Secrecy.OPEN,
        )


class ChangeForm(KitForm):
    """Corrections to a work file."""

    title = LongTextField(label="Tiêu đề", max_length=500)
    retention = SelectField(label="Thời hạn bảo quản", choices=RETENTIONS)
    note = LongTextField(label="Chú giải", required=False, max_length=500)


class ItemForm(KitForm):
    """Something to be put in."""

    kind = SelectField(label="Đưa vào", choices=_KINDS)
    file = UploadField(label="Tệp", required=False, accept=_ACCEPT, upload_url="/tep/bat-dau/")
    ref = TextField(
        label="Mã", required=False, max_length=60, help_text="Của văn bản, hồ sơ hoặc nhiệm vụ."
    )
    title = LongTextField(
        label="Trích yếu nội dung",
        required=False,
        max_length=1000,
        help_text="Để trống thì lấy từ văn bản, hồ sơ, nhiệm vụ, hoặc tên tệp.",
    )
    day = DayField(label="Ngày của tài liệu", required=False, look=_TYPED)
    pages = NumberField(label="Số trang", required=False, min_value=1, look={"width": "4"})
    author = TextField(label="Tác giả", required=False, max_length=300)
    notation = TextField(label="Số, ký hiệu", required=False, max_length=80, look={"width": "20"})


class DescribedForm(KitForm):
    """What the table of contents says of an item."""

    day = DayField(label="Ngày của tài liệu", required=False, look=_TYPED)
    pages = NumberField(label="Số trang", required=False, min_value=1, look={"width": "4"})
    note = LongTextField(label="Ghi chú", required=False, max_length=500)


class ReasonForm(KitForm):
    """Why."""

    reason = LongTextField(label="Lý do", max_length=1000)


class CloseForm(KitForm):
    """The day on which the matter was done."""

    ended_on = DayField(label="Ngày công việc kết thúc", look=_TYPED)


class KeepForm(KitForm):
    """Until when, and why."""

    until = DayField(label="Giữ lại đến ngày", look=_TYPED)
    reason = LongTextField(label="Lý do", max_length=1000)


class FileDocumentForm(KitForm):
    """Into which of one's open files a document goes."""

    work_file = SelectField(label="Đưa vào hồ sơ")

    def __init__(self, choices: Sequence[tuple[str, str]], data: Any) -> None:
        super().__init__(data)
        _choice(self, "work_file").choices = choices


class LineForm(KitForm):
    """One line of the yearly list."""

    symbol = TextField(
        label="Số và ký hiệu", max_length=20, help_text="Ví dụ 01.TCCB.", look={"width": "10"}
    )
    title = LongTextField(label="Tiêu đề hồ sơ", max_length=500)
    heading = TextField(label="Nhóm", required=False, max_length=200)
    retention = SelectField(label="Thời hạn bảo quản", choices=RETENTIONS, initial="10")
    unit = SelectField(label="Đơn vị lập")
    person = TextField(label="Người lập", required=False, max_length=200)
    note = LongTextField(label="Ghi chú", required=False, max_length=500)

    def __init__(self, units: Sequence[UnitInfo], data: Any, initial: Any = None) -> None:
        super().__init__(data, initial=initial)
        _choice(self, "unit").choices = [(str(unit.id), unit.name) for unit in units]

    def line(self) -> LineIn:
        data = self.cleaned_data
        return LineIn(
            symbol=data["symbol"],
            title=data["title"],
            retention_years=int(data["retention"]),
            unit_id=int(data["unit"]),
            heading=data["heading"],
            person_name=data["person"],
            note=data["note"],
        )


class SheetForm(KitForm):
    """A spreadsheet with lines."""

    sheet = UploadField(
        label="Bảng tính",
        accept=".xlsx",
        help_text="Cột: Số và ký hiệu hồ sơ, Tiêu đề hồ sơ, Thời hạn bảo quản, Đơn vị; có thể "
        "thêm Nhóm, Người lập hồ sơ, Ghi chú.",
    )
    is_rehearsal = TickField(label="Chạy thử, chưa ghi", required=False, initial=True)


class ApproveForm(KitForm):
    """The decision by which the list comes into force."""

    decision = TextField(label="Số, ký hiệu quyết định", max_length=60, look={"width": "20"})
    decided_on = DayField(label="Ngày quyết định", look=_TYPED)
