"""Whether the value of a signature in XML was made with the key of a certificate."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature

from .xml_parts import DS, Element, NotReadHere, bytes_of, canonical_info, one

_MORE = "http://www.w3.org/2001/04/xmldsig-more#"
_MGF = "http://www.w3.org/2007/05/xmldsig-more#"
_HASHES: Mapping[str, type[hashes.HashAlgorithm]] = {
    "sha1": hashes.SHA1,  # read, and said to be weak
    "sha256": hashes.SHA256,
    "sha384": hashes.SHA384,
    "sha512": hashes.SHA512,
}


@dataclass(frozen=True, slots=True)
class Method:
    """How a value was made."""

    kind: Literal["rsa", "pss", "ec"]
    digest: str


_METHODS: Mapping[str, Method] = {
    f"{DS}rsa-sha1": Method("rsa", "sha1"),
    f"{_MORE}ecdsa-sha1": Method("ec", "sha1"),
    **{f"{_MORE}rsa-{name}": Method("rsa", name) for name in ("sha256", "sha384", "sha512")},
    **{f"{_MORE}ecdsa-{name}": Method("ec", name) for name in ("sha256", "sha384", "sha512")},
    **{f"{_MGF}{name}-rsa-MGF1": Method("pss", name) for name in ("sha256", "sha384", "sha512")},
}


def method_of(signature: Element) -> Method:
    """Return how a value was made. Raises: NotReadHere, BadForm."""
    name = str(one(signature, "SignedInfo/SignatureMethod").get("Algorithm"))
    found = _METHODS.get(name)
    if found is None:
        raise NotReadHere(name)
    return found


def is_made_by(signature: Element, certificate: x509.Certificate) -> bool:
    """Say whether the value was made with this key. Raises: NotReadHere, BadForm."""
    method = method_of(signature)
    value = bytes_of(one(signature, "SignatureValue"))
    info, digest = canonical_info(signature), _HASHES[method.digest]()
    key = certificate.public_key()
    try:
        if isinstance(key, rsa.RSAPublicKey) and method.kind != "ec":
            key.verify(value, info, _padding(method, digest), digest)
            return True
        if isinstance(key, ec.EllipticCurvePublicKey) and method.kind == "ec":
            key.verify(_as_der(value, key.key_size), info, ec.ECDSA(digest))
            return True
    except InvalidSignature:
        pass
    return False


def _padding(method: Method, digest: hashes.HashAlgorithm) -> padding.PKCS1v15 | padding.PSS:
    if method.kind == "rsa":
        return padding.PKCS1v15()
    return padding.PSS(padding.MGF1(digest), digest.digest_size)


def _as_der(value: bytes, bits: int) -> bytes:
    """Return both numbers of a value on a curve; XML writes them side by side."""
    half = (bits + 7) // 8
    if len(value) != 2 * half:
        raise InvalidSignature
    numbers = (int.from_bytes(part) for part in (value[:half], value[half:]))
    return encode_dss_signature(*numbers)
