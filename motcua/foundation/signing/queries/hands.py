"""The ways a person has to sign, and what waits for that person's own hand."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from motcua.foundation.signing.choices import AttemptState
from motcua.foundation.signing.errors import NoSuchRequest
from motcua.foundation.signing.models import UNDERWAY, DocumentVersion, SigningAttempt
from motcua.foundation.trust.api import Certificate, Way
from motcua.lib.actor import Actor

from .requests import certificates_for, content_of

ELSEWHERE = "elsewhere"
MOST_AT_ONCE = 200
_PLACES = {
    Way.REMOTE: "Ký số từ xa",
    Way.SERVER: "Chứng thư trên máy chủ của cơ quan",
    Way.AGENT: "Thiết bị ký cắm vào máy này",
    Way.ELSEWHERE: "Phần mềm ký khác",
}


@dataclass(frozen=True, slots=True)
class Hand:
    """One way in which a person may sign: `key` is what `begin_attempt` takes."""

    key: str
    way: Way
    label: str
    hint: str


def hands_for(actor: Actor, at: datetime) -> Sequence[Hand]:
    """Return the ways in which the actor may sign now, the newest certificate first.

    Whoever holds a certificate may also take the document away and bring it back signed.

    Costs: two queries.
    """
    held = certificates_for(actor, at)
    here = [_hand_of(one) for one in held if one.way != Way.ELSEWHERE]
    hint = "Tải văn bản về, ký bằng phần mềm của ông/bà, rồi tải lên."
    away = [Hand(ELSEWHERE, Way.ELSEWHERE, _PLACES[Way.ELSEWHERE], hint)] if held else []
    return [*here, *away]


def _hand_of(certificate: Certificate) -> Hand:
    until = f"dùng đến {certificate.not_after:%d/%m/%Y}"
    hint = f"{certificate.subject_name}, {until}"
    way = Way(certificate.way)
    return Hand(certificate.sha256, way, _PLACES[way], hint)


def underway_of(actor: Actor) -> Sequence[SigningAttempt]:
    """Return what the actor is signing with a hand of their own, the oldest first.

    Costs: one query.
    """
    found = SigningAttempt.objects.filter(by_id=actor.id, state__in=UNDERWAY)
    away = found.exclude(way=Way.SERVER).select_related("turn__request", "certificate")
    return list(away.order_by("id")[:MOST_AT_ONCE])


@dataclass(frozen=True, slots=True)
class HalfMade:
    """A document with room for a signature, and what has to be signed."""

    code: str
    content: bytes = field(repr=False)
    attributes: bytes = field(repr=False)
    reserved_start: int
    reserved_end: int


def half_made(attempt_id: int, *, by: Actor) -> HalfMade:
    """Return what the actor's own device is to sign. Raises: NoSuchRequest.

    Costs: two queries and one file.
    """
    found = SigningAttempt.objects.select_related("turn__request").filter(
        pk=attempt_id, by_id=by.id, way=Way.AGENT, state=AttemptState.PREPARED
    )
    attempt = found.first()
    if attempt is None:
        raise NoSuchRequest("Văn bản này không chờ thiết bị của ông/bà ký.")
    version = DocumentVersion.objects.select_related("file").get(
        request_id=attempt.turn.request_id, seq=attempt.base_seq
    )
    return HalfMade(
        code=attempt.turn.request.code,
        content=content_of(version) + bytes(attempt.tail or b""),
        attributes=bytes(attempt.attributes or b""),
        reserved_start=attempt.reserved_start or 0,
        reserved_end=attempt.reserved_end or 0,
    )


def hand_at(actor: Actor, request_id: int) -> SigningAttempt | None:
    """Return what the actor has begun with a document by a hand of their own. Costs: one query."""
    found = SigningAttempt.objects.filter(
        turn__request_id=request_id, by_id=actor.id, state__in=UNDERWAY
    )
    return found.exclude(way=Way.SERVER).first()
