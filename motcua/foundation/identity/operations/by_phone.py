"""Whoever has the telephone of an account, and knows whose it is, sets its password.

Source: docs/law/identity.md, docs/adr/0096-who-has-the-telephone-sets-the-password.md
"""

import logging
import secrets
from datetime import datetime, timedelta

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator

from motcua.foundation.audit import api as audit
from motcua.foundation.identity import ports
from motcua.foundation.identity.choices import AccountKind
from motcua.foundation.identity.errors import TooManyTexts, WrongSignInCode
from motcua.foundation.identity.events import AccountReclaimed
from motcua.foundation.identity.models import Account, SignInCode
from motcua.foundation.identity.queries.accounts import find_account
from motcua.foundation.identity.rules.logins import tidy_phone
from motcua.foundation.outbox import api as outbox
from motcua.foundation.people import api as people
from motcua.foundation.requests import api as requests
from motcua.lib import work
from motcua.lib.actor import Actor
from motcua.lib.codes import digest_of, is_code, new_code
from motcua.lib.errors import BadInput
from motcua.lib.tongue import said

from .confirming import confirmed_at
from .passwords import change_password

logger = logging.getLogger(__name__)
LIVES, WINDOW, DAY = timedelta(minutes=10), timedelta(hours=1), timedelta(days=1)
MOST_OF_PHONE, MOST_OF_DAY, MOST_OF_NETWORK, MOST_WRONG = 3, 6, 20, 5
_CODE = "Ma {code}: dat mat khau tai khoan cong dich vu cong. Khong doc ma nay cho bat ky ai."
_NOBODY = (
    "So nay chua co tai khoan cong dich vu cong nao dat mat khau duoc bang tin nhan. Hay dung thu"
    " dien tu, mo tai khoan, hoac den Bo phan Mot cua."
)


def send_sign_in_code(typed: str, *, network: str, at: datetime) -> str:
    """Send a code to a telephone; return the word that stays in the browser.

    Alike whether or not the telephone has an account: a text goes out in either case.

    Raises: BadInput, TooManyTexts.
    """
    phone = tidy_phone(typed)
    if not phone:
        raise BadInput(said("Hãy ghi số điện thoại của tài khoản."), field="phone")
    if not ports.are_texts_sent():
        raise BadInput(said("Cổng chưa nối dịch vụ tin nhắn."), field="phone")
    _check_limits(phone, network, at=at)
    code = new_code()
    kept = _keep(phone, code, at=at)
    text = _CODE.format(code=code) if kept.account_id else _NOBODY
    try:
        ports.text_carrier().send(phone, text)
    except ports.TextNotSent as error:
        logger.warning("text_not_sent", extra={"why": str(error)})
        raise BadInput(said("Chưa gửi được tin nhắn; hãy thử lại."), field="phone") from error
    return kept.token


def _check_limits(phone: str, network: str, *, at: datetime) -> None:
    """Count one more code, of the network first: one that is refused uses up nobody's.

    Raises: TooManyTexts.
    """
    limits = (
        (f"identity.code.network:{network}", MOST_OF_NETWORK, WINDOW),
        (f"identity.code.phone:{phone}", MOST_OF_PHONE, WINDOW),
        (f"identity.code.day:{phone}", MOST_OF_DAY, DAY),
    )
    for name, most, window in limits:
        if not requests.count_attempt(name, most=most, window=window, at=at):
            raise TooManyTexts(said("Đã gửi quá nhiều mã; hãy thử lại sau."))


@work.story
def _keep(phone: str, code: str, *, at: datetime) -> SignInCode:
    SignInCode.objects.filter(phone=phone, ended_at=None).update(ended_at=at)
    account, salt = find_account(phone), secrets.token_hex(8)
    is_fit = account is not None and _is_open_to_phone(account)
    return SignInCode.objects.create(
        token=secrets.token_urlsafe(24),
        account=account if is_fit else None,
        phone=phone,
        salt=salt,
        digest=digest_of(code, salt),
        sent_at=at,
        expires_at=at + LIVES,
    )


def _is_open_to_phone(account: Account) -> bool:
    """Say whether the telephone alone may set the password of this account.

    Not where the holder proved an address and only wrote the number beside it.
    """
    if account.kind != AccountKind.CITIZEN or not account.is_active:
        return False
    if account.phone_confirmed_at is not None or confirmed_at(account) is not None:
        return True
    return not EmailAddress.objects.filter(user=account, verified=True).exists()


def prove_code(token: str, code: str, full_name: str, *, at: datetime) -> None:
    """Take the code and the holder's name; both must be right, and nobody hears which is not.

    The name is asked because telephone numbers change hands. Wrong tries count, the fifth kills it.

    Raises: WrongSignInCode.
    """
    if not _is_proven(token, code, full_name, at=at):
        message = said(
            "Mã hoặc họ tên chưa đúng. Nhập sai %(most)s lần thì mã bị hủy.", most=MOST_WRONG
        )
        raise WrongSignInCode(message, field="code")


@work.story
def _is_proven(token: str, code: str, full_name: str, *, at: datetime) -> bool:
    kept = _live(token, at=at)
    account = kept.account
    is_right = is_code(code, kept.salt, kept.digest)
    if account is None or not is_right or not people.is_same_name(account.full_name, full_name):
        kept.wrong += 1
        kept.ended_at = at if kept.wrong >= MOST_WRONG else None
        kept.save(update_fields=["wrong", "ended_at"])
        return False
    kept.proven_at, kept.expires_at = at, at + LIVES
    kept.save(update_fields=["proven_at", "expires_at"])
    return True


def account_proven(token: str, *, at: datetime) -> Account:
    """Return whose password may be set in this browser now. Raises: WrongSignInCode."""
    found = SignInCode.objects.select_related("account").filter(token=token)
    kept = found.filter(ended_at=None, proven_at__isnull=False, expires_at__gt=at).first()
    if kept is None or kept.account is None or not kept.account.is_active:
        raise _gone()
    return kept.account


@work.story
def set_password_by_phone(token: str, password: str, *, at: datetime) -> Account:
    """Set the password of the account; every browser is signed out, the code is used up.

    The password has passed the validators. Second factors stay as they are, unless nobody had
    proven anything before: a stranger may have opened the account with the number.

    Raises: WrongSignInCode.
    """
    kept = _live(token, at=at)
    if kept.proven_at is None or kept.account_id is None:
        raise _gone()
    account = Account.objects.select_for_update(of=("self",)).get(pk=kept.account_id)
    if not account.is_active or account.phone != kept.phone:
        raise _gone()
    kept.ended_at = at
    kept.save(update_fields=["ended_at"])
    if account.phone_confirmed_at is None and confirmed_at(account) is None:
        _forget_unproven(account, at=at)
    change_password(account, password, session_key="", at=at)
    account.phone_confirmed_at = at
    account.save(update_fields=["phone_confirmed_at"])
    holder = Actor(id=account.pk, name=account.full_name)
    audit.record("identity.password_by_phone", f"account:{account.pk}", by=holder, at=at)
    return account


def _forget_unproven(account: Account, *, at: datetime) -> None:
    """Take away the ways in that were put there before anybody proved the telephone.

    Other rooms hear of it: who was let in meanwhile, and who is told of what happens.
    """
    Authenticator.objects.filter(user=account).delete()
    EmailAddress.objects.filter(user=account).delete()
    account.email = ""
    account.actor_version += 1
    account.save(update_fields=["email", "actor_version"])
    holder = Actor(id=account.pk, name=account.full_name)
    outbox.announce(AccountReclaimed(account.pk, account.actor_version), by=holder, at=at)


@work.story
def purge_sign_in_codes(*, before: datetime) -> int:
    """Forget codes nobody can type any more; the trail keeps that they were used."""
    gone, _ = SignInCode.objects.filter(expires_at__lt=before).delete()
    return gone


def _live(token: str, *, at: datetime) -> SignInCode:
    """Return a code that can still be typed, locked. Raises: WrongSignInCode."""
    found = SignInCode.objects.select_for_update(of=("self",)).select_related("account")
    kept = found.filter(token=token, ended_at=None, expires_at__gt=at).first()
    if kept is None:
        raise _gone()
    return kept


def _gone() -> WrongSignInCode:
    message = said("Mã đã hết hạn, đã dùng hoặc đã bị hủy; hãy xin mã khác.")
    return WrongSignInCode(message, field="code")
