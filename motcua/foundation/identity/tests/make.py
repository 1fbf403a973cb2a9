"""Accounts for tests: valid and dull."""

from datetime import UTC, datetime
from typing import Any

from ..choices import AccountKind
from ..models import Account

NEW_YEAR = datetime(2026, 1, 1, 1, 0, tzinfo=UTC)
PASSWORD = "rừng-thông-sông-Đà-5!"  # noqa: S105 -- opens nothing but test accounts


def make_account(
    *, username: str = "binh", kind: AccountKind = AccountKind.OFFICER, **more: Any
) -> Account:
    """Return a stored account that can sign in with `PASSWORD`."""
    values = {"full_name": "Trần Văn Bình", "created_at": NEW_YEAR, "password_changed_at": NEW_YEAR}
    account = Account(username=username, kind=kind, **(values | more))
    account.set_password(PASSWORD)
    account.save()
    return account
