"""What dossiers bring to the indicators."""

from collections.abc import Iterator, Sequence
from datetime import date

from motcua.casework.indicators import api as indicators
from motcua.foundation.organisation import api as organisation
from motcua.foundation.outbox import api as outbox
from motcua.lib import work
from motcua.lib.clock import local_day

from .events import DossierMoved
from .rules.measuring import ALL, MoveSeen, counts_of

_BATCH = 5000
_HISTORY = """
SELECT m.dossier_id, m.seq, m.act, m.was, m.status, d.channel, m.at,
       coalesce(d.due_at < m.at, false), d.agency_id, d.competent_unit_id, d.receiving_unit_id
FROM dossiers_dossiermove m JOIN dossiers_dossier d ON d.id = m.dossier_id
WHERE (m.dossier_id, m.seq) > (%s, %s) ORDER BY m.dossier_id, m.seq LIMIT %s
"""


@outbox.projection("indicators.dossiers", DossierMoved.topic)
def count_moves(facts: Sequence[outbox.ReadFact]) -> None:
    """Add the counts of a batch of moves."""
    indicators.add_counts(count for fact in facts for count in counts_of(_seen(fact)))


def rebuild_counts() -> None:
    """Count all moves of all dossiers again."""
    indicators.rebuild(ALL, _history())


def _seen(fact: outbox.ReadFact) -> MoveSeen:
    told = {key: str(fact.payload[key]) for key in ("act", "was", "status", "channel", "on")}
    agency, unit, desk = (
        int(str(fact.payload[key])) for key in ("agency_id", "unit_id", "receiving_unit_id")
    )
    return MoveSeen(
        act=told["act"],
        was=told["was"],
        status=told["status"],
        channel=told["channel"],
        on=date.fromisoformat(told["on"]),
        is_late=fact.payload["is_late"] is True,
        units=_units(agency, unit, desk),
    )


def _units(agency_id: int, competent_unit_id: int, receiving_unit_id: int) -> frozenset[int]:
    """Return the units a move counts for: who decides, its agency as a whole, and the desk."""
    root = organisation.tree().agency(agency_id).root_unit_id
    return frozenset({root, competent_unit_id, receiving_unit_id})


def _history() -> Iterator[list[indicators.Count]]:
    place = (0, 0)
    while rows := work.fetch(_HISTORY, [*place, _BATCH]):
        place = rows[-1][:2]
        seen = [
            MoveSeen(act, was, status, channel, local_day(at), late, _units(*units))
            for _, _, act, was, status, channel, at, late, *units in rows
        ]
        yield [count for move in seen for count in counts_of(move)]
