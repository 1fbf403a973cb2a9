"""Own papers that somebody signs, as their owner sees them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from motcua.foundation.signing.choices import OwnState
from motcua.foundation.signing.errors import NoSuchRequest
from motcua.foundation.signing.models import OWN_OPEN, OwnPaper, OwnSigning
from motcua.foundation.trust import api as trust
from motcua.foundation.trust.api import ServiceInfo, ServiceKind
from motcua.lib.actor import Actor
from motcua.lib.tongue import said


@dataclass(frozen=True, slots=True)
class OwnService:
    """One service with which citizens and businesses sign here."""

    code: str
    name: str
    asks_phone: bool


@dataclass(frozen=True, slots=True)
class OwnSigned:
    """One paper that was signed: its place at the owner, both files, by whom and when."""

    ref: str
    file_id: int
    signed_file_id: int
    name: str
    file_name: str
    by_name: str
    at: datetime


def own_services() -> Sequence[OwnService]:
    """Return the services an administrator opened to the public. Costs: one query."""
    found = trust.services_of(ServiceKind.CSC, ServiceKind.PUSH)
    return [_service(one) for one in found if one.is_public]


def _service(one: ServiceInfo) -> OwnService:
    return OwnService(f"{one.kind}:{one.code}", one.name, one.kind == ServiceKind.PUSH)


def own_signing_for(actor: Actor, token: str) -> OwnSigning:
    """Return what the actor began to sign. Raises: NoSuchRequest."""
    found = OwnSigning.objects.filter(token=token, account_id=actor.id).first()
    if found is None:
        raise NoSuchRequest(said("Không tìm thấy lần ký này."))
    return found


def check_code(signing: OwnSigning) -> str:
    """Return the code that page and telephone show alike, so that people compare them."""
    digest = sha256(signing.token.encode()).hexdigest()
    return f"{int(digest[:8], 16) % 10_000:04d}"


def own_papers_of(signing: OwnSigning) -> Sequence[OwnPaper]:
    """Return its papers in their order."""
    return list(OwnPaper.objects.filter(signing=signing).order_by("seq"))


def own_signing_open(owner: str) -> OwnSigning | None:
    """Return what is being signed for an owner now, if anything."""
    return OwnSigning.objects.filter(owner=owner, state__in=OWN_OPEN).first()


def own_signed(owner: str) -> Mapping[str, OwnSigned]:
    """Return what was signed for an owner, the latest of each place. Costs: one query."""
    found = OwnPaper.objects.select_related("signing").filter(
        signing__owner=owner, signing__state=OwnState.DONE, signed_file__isnull=False
    )
    return {one.ref: _signed(one) for one in found.order_by("signing_id", "seq")}


def _signed(one: OwnPaper) -> OwnSigned:
    if one.signed_file_id is None or one.signing.ended_at is None:
        raise TypeError("a paper that was signed has a file and a moment")
    return OwnSigned(
        ref=one.ref,
        file_id=one.file_id,
        signed_file_id=one.signed_file_id,
        name=one.name,
        file_name=one.file_name,
        by_name=one.signing.subject_name,
        at=one.signing.ended_at,
    )
