"""Tell people that it is their turn, or that somebody would not sign."""

from collections.abc import Iterator, Sequence

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
TO_INITIAL = notifications.declare(
    Kind(
        "signing.to_initial",
        "Có văn bản chờ ký nháy",
        "{title}: chờ ông/bà ký nháy",
        "{title} ({about}) chờ ông/bà ký nháy. {note}",
        for_officers=True,
    )
)
TO_SIGN = notifications.declare(
    Kind(
        "signing.to_sign",
        "Có văn bản chờ ký ban hành",
        "{title}: chờ ông/bà ký",
        "{title} ({about}) chờ ông/bà ký. {note}",
        for_officers=True,
    )
)
_KINDS = {
    TurnRole.INITIAL: (TO_INITIAL, Power.SIGN_DOCUMENTS),
    TurnRole.LEADER: (TO_SIGN, Power.SIGN_DOCUMENTS),
    TurnRole.SEAL: (TO_SEAL, Power.SEAL_DOCUMENTS),
}
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
    """Tell people that it is their turn to initial, to sign, to seal; return how many notices.

    Who has the turn hears, else all in the unit who hold the power; nobody hears of what he
    brought about himself.

    Costs: three queries for each document, and those of the notices.
    """
    ours = [fact for fact in facts if fact.payload["role"] in _KINDS]
    return notifications.notify_all(list(_messages(ours)), by=SYSTEM)


def _messages(facts: Sequence[outbox.ReadFact]) -> Iterator[Message]:
    for fact in facts:
        kind, power = _KINDS[TurnRole(str(fact.payload["role"]))]
        request = SigningRequest.objects.get(pk=fact.aggregate_id)
        whom = [one for one in _whom(fact, power) if one != fact.by_id or power == _SEALS]
        values = {"title": request.title, "about": request.about, "note": _note_of(fact)}
        yield Message(whom, kind, values, fact.at, link=_address(request))


_SEALS = Power.SEAL_DOCUMENTS


def _whom(fact: outbox.ReadFact, power: Power) -> list[int]:
    account_id = fact.payload.get("account_id")
    if isinstance(account_id, int):
        return [account_id]
    unit_id = int(str(fact.payload["unit_id"]))
    held = access.holders_of(power, on=local_day(fact.at), unit_ids=[unit_id])
    found = identity.accounts_of_officers([one.officer_id for one in held])
    return sorted(found.values())


def _note_of(fact: outbox.ReadFact) -> str:
    """Return why the turn is this person's, if it was handed on."""
    turns = Turn.objects.filter(request_id=fact.aggregate_id, role=str(fact.payload["role"]))
    found = turns.exclude(note="").values_list("account_id", "note")
    whose = fact.payload.get("account_id")
    return next((note for account_id, note in found if account_id == whose), "")


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
