"""What is known of one certificate: where its chain ends, and how it stood on a day."""

from collections.abc import Iterable
from datetime import datetime
from hashlib import sha256

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import ec, rsa

from motcua.lib.clock import local

from .report import Indication, TrustShown, Verdict, World
from .words import REPORTED_REVOKED, clean, verdict

# What the reader of certificates answers to one that is damaged; not all of it is a ValueError.
UNREADABLE_CERTIFICATE = (
    *(ValueError, TypeError, UnsupportedAlgorithm),
    *(x509.InvalidVersion, x509.DuplicateExtension, x509.UnsupportedGeneralNameType),
)
_LONGEST_CHAIN = 6
_VAGUE = "CERTIFICATE_CHAIN_GENERAL_FAILURE"
_Authority = tuple[x509.Certificate, str]


def trust_of(der: bytes, embedded: Iterable[bytes], world: World) -> TrustShown:
    """Say in which anchor the chain of a certificate ends; each link is a signature checked."""
    known = _authorities(embedded, world)
    below = x509.load_der_x509_certificate(der)
    for _ in range(_LONGEST_CHAIN):
        found = _issuer_of(below, known)
        if found is None:
            words = f"Không có gốc tin cậy nào ở đây nhận nơi cấp “{name_of(below.issuer)}”."
            return TrustShown(is_trusted=False, anchor="", why=words)
        below, anchor = found
        if anchor:
            words = f"Chuỗi chứng thư dẫn đến gốc tin cậy “{anchor}”."
            return TrustShown(is_trusted=True, anchor=anchor, why=words)
    return TrustShown(is_trusted=False, anchor="", why="Chuỗi chứng thư quá dài.")


def _authorities(embedded: Iterable[bytes], world: World) -> list[_Authority]:
    """Return anchors with their names first, then everybody else who may have issued."""
    named = [(_load(der), name) for der, name in world.anchors.items()]
    others = [(_load(der), "") for der in (*world.others, *embedded)]
    return [(one, name) for one, name in (*named, *others) if one is not None]


def _load(der: bytes) -> x509.Certificate | None:
    """Return a certificate; one that cannot be read can have issued nothing."""
    try:
        return x509.load_der_x509_certificate(der)
    except UNREADABLE_CERTIFICATE:
        return None


def _issuer_of(below: x509.Certificate, known: list[_Authority]) -> _Authority | None:
    for above, name in known:
        if above.subject == below.issuer and above != below and _has_issued(above, below):
            return above, name
    return None


def _has_issued(above: x509.Certificate, below: x509.Certificate) -> bool:
    try:
        below.verify_directly_issued_by(above)
    except (*UNREADABLE_CERTIFICATE, InvalidSignature):
        return False
    return True


def state_on(der: bytes, day: datetime, world: World) -> str:
    """Say in words how a certificate stood at a moment, as far as is known now."""
    one = x509.load_der_x509_certificate(der)
    if day < one.not_valid_before_utc:
        return "chưa có hiệu lực"
    if day > one.not_valid_after_utc:
        return f"đã hết hạn từ {local(one.not_valid_after_utc):%d/%m/%Y}"
    lists = _lists_of(one, world)
    if not lists:
        return "chưa biết có bị thu hồi hay không"
    since = _revoked_since(one, lists)
    if since is not None and since <= day:
        return f"đã bị thu hồi từ {local(since):%d/%m/%Y}"
    return "còn hiệu lực"


def _lists_of(one: x509.Certificate, world: World) -> list[x509.CertificateRevocationList]:
    """Return the lists of revoked certificates that the issuer of a certificate signed."""
    above = _issuer_of(one, _authorities((), world))
    key = above[0].public_key() if above else None
    if not isinstance(key, rsa.RSAPublicKey | ec.EllipticCurvePublicKey):
        return []
    lists = map(x509.load_der_x509_crl, world.crls)
    return [
        found for found in lists if found.issuer == one.issuer and found.is_signature_valid(key)
    ]


def _revoked_since(
    one: x509.Certificate, lists: Iterable[x509.CertificateRevocationList]
) -> datetime | None:
    rows = [found.get_revoked_certificate_by_serial_number(one.serial_number) for found in lists]
    return min((row.revocation_date_utc for row in rows if row is not None), default=None)


def organisation_of(name: x509.Name) -> str:
    """Return the organisation, if a name tells one."""
    found = name.get_attributes_for_oid(x509.NameOID.ORGANIZATION_NAME)
    return clean(", ".join(str(one.value) for one in found))


def name_of(name: x509.Name) -> str:
    """Return the common name, or the whole of a name without one."""
    found = name.get_attributes_for_oid(x509.NameOID.COMMON_NAME)
    return clean(str(found[0].value) if found else name.rfc4514_string())


def believed(
    found: Verdict, der: bytes, trust: TrustShown, world: World, *, at: datetime
) -> Verdict:
    """Return a verdict after what we know ourselves: our anchors, and revocations told to us.

    Nothing passes of which we cannot say in which anchor its chain ends. `at` is the moment that
    was proven, or that of judging.
    """
    if found.sub == _VAGUE and trust.is_trusted:
        found = _clearer(found, der, world, at)
    since = world.revoked.get(sha256(der).hexdigest())
    if since is not None and since <= world.at and found.indication != Indication.FAILED:
        return verdict(Indication.INDETERMINATE, REPORTED_REVOKED)
    if found.indication != Indication.PASSED or trust.is_trusted:
        return found
    return verdict(Indication.INDETERMINATE, "NO_CERTIFICATE_CHAIN_FOUND")


def _clearer(found: Verdict, der: bytes, world: World, at: datetime) -> Verdict:
    """Say what the engine only calls a chain with something wrong, where we know what it is."""
    one = x509.load_der_x509_certificate(der)
    if one.not_valid_after_utc < at:
        return verdict(Indication.INDETERMINATE, "OUT_OF_BOUNDS_NO_POE")
    if not world.ocsps and not _lists_of(one, world):
        return verdict(Indication.INDETERMINATE, "TRY_LATER")
    return found
