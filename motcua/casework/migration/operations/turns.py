"""Whose turn it is: one run at a time, the oldest first."""

import logging
from datetime import datetime

from motcua.casework.migration.choices import RunState
from motcua.casework.migration.errors import RunBusy
from motcua.casework.migration.models import Run
from motcua.casework.migration.queries import waiting_run
from motcua.foundation.jobs import api as jobs

from .asking import JOB, go_on_undoing, stop_undoing
from .running import go_on, stop_going_on

logger = logging.getLogger(__name__)
MOST_TRIES = 3


def go_on_with_next(*, at: datetime, seconds: float) -> bool:
    """Go on for so long with the run whose turn it is; return whether there is more to do.

    What fails though nobody foresaw it is tried again by the job; then the run is stopped, with
    what to do, and the next one has its turn.
    """
    run = waiting_run()
    if run is None:
        return False
    try:
        if run.state == RunState.UNDOING:
            go_on_undoing(run, at=at, seconds=seconds)
        else:
            go_on(run, at=at, seconds=seconds)
    except RunBusy:
        return False  # a command goes on with it, or somebody has stopped it
    except Exception as error:
        if not _has_failed_enough():
            raise
        logger.exception("migration_failed", extra={"run": run.code})
        _give_up(run, error, at=at)
    return waiting_run() is not None


def _has_failed_enough() -> bool:
    """Say whether the job has failed so often in a row that this was the last try."""
    job = jobs.job_of(JOB)
    return job is not None and job.failures + 1 >= MOST_TRIES


def _give_up(run: Run, error: Exception, *, at: datetime) -> None:
    what = f"Lỗi không lường trước ({type(error).__name__}), đã thử {MOST_TRIES} lần"
    if run.state == RunState.UNDOING:
        stop_undoing(run, f"{what}. Báo bộ phận kỹ thuật xem nhật ký rồi hủy tiếp.", at=at)
        return
    run.refresh_from_db(fields=["rows"])
    to_do = "Báo bộ phận kỹ thuật xem nhật ký rồi chạy lại: dòng đã chuyển không chuyển hai lần"
    stop_going_on(run, f"{what}, sau {run.rows} dòng. {to_do}.", at=at)
