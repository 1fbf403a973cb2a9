"""When something must be done with a document.

Source: docs/law/documents.md
"""

from datetime import datetime

from motcua.foundation.calendar import api as calendar
from motcua.foundation.organisation import api as organisation

_NEXT_WORKING_DAY = calendar.Limit(1, calendar.LimitUnit.WORKING_DAY)


def next_working_day(unit_id: int, at: datetime) -> datetime:
    """Return the end of the working day after this moment, by the unit's own calendar.

    Registering, sending and passing on are due the same day, at the latest then.
    """
    found = organisation.tree().unit(unit_id).calendar_id
    facts = calendar.national_facts() if found is None else calendar.facts_of(found)
    return calendar.due_at(_NEXT_WORKING_DAY, at, (), facts).due_at
