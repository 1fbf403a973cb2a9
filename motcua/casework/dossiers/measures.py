"""What dossiers bring to the indicators."""

from collections.abc import Sequence
from datetime import date

from motcua.casework.indicators import api as indicators
from motcua.foundation.outbox import api as outbox

from .choices import Status
from .events import DossierMoved
from .operations.counting import units_of_move
from .queries.figures import CONSUMER, with_electronic_results
from .rules.measuring import MoveSeen, counts_of


@outbox.projection(CONSUMER, DossierMoved.topic)
def count_moves(facts: Sequence[outbox.ReadFact]) -> None:
    """Add the counts of a batch of moves."""
    settled = [one.aggregate_id for one in facts if one.payload["status"] == Status.RESOLVED]
    electronic = with_electronic_results(settled)
    seen = (_seen(fact, is_electronic=fact.aggregate_id in electronic) for fact in facts)
    indicators.add_counts(count for move in seen for count in counts_of(move))


def _seen(fact: outbox.ReadFact, *, is_electronic: bool) -> MoveSeen:
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
        is_electronic=is_electronic,
    )
