"""Signing in the kill test: two agencies whose outcomes are signed digitally, then sealed.

The leader of the first has a key on the server, the one of the second at the remote service.
"""

from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.serialization import Encoding
from django.conf import settings

from demo.cast import founder
from demo.certifying import kept_certificate, register
from demo.drawings import draw_handwriting, draw_seal
from motcua.foundation.identity import api as identity
from motcua.foundation.signing import api as signing
from motcua.foundation.signing.api import DocumentKind, Level, TurnRole
from motcua.foundation.trust import api as trust
from motcua.foundation.trust.api import (
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

PLACES = 2
REMOTE = 1  # the place whose leader's key lies at the remote service
SERVICE, SOFTWARE = "csc:v2", "software"
HAND_MM, SEAL_MM = (48, 22), (36, 36)
Place = dict[str, Any]


def set_up_signing(places: list[Place], folder: Path, at: datetime) -> list[Place]:
    """Let the first places sign; return them."""
    authority = Authority(folder / "authority", at=at)
    second = replace(founder(), id=2, name="Người thứ hai")
    believe(authority, second, at)
    stamps = ServiceIn("tsa", "Dấu thời gian", ServiceKind.TSA, f"{authority.address}/tsa")
    trust.set_service(stamps, by=founder(), at=at)
    chosen = [
        _equip(authority, number, place, second, at) for number, place in enumerate(places[:PLACES])
    ]
    both = (TurnRole.LEADER, TurnRole.SEAL)
    policy = signing.PolicyIn(
        DocumentKind.OUTCOME, Level.B_LTA, both, is_required=False, valid_from=local_day(at)
    )
    signing.set_policy(policy, by=founder(), at=at)
    return chosen


def believe(authority: Authority, second: Actor, at: datetime) -> None:
    """Believe an authority, and keep what it says of revoked certificates."""
    root = authority.root.der
    trust.propose_anchor(root, Purpose.DEMO, by=founder(), at=at, basis="Phép đo")
    digest = trust.read_certificate(root).sha256
    trust.approve_anchor(digest, digest[-8:], by=second, at=at)
    register(CertificateIn(authority.between.der, HolderKind.AUTHORITY), at)
    for crl in authority.crls(at=at):
        trust.keep_crl(crl, "phép đo", at=at)


def _equip(authority: Authority, number: int, place: Place, second: Actor, at: datetime) -> Place:
    """Give certificates and pictures to the leader and the seal of one place."""
    leader = _officer_of(place["tokens"]["leader"])
    is_remote = number == REMOTE
    ref = f"leader-{number}"
    der = kept_certificate(authority, ref, leader.full_name, place["code"], at)
    if is_remote:
        _hand_to_service(authority, ref, der)
    held = CertificateIn(
        der,
        HolderKind.OFFICER,
        officer_id=leader.officer_id,
        way=Way.REMOTE if is_remote else Way.SERVER,
        service_code=SERVICE if is_remote else SOFTWARE,
        key_ref=ref,
    )
    register(held, at)
    seal = kept_certificate(authority, f"seal-{number}", f"UBND xã {number}", "", at)
    held = CertificateIn(
        seal,
        HolderKind.AGENCY,
        agency_id=place["agency_id"],
        way=Way.SERVER,
        service_code=SOFTWARE,
        key_ref=f"seal-{number}",
    )
    register(held, at)
    on = local_day(at)
    drawn, stamp = draw_handwriting(leader.full_name), draw_seal(f"UBND xã {number}")
    pictures = (
        ImageIn(ImageKind.HANDWRITING, drawn, *HAND_MM, on, officer_id=leader.officer_id),
        ImageIn(ImageKind.SEAL, stamp, *SEAL_MM, on, agency_id=place["agency_id"]),
    )
    for picture in pictures:
        kept = trust.keep_image(picture, by=founder(), at=at)
        trust.approve_image(kept.pk, by=second, at=at)
    return {**place, "is_remote": is_remote}


def _officer_of(token: str) -> identity.Account:
    session = identity.Session.objects.get(session_key=token)
    return identity.Account.objects.get(pk=session.account_id or 0)


def _hand_to_service(authority: Authority, ref: str, content: bytes) -> None:
    """Put a key with its chain where the play of the remote service looks for it."""
    folder = Path(settings.CSC_FILE).parent / "csc"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    key = Path(settings.SIGNING_KEYS_DIR) / f"{ref}.pem"
    (folder / f"{ref}.pem").write_bytes(key.read_bytes())
    chain = authority.between.certificate.public_bytes(Encoding.PEM)
    (folder / f"{ref}.crt").write_bytes(content + chain)
