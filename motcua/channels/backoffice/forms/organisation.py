"""Forms about agencies, units, posts and officers."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError

from motcua.channels.kit.contact_fields import EmailField, NameField
from motcua.channels.kit.fields import (
    DayField,
    KitForm,
    PhoneField,
    SelectField,
    TextField,
    UploadField,
)
from motcua.foundation.calendar import api as calendar
from motcua.foundation.organisation import api as organisation

ONE_BOX = {"single": True, "width": "10"}
CODE = {"width": "10", "attrs": {"spellcheck": "false"}}
NOTHING = ("", "–")
Options = Iterable[tuple[str, str]]


def first_day(label: str = "Từ ngày", help_text: str = "Ví dụ: 1/7/2026.") -> DayField:
    return DayField(label=label, help_text=help_text, look=ONE_BOX)


def last_day(label: str = "Đến hết ngày") -> DayField:
    return DayField(
        label=label, required=False, help_text="Để trống nếu chưa có ngày kết thúc.", look=ONE_BOX
    )


def basis() -> TextField:
    return TextField(
        label="Căn cứ",
        required=False,
        max_length=200,
        help_text="Số, ngày của quyết định.",
        look={"width": "20"},
    )


class TermForm(KitForm):
    """From when to when, and by which decision; the other fields stand before."""

    valid_from = first_day()
    valid_to = last_day()
    basis = basis()

    def term(self) -> organisation.Term:
        """Return the dates and the decision."""
        values = self.cleaned_data
        return organisation.Term(
            values["valid_from"], values.get("valid_to"), values.get("basis", "")
        )


class AgencyForm(TermForm):
    """One version of an agency."""

    name = TextField(label="Tên cơ quan", max_length=200)
    short_name = TextField(label="Tên ngắn", required=False, max_length=80)
    code = TextField(label="Mã định danh", max_length=35, look=CODE)
    legacy_code = TextField(
        label="Mã định danh theo mẫu cũ",
        required=False,
        max_length=35,
        help_text="Để trống thì lấy mã quy đổi, nếu có.",
        look=CODE,
    )
    kind = SelectField(label="Loại", choices=organisation.AgencyKind.choices)
    level = SelectField(label="Cấp", choices=organisation.Level.choices)
    parent = SelectField(label="Trực thuộc", required=False)
    place_code = TextField(
        label="Mã địa bàn",
        required=False,
        max_length=10,
        help_text="Mã đơn vị hành chính, ví dụ 03325.",
        look={"width": "5"},
    )
    field_order = (
        "name",
        "short_name",
        "code",
        "legacy_code",
        "kind",
        "level",
        "parent",
        "place_code",
    )

    def __init__(self, *args: Any, parents: Options, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["parent"].choices = [NOTHING, *parents]  # type: ignore[attr-defined]  # -- a select field has choices

    def facts(self) -> organisation.AgencyFacts:
        """Return what was entered."""
        values = self.cleaned_data
        return organisation.AgencyFacts(
            code=values["code"],
            name=values["name"],
            kind=organisation.AgencyKind(values["kind"]),
            level=organisation.Level(values["level"]),
            parent_id=int(values["parent"]) if values["parent"] else None,
            place_code=values["place_code"],
            short_name=values["short_name"],
            legacy_code=values["legacy_code"],
        )


class UnitForm(TermForm):
    """One version of a unit."""

    name = TextField(label="Tên đơn vị", max_length=200)
    short_name = TextField(label="Tên ngắn", required=False, max_length=80)
    code = TextField(
        label="Mã đơn vị",
        max_length=35,
        help_text="Chữ số, chữ hoa A–Z và dấu chấm, ví dụ H18.101.KT.",
        look=CODE,
    )
    kind = SelectField(
        label="Loại",
        choices=organisation.UnitKind.choices,
        help_text="Hội đồng, ban chỉ đạo là đơn vị tạm thời: hãy ghi cả ngày kết thúc.",
    )
    parent = SelectField(label="Thuộc đơn vị", required=False)
    field_order = ("name", "short_name", "code", "kind", "parent")

    def __init__(self, *args: Any, parents: Options, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["parent"].choices = [NOTHING, *parents]  # type: ignore[attr-defined]  # -- a select field has choices

    def facts(self) -> organisation.UnitFacts:
        """Return what was entered."""
        values = self.cleaned_data
        return organisation.UnitFacts(
            code=values["code"],
            name=values["name"],
            kind=organisation.UnitKind(values["kind"]),
            parent_id=int(values["parent"]) if values["parent"] else None,
            short_name=values["short_name"],
        )


class EndForm(KitForm):
    """The last day of something, and by which decision."""

    on = first_day("Ngày cuối cùng")
    basis = basis()


class SuccessionForm(KitForm):
    """What became of an agency or a unit."""

    kind = SelectField(label="Thay đổi", choices=organisation.Change.choices)
    to = TextField(
        label="Mã nơi kế tục", required=False, help_text="Để trống khi giải thể.", look=CODE
    )
    on = first_day("Từ ngày", "Ngày đầu tiên nơi kế tục làm thay.")
    basis = basis()

    def link(self, from_id: int, to_id: int | None) -> organisation.Link:
        """Return what was entered."""
        values = self.cleaned_data
        kind = organisation.Change(values["kind"])
        return organisation.Link(from_id, to_id, kind, values["on"], values["basis"])


class CalendarUseForm(TermForm):
    """Which calendar a unit follows from when."""

    calendar = SelectField(label="Lịch làm việc")
    field_order = ("calendar",)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["calendar"].choices = [  # type: ignore[attr-defined]  # -- a select field has choices
            (str(one.pk), one.name) for one in calendar.all_calendars()
        ]


class PostForm(TermForm):
    """A seat in a unit."""

    title = TextField(label="Chức vụ, vị trí", max_length=120)
    role = SelectField(
        label="Vai trò",
        choices=organisation.PostRole.choices,
        help_text="Vai trò quyết định quyền của người giữ vị trí.",
    )
    code = TextField(
        label="Mã vị trí",
        required=False,
        max_length=45,
        help_text="Để trống thì lấy mã đơn vị kèm số thứ tự.",
        look=CODE,
    )
    field_order = ("title", "role", "code")

    def facts(self, unit_id: int) -> organisation.PostFacts:
        """Return what was entered."""
        values = self.cleaned_data
        role = organisation.PostRole(values["role"])
        return organisation.PostFacts(unit_id, values["title"], role, values["code"])


class OfficerCodeField(TextField):
    """The code of an officer on record; cleans to the officer."""

    own_look = CODE

    def clean(self, value: Any) -> Any:
        code = super().clean(value)
        officer = organisation.find_officer(code) if code else None
        if code and officer is None:
            raise ValidationError(f"Không có cán bộ nào mang mã “{code}”.", code="unknown")
        return officer

    def prepare_value(self, value: Any) -> Any:
        return getattr(value, "code", value)


class PostCodeField(TextField):
    """The code of a post on record; cleans to the post."""

    own_look = CODE

    def clean(self, value: Any) -> Any:
        code = super().clean(value)
        post = organisation.find_post(code) if code else None
        if code and post is None:
            raise ValidationError(f"Không có vị trí nào mang mã “{code}”.", code="unknown")
        return post


class FillForm(TermForm):
    """Who takes a post."""

    officer = OfficerCodeField(
        label="Mã cán bộ", help_text="Tìm mã ở trang Cán bộ; người mới thì thêm cán bộ trước."
    )
    field_order = ("officer",)


class SeatForm(TermForm):
    """Which post an officer takes."""

    post = PostCodeField(label="Mã vị trí", help_text="Xem mã ở trang của đơn vị.")
    field_order = ("post",)


class OfficerForm(KitForm):
    """Somebody who joins."""

    full_name = NameField(label="Họ và tên", max_length=120, look={"width": "20"})
    code = TextField(label="Mã cán bộ", max_length=30, look=CODE)
    joined_on = first_day("Vào làm ngày")
    phone = PhoneField(label="Điện thoại công vụ", required=False)
    email = EmailField(label="Thư công vụ", required=False, max_length=254, look={"width": "20"})

    def facts(self) -> organisation.OfficerFacts:
        """Return what was entered."""
        return organisation.OfficerFacts(**self.cleaned_data)


class StaffFileForm(KitForm):
    """A spreadsheet of units, posts and officers."""

    file = UploadField(label="Bảng tính", accept=".xlsx", max_bytes=5_000_000)
