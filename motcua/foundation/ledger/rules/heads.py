"""What is signed of a tree: its size, its root, the moment, and the head before it.

The text follows C2SP's checkpoints: lines, an empty line, then one line for each signature.
"""

from base64 import b64decode, b64encode
from collections.abc import Callable
from datetime import datetime
from hashlib import sha256
from typing import NamedTuple

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding, rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    PublicFormat,
    load_der_public_key,
    load_pem_public_key,
)

from motcua.lib.canonical import moment
from motcua.lib.errors import BadInput

KEY_ID_BYTES = 4
_LEAST_RSA_BITS = 2048


class TreeHead(NamedTuple):
    """How far a tree had grown."""

    size: int
    root: bytes


def head_text(origin: str, head: TreeHead, at: datetime, before: TreeHead | None) -> str:
    """Return the lines that are signed."""
    lines = [origin, str(head.size), _word(head.root), f"at {moment(at)}"]
    if before is not None:
        lines.append(f"previous {before.size} {_word(before.root)}")
    return "\n".join(lines) + "\n"


def read_head(text: str) -> TreeHead:
    """Return the head that a text states. Raises: ValueError."""
    try:
        _, size, root, *_ = text.split("\n")
        return TreeHead(int(size), read_word(root))
    except ValueError as error:
        message = "no head can be read here"
        raise ValueError(message) from error


def signature_line(name: str, key: bytes, signature: bytes) -> str:
    """Return the line that stands below the text for one signature."""
    return f"— {name} {_word(key_id(key) + signature)}\n"


def key_id(public_key: bytes) -> bytes:
    """Return the four bytes by which a signature names its key."""
    return sha256(public_key).digest()[:KEY_ID_BYTES]


def fingerprint(public_key: bytes) -> str:
    """Return the hash of a public key in groups of four, for people to compare."""
    text = sha256(public_key).hexdigest().upper()
    return " ".join(text[i : i + 4] for i in range(0, len(text), 4))


def is_signed(public_key: bytes, signature: bytes, content: bytes) -> bool:
    """Say whether the key's owner signed the bytes."""
    try:
        key = load_der_public_key(public_key)
        if isinstance(key, rsa.RSAPublicKey) and key.key_size >= _LEAST_RSA_BITS:
            key.verify(signature, content, padding.PKCS1v15(), SHA256())
        elif isinstance(key, ec.EllipticCurvePublicKey):
            key.verify(signature, content, ec.ECDSA(SHA256()))
        elif isinstance(key, ed25519.Ed25519PublicKey):
            key.verify(signature, content)
        else:
            return False
    except (InvalidSignature, ValueError, UnsupportedAlgorithm):
        return False
    return True


def read_public_key(content: bytes) -> bytes:
    """Return the public key of a file, as DER: a key or a certificate, in PEM or DER.

    Raises: BadInput.
    """
    for load in _KEY_LOADERS:
        try:
            key = load(content)
        except (ValueError, UnsupportedAlgorithm):
            continue
        is_weak = isinstance(key, rsa.RSAPublicKey) and key.key_size < _LEAST_RSA_BITS
        if not isinstance(key, _KEY_KINDS) or is_weak:
            break
        return key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    message = "Không đọc được khóa công khai (RSA từ 2048 bit, ECDSA, Ed25519) trong tệp này."
    raise BadInput(message, field="file")


_KEY_KINDS = (rsa.RSAPublicKey, ec.EllipticCurvePublicKey, ed25519.Ed25519PublicKey)
_KEY_LOADERS: tuple[Callable[[bytes], object], ...] = (
    load_pem_public_key,
    lambda content: x509.load_pem_x509_certificate(content).public_key(),
    load_der_public_key,
    lambda content: x509.load_der_x509_certificate(content).public_key(),
)


def read_word(word: str) -> bytes:
    """Return the bytes of a word in base64. Raises: ValueError."""
    return b64decode(word, validate=True)


def _word(content: bytes) -> str:
    return b64encode(content).decode()
