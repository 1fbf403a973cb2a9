"""What people type to say who they are: user name, e-mail address or telephone number."""

import hashlib
import hmac
import re

from motcua.foundation.identity.errors import LoginTaken
from motcua.lib.errors import BadInput
from motcua.lib.tongue import said

_USERNAME = re.compile(r"[a-z][a-z0-9._-]{2,59}")
_PHONE = re.compile(r"0[2-9][0-9]{8,9}")
_SEPARATORS = re.compile(r"[\s.\-()]")
TAKEN = "Đã có tài khoản khác dùng %s này."


def tidy_login(typed: str) -> str:
    """Return what was typed in the one form in which logins are stored."""
    login = typed.strip().lower()
    phone = local_phone(login)
    return phone if _PHONE.fullmatch(phone) else login


def local_phone(typed: str) -> str:
    """Return a telephone number as it is dialled in Việt Nam: “+84 912.345.678” → “0912345678”."""
    digits = _SEPARATORS.sub("", typed)
    for prefix in ("+84", "0084", "84"):
        if digits.startswith(prefix):
            return "0" + digits.removeprefix(prefix).removeprefix("0")
    return digits


def tidy_phone(typed: str) -> str:
    """Return the telephone number in its stored form; nothing stays nothing.

    Raises: BadInput.
    """
    if not typed.strip():
        return ""
    phone = local_phone(typed)
    if not _PHONE.fullmatch(phone):
        message = said(
            "Số điện thoại gồm 10 hoặc 11 chữ số, bắt đầu bằng số 0, ví dụ 0912 345 678."
        )
        raise BadInput(message, field="phone")
    return phone


def tidy_username(typed: str) -> str:
    """Return the user name in its stored form.

    A number alone is refused, so that nobody signs in with a personal number.

    Raises: BadInput.
    """
    username = typed.strip().lower()
    if not _USERNAME.fullmatch(username):
        message = (
            "Tên đăng nhập bắt đầu bằng chữ cái không dấu, gồm 3 đến 60 chữ cái, chữ số, "
            "dấu chấm, gạch nối hoặc gạch dưới."
        )
        raise BadInput(message, field="username")
    return username


def check_free(name: str, field: str, *, is_taken: bool) -> None:
    """Raises: LoginTaken, naming the field, if the login belongs to another account."""
    if is_taken:
        raise LoginTaken(TAKEN % name, field=field)


def lock_key(account_id: int | None, login: str, secret: str) -> str:
    """Return under which key failures are counted: the account, or a keyed hash of the login."""
    if account_id is not None:
        return f"account:{account_id}"
    digest = hmac.new(secret.encode(), tidy_login(login).encode(), hashlib.sha256)
    return f"login:{digest.hexdigest()[:48]}"
