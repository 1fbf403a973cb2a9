"""What is asked of who will be away."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.http import QueryDict

from motcua.channels.kit.fields import DayField, KitForm, SelectField, TextField
from motcua.channels.office.forms import offer
from motcua.foundation.signing.api import AbsenceIn

ONE_BOX = {"single": True}


class AbsenceForm(KitForm):
    """The days on which one does not sign, and who signs meanwhile."""

    valid_from = DayField(label="Vắng từ ngày", look=ONE_BOX)
    valid_to = DayField(
        label="Đến hết ngày", help_text="Vắng mặt luôn phải có ngày cuối.", look=ONE_BOX
    )
    deputy = SelectField(
        label="Người ký thay",
        help_text="Phải có thẩm quyền ký thay (KT. hoặc TUQ.) thì lượt ký mới chuyển sang được.",
    )
    reason = TextField(label="Lý do", max_length=300)

    def __init__(
        self,
        data: QueryDict | None,
        *,
        initial: Mapping[str, Any],
        deputies: Sequence[tuple[str, str]],
    ) -> None:
        super().__init__(data, initial=dict(initial))
        self.has_deputies = bool(deputies)
        offer(self, "deputy", [("", "Chọn một người"), *deputies])

    def given(self, officer_id: int) -> AbsenceIn:
        """Return what was entered about this officer."""
        values = self.cleaned_data
        return AbsenceIn(
            officer_id,
            int(values["deputy"]),
            values["valid_from"],
            values["valid_to"],
            values["reason"],
        )
