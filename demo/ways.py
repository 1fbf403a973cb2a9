"""More ways to sign in the demo: a key at a remote service, a key file on the leader's computer."""

from datetime import datetime
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    load_pem_private_key,
    pkcs12,
)
from django.conf import settings

from motcua.foundation.organisation.api import Seat
from motcua.foundation.trust.api import CertificateIn, HolderKind, Way
from simulators.authority import Authority

from .certifying import kept_certificate, register

SERVICE = "csc:v2"
FILE_PASSWORD = "may-ky-minh-hoa"  # noqa: S105 -- the key behind it has no legal value
WITH_ALL_WAYS = "H18.101.LD-01"


def give_more_ways(authority: Authority, seat: Seat, place: str, at: datetime) -> None:
    """Give one leader a credential at the remote service and a key file for the agent."""
    if seat.post_code != WITH_ALL_WAYS:
        return
    name, post = seat.officer_name, seat.post_code.lower()
    remote = kept_certificate(authority, f"remote-{post}", name, place, at)
    hand_to_service(authority, f"remote-{post}", remote)
    _register(remote, seat, Way.REMOTE, f"remote-{post}", at)
    own = kept_certificate(authority, f"agent-{post}", name, place, at)
    _hand_to_person(f"agent-{post}", own)
    _register(own, seat, Way.AGENT, "", at)


def _register(der: bytes, seat: Seat, way: Way, ref: str, at: datetime) -> None:
    given = CertificateIn(
        der,
        HolderKind.OFFICER,
        officer_id=seat.officer_id,
        way=way,
        service_code=SERVICE if way == Way.REMOTE else "",
        key_ref=ref,
    )
    register(given, at)


def hand_to_service(authority: Authority, ref: str, content: bytes) -> None:
    """Put a key with its chain where the play of the service looks for it."""
    folder = Path(settings.HOME) / "var" / "csc"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    key = Path(settings.SIGNING_KEYS_DIR) / f"{ref}.pem"
    (folder / f"{ref}.pem").write_bytes(key.read_bytes())
    chain = authority.between.certificate.public_bytes(Encoding.PEM)
    (folder / f"{ref}.crt").write_bytes(content + chain)


def _hand_to_person(ref: str, content: bytes) -> None:
    """Write the key file that the agent opens with the password of the demo."""
    path = Path(settings.HOME) / "var" / "may-ky" / "hoa.p12"
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    pem = (Path(settings.SIGNING_KEYS_DIR) / f"{ref}.pem").read_bytes()
    key = load_pem_private_key(pem, None)
    certificate = x509.load_pem_x509_certificate(content)
    locked = BestAvailableEncryption(FILE_PASSWORD.encode())
    path.touch(mode=0o600)
    path.write_bytes(
        pkcs12.serialize_key_and_certificates(b"hoa", key, certificate, None, locked)  # type: ignore[arg-type]  # -- a key of ours is RSA
    )
