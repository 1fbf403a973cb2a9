"""Our key on the line: made here, known to partners by its certificate's fingerprint."""

import os
import ssl
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import lru_cache
from pathlib import Path

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from django.conf import settings

_DAYS = 1095
_OTHERS_MAY_READ = 0o077
_EARLIER = timedelta(hours=1)  # clocks differ


class NoIdentity(Exception):
    """There is no key for the line yet, or one that must not be used."""


@dataclass(frozen=True, slots=True)
class Identity:
    """A key with its certificate."""

    key: ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey = field(repr=False)
    certificate: x509.Certificate
    path: str

    @property
    def sha256(self) -> str:
        """Return the fingerprint that partners compare."""
        return self.certificate.fingerprint(SHA256()).hex()

    @property
    def pem(self) -> bytes:
        """Return the certificate as partners get it."""
        return self.certificate.public_bytes(Encoding.PEM)

    def sign(self, content: bytes) -> bytes:
        """Return the signature over the bytes."""
        if isinstance(self.key, rsa.RSAPrivateKey):
            return self.key.sign(content, padding.PKCS1v15(), SHA256())
        return self.key.sign(content, ec.ECDSA(SHA256()))


def make_identity(path: Path, name: str, *, at: datetime) -> Identity:
    """Make a key and a certificate of its own, in one file that only its owner reads."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name[:64])])
    uses = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH, ExtendedKeyUsageOID.CLIENT_AUTH])
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(at - _EARLIER)
        .not_valid_after(at + timedelta(days=_DAYS))
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(uses, critical=False)
    )
    certificate = builder.sign(key, SHA256())
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "wb") as target:
        target.write(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
        target.write(certificate.public_bytes(Encoding.PEM))
    return our_identity(str(path))


def our_identity(path: str = "") -> Identity:
    """Return our key, read anew when its file changes. Raises: NoIdentity."""
    name = path or settings.EXCHANGE_KEY_FILE
    try:
        state = Path(name).stat()
    except OSError as error:
        message = "Chưa có khóa liên thông; lập bằng lệnh ./run motcua exchange identity."
        raise NoIdentity(message) from error
    if state.st_mode & _OTHERS_MAY_READ:
        raise NoIdentity("Tệp khóa liên thông để người khác đọc được; đặt quyền 0600.")
    return _read(name, state.st_mtime_ns)


@lru_cache(maxsize=4)
def _read(path: str, _changed: int) -> Identity:
    content = Path(path).read_bytes()
    try:
        key = load_pem_private_key(content, None)
        certificate = x509.load_pem_x509_certificate(content)
    except (ValueError, TypeError) as error:
        message = "Tệp khóa liên thông phải có khóa (không mật khẩu) và chứng thư dạng PEM."
        raise NoIdentity(message) from error
    if not isinstance(key, ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey):
        raise NoIdentity("Khóa liên thông phải là ECDSA hoặc RSA.")
    return Identity(key, certificate, path)


def is_signed_by(der: bytes, content: bytes, signature: bytes) -> bool:
    """Say whether a partner's certificate made this signature."""
    key = x509.load_der_x509_certificate(der).public_key()
    try:
        if isinstance(key, rsa.RSAPublicKey):
            key.verify(signature, content, padding.PKCS1v15(), SHA256())
        elif isinstance(key, ec.EllipticCurvePublicKey):
            key.verify(signature, content, ec.ECDSA(SHA256()))
        else:
            return False
    except InvalidSignature:
        return False
    return True


def line_context(known: Iterable[bytes], *, is_server: bool) -> ssl.SSLContext:
    """Return how the line is secured: TLS 1.3, our certificate, theirs exactly as entered.

    No chain is followed: what an administrator entered counts, whoever issued it.

    Raises: NoIdentity.
    """
    side = ssl.PROTOCOL_TLS_SERVER if is_server else ssl.PROTOCOL_TLS_CLIENT
    context = ssl.SSLContext(side)
    context.minimum_version = ssl.TLSVersion.TLSv1_3
    context.check_hostname = False
    context.verify_mode = ssl.CERT_REQUIRED
    context.verify_flags |= ssl.VERIFY_X509_PARTIAL_CHAIN
    context.load_cert_chain(our_identity().path)
    if trusted := b"".join(known):
        context.load_verify_locations(cadata=trusted)
    return context
