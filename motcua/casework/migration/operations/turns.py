"""Whose turn it is: one run at a time, the oldest first."""

from datetime import datetime

from motcua.casework.migration.choices import RunState
from motcua.casework.migration.errors import RunBusy
from motcua.casework.migration.queries import waiting_run

from .asking import go_on_undoing
from .running import go_on


def go_on_with_next(*, at: datetime, seconds: float) -> bool:
    """Go on for so long with the run whose turn it is; return whether there is more to do."""
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
    return waiting_run() is not None
