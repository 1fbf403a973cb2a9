"""Until when the figures that are kept rolled up are complete."""

from datetime import datetime, timedelta

from motcua.foundation.outbox import api as outbox

CONSUMER = "indicators.dossiers"


def figures_as_of(at: datetime) -> datetime:
    """Return until when every move is counted in the figures.

    Costs: one statement.
    """
    return at - timedelta(seconds=outbox.seconds_behind(CONSUMER))
