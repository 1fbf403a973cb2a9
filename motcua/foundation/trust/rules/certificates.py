"""What stands in a certificate and in a list of revoked ones."""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from cryptography.x509.oid import NameOID

from motcua.foundation.trust.errors import NotACertificate

_PEM = b"-----BEGIN"
_MOST_BYTES = 64_000
_GROUP = 4


@dataclass(frozen=True, slots=True)
class CertificateFacts:
    """What a certificate says, in values that can be stored and shown."""

    der: bytes
    sha256: str
    subject: str
    subject_name: str
    issuer: str
    serial: str
    not_before: datetime
    not_after: datetime
    key_kind: str
    key_bits: int
    is_authority: bool


def read_certificate(content: bytes) -> CertificateFacts:
    """Return what a certificate in PEM or DER says. Raises: NotACertificate."""
    one = _loaded(content)
    der = one.public_bytes(Encoding.DER)
    kind, bits = _key_of(one)
    return CertificateFacts(
        der=der,
        sha256=sha256(der).hexdigest(),
        subject=one.subject.rfc4514_string(),
        subject_name=_common_name(one.subject),
        issuer=one.issuer.rfc4514_string(),
        serial=f"{one.serial_number:x}",
        not_before=one.not_valid_before_utc,
        not_after=one.not_valid_after_utc,
        key_kind=kind,
        key_bits=bits,
        is_authority=_is_authority(one),
    )


def _loaded(content: bytes) -> x509.Certificate:
    if len(content) > _MOST_BYTES:
        raise NotACertificate("Tệp quá lớn để là một chứng thư số.", field="file")
    load = x509.load_pem_x509_certificate if _PEM in content else x509.load_der_x509_certificate
    try:
        return load(content)
    except ValueError as error:
        message = "Tệp này không phải chứng thư số (PEM hoặc DER)."
        raise NotACertificate(message, field="file") from error


def _key_of(one: x509.Certificate) -> tuple[str, int]:
    key = one.public_key()
    if isinstance(key, rsa.RSAPublicKey):
        return "rsa", key.key_size
    if isinstance(key, ec.EllipticCurvePublicKey):
        return "ec", key.key_size
    message = "Chỉ dùng được chứng thư có khóa RSA hoặc ECDSA."
    raise NotACertificate(message, field="file")


def _common_name(name: x509.Name) -> str:
    found = name.get_attributes_for_oid(NameOID.COMMON_NAME)
    return str(found[0].value) if found else name.rfc4514_string()


def _is_authority(one: x509.Certificate) -> bool:
    try:
        return one.extensions.get_extension_for_class(x509.BasicConstraints).value.ca
    except x509.ExtensionNotFound:
        return False


def is_issued_by(one: bytes, issuer: bytes) -> bool:
    """Say whether the authority `issuer` signed the certificate `one`."""
    above = x509.load_der_x509_certificate(issuer)
    if not _is_authority(above):
        return False
    try:
        x509.load_der_x509_certificate(one).verify_directly_issued_by(above)
    except (ValueError, TypeError, InvalidSignature):
        return False
    return True


def key_hash_of(der: bytes) -> str:
    """Return the SHA-256 of a certificate's public key, by which its answers are kept."""
    return _key_hash(x509.load_der_x509_certificate(der))


def _key_hash(one: x509.Certificate) -> str:
    spki = one.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    return sha256(spki).hexdigest()


def fingerprint_words(digest: str) -> str:
    """Return a fingerprint as people compare it: groups of four, in capitals."""
    groups = (digest[i : i + _GROUP] for i in range(0, len(digest), _GROUP))
    return " ".join(groups).upper()


@dataclass(frozen=True, slots=True)
class RevocationList:
    """What a list of revoked certificates says of itself."""

    der: bytes
    issuer: str
    issuer_key_hash: str
    this_update: datetime
    next_update: datetime | None


def read_crl(content: bytes, issuers: tuple[bytes, ...]) -> RevocationList:
    """Return what a CRL says, if one of the authorities we know signed it.

    Raises: NotACertificate.
    """
    load = x509.load_pem_x509_crl if _PEM in content else x509.load_der_x509_crl
    try:
        found = load(content)
    except ValueError as error:
        message = "Tệp này không phải danh sách thu hồi (CRL)."
        raise NotACertificate(message, field="file") from error
    for der in issuers:
        key = x509.load_der_x509_certificate(der).public_key()
        if not isinstance(key, rsa.RSAPublicKey | ec.EllipticCurvePublicKey):
            continue
        if found.is_signature_valid(key):
            return RevocationList(
                der=found.public_bytes(Encoding.DER),
                issuer=found.issuer.rfc4514_string(),
                issuer_key_hash=key_hash_of(der),
                this_update=found.last_update_utc,
                next_update=found.next_update_utc,
            )
    message = "Không biết nơi đã ký danh sách thu hồi này."
    raise NotACertificate(message, field="file")
