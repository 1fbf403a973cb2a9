"""What is asked of the search for documents."""

from urllib.parse import urlencode

from django.http import QueryDict

from motcua.casework.documents.api import Direction, Wanted
from motcua.channels.kit.fields import DayField, KitForm, NumberField, SelectField, TextField
from motcua.channels.registry.kinds import kind_options
from motcua.lib.errors import BadInput

_TYPED = {"single": True}
_ANY = ("", "Tất cả")
_BY_ENTRY = "vao-so"
_MOST_ORDINAL = 9_999_999


class FindForm(KitForm):
    """Words, number, issuer, kind, days: what is left empty is not asked for."""

    words = TextField(
        label="Trích yếu, người ký hoặc số, ký hiệu",
        required=False,
        max_length=200,
        help_text="Ví dụ: 123/QĐ-UBND, hoặc: kế hoạch chuyển đổi số. Gõ không dấu cũng tìm được.",
        look={"attrs": {"data-focus": "", "data-key": "F2"}},
    )
    named = TextField(
        label="Số, ký hiệu", required=False, max_length=72, help_text="123/QĐ-UBND, Số: 05, QĐ/TU"
    )
    issuer = TextField(label="Nơi ban hành", required=False, max_length=200)
    kind = SelectField(
        label="Loại văn bản", required=False, choices=lambda: [_ANY, *kind_options()]
    )
    direction = SelectField(
        label="Đến hay đi",
        required=False,
        choices=[_ANY, *((str(one), one.label) for one in Direction)],
    )
    ordinal = NumberField(
        label="Số đến",
        required=False,
        min_value=1,
        max_value=_MOST_ORDINAL,
        look={"width": "5"},
    )
    day = SelectField(
        label="Tính theo",
        required=False,
        choices=[("", "Ngày ban hành"), (_BY_ENTRY, "Ngày vào sổ")],
    )
    since = DayField(label="Từ ngày", required=False, look=_TYPED)
    until = DayField(label="Đến ngày", required=False, look=_TYPED)

    def wanted(self) -> Wanted:
        """Return what is looked for. Raises: BadInput if the days are in disorder."""
        data = self.cleaned_data
        since, until = data["since"], data["until"]
        if since and until and until < since:
            raise BadInput("“Đến ngày” phải từ “Từ ngày” trở đi.", field="until")
        return Wanted(
            words=data["words"],
            named=data["named"],
            issuer=data["issuer"],
            kind=int(data["kind"]) if data["kind"] else None,
            direction=data["direction"],
            ordinal=data["ordinal"],
            since=since,
            until=until,
            by_entry=data["day"] == _BY_ENTRY,
        )

    def has_more(self) -> bool:
        """Say whether anything but the first box is filled."""
        return any(self.data.get(name) for name in self.fields if name != "words")


def question_of(data: QueryDict) -> str:
    """Return what was asked as it stands in an address, without anything that is not ours."""
    fields = FindForm.base_fields
    return urlencode([(name, data[name]) for name in fields if data.get(name, "").strip()])
