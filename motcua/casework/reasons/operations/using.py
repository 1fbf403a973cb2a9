"""Note which reasons of the library were given, and in which words."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from motcua.casework.reasons.choices import ReasonKind
from motcua.casework.reasons.models import ReasonUse
from motcua.casework.reasons.queries.library import Suggestion
from motcua.casework.reasons.rules.places import is_changed
from motcua.lib import work
from motcua.lib.actor import Actor
from motcua.lib.clock import local_day

OFFERED, WRITTEN = 2000, 4000


class Subject(NamedTuple):
    """In which matter a reason is given: its code, whose procedure and agency."""

    code: str
    agency_id: int
    procedure_id: int


def note_uses(
    kind: ReasonKind,
    subject: Subject,
    given: Sequence[tuple[Suggestion, str]],
    written: str,
    *,
    by: Actor,
    at: datetime,
) -> None:
    """Hand over a row for each reason that was given; `given` pairs it with its words as offered.

    Called inside the story of the act it belongs to.
    """
    work.add(
        *(
            ReasonUse(
                reason_id=one.reason_id,
                version_id=one.version_id,
                subject=subject.code,
                kind=kind,
                agency_id=subject.agency_id,
                procedure_id=subject.procedure_id,
                offered=offered[:OFFERED],
                written=written[:WRITTEN],
                is_changed=is_changed(offered, written),
                used_on=local_day(at),
                used_at=at,
                by_id=by.id,
                by_name=by.name,
            )
            for one, offered in given
        )
    )
