"""A person lets a key outside this server sign: consent for many documents at once.

The PIN goes from the person to the service and is kept nowhere; what the service gives in return
is kept sealed with each attempt until it is used or expires.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from hashlib import new as new_hash
from hashlib import sha256

from motcua.foundation.identity import api as identity
from motcua.foundation.signing import ports
from motcua.foundation.signing.choices import AttemptState
from motcua.foundation.signing.errors import GrantRefused, NotYourTurn, ServiceAway
from motcua.foundation.signing.models import SigningAttempt
from motcua.foundation.signing.queries.hands import MOST_AT_ONCE
from motcua.foundation.trust.api import Certificate, Way
from motcua.lib import work
from motcua.lib.actor import Actor

FRESH = timedelta(minutes=15)
DIGEST = "sha256"
MOST_BY_ADDRESS = 40  # so many hashes still fit into the address of a page


@dataclass(frozen=True, slots=True)
class Signature:
    """One signature that a device made: of which attempt, over which attributes (their hash)."""

    attempt_id: int
    attributes_sha256: str
    raw: bytes = field(repr=False)


def authorise(certificate_sha256: str, secrets: ports.Secrets, *, by: Actor, at: datetime) -> int:
    """Let a remote service sign all that is prepared for one's key there; return how many.

    One PIN for all of them. Nothing is locked while the service is asked.

    Raises: NotYourTurn if nothing is prepared, GrantRefused, ServiceAway.
    Costs: network, ten seconds at most.
    """
    attempts = _prepared(certificate_sha256, by)
    certificate = attempts[0].certificate
    with asking():
        signer = ports.remote_signer(certificate.service_code)
        grant = signer.authorise(_wanted(certificate, attempts), secrets)
    return _grant(attempts, grant, by=by, at=at)


def send_otp(certificate_sha256: str, *, by: Actor) -> None:
    """Let the service send a one-time password. Raises: NotYourTurn, ServiceAway."""
    certificate = _prepared(certificate_sha256, by)[0].certificate
    with asking():
        ports.remote_signer(certificate.service_code).send_otp(certificate.key_ref)


def consent_address(
    certificate_sha256: str, page: ports.OwnPage, *, by: Actor
) -> tuple[str, Sequence[int]]:
    """Return the page of the service to go to, and the attempts that are consented to there.

    Raises: NotYourTurn, ServiceAway, GrantRefused.
    """
    attempts = _prepared(certificate_sha256, by)[:MOST_BY_ADDRESS]
    certificate = attempts[0].certificate
    with asking():
        signer = ports.remote_signer(certificate.service_code)
        url = signer.consent_address(_wanted(certificate, attempts), page)
    return url, [one.pk for one in attempts]


def take_consent(
    attempt_ids: Sequence[int], given: Mapping[str, str], *, by: Actor, at: datetime
) -> int:
    """Take the consent that was given on the service's page; return for how many.

    `given` holds code, verifier and return_url.

    Raises: NotYourTurn, ServiceAway, GrantRefused.
    """
    found = SigningAttempt.objects.select_related("certificate").filter(
        pk__in=attempt_ids, by_id=by.id, way=Way.REMOTE, state=AttemptState.PREPARED
    )
    attempts = list(found.order_by("id"))
    if not attempts:
        raise NotYourTurn("Không còn văn bản nào chờ cho phép; hãy tải lại trang.")
    with asking():
        signer = ports.remote_signer(attempts[0].certificate.service_code)
        grant = signer.redeem(given["code"], given["verifier"], given["return_url"])
    return _grant(attempts, grant, by=by, at=at)


@contextmanager
def asking() -> Iterator[None]:
    """Tell what a service says in words for the person. Raises: ServiceAway, GrantRefused."""
    try:
        yield
    except ports.HolderAway as error:
        raise ServiceAway(str(error)) from error
    except ports.GrantEnded as error:
        raise GrantRefused("Lần cho phép này đã hết hạn; hãy cho phép lại.") from error
    except ports.HolderRefuses as error:
        raise GrantRefused(str(error), field="pin") from error


def consent_of(certificate: Certificate) -> ports.Consent | None:
    """Return how the service of a certificate asks the person; nothing if it gives no answer.

    Costs: network now and then.
    """
    try:
        signer = ports.remote_signer(certificate.service_code)
        return signer.get_key(certificate.key_ref).consent
    except (ports.HolderAway, ports.HolderRefuses):
        return None


def _prepared(certificate_sha256: str, by: Actor) -> Sequence[SigningAttempt]:
    """Return what is prepared for one's key, oldest first. Raises: NotYourTurn."""
    found = SigningAttempt.objects.select_related("certificate").filter(
        by_id=by.id,
        way=Way.REMOTE,
        state=AttemptState.PREPARED,
        certificate__sha256=certificate_sha256,
    )
    attempts = list(found.order_by("id")[:MOST_AT_ONCE])
    if not attempts:
        raise NotYourTurn("Chưa có văn bản nào lập xong để ký; xin đợi vài giây.")
    return attempts


def _wanted(certificate: Certificate, attempts: Sequence[SigningAttempt]) -> ports.ToSign:
    hashes = [new_hash(DIGEST, bytes(one.attributes or b"")).digest() for one in attempts]
    return ports.ToSign(certificate.key_ref, hashes, DIGEST)


@work.story
def _grant(
    attempts: Sequence[SigningAttempt], grant: ports.Grant, *, by: Actor, at: datetime
) -> int:
    """Give the permission to every attempt that still is what was consented to."""
    sealed = identity.seal_secret(
        json.dumps({"token": grant.token, "until": grant.expires_at.isoformat()})
    )
    return sum(
        SigningAttempt.objects.filter(
            pk=one.pk, by_id=by.id, state=AttemptState.PREPARED, attributes=one.attributes
        ).update(
            state=AttemptState.GRANTED,
            sealed_grant=sealed,
            next_try_at=at,
            tries=0,
            latest_error="",
        )
        for one in attempts
    )


def opened_grant(attempt: SigningAttempt, *, at: datetime) -> ports.Grant:
    """Return the permission kept with an attempt. Raises: GrantEnded."""
    kept = json.loads(identity.unseal_secret(attempt.sealed_grant))
    grant = ports.Grant(kept["token"], datetime.fromisoformat(kept["until"]))
    if grant.expires_at <= at:
        raise ports.GrantEnded
    return grant


@work.story
def take_signatures(signatures: Sequence[Signature], *, by: Actor, at: datetime) -> int:
    """Take what the device on one's own computer signed; return how many fit.

    What was prepared anew meanwhile does not fit and is signed again. The signer looks at each
    signature before a document is made of it.
    """
    taken = 0
    for given in signatures:
        attempt = SigningAttempt.objects.filter(
            pk=given.attempt_id, by_id=by.id, way=Way.AGENT, state=AttemptState.PREPARED
        ).first()
        is_same = attempt is not None and _digest_of(attempt) == given.attributes_sha256
        if attempt is None or not is_same:
            continue
        taken += SigningAttempt.objects.filter(
            pk=attempt.pk, state=AttemptState.PREPARED, attributes=attempt.attributes
        ).update(state=AttemptState.SIGNED, raw=given.raw, next_try_at=at, tries=0)
    return taken


def _digest_of(attempt: SigningAttempt) -> str:
    return sha256(bytes(attempt.attributes or b"")).hexdigest()
