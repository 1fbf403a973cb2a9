"""Recurring work of payments."""

from datetime import datetime, timedelta

from motcua.foundation.jobs import api as jobs

from .operations.asking import ask_open_attempts
from .operations.noticing import judge_waiting, sweep_notices
from .operations.opening import expire_due
from .operations.refunding import send_refunds


@jobs.recurring("payments.expire", every=timedelta(minutes=5))
def let_orders_expire(at: datetime) -> None:
    """Let orders expire whose day has passed."""
    expire_due(at=at)


@jobs.recurring("payments.judge", every=timedelta(minutes=1), is_whole=False)
def judge_kept_notices(at: datetime) -> None:
    """Judge notices that were kept when somebody died."""
    judge_waiting(at=at)


@jobs.recurring("payments.sweep_notices", every=timedelta(days=1))
def let_unproven_notices_go(at: datetime) -> None:
    """Remove what came to our addresses long ago and proved nothing."""
    sweep_notices(at=at)


@jobs.recurring("payments.ask", every=timedelta(minutes=1), runner=jobs.OUTSIDE, is_whole=False)
def ask_silent_partners(at: datetime) -> None:
    """Ask partners what has become of attempts."""
    ask_open_attempts(at=at)


@jobs.recurring(
    "payments.send_refunds", every=timedelta(minutes=1), runner=jobs.OUTSIDE, is_whole=False
)
def send_approved_refunds(at: datetime) -> None:
    """Let partners give back what was approved."""
    send_refunds(at=at)
