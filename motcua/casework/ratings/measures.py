"""What ratings bring to the indicators: how many were given, how many were satisfied."""

from collections.abc import Iterator, Sequence
from datetime import date

from motcua.casework.indicators import api as indicators
from motcua.foundation.organisation import api as organisation
from motcua.foundation.outbox import api as outbox
from motcua.lib.clock import local_day

from .events import DossierRated
from .models import Rating
from .rules import GIVEN, SATISFIED, is_satisfied

_BATCH = 2000


@outbox.projection("indicators.ratings", DossierRated.topic)
def count_ratings(facts: Sequence[outbox.ReadFact]) -> None:
    """Add the counts of a batch of ratings."""
    indicators.add_counts(
        count
        for fact in facts
        for count in _counts(
            int(str(fact.payload["agency_id"])),
            int(str(fact.payload["overall"])),
            date.fromisoformat(str(fact.payload["on"])),
        )
    )


def rebuild_counts() -> None:
    """Count all ratings again."""
    indicators.rebuild((GIVEN, SATISFIED), _history())


def _history() -> Iterator[list[indicators.Count]]:
    rows = Rating.objects.order_by("pk").values_list("agency_id", "overall", "rated_at")
    counted = [
        count
        for agency_id, overall, at in rows.iterator(_BATCH)
        for count in _counts(agency_id, overall, local_day(at))
    ]
    yield counted


def _counts(agency_id: int, overall: int, on: date) -> Iterator[indicators.Count]:
    agency = organisation.tree().agency(agency_id)
    if not agency.is_counted:
        return
    for unit_id in (agency.root_unit_id, indicators.PROVINCE):
        yield indicators.Count(unit_id, GIVEN, on, 1)
        if is_satisfied(overall):
            yield indicators.Count(unit_id, SATISFIED, on, 1)
