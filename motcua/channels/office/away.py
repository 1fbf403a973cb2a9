"""What is asked of who will be away, or of the head who notes it."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.http import QueryDict

from motcua.channels.kit.fields import DayField, KitForm, SelectField, TextField, TickField
from motcua.channels.office.forms import offer
from motcua.foundation.signing import api as signing
from motcua.foundation.staffing.api import AbsenceIn, AbsenceKind

ONE_BOX = {"single": True}
KINDS = [(kind.value, kind.label) for kind in AbsenceKind]


class AbsenceForm(KitForm):
    """The days on which an officer is not at work, and why; who signs meanwhile, if he signs."""

    officer = SelectField(label="Ai vắng?", required=False)
    kind = SelectField(label="Vì sao", choices=KINDS, initial=AbsenceKind.LEAVE)
    valid_from = DayField(label="Vắng từ ngày", look=ONE_BOX)
    valid_to = DayField(
        label="Đến hết ngày", help_text="Vắng mặt luôn phải có ngày cuối.", look=ONE_BOX
    )
    deputy = SelectField(
        label="Người ký thay",
        help_text="Phải có thẩm quyền ký thay (KT. hoặc TUQ.) thì lượt ký mới chuyển sang được.",
    )
    reason = TextField(label="Lý do", max_length=300)
    shares_work = TickField(
        label="Khi bắt đầu vắng, chia việc đang mở cho đồng nghiệp theo cách giao của đơn vị",
        required=False,
    )

    def __init__(
        self,
        data: QueryDict | None,
        *,
        initial: Mapping[str, Any],
        deputies: Sequence[tuple[str, str]] = (),
        officers: Sequence[tuple[str, str]] = (),
    ) -> None:
        super().__init__(data, initial=dict(initial))
        self.fields["reason"].required = bool(deputies)
        if deputies:
            offer(self, "deputy", [("", "Chọn một người"), *deputies])
        else:
            del self.fields["deputy"]
        if officers:
            self.fields["officer"].required = True
            offer(self, "officer", [("", "Chọn một người"), *officers])
        else:
            del self.fields["officer"]

    def given(self, officer_id: int) -> AbsenceIn:
        """Return what was entered about this officer."""
        values = self.cleaned_data
        return AbsenceIn(
            officer_id=officer_id,
            kind=AbsenceKind(values["kind"]),
            valid_from=values["valid_from"],
            valid_to=values["valid_to"],
            note=values["reason"],
            shares_work=values["shares_work"],
        )

    def signs(self, officer_id: int) -> signing.AbsenceIn | None:
        """Return who signs meanwhile, None for who does not sign."""
        values = self.cleaned_data
        if not values.get("deputy"):
            return None
        return signing.AbsenceIn(
            officer_id,
            int(values["deputy"]),
            values["valid_from"],
            values["valid_to"],
            values["reason"],
        )
