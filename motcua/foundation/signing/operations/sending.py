"""The queue of what is signed outside this server: prepare, send with a permission, finish.

Not at the door: it imports the engine, which only the signer's process carries.
"""

import logging
from collections.abc import Sequence
from datetime import datetime
from hashlib import new as new_hash

from django.db import OperationalError

from motcua.foundation.signing import ports
from motcua.foundation.signing.choices import AttemptState, MadeBy, RequestState, TurnRole
from motcua.foundation.signing.errors import DocumentUnfit, VersionSignedMeanwhile, WrongSignature
from motcua.foundation.signing.models import (
    DocumentVersion,
    SigningAttempt,
    SigningRequest,
)
from motcua.foundation.signing.queries.queue import DUE, OUTSIDE
from motcua.foundation.signing.queries.requests import content_of, turns_of
from motcua.foundation.signing.rules.halves import Half
from motcua.foundation.trust import api as trust
from motcua.foundation.trust.api import Way
from motcua.lib import work
from motcua.lib.clock import local_day

from .carrying import LEASE, MOST, actor_of, begun, fail, prepared, wait
from .finishing import Made, finish_attempt, keep_versions
from .forms import finish_half
from .granting import FRESH, opened_grant
from .lifting import raised

logger = logging.getLogger(__name__)
DIGEST = "sha256"
_ENDED_GRANT = "Giấy phép ký đã hết hạn; hãy cho phép ký lại."
_CLAIM = f"""
UPDATE signing_signingattempt SET next_try_at = %s, tries = tries + (state <> 'prepared')::int
WHERE id IN (
  SELECT id FROM signing_signingattempt WHERE {DUE}
  ORDER BY next_try_at, id LIMIT 1 FOR UPDATE SKIP LOCKED
) RETURNING id
"""  # noqa: S608 -- our own words
_CLAIM_TOGETHER = """
UPDATE signing_signingattempt SET next_try_at = %s, tries = tries + 1 WHERE id IN (
  SELECT id FROM signing_signingattempt
  WHERE state = 'granted' AND certificate_id = %s AND sealed_grant = %s AND id <> %s
    AND next_try_at <= %s
  ORDER BY id LIMIT %s FOR UPDATE SKIP LOCKED
) RETURNING id
"""
_HALF = (
    *("base_seq", "tail", "document_digest", "reserved_start", "reserved_end", "attributes"),
    *("state", "next_try_at"),
)
_BACK = ("state", "sealed_grant", "next_try_at", "latest_error")


def send_on(*, at: datetime, most: int = MOST) -> int:
    """Work on what is signed outside and is due, the oldest first; return how many."""
    done = 0
    while done < most:
        claimed = work.fetch(_CLAIM, [at + LEASE, list(OUTSIDE), at])
        if not claimed:
            break
        done += send(claimed[0][0], at=at)
    return done


def send(attempt_id: int, *, at: datetime) -> int:
    """Take one attempt a step further, with others of the same permission; return how many."""
    attempt = attempt_by(attempt_id)
    if attempt.expires_at <= at:
        fail(attempt, AttemptState.EXPIRED, "Quá 7 ngày chưa ký được; hãy ký lại.", at=at)
        return 1
    try:
        if attempt.state == AttemptState.GRANTED:
            return sign_together(attempt, at=at)
        step = finish if attempt.state == AttemptState.SIGNED else prepare
        step(attempt, at=at)
    except VersionSignedMeanwhile as error:
        ask_again(attempt, str(error), at=at)
    except (WrongSignature, DocumentUnfit) as error:
        fail(attempt, AttemptState.FAILED, str(error), at=at)
    except OperationalError:
        raise
    except Exception as error:
        logger.exception("signing_broke", extra={"attempt": attempt_id})
        wait(attempt, f"Lỗi bên trong ({type(error).__name__}); hệ thống tự thử lại.", at=at)
    return 1


def attempt_by(attempt_id: int) -> SigningAttempt:
    """Return an attempt with what it needs. Costs: one query."""
    found = SigningAttempt.objects.select_related("turn__request", "certificate")
    return found.get(pk=attempt_id)


def prepare(attempt: SigningAttempt, *, at: datetime) -> None:
    """Make the half that somebody outside is to sign, or only the fields to sign in.

    A half carries the moment of signing, so one that waited too long is made anew.

    Raises: DocumentUnfit, VersionSignedMeanwhile.
    """
    request, turn = attempt.turn.request, attempt.turn
    turns = turns_of(request.pk)
    base, made = prepared(request, turns, local_day(at))
    half = None
    if attempt.way != Way.ELSEWHERE:
        half = begun(request, turns, attempt, base=base, at=at)
    keep_half(attempt, Made(request.latest_seq, made), half, at=at)
    logger.info("signing_prepared", extra={"attempt": attempt.pk, "role": turn.role})


@work.story
def keep_half(attempt: SigningAttempt, made: Made, half: Half | None, *, at: datetime) -> None:
    """Keep what was prepared, and wait for the person.

    Raises: VersionSignedMeanwhile.
    Locks: the request, then the attempt.
    """
    request = work.lock(SigningRequest, id=attempt.turn.request_id)
    locked = work.lock(SigningAttempt, id=attempt.pk)
    is_stale = request.latest_seq != made.base_seq or request.state != RequestState.OPEN
    if is_stale or locked.state not in (AttemptState.ASKED, AttemptState.PREPARED):
        raise VersionSignedMeanwhile("Văn bản vừa có thay đổi; đang lập lại dữ liệu ký.")
    if made.versions:
        keep_versions(request, made, by=actor_of(attempt), at=at)
        work.update(request, "latest_seq")
    locked.base_seq, locked.state = request.latest_seq, AttemptState.PREPARED
    locked.next_try_at = locked.expires_at
    if half is not None:
        locked.tail, locked.document_digest = half.tail, half.document_digest
        locked.reserved_start, locked.reserved_end = half.reserved_start, half.reserved_end
        locked.attributes, locked.next_try_at = half.attributes, at + FRESH
    work.update(locked, *_HALF)


def sign_together(attempt: SigningAttempt, *, at: datetime) -> int:
    """Let the remote service sign all that one permission covers; return how many.

    What it signed is kept before it is used, so that a kill loses no signature.
    """
    certificate = attempt.certificate
    group = [attempt]
    try:
        signer = ports.remote_signer(certificate.service_code)
        group += _others(attempt, signer.get_key(certificate.key_ref).most_at_once - 1, at=at)
        hashes = [new_hash(DIGEST, bytes(one.attributes or b"")).digest() for one in group]
        wanted = ports.ToSign(certificate.key_ref, hashes, DIGEST)
        raws = signer.sign(wanted, opened_grant(attempt, at=at))
    except ports.HolderAway as error:
        trust.note_service(_name_of(certificate.service_code), at=at, error=str(error))
        for one in group:
            wait(one, str(error), at=at)
    except ports.GrantEnded:
        for one in group:
            ask_again(one, _ENDED_GRANT, at=at)
    except ports.HolderRefuses as error:
        for one in group:
            fail(one, AttemptState.FAILED, str(error), at=at)
    else:
        trust.note_service(_name_of(certificate.service_code), at=at)
        _keep_raws(group, raws, at=at)
    return len(group)


def _name_of(service_code: str) -> str:
    """Return how administrators entered the service “kind:name”."""
    return service_code.partition(":")[2]


def _others(attempt: SigningAttempt, most: int, *, at: datetime) -> Sequence[SigningAttempt]:
    """Return attempts that wait under the same permission, claimed."""
    if most < 1:
        return ()
    params = [at + LEASE, attempt.certificate_id, attempt.sealed_grant, attempt.pk, at, most]
    found = [row[0] for row in work.fetch(_CLAIM_TOGETHER, params)]
    rows = SigningAttempt.objects.select_related("turn__request", "certificate")
    return list(rows.filter(pk__in=found).order_by("id"))


def _keep_raws(group: Sequence[SigningAttempt], raws: Sequence[bytes], *, at: datetime) -> None:
    """Keep each signature, then make the document whole."""
    if len(raws) != len(group):
        for one in group:
            ask_again(one, "Dịch vụ ký số trả về thiếu chữ ký; hãy cho phép ký lại.", at=at)
        return
    for one, raw in zip(group, raws, strict=True):
        one.raw, one.state, one.sealed_grant = raw, AttemptState.SIGNED, ""
        one.next_try_at = at
    SigningAttempt.objects.bulk_update(group, ["raw", "state", "sealed_grant", "next_try_at"])


def ask_again(attempt: SigningAttempt, error: str, *, at: datetime) -> None:
    """Take the permission back from an attempt: it is prepared anew and the person is asked."""
    attempt.state, attempt.sealed_grant = AttemptState.ASKED, ""
    attempt.next_try_at, attempt.latest_error = at, error
    attempt.save(update_fields=_BACK)


def finish(attempt: SigningAttempt, *, at: datetime) -> None:
    """Put the signature that came into its half, and keep the document.

    Raises: WrongSignature, VersionSignedMeanwhile.
    """
    request = attempt.turn.request
    version = DocumentVersion.objects.select_related("file").get(
        request_id=request.pk, seq=attempt.base_seq
    )
    der = bytes(attempt.certificate.der)
    signed = finish_half(
        request,
        content_of(version),
        half_of(attempt),
        bytes(attempt.raw or b""),
        certificate=der,
        chain=trust.chain_of(der),
    )
    how = MadeBy.SEALED if attempt.turn.role == TurnRole.SEAL else MadeBy.SIGNED
    made = Made(attempt.base_seq, ((how, signed),))
    finish_attempt(attempt.pk, raised(request, attempt.turn, made, at=at), at=at)


def half_of(attempt: SigningAttempt) -> Half:
    """Return the half that was kept with an attempt. Raises: DocumentUnfit if there is none."""
    start, end = attempt.reserved_start, attempt.reserved_end
    if attempt.tail is None or attempt.attributes is None or start is None or end is None:
        raise DocumentUnfit("Dữ liệu ký của văn bản đã mất; hãy ký lại.", field="file")
    return Half(
        tail=bytes(attempt.tail),
        document_digest=bytes(attempt.document_digest or b""),
        reserved_start=start,
        reserved_end=end,
        attributes=bytes(attempt.attributes),
        digest=DIGEST,
    )
