"""Forms about accounts, standing in and the trail."""

from collections.abc import Sequence
from typing import Any

from motcua.channels.kit.fields import (
    KitForm,
    LongTextField,
    ManyField,
    SelectField,
    TextField,
)
from motcua.foundation.access.api import ROLE_POWERS, DelegationFacts, Power
from motcua.foundation.organisation import api as organisation

from .organisation import CODE, OfficerCodeField, PostCodeField, basis, first_day


class AccountForm(KitForm):
    """An account for an officer."""

    officer = OfficerCodeField(label="Mã cán bộ")
    username = TextField(
        label="Tên đăng nhập",
        max_length=150,
        help_text="Chữ thường không dấu, số, dấu chấm, ví dụ binh.tv.",
        look=CODE,
    )


class ReasonForm(KitForm):
    """Why, and how the person who asks was recognised."""

    reason = LongTextField(
        label="Lý do và cách đã xác minh người yêu cầu",
        max_length=500,
        help_text="Ví dụ: mất điện thoại; đã đối chiếu thẻ cán bộ tại phòng.",
    )


class TakeOverForm(KitForm):
    """Who takes over the work of somebody who leaves."""

    to_account = SelectField(
        label="Người nhận việc",
        help_text="Người ở các đơn vị trên. Việc nào người này không làm được thì ở lại.",
    )

    def __init__(self, *args: Any, heirs: Sequence[tuple[str, str]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to_account"].choices = [("", "Chọn"), *heirs]  # type: ignore[attr-defined]  # -- a choice field has choices


class DelegationForm(KitForm):
    """Which post is stood in for by whom, from when to when."""

    post = PostCodeField(label="Mã vị trí được ủy quyền")
    to_officer = OfficerCodeField(label="Mã cán bộ được ủy quyền")
    valid_from = first_day()
    valid_to = first_day("Đến hết ngày", "Ủy quyền luôn phải có ngày kết thúc.")
    powers = ManyField(
        label="Chỉ giao những quyền sau",
        required=False,
        help_text="Không chọn quyền nào thì giao mọi quyền của vị trí.",
    )
    basis = basis()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["powers"].choices = [  # type: ignore[attr-defined]  # -- a choice field has choices
            (str(power), power.label) for power in self._grantable()
        ]

    def _grantable(self) -> list[Power]:
        """Return the powers of the post that was named, all of them before one is."""
        code = self.data.get("post", "") or self.initial.get("post", "")
        post = organisation.find_post(code) if code else None
        if post is None:
            return list(Power)
        return sorted(ROLE_POWERS[organisation.PostRole(post.role)])

    def facts(self) -> DelegationFacts:
        """Return what was entered."""
        values = self.cleaned_data
        return DelegationFacts(
            post_id=values["post"].pk,
            to_officer_id=values["to_officer"].pk,
            valid_from=values["valid_from"],
            valid_to=values["valid_to"],
            powers=[Power(word) for word in values["powers"]],
            basis=values["basis"],
        )
