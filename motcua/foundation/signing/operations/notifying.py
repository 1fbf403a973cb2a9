"""Tell people that it is their turn, or that somebody would not sign."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from motcua.foundation.access import api as access
from motcua.foundation.access.api import Power
from motcua.foundation.identity import api as identity
from motcua.foundation.notifications import api as notifications
from motcua.foundation.notifications.api import Kind, Message
from motcua.foundation.outbox import api as outbox
from motcua.foundation.signing.choices import TurnRole
from motcua.foundation.signing.models import SigningRequest, Turn
from motcua.lib.actor import SYSTEM
from motcua.lib.clock import local_day

TO_SEAL = notifications.declare(
    Kind(
        "signing.to_seal",
        "Có văn bản chờ đóng dấu",
        "{title}: chờ cấp số, đóng dấu",
        "{title} ({about}) đã được ký và chờ cấp số, đóng dấu.",
        for_officers=True,
    )
)
REFUSED = notifications.declare(
    Kind(
        "signing.refused",
        "Văn bản bị từ chối ký, đóng dấu",
        "{title}: bị từ chối",
        "{title} ({about}): {who} từ chối. Lý do: {reason}",
        for_officers=True,
    )
)


def tell_turns(facts: Sequence[outbox.ReadFact]) -> int:
    """Tell the clerks of documents that wait for the seal; return how many notices that made.

    Costs: three queries for each document, and those of the notices.
    """
    to_seal = [fact for fact in facts if fact.payload["role"] == TurnRole.SEAL]
    return notifications.notify_all(list(_to_seal(to_seal)), by=SYSTEM)


def _to_seal(facts: Sequence[outbox.ReadFact]) -> Iterator[Message]:
    for fact in facts:
        request = SigningRequest.objects.get(pk=fact.aggregate_id)
        clerks = _clerks_of(int(str(fact.payload["unit_id"])), fact.at)
        values = {"title": request.title, "about": request.about}
        yield Message(clerks, TO_SEAL, values, fact.at, link=_address(request))


def _clerks_of(unit_id: int, at: datetime) -> list[int]:
    held = access.holders_of(Power.SEAL_DOCUMENTS, on=local_day(at), unit_ids=[unit_id])
    found = identity.accounts_of_officers([one.officer_id for one in held])
    return sorted(found.values())


def tell_refusals(facts: Sequence[outbox.ReadFact]) -> int:
    """Tell whoever asked that a document was refused, and why.

    Costs: two queries for each document, and those of the notices.
    """
    return notifications.notify_all([_refused(fact) for fact in facts], by=SYSTEM)


def _refused(fact: outbox.ReadFact) -> Message:
    request = SigningRequest.objects.get(pk=fact.aggregate_id)
    turn = Turn.objects.get(pk=int(str(fact.payload["turn_id"])))
    values = {
        "title": request.title,
        "about": request.about,
        "who": turn.done_by_name,
        "reason": turn.reason,
    }
    return Message([request.created_by_id], REFUSED, values, fact.at, link=_address(request))


def _address(request: SigningRequest) -> str:
    return f"/xu-ly/van-ban/{request.code}/"
