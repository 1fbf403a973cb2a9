"""Count all moves again, for the figures that are kept rolled up.

Source: docs/law/indicators.md
"""

from collections.abc import Iterator

from django.db import transaction

from motcua.casework.dossiers.queries.figures import CONSUMER, HAS_ELECTRONIC
from motcua.casework.dossiers.rules.measuring import ALL, MoveSeen, counts_of
from motcua.casework.indicators import api as indicators
from motcua.foundation.organisation import api as organisation
from motcua.foundation.outbox import api as outbox
from motcua.lib import work
from motcua.lib.clock import local_day

_BATCH = 5000
# Whoever adds a move waits until all are counted: then none is missed and none counted twice.
_NOBODY_MOVES = "LOCK TABLE dossiers_dossiermove IN SHARE MODE"
_HISTORY = f"""
SELECT m.dossier_id, m.seq, m.act, m.was, m.status, d.channel, m.at,
       coalesce(d.due_at < m.at, false), coalesce(m.detail->>'days', ''),
       m.status = 'resolved' AND d.channel = 'portal' AND {HAS_ELECTRONIC.format("d.id")},
       d.agency_id, d.competent_unit_id, d.receiving_unit_id
FROM dossiers_dossiermove m JOIN dossiers_dossier d ON d.id = m.dossier_id
WHERE (m.dossier_id, m.seq) > (%s, %s) ORDER BY m.dossier_id, m.seq LIMIT %s
"""  # noqa: S608 -- our own constant


@transaction.atomic
def rebuild_counts() -> int:
    """Throw the figures away and count all moves of all dossiers again; return how many moves.

    Locks: the table of moves; acts wait meanwhile, pages do not.
    """
    work.fetch(_NOBODY_MOVES, [])
    outbox.begin_after_all(CONSUMER)
    counted = _Counted()
    indicators.rebuild(ALL, counted.history())
    return counted.moves


def units_of_move(agency_id: int, competent_unit_id: int, receiving_unit_id: int) -> frozenset[int]:
    """Return the units a move counts for: who decides, its agency as a whole, and the desk.

    None where one only tries: such a move counts for nobody, not for the province either.
    """
    agency = organisation.tree().agency(agency_id)
    if not agency.is_counted:
        return frozenset()
    return frozenset({agency.root_unit_id, competent_unit_id, receiving_unit_id})


class _Counted:
    """Reads the moves in batches and remembers how many there were."""

    def __init__(self) -> None:
        self.moves = 0

    def history(self) -> Iterator[list[indicators.Count]]:
        """Yield what each batch of moves counts for."""
        place = (0, 0)
        while rows := work.fetch(_HISTORY, [*place, _BATCH]):
            place = rows[-1][:2]
            self.moves += len(rows)
            seen = [
                MoveSeen(act, was, status, way, local_day(at), late, units_of_move(*units), *more)
                for _, _, act, was, status, way, at, late, *more, agency, unit, desk in rows
                for units in ((agency, unit, desk),)
            ]
            yield [count for move in seen for count in counts_of(move)]
