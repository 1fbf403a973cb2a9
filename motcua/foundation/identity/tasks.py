"""Recurring work on accounts."""

from datetime import datetime, timedelta

from motcua.foundation.jobs import api as jobs

from .operations.accounts import disable_idle_accounts
from .operations.by_phone import purge_sign_in_codes
from .operations.leavers import close_accounts_of_leavers
from .operations.sign_in import purge_sessions


@jobs.recurring("identity.disable_idle_accounts", every=timedelta(days=1))
def disable_idle(at: datetime) -> None:
    """Disable accounts nobody uses."""
    disable_idle_accounts(at=at)


@jobs.recurring("identity.close_accounts_of_leavers", every=timedelta(hours=6))
def close_leavers(at: datetime) -> None:
    """Close the accounts of officers whose last day is over."""
    close_accounts_of_leavers(at=at)


@jobs.recurring("identity.purge_sessions", every=timedelta(hours=1))
def purge(at: datetime) -> None:
    """Delete sessions that have ended."""
    purge_sessions(at=at)


@jobs.recurring("identity.purge_sign_in_codes", every=timedelta(days=1))
def purge_codes(at: datetime) -> None:
    """Forget codes a day after they died."""
    purge_sign_in_codes(before=at - timedelta(days=1))
