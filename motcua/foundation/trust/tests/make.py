"""An authority of the tests, certificates it issues, and people who hold them."""

import io
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from django.conf import settings
from PIL import Image, ImageDraw

from motcua.foundation.access.api import Power
from motcua.foundation.trust.choices import HolderKind, ImageKind, Purpose, Way
from motcua.foundation.trust.models import Anchor, Certificate, SignatureImage
from motcua.foundation.trust.operations.anchors import approve_anchor, propose_anchor
from motcua.foundation.trust.operations.certificates import (
    CertificateIn,
    keep_crl,
    register_certificate,
)
from motcua.foundation.trust.operations.images import ImageIn, keep_image
from motcua.lib.actor import Actor
from motcua.lib.clock import local_day

MONDAY = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
A_YEAR = timedelta(days=365)
_POWERS = frozenset({Power.PROPOSE_ANCHORS, Power.APPROVE_ANCHORS, Power.ADMINISTER_SIGNING})
QUANG = Actor(id=801, name="Lò Văn Quang", province_powers=_POWERS)
SEN = Actor(id=802, name="Vì Thị Sen", province_powers=_POWERS)
RED, BLUE = (214, 20, 20, 255), (20, 50, 170, 255)
Key = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey


@dataclass(frozen=True)
class Pair:
    """A certificate with its key."""

    certificate: x509.Certificate
    key: Key

    @property
    def der(self) -> bytes:
        return self.certificate.public_bytes(Encoding.DER)


@lru_cache(maxsize=8)
def make_root(name: str = "Gốc thử nghiệm") -> Pair:
    """Return a root with its key, the same in one run."""
    key = rsa.generate_private_key(65537, 2048)
    return Pair(_certificate(name, key, None, ca=True), key)


@lru_cache(maxsize=8)
def make_between() -> Pair:
    """Return a CA below the root, the same in one run."""
    key = rsa.generate_private_key(65537, 2048)
    return Pair(_certificate("Cấp dưới thử nghiệm", key, make_root(), ca=True), key)


@lru_cache(maxsize=64)
def make_leaf(name: str, *, kind: str = "rsa", days: int = 365, number: str = "") -> Pair:
    """Return somebody's certificate with its key; `number` is who that is, such as “CCCD:…”."""
    key: Key
    if kind == "stamps":
        stamp_key = rsa.generate_private_key(65537, 2048)
        return Pair(
            _certificate(name, stamp_key, make_between(), days=days, stamps=True), stamp_key
        )
    if kind == "ec":
        key = ec.generate_private_key(ec.SECP256R1())
    else:
        key = rsa.generate_private_key(65537, 2048)
    return Pair(_certificate(name, key, make_between(), days=days, number=number), key)


def make_leaf_of(name: str, key: Key) -> Pair:
    """Return a certificate for such a key."""
    return Pair(_certificate(name, key, make_between()), key)


def _certificate(  # noqa: PLR0913 -- everything that makes certificates differ
    name: str,
    key: Key,
    issuer: Pair | None,
    *,
    ca: bool = False,
    days: int = 365,
    stamps: bool = False,
    number: str = "",
) -> x509.Certificate:
    subject = _name(name, number)
    above = issuer.certificate.subject if issuer else subject
    signing_key = issuer.key if issuer else key
    uses = dict.fromkeys(_USES, False)
    uses |= {"key_cert_sign": ca, "crl_sign": ca}
    uses |= {"digital_signature": not ca, "content_commitment": not ca}
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(above)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(MONDAY - A_YEAR)
        .not_valid_after(MONDAY + timedelta(days=days))
        .add_extension(x509.BasicConstraints(ca=ca, path_length=None), critical=True)
        .add_extension(x509.KeyUsage(**uses), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(signing_key.public_key()),
            critical=False,
        )
    )
    if stamps:
        usage = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING])
        builder = builder.add_extension(usage, critical=True)
    return builder.sign(signing_key, hashes.SHA256())


def _name(common: str, number: str = "") -> x509.Name:
    parts = [x509.NameAttribute(NameOID.COMMON_NAME, common)]
    if number:
        parts.append(x509.NameAttribute(NameOID.USER_ID, number))
    return x509.Name(parts)


_USES = (
    "digital_signature",
    "content_commitment",
    "key_encipherment",
    "data_encipherment",
    "key_agreement",
    "key_cert_sign",
    "crl_sign",
    "encipher_only",
    "decipher_only",
)


@lru_cache(maxsize=8)
def make_crl(issuer: Pair, *, days: int = 30) -> bytes:
    """Return an empty list of revoked certificates."""
    builder = (
        x509.CertificateRevocationListBuilder()
        .issuer_name(issuer.certificate.subject)
        .last_update(MONDAY - timedelta(days=1))
        .next_update(MONDAY + timedelta(days=days))
    )
    return builder.sign(issuer.key, hashes.SHA256()).public_bytes(Encoding.DER)


def make_drawing(
    kind: ImageKind = ImageKind.SEAL,
    *,
    ink: tuple[int, int, int, int] | None = None,
    paper: tuple[int, int, int, int] = (0, 0, 0, 0),
    size: int = 600,
) -> bytes:
    """Return a round seal or a stroke of a pen as PNG."""
    width = size if kind == ImageKind.SEAL else size * 2
    image = Image.new("RGBA", (width, size), paper)
    pen = ImageDraw.Draw(image)
    if kind == ImageKind.SEAL:
        pen.ellipse((10, 10, size - 10, size - 10), outline=ink or RED, width=30)
    else:
        pen.line((10, size - 10, size, 10, width - 10, size - 10), fill=ink or BLUE, width=20)
    drawn = io.BytesIO()
    image.save(drawn, "PNG")
    return drawn.getvalue()


def make_seal_picture(
    agency_id: int, *, days: int = 0, by: Actor = QUANG, at: datetime = MONDAY
) -> SignatureImage:
    """Return a seal that was brought in and waits for the second person."""
    first = local_day(at) + timedelta(days=days)
    given = ImageIn(ImageKind.SEAL, make_drawing(), 36, 36, first, agency_id=agency_id)
    return keep_image(given, by=by, at=at)


def make_anchor(*, at: datetime = MONDAY - A_YEAR) -> Anchor:
    """Return the root of the tests, proposed by Quang and approved by Sen."""
    anchor = propose_anchor(make_root().der, Purpose.DEMO, by=QUANG, at=at)
    return approve_anchor(anchor.sha256, anchor.sha256[-8:], by=SEN, at=at)


def make_trusted_world(*, days: int = 30) -> None:
    """Believe the root of the tests, know the CA below it, and for days that nothing is revoked."""
    make_anchor()
    given = CertificateIn(make_between().der, HolderKind.AUTHORITY)
    register_certificate(given, by=QUANG, at=MONDAY)
    for issuer in (make_root(), make_between()):
        keep_crl(make_crl(issuer, days=days), "thử nghiệm", at=MONDAY)


def make_server_certificate(
    name: str, *, officer_id: int | None = None, agency_id: int | None = None, days: int = 365
) -> Certificate:
    """Return a registered certificate whose key lies in the folder of keys of this server."""
    pair = make_leaf(name, days=days)
    ref = f"test-{officer_id or 0}-{agency_id or 0}"
    folder = Path(settings.SIGNING_KEYS_DIR)
    folder.mkdir(parents=True, exist_ok=True)
    pem = pair.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    (folder / f"{ref}.pem").write_bytes(pem)
    kind = HolderKind.OFFICER if officer_id else HolderKind.AGENCY
    given = CertificateIn(
        pair.der,
        kind,
        officer_id=officer_id,
        agency_id=agency_id,
        way=Way.SERVER,
        service_code="software",
        key_ref=ref,
    )
    return register_certificate(given, by=QUANG, at=MONDAY)
