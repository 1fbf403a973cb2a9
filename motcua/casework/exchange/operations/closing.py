"""See to what came from outside and cannot be taken as it is.

Source: docs/law/exchange.md
"""

from datetime import datetime

from motcua.casework.exchange.choices import ArrivalState
from motcua.casework.exchange.errors import MoveNotAllowed, NoSuchArrival
from motcua.casework.exchange.models import EnvelopeArrival
from motcua.foundation.access.api import Power
from motcua.foundation.audit import api as audit
from motcua.lib import work
from motcua.lib.actor import Actor
from motcua.lib.errors import BadInput

from .answering import MOST_REASON
from .partners import EVERYWHERE


@work.story
def close_arrival(arrival_id: int, reason: str, *, by: Actor, at: datetime) -> None:
    """End what came from outside and cannot be taken; its bytes stay kept.

    Raises: NotAllowed, NoSuchArrival, BadInput without a reason, MoveNotAllowed.
    """
    row = _troubled(arrival_id, by)
    if not reason.strip():
        raise BadInput("Hãy ghi cách xử lý, ví dụ đã báo nơi gửi.", field="reason")
    row.state, row.closed_at, row.closed_by_name = ArrivalState.CLOSED, at, by.name
    row.reason = reason.strip()[:MOST_REASON]
    work.update(row, "state", "closed_at", "closed_by_name", "reason")
    audit.record("exchange.arrival_closed", f"arrival:{row.pk}", by=by, at=at)


@work.story
def read_again(arrival_id: int, *, by: Actor, at: datetime) -> None:
    """Have something read once more, after the reason for the trouble was removed.

    Raises: NotAllowed, NoSuchArrival, MoveNotAllowed.
    """
    row = _troubled(arrival_id, by)
    row.state, row.words, row.findings = ArrivalState.KEPT, "", []
    work.update(row, "state", "words", "findings")
    audit.record("exchange.arrival_read_again", f"arrival:{row.pk}", by=by, at=at)


def _troubled(arrival_id: int, by: Actor) -> EnvelopeArrival:
    by.require(Power.EDIT_ORGANISATION, unit_id=EVERYWHERE)
    try:
        row = work.lock(EnvelopeArrival, id=arrival_id)
    except EnvelopeArrival.DoesNotExist as error:
        raise NoSuchArrival("Không có gói tin này.") from error
    if row.state != ArrivalState.TROUBLE:
        raise MoveNotAllowed("Gói tin này không còn vướng mắc.")
    return row
