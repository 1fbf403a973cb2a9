"""Accounts and sessions for tests: valid and dull."""

from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

from motcua.foundation.identity.choices import AccountKind
from motcua.foundation.identity.models import Account, Session
from motcua.foundation.organisation.tests.make import make_officer

NEW_YEAR = datetime(2026, 1, 1, 1, 0, tzinfo=UTC)
PASSWORD = "rừng-thông-sông-Đà-5!"  # noqa: S105 -- opens nothing but test accounts


def make_account(
    *, username: str = "lan", kind: AccountKind = AccountKind.CITIZEN, **more: Any
) -> Account:
    """Return a stored account that can sign in with `PASSWORD`."""
    values = {
        "full_name": "Nguyễn Thị Lan",
        "created_at": NEW_YEAR,
        "password_changed_at": NEW_YEAR,
    }
    account = Account(username=username, kind=kind, **(values | more))
    account.set_password(PASSWORD)
    account.save()
    return account


def make_officer_account(
    full_name: str = "Trần Văn Bình", *, username: str = "binh", **more: Any
) -> Account:
    """Return the stored account of a new officer."""
    values: dict[str, Any] = {
        "officer": make_officer(full_name, code=f"CB-{username}"),
        "full_name": full_name,
    }
    return make_account(username=username, kind=AccountKind.OFFICER, **(values | more))


def make_session(account: Account | None, *, at: datetime = NEW_YEAR, **more: Any) -> Session:
    """Return a stored session of the account, begun and seen at that moment."""
    values = {
        "session_key": uuid4().hex,
        "session_data": "",
        "expire_date": datetime(2027, 1, 1, tzinfo=UTC),
        "account_id": account.pk if account else None,
        "started_at": at,
        "seen_at": at,
    }
    return Session.objects.create(**(values | more))
