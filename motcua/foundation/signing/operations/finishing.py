"""A signature is there: keep the new version, hand on the turn, or issue the paper."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from hashlib import sha256

from motcua.foundation.files import api as files
from motcua.foundation.outbox.api import Event
from motcua.foundation.signing.choices import (
    AttemptState,
    Level,
    MadeBy,
    PaperState,
    RequestState,
    TurnState,
)
from motcua.foundation.signing.errors import VersionSignedMeanwhile
from motcua.foundation.signing.events import SignaturesCompleted, TurnReady, TurnSigned
from motcua.foundation.signing.models import (
    UNDERWAY,
    DocumentVersion,
    SignedPaper,
    SigningAttempt,
    SigningRequest,
    Turn,
)
from motcua.foundation.signing.queries.requests import turns_of
from motcua.foundation.signing.rules.levels import is_reached, renew_at
from motcua.foundation.signing.rules.order import is_complete, next_ready
from motcua.lib import work
from motcua.lib.actor import Actor
from motcua.lib.clock import local_day

from .leaving_alone import LEFT_ALONE
from .requesting import media_of
from .telling import tell

_ENDED = ("state", "ended_at", "latest_error", "sealed_grant", "tail")
_DONE = ("state", "done_at", "done_by_id", "done_by_name", "done_by_title", "certificate_id")


@dataclass(frozen=True, slots=True)
class Made:
    """The versions made from one that was the newest when they were begun; the last is signed.

    `level` is what the last one has reached; `stamp_ends` is when its archive stamp's
    certificate ends.
    """

    base_seq: int
    versions: Sequence[tuple[MadeBy, bytes]] = field(repr=False)
    level: Level = Level.B_B
    stamp_ends: datetime | None = None


@work.story
def finish_attempt(attempt_id: int, made: Made, *, at: datetime) -> SigningRequest:
    """Keep what an attempt made; two who signed one version: the first one counts.

    Raises: VersionSignedMeanwhile.
    Locks: the request, then the attempt.
    """
    turn_id = SigningAttempt.objects.values_list("turn_id", flat=True).get(pk=attempt_id)
    request = work.lock(
        SigningRequest, id=Turn.objects.values_list("request_id", flat=True).get(pk=turn_id)
    )
    attempt = work.lock(SigningAttempt, id=attempt_id)
    is_stale = request.latest_seq != made.base_seq or request.state != RequestState.OPEN
    if is_stale or attempt.state not in UNDERWAY:
        raise VersionSignedMeanwhile("Văn bản vừa có thay đổi; đang lập lại dữ liệu ký.")
    by = Actor(
        attempt.by_id, attempt.by_name, title=attempt.by_title, is_silent=attempt.by_is_silent
    )
    stored = keep_versions(request, made, by=by, at=at)
    turns = turns_of(request.pk)
    turn = next(one for one in turns if one.pk == attempt.turn_id)
    _end(turn, attempt, at=at)
    events: list[Event] = [
        TurnSigned(request.pk, 0, request.code, request.owner, turn.role, turn.pk)
    ]
    tell_end(request, turns, events, stored, made, by=by, at=at)
    return request


def keep_versions(
    request: SigningRequest, made: Made, *, by: Actor, at: datetime
) -> files.StoredFile:
    """Write the versions; return the file of the last one."""
    stored = None
    for how, content in made.versions:
        request.latest_seq += 1
        stored = files.keep_bytes(content, media_of(request), by=by, at=at)
        level = "" if how == MadeBy.PREPARED else made.level
        work.add(
            DocumentVersion(
                request_id=request.pk,
                seq=request.latest_seq,
                file=stored,
                made_by=how,
                level=level,
                at=at,
            )
        )
    if stored is None:
        raise ValueError("an attempt was finished without a version")
    return stored


def _end(turn: Turn, attempt: SigningAttempt, *, at: datetime) -> None:
    turn.state, turn.done_at = TurnState.DONE, at
    turn.done_by_id, turn.done_by_name = attempt.by_id, attempt.by_name
    turn.done_by_title, turn.certificate_id = attempt.by_title, attempt.certificate_id
    work.update(turn, *_DONE)
    attempt.state, attempt.ended_at, attempt.latest_error = AttemptState.FINISHED, at, ""
    attempt.sealed_grant, attempt.tail = "", None
    work.update(attempt, *_ENDED)


def tell_end(  # noqa: PLR0913 -- what was made, and all that follows from it
    request: SigningRequest,
    turns: Sequence[Turn],
    events: list[Event],
    stored: files.StoredFile,
    made: Made,
    *,
    by: Actor,
    at: datetime,
) -> None:
    """Let the next one sign, or issue the paper; then tell."""
    changed = ["latest_seq", "lift_at"]
    states = {one.seq: TurnState(one.state) for one in turns}
    place = next_ready(states)
    if place is not None:
        turn = next(one for one in turns if one.seq == place)
        turn.state, turn.ready_at = TurnState.READY, at
        work.update(turn, "state", "ready_at")
        events.append(
            TurnReady(
                request.pk,
                0,
                request.code,
                request.owner,
                turn.role,
                turn.unit_id,
                turn.account_id,
            )
        )
    elif is_complete(states):
        events.append(_issue(request, stored, made, at=at))
        changed += ["state", "ended_at"]
    request.lift_at = _lift_at(request, made, at)
    numbered = [replace(one, seq=request.version + 1 + i) for i, one in enumerate(events)]
    tell(request, "signed", *numbered, by=by, at=at, changed=changed)


def _lift_at(request: SigningRequest, made: Made, at: datetime) -> datetime | None:
    """Return when the document is to be lifted, or its archive stamp renewed.

    While others have still to sign, only a time stamp that is missing is sought.
    """
    wanted = Level(request.level)
    if request.state == RequestState.OPEN:
        is_untimed = wanted != Level.B_B and made.level == Level.B_B
        return at + LEFT_ALONE if is_untimed else None
    if not is_reached(wanted, made.level):
        return at
    return renew_at(made.stamp_ends, at) if made.stamp_ends else None


def _issue(
    request: SigningRequest, stored: files.StoredFile, made: Made, *, at: datetime
) -> SignaturesCompleted:
    """Complete the request; the paper is known by its QR mark from now on."""
    request.state, request.ended_at = RequestState.COMPLETED, at
    issued_on = request.numbered_on or request.printed_on or local_day(at)
    work.add(
        SignedPaper(
            token=request.paper_token,
            request_id=request.pk,
            document_kind=request.document_kind,
            agency_id=request.agency_id,
            title=request.title,
            number=request.number_words,
            issued_on=issued_on,
            sha256=sha256(made.versions[-1][1]).hexdigest(),
            state=PaperState.IN_FORCE,
            valid_until=request.valid_until,
        )
    )
    return SignaturesCompleted(
        request.pk,
        0,
        request.code,
        request.owner,
        request.document_kind,
        stored.pk,
        request.number,
        issued_on,
    )
