"""Somebody lets a service of the CSC kind sign own papers: a PIN, a one-time password, its page.

What is typed goes to the service and is kept nowhere. Services of the push kind ask on the
telephone; nothing is asked here then.
"""

import json
from collections.abc import Mapping
from datetime import datetime
from hashlib import new as new_hash

from motcua.foundation.identity import api as identity
from motcua.foundation.signing import ports
from motcua.foundation.signing.choices import OwnState
from motcua.foundation.signing.models import OwnSigning
from motcua.foundation.signing.queries.own import own_papers_of, own_signing_for
from motcua.foundation.signing.rules.own import FOR_SERVICE
from motcua.lib import work
from motcua.lib.actor import Actor

from .granting import asking
from .own_beginning import require_open

DIGEST = "sha256"


def authorise_own(token: str, secrets: ports.Secrets, *, by: Actor, at: datetime) -> None:
    """Let the service sign all its papers, with what was typed.

    Raises: NoSuchRequest, SigningError, GrantRefused, ServiceAway.
    Costs: network, ten seconds at most.
    """
    signing = _prepared(token, by)
    with asking():
        grant = ports.remote_signer(signing.service_code).authorise(_wanted(signing), secrets)
    _grant(signing, grant, at=at)


def send_own_otp(token: str, *, by: Actor) -> None:
    """Let the service send a one-time password.

    Raises: NoSuchRequest, SigningError, GrantRefused, ServiceAway.
    Costs: network, ten seconds at most.
    """
    signing = _prepared(token, by)
    with asking():
        ports.remote_signer(signing.service_code).send_otp(signing.key_ref)


def own_consent_address(token: str, page: ports.OwnPage, *, by: Actor) -> str:
    """Return the page of the service to go to. Raises: NoSuchRequest, SigningError, GrantRefused.

    Costs: a small file; no network.
    """
    signing = _prepared(token, by)
    with asking():
        signer = ports.remote_signer(signing.service_code)
        return signer.consent_address(_wanted(signing), page)


def take_own_consent(
    token: str, given: Mapping[str, str], *, by: Actor, at: datetime
) -> OwnSigning:
    """Take the consent given on the page of the service; `given`: code, verifier, return_url.

    Raises: NoSuchRequest, SigningError, GrantRefused, ServiceAway.
    Costs: network, ten seconds at most.
    """
    signing = _prepared(token, by)
    with asking():
        signer = ports.remote_signer(signing.service_code)
        grant = signer.redeem(given["code"], given["verifier"], given["return_url"])
    _grant(signing, grant, at=at)
    return signing


def _prepared(token: str, by: Actor) -> OwnSigning:
    signing = own_signing_for(by, token)
    require_open(signing, OwnState.PREPARED)
    return signing


def _wanted(signing: OwnSigning) -> ports.ToSign:
    return ports.ToSign(signing.key_ref, hashes_of(signing), DIGEST)


def hashes_of(signing: OwnSigning) -> list[bytes]:
    """Return what its key signs, paper by paper."""
    papers = own_papers_of(signing)
    return [new_hash(DIGEST, bytes(one.attributes or b"")).digest() for one in papers]


@work.story
def _grant(signing: OwnSigning, grant: ports.Grant, *, at: datetime) -> None:
    """Keep the permission sealed until it is used, unless the person left meanwhile."""
    kept = {"token": grant.token, "until": grant.expires_at.isoformat()}
    OwnSigning.objects.filter(pk=signing.pk, state=OwnState.PREPARED).update(
        state=OwnState.GRANTED,
        sealed_grant=identity.seal_secret(json.dumps(kept)),
        next_try_at=at,
        expires_at=at + FOR_SERVICE,
        tries=0,
        latest_error="",
    )
