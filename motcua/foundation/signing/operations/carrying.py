"""What the signer does: takes each attempt that is due, lets the key sign, makes the next version.

Not at the door: it imports the engine, which only the signer's process carries.
"""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import OperationalError

from motcua.foundation.organisation import api as organisation
from motcua.foundation.papers import api as papers
from motcua.foundation.signing import ports
from motcua.foundation.signing.choices import (
    AttemptState,
    DocumentKind,
    MadeBy,
    RequestState,
    TurnRole,
    TurnState,
)
from motcua.foundation.signing.errors import (
    DocumentUnfit,
    VersionSignedMeanwhile,
    WrongCertificate,
    WrongSignature,
)
from motcua.foundation.signing.models import SigningAttempt, SigningRequest, Turn
from motcua.foundation.signing.queries.queue import DUE, WAYS
from motcua.foundation.signing.queries.requests import content_of, latest_version, turns_of
from motcua.foundation.signing.rules import halves
from motcua.foundation.signing.rules.algorithms import digest_for
from motcua.foundation.signing.rules.copies import kind_in
from motcua.foundation.signing.rules.foreign import Drawn, with_fields_at
from motcua.foundation.signing.rules.halves import Half, Order, Value
from motcua.foundation.signing.rules.order import DAY, NUMBER, Lock, locks_of
from motcua.foundation.signing.rules.places import with_fields
from motcua.foundation.signing.rules.placing import (
    DAY_PARTS,
    TEXTS,
    day_said,
    number_said,
    placing_of,
)
from motcua.foundation.signing.rules.sizes import field_sizes
from motcua.foundation.signing.rules.xades import XmlOrder
from motcua.foundation.trust import api as trust
from motcua.lib import work
from motcua.lib.actor import Actor
from motcua.lib.clock import local, local_day

from .finishing import Made, finish_attempt
from .forms import begin_xml_half, finish_half
from .lifting import raised
from .looks import looks_of
from .telling import tell
from .turns import BY_SEAL

logger = logging.getLogger(__name__)
AS_THEY_ARE = (DocumentKind.MODULE_PDF, DocumentKind.XML)
BY_HAND = (TurnRole.LEADER, TurnRole.INITIAL)
LEASE = timedelta(minutes=2)
FIRST_PAUSE, LONGEST_PAUSE = timedelta(seconds=5), timedelta(minutes=10)
MOST = 50
_MOST_DOUBLINGS = 10
_CLAIM = f"""
UPDATE signing_signingattempt SET tries = tries + 1, next_try_at = %s WHERE id IN (
  SELECT id FROM signing_signingattempt WHERE {DUE}
  ORDER BY next_try_at, id LIMIT 1 FOR UPDATE SKIP LOCKED
) RETURNING id
"""  # noqa: S608 -- our own words


def carry_on(*, at: datetime, most: int = MOST) -> int:
    """Work on the attempts that are due, the oldest first; return how many.

    Each is leased for two minutes: one that a killed signer left behind is taken up again.
    """
    done = 0
    while done < most:
        claimed = work.fetch(_CLAIM, [at + LEASE, list(WAYS), at])
        if not claimed:
            break
        carry(claimed[0][0], at=at)
        done += 1
    return done


def carry(attempt_id: int, *, at: datetime) -> None:
    """Let the key of one attempt sign; what goes wrong is kept with it and shown."""
    attempt = SigningAttempt.objects.select_related("turn__request", "certificate").get(
        pk=attempt_id
    )
    if attempt.expires_at <= at:
        fail(attempt, AttemptState.EXPIRED, "Quá 7 ngày chưa ký được; hãy ký lại.", at=at)
        return
    try:
        made = sign_here(attempt, at=at)
        finish_attempt(attempt.pk, raised(attempt.turn.request, attempt.turn, made, at=at), at=at)
    except ports.HolderAway as error:
        wait(attempt, str(error), at=at)
    except VersionSignedMeanwhile:
        wait(attempt, "", at=at)
    except (ports.HolderRefuses, WrongSignature, WrongCertificate, DocumentUnfit) as error:
        fail(attempt, AttemptState.FAILED, str(error), at=at)
    except OperationalError:
        raise
    except Exception as error:
        logger.exception("signing_broke", extra={"attempt": attempt_id})
        wait(attempt, f"Lỗi bên trong ({type(error).__name__}); hệ thống tự thử lại.", at=at)


def sign_here(attempt: SigningAttempt, *, at: datetime) -> Made:
    """Return the versions that follow when a key of this server signs. Writes nothing.

    Raises: HolderAway, HolderRefuses, WrongSignature, DocumentUnfit.
    """
    turn, certificate = attempt.turn, attempt.certificate
    request = turn.request
    turns = turns_of(request.pk)
    base, made = prepared(request, turns, local_day(at))
    der = bytes(certificate.der)
    chain = trust.chain_of(der)
    half = begun(request, turns, attempt, base=base, at=at)
    holder = ports.token_holder(certificate.service_code)
    raw = holder.sign_many(certificate.key_ref, [half.attributes], half.digest)[0]
    signed = finish_half(request, base, half, raw, certificate=der, chain=chain)
    how = MadeBy.SEALED if turn.role in BY_SEAL else MadeBy.SIGNED
    return Made(request.latest_seq, (*made, (how, signed)))


def begun(
    request: SigningRequest,
    turns: Sequence[Turn],
    attempt: SigningAttempt,
    *,
    base: bytes,
    at: datetime,
) -> Half:
    """Return the half that is to be signed. Raises: DocumentUnfit, WrongCertificate."""
    der = bytes(attempt.certificate.der)
    chain = trust.chain_of(der)
    if request.document_kind == DocumentKind.XML:
        return begin_xml_half(base, XmlOrder(der, chain, at))
    return halves.begin(base, order_for(request, turns, attempt, base=base, chain=chain, at=at))


def prepared(
    request: SigningRequest, turns: Sequence[Turn], on: date
) -> tuple[bytes, tuple[tuple[MadeBy, bytes], ...]]:
    """Return the newest version with its fields, and the version to keep if they were just made."""
    version = latest_version(request)
    content = content_of(version)
    is_as_it_is = request.document_kind in AS_THEY_ARE and not request.placing
    if version.made_by != MadeBy.DRAFTED or is_as_it_is:
        return content, ()
    locks = locks_of([TurnRole(turn.role) for turn in turns])
    if request.placing:
        fielded = _placed(request, content, locks)
    else:
        fielded = with_fields(content, locks, looks_of(request, turns, on))
    return fielded, ((MadeBy.PREPARED, fielded),)


def _placed(request: SigningRequest, content: bytes, locks: Mapping[str, Lock]) -> bytes:
    """Return a document of others with its fields; the parts of the day stay free like the day."""
    placing = placing_of(request.placing)
    places = placing.places
    texts = tuple(one.name for one in places if one.name in TEXTS)
    free = {
        name: replace(lock, free=(*lock.free, *(one for one in texts if one not in lock.free)))
        if NUMBER in lock.free
        else lock
        for name, lock in locks.items()
    }
    drawn = None
    if placing.qr is not None:
        left, low, right, high = placing.qr
        mark = papers.render_qr(address_of(request), size=(right - left, high - low))
        drawn = Drawn(mark, left, low)
    return with_fields_at(content, places, free, drawn)


def address_of(request: SigningRequest) -> str:
    """Return where anybody sees whether the paper counts, as its QR mark says."""
    return f"{settings.SITE_ADDRESS}/giay/{request.paper_token}/"


def order_for(
    request: SigningRequest,
    turns: Sequence[Turn],
    attempt: SigningAttempt,
    *,
    base: bytes,
    chain: tuple[bytes, ...],
    at: datetime,
) -> Order:
    """Return what is signed and how it looks."""
    turn = attempt.turn
    sizes = field_sizes(base)
    is_ours = turn.field_name in sizes  # a foreign file gets a signature that is not seen
    lock = locks_of([TurnRole(one.role) for one in turns])[turn.field_name]
    return Order(
        field_name=turn.field_name,
        certificate=bytes(attempt.certificate.der),
        chain=chain,
        at=at,
        permits=lock.permits,
        certifies=is_ours and all(one.state != TurnState.DONE for one in turns),
        stamp=stamp_for(turn, attempt, sizes[turn.field_name], at=at) if is_ours else None,
        digest=digest_for(attempt.certificate.key_kind, attempt.certificate.key_bits),
        values=values_for(request, sizes) if turn.role == TurnRole.SEAL else {},
    )


def stamp_for(
    turn: Turn, attempt: SigningAttempt, size: tuple[float, float], *, at: datetime
) -> bytes | None:
    """Return how the signature looks: the handwriting or the seal; None shows nothing."""
    day, certificate = local_day(at), attempt.certificate
    if turn.role == TurnRole.COPY:
        return papers.render_mark(mark_lines(turn.request, at), size=size)
    if turn.role == TurnRole.SEAL and certificate.agency_id is not None:
        picture = trust.seal_picture_of(certificate.agency_id, day)
    elif turn.role in BY_HAND and certificate.officer_id is not None:
        picture = trust.handwriting_of(certificate.officer_id, day)
    else:
        return None
    if picture is None:
        return None
    return papers.render_image_stamp(
        picture.png,
        width_mm=picture.width_mm,
        height_mm=picture.height_mm,
        size=size,
        at_right=turn.role == TurnRole.SEAL,
    )


def mark_lines(request: SigningRequest, at: datetime) -> tuple[str, ...]:
    """Return what the agency's signature says on a copy or an attachment.

    The kind of copy with its number and the agency, or number and notation of the document it
    belongs to; then
    the moment on the clocks of Hà Nội.

    Source: docs/law/signing.md
    """
    moment = local(at).isoformat(timespec="seconds")
    if request.document_kind == DocumentKind.ATTACHMENT:
        return (request.notation, moment)
    agency = organisation.name_of_agency(request.agency_id, on=local_day(at))
    kind = kind_in(request.notation)
    return (f"{kind} số {request.number_words}", agency, moment)


def values_for(
    request: SigningRequest, sizes: Mapping[str, tuple[float, float]]
) -> dict[str, Value]:
    """Return number and day as they are written into the document."""
    if request.number is None or request.numbered_on is None:
        return {}
    day = request.numbered_on
    places = placing_of(request.placing).places if request.placing else ()
    is_whole = any(one.is_whole for one in places)
    words = {
        NUMBER: number_said(request.number, request.notation, is_whole=is_whole),
        DAY: papers.day_in_words(day),
        **{name: day_said(name, day) for name in DAY_PARTS},
    }
    return {name: _value(name, text, sizes[name]) for name, text in words.items() if name in sizes}


def _value(name: str, text: str, size: tuple[float, float]) -> Value:
    drawn = papers.render_value(text, size=size, is_italic=name != NUMBER, begins=name == DAY)
    return Value(text, drawn)


@work.story
def wait(attempt: SigningAttempt, error: str, *, at: datetime) -> None:
    """Try again later, after a pause that grows from seconds to ten minutes."""
    pause = FIRST_PAUSE * 2 ** min(attempt.tries - 1, _MOST_DOUBLINGS)
    attempt.next_try_at, attempt.latest_error = at + min(pause, LONGEST_PAUSE), error[:500]
    work.update(attempt, "next_try_at", "latest_error")
    logger.warning("signing_waits", extra={"attempt": attempt.pk, "tries": attempt.tries})


@work.story
def fail(attempt: SigningAttempt, state: AttemptState, error: str, *, at: datetime) -> None:
    """End an attempt that came to nothing; the turn is ready again."""
    request = work.lock(SigningRequest, id=attempt.turn.request_id)
    attempt.state, attempt.latest_error, attempt.ended_at = state, error[:500], at
    attempt.sealed_grant = ""
    work.update(attempt, "state", "latest_error", "ended_at", "sealed_grant")
    if request.state == RequestState.OPEN:
        attempt.turn.state = TurnState.READY
        work.update(attempt.turn, "state")
    tell(request, "failed", by=actor_of(attempt), at=at, detail={"error": error[:500]})
    logger.warning("signing_failed", extra={"attempt": attempt.pk})


def actor_of(attempt: SigningAttempt) -> Actor:
    """Return who asked, as the one who acts."""
    return Actor(
        id=attempt.by_id,
        name=attempt.by_name,
        title=attempt.by_title,
        is_silent=attempt.by_is_silent,
    )
