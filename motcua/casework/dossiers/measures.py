"""What dossiers bring to the indicators."""

from collections.abc import Sequence
from datetime import date

from motcua.casework.indicators import api as indicators
from motcua.foundation.outbox import api as outbox

from .events import DossierMoved
from .operations.counting import units_of_move
from .queries.figures import CONSUMER
from .rules.measuring import MoveSeen, counts_of


@outbox.projection(CONSUMER, DossierMoved.topic)
def count_moves(facts: Sequence[outbox.ReadFact]) -> None:
    """Add the counts of a batch of moves."""
    indicators.add_counts(count for fact in facts for count in counts_of(_seen(fact)))


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
        units=units_of_move(agency, unit, desk),
        days=str(fact.payload.get("detail") or ""),
    )
