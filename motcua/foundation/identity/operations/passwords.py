"""What follows from a new password."""

from datetime import datetime

from motcua.foundation.audit import api as audit
from motcua.foundation.identity.models import Account, OldPassword
from motcua.foundation.identity.queries.accounts import limits
from motcua.lib import work
from motcua.lib.actor import Actor

from .sign_in import cut_sessions


@work.story
def change_password(account: Account, password: str, *, session_key: str, at: datetime) -> None:
    """Set the holder's new password, remember it, and sign all other browsers out.

    The password has passed the validators; `session_key` names the session that stays.
    """
    account.set_password(password)
    account.password_changed_at = at
    account.save(update_fields=["password", "password_changed_at"])
    OldPassword.objects.create(account=account, password=account.password, set_at=at)
    _forget_old(account, keep=limits(at=at).passwords_remembered)
    cut_sessions(account.pk, besides=session_key)
    holder = Actor(id=account.pk, name=account.full_name)
    audit.record("identity.password_changed", f"account:{account.pk}", by=holder, at=at)


def _forget_old(account: Account, *, keep: int) -> None:
    old = OldPassword.objects.filter(account=account).order_by("-set_at", "-id")
    OldPassword.objects.filter(pk__in=list(old.values_list("pk", flat=True)[keep:])).delete()
