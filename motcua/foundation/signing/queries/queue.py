"""What waits for the signer: whether to wake it, and whether somebody is at it at all."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from motcua.foundation.signing.models import UNDERWAY
from motcua.foundation.trust.api import Way
from motcua.lib import work

# The ways in which the signer itself carries an attempt on.
WAYS = (str(Way.SERVER),)
# Those in which somebody outside signs, and the signer prepares and finishes.
OUTSIDE = (str(Way.REMOTE), str(Way.AGENT), str(Way.ELSEWHERE))
_ALL = [*WAYS, *OUTSIDE]
_STATES = ", ".join(f"'{state}'" for state in UNDERWAY)
# The states are written out so that the planner knows the index of what is underway.
DUE = f"state IN ({_STATES}) AND way = ANY(%s) AND next_try_at <= %s"
_IS_DUE = f"SELECT 1 FROM signing_signingattempt WHERE {DUE} LIMIT 1"  # noqa: S608 -- our own words
_IS_LIFT_DUE = "SELECT 1 FROM signing_signingrequest WHERE lift_at <= %s LIMIT 1"
_IS_LOOK_DUE = (
    "SELECT 1 FROM signing_examination WHERE examined_at IS NULL AND next_try_at <= %s LIMIT 1"
)
_IS_REPORT_DUE = (
    "SELECT 1 FROM signing_reportpaper WHERE ended_at IS NULL AND next_try_at <= %s LIMIT 1"
)
_IS_OWN_DUE = "SELECT 1 FROM signing_ownsigning WHERE next_try_at <= %s LIMIT 1"
_STATE = f"""
SELECT count(*) FILTER (WHERE next_try_at <= %s), min(next_try_at),
  count(*) FILTER (WHERE tries >= %s)
FROM signing_signingattempt WHERE state IN ({_STATES}) AND way = ANY(%s)
"""  # noqa: S608 -- our own words
_MANY_TRIES = 5


@dataclass(frozen=True, slots=True)
class QueueState:
    """How many attempts are due, for how long the oldest has been, how many failed many times."""

    due: int
    behind: timedelta
    troubled: int


def is_work_due(at: datetime) -> bool:
    """Say whether anything waits for the signer now. Costs: a look into each of five indexes."""
    return bool(
        work.fetch(_IS_DUE, [_ALL, at])
        or work.fetch(_IS_LIFT_DUE, [at])
        or work.fetch(_IS_LOOK_DUE, [at])
        or work.fetch(_IS_REPORT_DUE, [at])
        or work.fetch(_IS_OWN_DUE, [at])
    )


def queue_state(at: datetime) -> QueueState:
    """Return how the signer's queue stands. Costs: one statement over what is underway."""
    due, since, troubled = work.fetch(_STATE, [at, _MANY_TRIES, _ALL])[0]
    return QueueState(due, max(at - since, timedelta()) if due else timedelta(), troubled)
