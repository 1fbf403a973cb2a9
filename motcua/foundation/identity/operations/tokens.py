"""Sessions of programs that act for an account: a word instead of a cookie."""

from datetime import datetime

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password

from motcua.foundation.identity.choices import AccountKind
from motcua.foundation.identity.errors import AccountDisabled
from motcua.foundation.identity.models import Account, Session
from motcua.foundation.identity.permissions import has_second_factor
from motcua.foundation.identity.queries.accounts import find_account

from .sign_in import check_not_locked, note_failure, note_success

_WRONG = "Tên đăng nhập hoặc mật khẩu chưa đúng, hoặc tài khoản phải đăng nhập qua trang web."


def open_token(login: str, password: str, *, at: datetime, device: str = "") -> str:
    """Return the word that stands for a new session of the account.

    Accounts with a second factor, people of partners, and citizens who have not confirmed their
    e-mail address sign in on the web; all else fails alike.
    Raises: SignInLocked, AccountDisabled.
    Source: docs/law/identity.md
    """
    check_not_locked(login, at=at)
    account = find_account(login)
    if account is None:
        make_password(password)  # takes as long as checking one, so that nobody learns who exists
    if account is None or not account.check_password(password) or not account.is_active:
        note_failure(login, at=at)
        raise AccountDisabled(_WRONG)
    is_partner = account.kind == AccountKind.PARTNER
    if is_partner or has_second_factor(account.pk) or _must_confirm_address(account):
        raise AccountDisabled(_WRONG)
    note_success(account, at=at)
    store = Session.get_session_store_class()()
    store["_auth_user_id"] = str(account.pk)
    store["device"] = device[:200]
    store.create()
    return str(store.session_key)


def _must_confirm_address(account: Account) -> bool:
    """Say whether the web would ask for the code sent to the e-mail address first."""
    if account.kind != AccountKind.CITIZEN or not account.email:
        return False
    return not EmailAddress.objects.filter(user=account, verified=True).exists()
