"""What stands in a certificate and in a list of revoked ones."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, pkcs7
from cryptography.x509.oid import NameOID

from motcua.foundation.trust.errors import NotACertificate

_PEM = b"-----BEGIN"
_MOST_BYTES = 64_000
_GROUP = 4
_COMMON_NAME = re.compile(r"(?:^|[,+])CN=((?:\\.|[^,+\\])+)")
_MOST_BUNDLE = 1_000_000
_LOOKED_AT = 4096
_HAS_KEY = (
    "Tệp này chứa khóa bí mật. Đừng gửi khóa bí mật cho ai; chỉ đưa vào tệp chứng thư (.cer)."
)
_MISTAKES = (
    (b"PRIVATE KEY-----", _HAS_KEY),
    (b"\x02\x01\x03\x30", _HAS_KEY),  # how a PKCS#12 begins
    (b"CERTIFICATE REQUEST-----", "Đây là yêu cầu cấp chứng thư, chưa phải chứng thư."),
    (b"X509 CRL-----", "Đây là danh sách thu hồi (CRL); hãy đưa vào ở trang “Thu hồi”."),
    (b"%PDF", "Đây là tệp PDF, không phải chứng thư."),
    (b"PK\x03\x04", "Đây là tệp nén; hãy giải nén và chọn tệp chứng thư bên trong."),
)


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
    is_root: bool


def read_certificate(content: bytes) -> CertificateFacts:
    """Return what a certificate in PEM or DER says. Raises: NotACertificate."""
    return _facts(_loaded(content))


def read_certificates(content: bytes) -> list[CertificateFacts]:
    """Return what the certificates of a file say: one in PEM or DER, or a P7B with several.

    Raises: NotACertificate that says what the file is instead, if that can be told.
    """
    _check_kind(content)
    if len(content) > _MOST_BUNDLE:
        raise NotACertificate("Tệp quá lớn để là chứng thư số.", field="file")
    found: list[x509.Certificate] = []
    for load in _LOADERS:
        try:
            found = load(content)
        except (ValueError, UnsupportedAlgorithm):
            continue
        break
    if not found:
        message = "Không đọc được chứng thư trong tệp này. Cần tệp .cer, .crt, .pem hoặc .p7b."
        raise NotACertificate(message, field="file")
    return [_facts(one) for one in found]


def _one(content: bytes) -> list[x509.Certificate]:
    return [x509.load_der_x509_certificate(content)]


_LOADERS: tuple[Callable[[bytes], list[x509.Certificate]], ...] = (
    _one,
    x509.load_pem_x509_certificates,
    pkcs7.load_pem_pkcs7_certificates,
    pkcs7.load_der_pkcs7_certificates,
)


def _check_kind(content: bytes) -> None:
    """Raises: NotACertificate for what people choose by mistake."""
    for mark, said in _MISTAKES:
        if mark in content[:_LOOKED_AT]:
            raise NotACertificate(said, field="file")
    if not content.strip():
        raise NotACertificate("Tệp trống.", field="file")


def _facts(one: x509.Certificate) -> CertificateFacts:
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
        is_root=is_issued_by(der, der),
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


def common_name_in(name: str) -> str:
    """Return the common name in a whole name such as “CN=…,O=…,C=VN”; without one the whole."""
    found = _COMMON_NAME.search(name)
    return re.sub(r"\\(.)", r"\1", found[1]) if found else name


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
