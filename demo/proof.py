"""Signing in the demo: an authority without legal value, certificates, pictures, and the policy."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from django.conf import settings

from motcua.foundation.access.api import ROLE_POWERS
from motcua.foundation.organisation import api as organisation
from motcua.foundation.organisation.api import PostRole, Seat
from motcua.foundation.signing import api as signing
from motcua.foundation.signing.api import DocumentKind, Level, TurnRole
from motcua.foundation.trust import api as trust
from motcua.foundation.trust.api import (
    AnchorState,
    CertificateIn,
    HolderKind,
    ImageIn,
    ImageKind,
    Purpose,
    ServiceIn,
    ServiceKind,
    Way,
)
from motcua.lib.actor import Actor
from motcua.lib.clock import local_day
from simulators.authority import Authority

from .cast import Cast, founder
from .certifying import kept_certificate, register
from .citizen_keys import give_citizens_keys
from .devices import HOLDER, keep_in_device
from .drawings import draw_handwriting, draw_seal
from .initials import ask_for_initials, set_up_rights
from .ways import give_more_ways

SECOND_ADMINISTRATOR = "H18.08.CDS-02"
SEALED_AGENCIES = ("H18.101", "H18.07", "H18")
IN_A_DEVICE = "H18.101"
SIGNERS = (
    "H18.LD-02",
    "H18.101.LD-01",
    "H18.101.LD-02",
    "H18.101.KT-01",
    "H18.101.VHXH-01",
    "H18.101.VHXH-02",
    "H18.07.LD-01",
)
HAND_MM, SEAL_MM = (48, 22), (36, 36)
BASIS = "Chính sách của bản minh họa"
SOFTWARE = "software"
BOTH, SEAL = (TurnRole.LEADER, TurnRole.SEAL), (TurnRole.SEAL,)
POLICIES = {
    DocumentKind.OUTCOME: (Level.B_LTA, BOTH),
    DocumentKind.RECEIPT: (Level.B_T, SEAL),
    DocumentKind.SLIP: (Level.B_T, SEAL),
    DocumentKind.APOLOGY: (Level.B_LT, BOTH),
    DocumentKind.STOP: (Level.B_LT, BOTH),
    DocumentKind.PROGRESS: (Level.B_T, SEAL),
    DocumentKind.REGISTER: (Level.B_LT, BOTH),
    DocumentKind.VERIFICATION: (Level.B_B, SEAL),
}


def set_up_signing(cast: Cast, at: datetime) -> None:
    """Make what signing needs, and leave what is there; a second time brings fresh CRLs only."""
    authority = Authority(Path(settings.HOME) / "var" / "authority", at=at)
    second = _of_the_province(cast.at_post(SECOND_ADMINISTRATOR))
    _believe(authority, second, at)
    stamps = f"{authority.address}/tsa"
    tsa = ServiceIn("tsa-minh-hoa", "Dấu thời gian minh họa", ServiceKind.TSA, stamps)
    trust.set_service(tsa, by=founder(), at=at)
    for crl in authority.crls(at=at):
        trust.keep_crl(crl, "bản minh họa", at=at)
    for seat in cast.seats:
        if seat.post_code in SIGNERS:
            _certify_signer(authority, seat, second, at)
    for code in SEALED_AGENCIES:
        _certify_agency(authority, code, second, at)
    give_citizens_keys(authority, at)
    for kind, (level, turns) in POLICIES.items():
        _ask_for(kind, level, turns, at)
    ask_for_initials(at)
    set_up_rights(at)


def _ask_for(kind: DocumentKind, level: Level, turns: Sequence[TurnRole], at: datetime) -> None:
    """Put a policy in force for a kind of document that has none."""
    on = local_day(at)
    if signing.has_policy(kind, on=on):
        return
    policy = signing.PolicyIn(kind, level, turns, is_required=False, valid_from=on, basis=BASIS)
    signing.set_policy(policy, by=founder(), at=at)


def _of_the_province(actor: Actor) -> Actor:
    """Return an administrator of a provincial agency with the reach that such a post has."""
    return replace(actor, province_powers=frozenset(ROLE_POWERS[PostRole.ADMINISTRATOR]))


def _believe(authority: Authority, second: Actor, at: datetime) -> None:
    """Bring the root in as two administrators would, and the CA below it."""
    digest = trust.read_certificate(authority.root.der).sha256
    states = {anchor.sha256: anchor.state for anchor in trust.anchors_on_record()}
    if digest not in states:
        trust.propose_anchor(authority.root.der, Purpose.DEMO, by=founder(), at=at, basis=BASIS)
    if states.get(digest, AnchorState.PROPOSED) == AnchorState.PROPOSED:
        trust.approve_anchor(digest, digest[-8:], by=second, at=at)
    register(CertificateIn(authority.between.der, HolderKind.AUTHORITY), at)


def _certify_signer(authority: Authority, seat: Seat, second: Actor, at: datetime) -> None:
    agency = organisation.tree().agency_of(seat.unit_id)
    give_more_ways(authority, seat, agency.short_name, at)
    ref = f"officer-{seat.post_code.lower()}"
    der = kept_certificate(authority, ref, seat.officer_name, agency.short_name, at)
    given = CertificateIn(
        der,
        HolderKind.OFFICER,
        officer_id=seat.officer_id,
        way=Way.SERVER,
        service_code=SOFTWARE,
        key_ref=ref,
    )
    if register(given, at):
        drawn, on = draw_handwriting(seat.officer_name), local_day(at)
        image = ImageIn(ImageKind.HANDWRITING, drawn, *HAND_MM, on, officer_id=seat.officer_id)
        _use_picture(image, second, at)


def _certify_agency(authority: Authority, code: str, second: Actor, at: datetime) -> None:
    agency = organisation.tree().agency_by_code(code)
    if agency is None:
        return
    ref = f"agency-{code.lower()}"
    der = kept_certificate(authority, ref, agency.short_name or agency.name, "", at)
    in_device = keep_in_device(ref) if code == IN_A_DEVICE else ""
    given = CertificateIn(
        der,
        HolderKind.AGENCY,
        agency_id=agency.id,
        way=Way.SERVER,
        service_code=HOLDER if in_device else SOFTWARE,
        key_ref=in_device or ref,
    )
    if register(given, at):
        name = agency.short_name or agency.name
        drawn, on = draw_seal(name), local_day(at)
        image = ImageIn(ImageKind.SEAL, drawn, *SEAL_MM, on, agency_id=agency.id)
        _use_picture(image, second, at)


def _use_picture(image: ImageIn, second: Actor, at: datetime) -> None:
    """Bring in a picture and approve it as two administrators would."""
    kept = trust.keep_image(image, by=founder(), at=at)
    trust.approve_image(kept.pk, by=second, at=at)
