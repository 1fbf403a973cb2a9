"""Bring issued documents to the level their policy wants, and keep them there.

Not at the door: it imports the engine, which only the signer's process carries.

Source: docs/law/signing.md
"""

import logging
from dataclasses import replace
from datetime import datetime, timedelta
from hashlib import sha256

from motcua.foundation.files import api as files
from motcua.foundation.signing.choices import Level, MadeBy, RequestState, TurnState
from motcua.foundation.signing.errors import DocumentUnfit, StampRefused
from motcua.foundation.signing.events import DocumentLifted
from motcua.foundation.signing.models import (
    DocumentVersion,
    SignedPaper,
    SigningRequest,
    Turn,
)
from motcua.foundation.signing.queries.requests import content_of, latest_version
from motcua.foundation.signing.rules.levels import is_reached, renew_at
from motcua.foundation.signing.rules.lifters import Lifter, lifter_for
from motcua.foundation.signing.rules.lifting import Ask
from motcua.foundation.trust import api as trust
from motcua.lib import work
from motcua.lib.actor import SYSTEM

from .finishing import Made
from .requesting import media_of
from .telling import tell
from .time_stamping import asker, with_time_stamp

logger = logging.getLogger(__name__)
LEASE = timedelta(minutes=5)
FIRST_PAUSE, LONGEST_PAUSE = timedelta(minutes=1), timedelta(hours=6)
MOST = 20
_MOST_DOUBLINGS = 10
_LATER = (trust.LineDown, trust.EvidenceMissing, StampRefused)
_LIFTED = (RequestState.OPEN, RequestState.COMPLETED)
_NEVER = (trust.WasRevoked, DocumentUnfit)
_CLAIM = """
UPDATE signing_signingrequest SET lift_tries = lift_tries + 1, lift_at = %s WHERE id IN (
  SELECT id FROM signing_signingrequest WHERE lift_at <= %s
  ORDER BY lift_at, id LIMIT 1 FOR UPDATE SKIP LOCKED
) RETURNING id
"""


def raised(request: SigningRequest, turn: Turn, made: Made, *, at: datetime) -> Made:
    """Return what was made, raised as far as services answer; the rest is done later.

    Each signature gets its time stamp; the last one evidence and archive stamp too.

    Costs: network where the policy wants more than B-B.
    """
    made = with_time_stamp(request, made, at=at)
    if made.level == Level.B_B:
        return made
    others = Turn.objects.filter(request_id=request.pk).exclude(pk=turn.pk)
    is_last = not others.exclude(state=TurnState.DONE).exists()
    wanted = Level(request.level)
    if not is_last or is_reached(wanted, made.level):
        return made
    try:
        lifted = lift(made.versions[-1][1], wanted, at=at)
    except (*_LATER, *_NEVER) as error:
        logger.warning("lifting_waits", extra={"request": request.code, "reason": str(error)})
        return made
    ends = lifter_for(lifted).newest_stamp_ends(lifted) if wanted == Level.B_LTA else None
    versions = (*made.versions, (MadeBy.LIFTED, lifted))
    return replace(made, versions=versions, level=wanted, stamp_ends=ends)


def lift(content: bytes, wanted: Level, *, at: datetime) -> bytes:
    """Return the document at the level wanted, or renewed if it is there already.

    Raises: LineDown, EvidenceMissing, StampRefused, WasRevoked, DocumentUnfit.
    Costs: up to four questions over the network for each signer.
    """
    form = lifter_for(content)
    with asker(at=at) as ask:
        if not form.are_all_timed(content):
            content = _timed(form, content, ask)
        if wanted == Level.B_T:
            return content
        signers, others = form.signers_in(content)
        content = form.with_evidence(content, trust.evidence_for(signers, others, at=at))
        return form.with_document_stamp(content, ask) if wanted == Level.B_LTA else content


def _timed(form: Lifter, content: bytes, ask: Ask) -> bytes:
    """Return the document with the time stamps that are missing, one of the whole if need be."""
    if form.can_take_stamp(content):
        content = form.with_own_stamp(content, ask)
    return content if form.are_all_timed(content) else form.with_document_stamp(content, ask)


def lift_due(*, at: datetime, most: int = MOST) -> int:
    """Lift or renew the documents that are due, the longest waiting first; return how many."""
    done = 0
    while done < most:
        claimed = work.fetch(_CLAIM, [at + LEASE, at])
        if not claimed:
            break
        lift_one(claimed[0][0], at=at)
        done += 1
    return done


def lift_one(request_id: int, *, at: datetime) -> None:
    """Lift one document; what stands in the way is kept with it and tried again."""
    request = SigningRequest.objects.get(pk=request_id)
    if request.state not in _LIFTED:
        SigningRequest.objects.filter(pk=request_id).update(lift_at=None)
        return
    version = latest_version(request)
    try:
        lifted = _lifted(request, content_of(version), at)
    except _LATER as error:
        _put_off(request, str(error), at=at)
    except _NEVER as error:
        _give_up(request, str(error), at=at)
    else:
        keep_lifted(request_id, version.seq, lifted, at=at)


def _lifted(request: SigningRequest, content: bytes, at: datetime) -> bytes:
    """Return the document one step on: while others have to sign, only with its time stamp."""
    if request.state == RequestState.OPEN:
        with asker(at=at) as ask:
            return lifter_for(content).with_own_stamp(content, ask)
    return lift(content, Level(request.level), at=at)


@work.story
def keep_lifted(request_id: int, base_seq: int, content: bytes, *, at: datetime) -> None:
    """Keep the lifted document as its newest version, unless there is a newer one meanwhile.

    Locks: the request.
    """
    request = work.lock(SigningRequest, id=request_id)
    is_issued = request.state == RequestState.COMPLETED
    if request.latest_seq != base_seq or request.state not in _LIFTED:
        return
    before = latest_version(request)
    is_renewal = is_issued and before.level == request.level
    how = MadeBy.RENEWED if is_renewal else MadeBy.LIFTED
    stored = files.keep_bytes(content, media_of(request), by=SYSTEM, at=at)
    level = request.level if is_issued else Level.B_T
    request.latest_seq += 1
    request.lift_at, request.lift_tries, request.lift_error = _next(request, content, at), 0, ""
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
    events = [_event(request, stored.pk, content)] if is_issued else []
    changed = ("latest_seq", "lift_at", "lift_tries", "lift_error")
    act = "renewed" if is_renewal else "lifted"
    detail = {"level": str(level)}
    tell(request, act, *events, by=SYSTEM, at=at, changed=changed, detail=detail)


def _event(request: SigningRequest, file_id: int, content: bytes) -> DocumentLifted:
    """Let the paper's mark know the newest version; return what is told."""
    digest = sha256(content).hexdigest()
    SignedPaper.objects.filter(request_id=request.pk).update(sha256=digest)
    seq = request.version + 1
    return DocumentLifted(request.pk, seq, request.code, request.owner, file_id, request.level)


def _next(request: SigningRequest, content: bytes, at: datetime) -> datetime | None:
    is_archived = request.level == Level.B_LTA and request.state == RequestState.COMPLETED
    ends = lifter_for(content).newest_stamp_ends(content) if is_archived else None
    return renew_at(ends, at) if ends else None


@work.story
def _put_off(request: SigningRequest, error: str, *, at: datetime) -> None:
    """Try again later, after a pause that grows from a minute to six hours."""
    pause = FIRST_PAUSE * 2 ** min(request.lift_tries - 1, _MOST_DOUBLINGS)
    request.lift_at, request.lift_error = at + min(pause, LONGEST_PAUSE), error[:500]
    work.update(request, "lift_at", "lift_error")
    logger.warning("lifting_waits", extra={"request": request.code, "reason": error})


@work.story
def _give_up(request: SigningRequest, error: str, *, at: datetime) -> None:
    """Stop trying: asking again would change nothing. People have to look at it."""
    request.lift_at, request.lift_error = None, error[:500]
    detail = {"error": error[:500]}
    changed = ("lift_at", "lift_error")
    tell(request, "not_lifted", by=SYSTEM, at=at, changed=changed, detail=detail)
    logger.error("lifting_failed", extra={"request": request.code, "reason": error})
