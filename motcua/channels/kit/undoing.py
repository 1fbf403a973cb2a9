"""Undoing that an account was confirmed as the wrong person's, at the desk and above."""

from dataclasses import dataclass

from motcua.foundation.identity import api as identity
from motcua.lib.clock import now
from motcua.lib.errors import Anticipated, NotAllowed

from .fields import KitForm, LongTextField, TextField
from .requests import ActorRequest
from .tongues import said_by


class UndoAccountForm(KitForm):
    """Which account was confirmed as the wrong person's, and how that came out."""

    login = TextField(
        label="Thư điện tử hoặc số điện thoại của tài khoản",
        max_length=254,
        look={"autocomplete": "off", "attrs": {"spellcheck": "false"}},
    )
    reason = LongTextField(
        label="Lý do hủy",
        max_length=500,
        help_text="Ví dụ: hai người trùng họ tên; thẻ đã quét là của người khác.",
    )


@dataclass(slots=True)
class Asked:
    """The page as it stands: what was typed, the account that was found; `is_final` to undo it."""

    form: UndoAccountForm
    is_final: bool
    holder: identity.Holder | None = None

    @property
    def reason(self) -> str:
        """Return why, as typed."""
        return str(self.form.cleaned_data["reason"])

    def blame(self, error: Anticipated) -> None:
        """Say beside its field why it was refused."""
        self.form.blame(said_by(error), getattr(error, "field", "") or "login")


def undoing(request: ActorRequest) -> Asked:
    """Return what is asked: the account is shown until it is right and a reason is given."""
    form = UndoAccountForm(request.POST if request.method == "POST" else None)
    asked = Asked(form, request.POST.get("act") == "undo")
    form.fields["reason"].required = asked.is_final
    asked.is_final = form.is_valid() and asked.is_final
    form.fields["reason"].required = True
    login = form.cleaned_data.get("login", "") if form.is_bound else ""
    if login and not asked.is_final:
        try:
            asked.holder = identity.look_at_confirmed(login, by=request.actor, at=now())
        except NotAllowed:
            raise
        except Anticipated as error:
            asked.blame(error)
    return asked
