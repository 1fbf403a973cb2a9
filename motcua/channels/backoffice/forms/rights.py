"""Forms about who signs for an agency in which capacity, and who is away."""

from typing import Any

from django.core.exceptions import ValidationError

from motcua.channels.kit.fields import KitForm, ManyField, SelectField, TextField
from motcua.foundation.organisation import api as organisation
from motcua.foundation.signing import api as signing
from motcua.foundation.signing.api import AbsenceIn, Capacity, DocumentKind, RightIn

from .organisation import CODE, OfficerCodeField, PostCodeField, first_day, last_day
from .signing import NO_AGENCY, reason

_OWN = "own"  # a choice without a word cannot be chosen


def capacities() -> list[tuple[str, str]]:
    return [(one.value or _OWN, one.label) for one in Capacity]


class RightForm(KitForm):
    """How the holder of a post signs for an agency from a day on."""

    agency = TextField(label="Mã cơ quan ban hành", max_length=35, look=CODE)
    post = PostCodeField(
        label="Mã vị trí của người ký",
        help_text="Ai giữ vị trí này trong ngày ký thì ký; tìm mã ở trang Cơ quan, đơn vị.",
    )
    capacity = SelectField(label="Ký với tư cách", choices=capacities)
    head_post = PostCodeField(
        label="Mã vị trí của người được ký thay",
        required=False,
        help_text="Chỉ khi KT., TL., TUQ.: chức vụ của vị trí này in sau chữ viết tắt. Cấp phó ký "
        "thay người ký thừa lệnh thì in cả TL. và KT.",
    )
    collective = TextField(
        label="Tập thể được thay mặt (TM.)",
        required=False,
        max_length=200,
        help_text="Ví dụ: Ủy ban nhân dân. In ở dòng đầu, trên KT. nếu là cấp phó.",
        look={"width": "20"},
    )
    kinds = ManyField(
        label="Loại văn bản",
        required=False,
        help_text="Không chọn loại nào là mọi loại; ủy quyền (TUQ.) phải chọn.",
        choices=[(kind.value, kind.label) for kind in signing.signed_by_people()],
    )
    basis_number = TextField(
        label="Số văn bản ủy quyền, giao quyền",
        required=False,
        max_length=100,
        help_text="Bắt buộc khi TUQ., ví dụ 12/GUQ-UBND.",
        look={"width": "20"},
    )
    basis_on = last_day("Ngày của văn bản")
    valid_from = first_day("Được ký từ ngày")
    valid_to = last_day("Đến hết ngày")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["basis_on"].help_text = "Bắt buộc khi TUQ."
        self.fields["valid_to"].help_text = "Bắt buộc khi TUQ.; để trống nếu chưa có."

    def clean_agency(self) -> int:
        """Return the number of the agency."""
        found = organisation.tree().agency_by_code(self.cleaned_data["agency"])
        if found is None:
            raise ValidationError(NO_AGENCY, code="invalid")
        return found.id

    def given(self) -> RightIn:
        """Return what was entered."""
        values = self.cleaned_data
        head = values["head_post"]
        word = values["capacity"]
        return RightIn(
            agency_id=values["agency"],
            post_id=values["post"].pk,
            capacity=Capacity("" if word == _OWN else word),
            valid_from=values["valid_from"],
            valid_to=values["valid_to"],
            head_post_id=head.pk if head else None,
            collective=values["collective"],
            kinds=[DocumentKind(kind) for kind in values["kinds"]],
            basis_number=values["basis_number"],
            basis_on=values["basis_on"],
        )


class AbsenceForm(KitForm):
    """Who is away, until when, and who signs meanwhile."""

    officer = OfficerCodeField(label="Mã cán bộ vắng mặt")
    deputy = OfficerCodeField(
        label="Mã cán bộ ký thay",
        help_text="Phải có thẩm quyền ký (KT. hoặc TUQ.) thì lượt ký mới chuyển sang được.",
    )
    valid_from = first_day("Vắng từ ngày")
    valid_to = first_day("Đến hết ngày", "Vắng mặt luôn phải có ngày cuối.")
    reason = reason()

    def given(self) -> AbsenceIn:
        """Return what was entered."""
        values = self.cleaned_data
        return AbsenceIn(
            values["officer"].pk,
            values["deputy"].pk,
            values["valid_from"],
            values["valid_to"],
            values["reason"],
        )
