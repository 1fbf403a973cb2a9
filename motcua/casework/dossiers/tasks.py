"""Recurring work of dossiers, and what becomes of the work of somebody who leaves."""

from datetime import datetime, time, timedelta

from motcua.foundation.identity import api as identity
from motcua.foundation.jobs import api as jobs

from .operations.confirming import close_silent
from .operations.drafts import sweep_drafts
from .operations.exporting import sweep_exports, write_exports
from .operations.prompting import remind
from .operations.rebasing import go_on_rebasing
from .operations.sharing import share_begun
from .operations.shifting import LANES, follow_calendar
from .operations.supply_drafts import sweep_supplies
from .operations.taking_over import take_over_steps
from .operations.warning import send_digests, warn_of_promises

identity.personal_work("dossiers")(take_over_steps)


@jobs.recurring("dossiers.close_silent", every=timedelta(minutes=30))
def let_silence_be_consent(at: datetime) -> None:
    """Close questions whose time has passed, where the version lets silence be consent."""
    close_silent(at=at)


@jobs.recurring("dossiers.sweep_drafts", every=timedelta(days=1))
def sweep_old_drafts(at: datetime) -> None:
    """Remove drafts, and what was kept to be supplied, nobody has touched for ninety days."""
    sweep_drafts(at=at)
    sweep_supplies(at=at)


@jobs.recurring("dossiers.warn", every=timedelta(minutes=15))
def warn_in_time(at: datetime) -> None:
    """Warn handlers and heads of promises near their end, and past it."""
    warn_of_promises(at=at)


@jobs.recurring(
    "dossiers.rebase", every=timedelta(seconds=5), lease=timedelta(seconds=20), is_whole=False
)
def move_onto_new_versions(at: datetime) -> None:
    """Move dossiers onto new versions, as decided, for some seconds at a time."""
    go_on_rebasing(at=at)


@jobs.recurring("dossiers.share_absent", every=timedelta(minutes=5), is_whole=False)
def share_work_of_absent(at: datetime) -> None:
    """Share the open work of officers whose absence has begun."""
    share_begun(at=at)


@jobs.daily("dossiers.remind", hour=time(8, 0))
def remind_in_time(at: datetime) -> None:
    """Remind people of papers that end and of what they may soon ask for."""
    remind(at=at)


@jobs.daily("dossiers.send_digests", hour=time(7, 0))
def send_morning_digests(at: datetime) -> None:
    """Tell officers what is due today and what is late, heads what nobody has."""
    send_digests(at=at)


@jobs.recurring(
    "dossiers.follow_calendar",
    every=timedelta(seconds=5),
    lease=timedelta(seconds=20),
    is_whole=False,
)
def follow_changed_calendars(at: datetime) -> None:
    """Let open dossiers follow a calendar that was changed, for some seconds at a time."""
    follow_calendar(at=at, lanes=LANES)


@jobs.recurring(
    "dossiers.write_exports",
    every=timedelta(seconds=5),
    lease=timedelta(seconds=20),
    is_whole=False,
)
def write_long_lists(at: datetime) -> None:
    """Go on with the lists that are written out as files, for some seconds at a time."""
    write_exports(at=at)


@jobs.recurring("dossiers.sweep_exports", every=timedelta(hours=1))
def sweep_old_exports(at: datetime) -> None:
    """Remove files of lists after a day."""
    sweep_exports(at=at)
