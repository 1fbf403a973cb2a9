"""What would be promised if a dossier were received now; nothing is written."""

from datetime import datetime
from typing import NamedTuple

from motcua.casework.procedures.api import Definition, FilingChannel
from motcua.foundation.calendar import api as calendar
from motcua.foundation.organisation import api as organisation
from motcua.lib.clock import local_day


class Promise(NamedTuple):
    """The moment that would be promised, and why in one sentence; no moment without a limit."""

    due_at: datetime | None
    reason: str
    needs_slip: bool


def preview_promise(
    definition: Definition,
    case_code: str,
    channel: FilingChannel,
    *,
    desk_unit_id: int,
    start: datetime,
) -> Promise:
    """Return what a desk would promise for a reception that counts from `start`.

    A same-day procedure needs a slip only when its result comes on a later day.
    """
    limits = definition.case(case_code).limits
    limit = limits.get(channel) or limits.get(FilingChannel.COUNTER)
    if limit is None:
        return Promise(None, "Pháp luật không quy định thời hạn cho trường hợp này.", True)  # noqa: FBT003 -- the third value of a tuple
    facts = calendar.facts_of(organisation.tree().unit(desk_unit_id).calendar_id)
    found = calendar.due_at(limit, start, (), facts)
    is_later = local_day(found.due_at) > local_day(start)
    return Promise(found.due_at, calendar.explain(found), not definition.is_same_day or is_later)
