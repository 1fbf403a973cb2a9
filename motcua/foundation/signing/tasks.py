"""Recurring work: turns of leaders who are away go on; what was kept for a while is forgotten."""

from datetime import datetime, time, timedelta

from motcua.foundation.jobs import api as jobs

from .operations.absences import pass_on_of_absent
from .operations.own_beginning import sweep_own_signings
from .operations.report_papers import forget_reports


@jobs.recurring("signing.pass_on_of_absent", every=timedelta(minutes=5))
def pass_on(at: datetime) -> None:
    """Give the turns of those who are away from today on to their deputies."""
    pass_on_of_absent(at=at)


@jobs.daily("signing.sweep_own", hour=time(3, 20))
def forget_old(at: datetime) -> None:
    """Forget a month after its end what led to a signature; the signed paper is its owner's."""
    sweep_own_signings(at=at)


@jobs.recurring("signing.forget_reports", every=timedelta(minutes=30))
def forget_kept_reports(at: datetime) -> None:
    """Forget reports of examinations that visitors asked to keep two hours ago."""
    forget_reports(at=at)
