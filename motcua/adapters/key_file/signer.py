"""A private key in PEM, read once: RSA of 2048 bits or more, ECDSA on P-256 or P-384, Ed25519."""

from functools import lru_cache
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding, rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

LEAST_RSA_BITS = 2048
Key = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey | ed25519.Ed25519PrivateKey


class KeyFile:
    """Implements `ledger.HeadSigner`."""

    def __init__(self, name: str, key: Key) -> None:
        self.name, self._key = name, key
        public = key.public_key()
        self.public_key = public.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)

    def sign(self, content: bytes) -> bytes:
        """Return the signature over the bytes."""
        if isinstance(self._key, rsa.RSAPrivateKey):
            return self._key.sign(content, padding.PKCS1v15(), SHA256())
        if isinstance(self._key, ec.EllipticCurvePrivateKey):
            return self._key.sign(content, ec.ECDSA(SHA256()))
        return self._key.sign(content)


def from_settings() -> KeyFile:
    """Return the key of the settings. Raises: ImproperlyConfigured."""
    return _read(settings.LEDGER_KEY_FILE, settings.LEDGER_SIGNER_NAME)


@lru_cache(maxsize=4)
def _read(path: str, name: str) -> KeyFile:
    try:
        key = load_pem_private_key(Path(path).read_bytes(), password=None)
    except (OSError, ValueError, TypeError) as error:
        message = "MOTCUA_LEDGER_KEY must name a file with an unencrypted private key in PEM."
        raise ImproperlyConfigured(message) from error
    if not isinstance(key, Key) or _is_weak(key):
        message = "MOTCUA_LEDGER_KEY must be RSA of 2048 bits or more, ECDSA or Ed25519."
        raise ImproperlyConfigured(message)
    return KeyFile(name, key)


def _is_weak(key: Key) -> bool:
    return isinstance(key, rsa.RSAPrivateKey) and key.key_size < LEAST_RSA_BITS


def make_key_file(path: Path) -> None:
    """Make a new key where there is none yet; only its owner may read it."""
    if path.exists():
        return
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    key = ec.generate_private_key(ec.SECP256R1())
    unfinished = path.with_name(f".{path.name}.new")
    unfinished.touch(mode=0o600)
    unfinished.write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    unfinished.replace(path)
