"""Keep what authorities say of revoked certificates fresh.

Source: docs/law/signing.md
"""

import logging
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from time import monotonic

from motcua.foundation.access.api import Power
from motcua.foundation.audit import api as audit
from motcua.foundation.jobs import api as jobs
from motcua.foundation.trust import ports
from motcua.foundation.trust.choices import CertificateState, ServiceKind
from motcua.foundation.trust.errors import NotACertificate
from motcua.foundation.trust.models import Certificate
from motcua.foundation.trust.queries.services import services_of
from motcua.foundation.trust.queries.trusted import anchors_on
from motcua.foundation.trust.rules.revocation import chain_to, crl_addresses
from motcua.lib import work
from motcua.lib.actor import Actor

from .certificates import keep_crl
from .services import note_service

logger = logging.getLogger(__name__)
REFRESH = "trust.refresh_revocation"
EVERYWHERE = 0  # no unit: only a power over the whole province reaches it
MOST_SECONDS = 60.0


@dataclass(frozen=True, slots=True)
class _Fetched:
    """What came from one address, or why nothing did."""

    address: str
    service_code: str
    content: bytes = b""
    error: str = ""


def refresh_revocation(*, at: datetime) -> tuple[int, int]:
    """Fetch the lists of all authorities that matter here; return how many came, how many not.

    All are fetched before anything is written, so that no transaction waits for another machine.

    Costs: four queries; one question for each list, a minute together; a few statements for each.
    """
    fetched = list(_fetch(_addresses(at)))
    came = sum(_kept(one, at=at) for one in fetched)
    return came, len(fetched) - came


def _addresses(at: datetime) -> Mapping[str, str]:
    """Return where lists lie, each with the code of its service if an administrator entered it.

    Besides those only what certificates name that lead to our anchors.
    """
    anchors = [one.der for one in anchors_on(at)]
    rows = Certificate.objects.filter(state=CertificateState.ACTIVE, not_after__gt=at)
    ders = [bytes(der) for der in rows.order_by("id").values_list("der", flat=True)]
    named = {to: der for der in ders for to in crl_addresses(der)}
    found = {to: "" for to, der in named.items() if chain_to(der, ders, anchors)}
    return found | {one.url: one.code for one in services_of(ServiceKind.CRL)}


def _fetch(addresses: Mapping[str, str]) -> Iterator[_Fetched]:
    ends_at = monotonic() + MOST_SECONDS
    for address, code in sorted(addresses.items()):
        if monotonic() > ends_at:
            yield _Fetched(address, code, error="Hết giờ trước khi hỏi tới; lần sau hỏi tiếp.")
            continue
        try:
            yield _Fetched(address, code, content=ports.line().crl(address))
        except ports.LineDown as error:
            yield _Fetched(address, code, error=str(error))


def _kept(one: _Fetched, *, at: datetime) -> bool:
    error = one.error
    if not error:
        try:
            keep_crl(one.content, one.address, at=at)
        except NotACertificate as refused:
            error = str(refused)
    if one.service_code:
        note_service(one.service_code, at=at, error=error)
    if error:
        logger.warning("revocation_list_missing", extra={"reason": error})
    return not error


@work.story
def refresh_soon(*, by: Actor, at: datetime) -> None:
    """Have the lists fetched in a moment, not at their next time. Raises: NotAllowed."""
    by.require(Power.ADMINISTER_SIGNING, unit_id=EVERYWHERE)
    jobs.hurry(REFRESH, at=at)
    audit.record("trust.refresh_asked", "service:crl", by=by, at=at)
