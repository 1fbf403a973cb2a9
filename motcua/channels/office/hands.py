"""The ways in which the person may sign digitally, as a page offers them."""

from collections.abc import Sequence
from datetime import datetime
from itertools import groupby
from typing import NamedTuple

from motcua.foundation.signing import api as signing
from motcua.foundation.signing.api import AttemptState, Consent, SigningAttempt
from motcua.foundation.trust.api import Way
from motcua.lib.actor import Actor
from motcua.lib.clock import local_day

Option = tuple[str, str, str]
_PLACES = {
    Way.REMOTE: "Ký số từ xa",
    Way.AGENT: "Ký bằng thiết bị cắm vào máy này",
    Way.ELSEWHERE: "Ký bằng phần mềm khác",
}
_WORDS = {
    AttemptState.ASKED: ("Đang lập dữ liệu ký", "info"),
    AttemptState.PREPARED: ("Chờ ông/bà ký", "soon"),
    AttemptState.GRANTED: ("Chờ dịch vụ ký", "info"),
    AttemptState.SENT: ("Chờ dịch vụ ký", "info"),
    AttemptState.SIGNED: ("Đang ghép chữ ký", "info"),
}


class Waiting(NamedTuple):
    """One document that waits for the person's own hand."""

    attempt_id: int
    code: str
    title: str
    about: str
    word: str
    tone: str
    error: str
    is_ready: bool


class Group(NamedTuple):
    """What is signed with one key outside this server, or is taken away."""

    way: Way
    title: str
    certificate: str
    holder: str
    rows: Sequence[Waiting]
    ready: int
    consent: Consent | None


def hand_options(actor: Actor, at: datetime) -> list[Option]:
    """Return the ways to sign as choices; none where nothing is signed digitally."""
    if not signing.has_policy(signing.DocumentKind.OUTCOME, on=local_day(at)):
        return []
    return [(one.key, one.label, one.hint) for one in signing.hands_for(actor, at)]


def groups_for(actor: Actor) -> list[Group]:
    """Return what waits for the person's hand, one group for each key.

    Costs: one query, and network now and then for each remote service.
    """
    found = sorted(signing.underway_of(actor), key=_key_of)
    return [_group(list(rows)) for _, rows in groupby(found, key=_key_of)]


def _key_of(attempt: SigningAttempt) -> tuple[str, int]:
    return attempt.way, 0 if attempt.way == Way.ELSEWHERE else attempt.certificate_id


def _group(attempts: Sequence[SigningAttempt]) -> Group:
    first = attempts[0]
    way = Way(first.way)
    states = [AttemptState(one.state) for one in attempts]
    ready = states.count(AttemptState.PREPARED)
    is_asked = way == Way.REMOTE and ready
    return Group(
        way=way,
        title=_PLACES[way],
        certificate=first.certificate.sha256,
        holder=first.certificate.subject_name,
        rows=[_waiting(one) for one in attempts],
        ready=ready,
        consent=signing.consent_of(first.certificate) if is_asked else None,
    )


def _waiting(attempt: SigningAttempt) -> Waiting:
    request = attempt.turn.request
    word, tone = _WORDS[AttemptState(attempt.state)]
    return Waiting(
        attempt_id=attempt.pk,
        code=request.code,
        title=request.title,
        about=request.about,
        word=word,
        tone=tone,
        error=attempt.latest_error,
        is_ready=attempt.state == AttemptState.PREPARED,
    )
