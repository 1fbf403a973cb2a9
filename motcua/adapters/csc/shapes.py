"""How versions 1.0.4 and 2 of the API say the same things differently."""

from base64 import b64decode, b64encode, urlsafe_b64encode
from binascii import Error as NotBase64
from collections.abc import Mapping, Sequence
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec

from motcua.foundation.signing.api import Consent, RemoteKey, Secrets, ToSign

SHA_256, SHA_384, SHA_512 = (f"2.16.840.1.101.3.4.2.{end}" for end in (1, 2, 3))
_HASHES = {"sha256": SHA_256, "sha384": SHA_384, "sha512": SHA_512}
_RSA = {"sha256": 11, "sha384": 12, "sha512": 13}
_ELLIPTIC = {"sha256": 2, "sha384": 3, "sha512": 4}
_MOST_AT_ONCE = 200


class Odd(Exception):
    """The service says something that nobody can use."""


def asked_for_key(key_ref: str) -> dict[str, Any]:
    """Return the question for one credential, the same in both versions."""
    return {"credentialID": key_ref, "certificates": "chain", "certInfo": False, "authInfo": True}


def read_key(key_ref: str, said: Mapping[str, Any], version: int) -> RemoteKey:
    """Return what is said of a credential. Raises: Odd."""
    try:
        encoded = said["cert"]["certificates"]
        certificates = tuple(b64decode(one, validate=True) for one in encoded)
        x509.load_der_x509_certificate(certificates[0])
        states = (said["key"].get("status"), said["cert"].get("status", "valid"))
        most = int(said.get("multisign", 1))
        consent = _consent_v1(said) if version == 1 else _consent_v2(said["auth"])
    except (KeyError, TypeError, ValueError, IndexError, AttributeError, NotBase64) as error:
        raise Odd("credentials/info") from error
    is_usable = states == ("enabled", "valid")
    return RemoteKey(key_ref, certificates, consent, max(1, min(most, _MOST_AT_ONCE)), is_usable)


def _consent_v1(said: Mapping[str, Any]) -> Consent:
    if said["authMode"] == "oauth2code":
        return Consent.OWN_PAGE
    wants = {name: said.get(name, {}).get("presence") == "true" for name in ("PIN", "OTP")}
    return _by_secrets(has_pin=wants["PIN"], has_otp=wants["OTP"])


def _consent_v2(auth: Mapping[str, Any]) -> Consent:
    if auth["mode"] == "oauth2code":
        return Consent.OWN_PAGE
    ids = {str(one["id"]).upper() for one in auth.get("objects", ())}
    return _by_secrets(has_pin="PIN" in ids, has_otp="OTP" in ids)


def _by_secrets(*, has_pin: bool, has_otp: bool) -> Consent:
    if has_pin and has_otp:
        return Consent.PIN_AND_OTP
    return Consent.OTP if has_otp else Consent.PIN


def consent_body(wanted: ToSign, secrets: Secrets, version: int) -> dict[str, Any]:
    """Return the question for a permission (SAD) for all hashes."""
    body: dict[str, Any] = {
        "credentialID": wanted.key_ref,
        "numSignatures": len(wanted.hashes),
        **_hashes(wanted, version),
    }
    given = {name: value for name, value in (("PIN", secrets.pin), ("OTP", secrets.otp)) if value}
    if version == 1:
        return {**body, **given}
    return {**body, "authData": [{"id": name, "value": value} for name, value in given.items()]}


def sign_body(wanted: ToSign, token: str, certificate: bytes, version: int) -> dict[str, Any]:
    """Return the question for the signatures themselves."""
    body = {
        "credentialID": wanted.key_ref,
        "SAD": token,
        "signAlgo": sign_algorithm(certificate, wanted.digest),
        **_hashes(wanted, version),
    }
    if version == 1:
        return {**body, "hashAlgo": _HASHES[wanted.digest]}
    return {**body, "operationMode": "S"}


def consent_query(wanted: ToSign, version: int) -> dict[str, str]:
    """Return what the page of the service is told of the hashes."""
    hashes = [urlsafe_b64encode(one).rstrip(b"=").decode() for one in wanted.hashes]
    query = {"credentialID": wanted.key_ref, "numSignatures": str(len(hashes))}
    if version == 1:
        return {**query, "hash": ",".join(hashes)}
    return {**query, "hashes": ",".join(hashes), "hashAlgorithmOID": _HASHES[wanted.digest]}


def read_signatures(said: Mapping[str, Any], count: int) -> Sequence[bytes]:
    """Return the raw signatures. Raises: Odd unless there is one for each hash."""
    try:
        raws = [b64decode(one, validate=True) for one in said["signatures"]]
    except (KeyError, TypeError, ValueError) as error:
        raise Odd("signatures/signHash") from error
    if len(raws) != count:
        raise Odd("signatures/signHash")
    return raws


def sign_algorithm(certificate: bytes, digest: str) -> str:
    """Return the name of the algorithm for the key of a certificate."""
    key = x509.load_der_x509_certificate(certificate).public_key()
    if isinstance(key, ec.EllipticCurvePublicKey):
        return f"1.2.840.10045.4.3.{_ELLIPTIC[digest]}"
    return f"1.2.840.113549.1.1.{_RSA[digest]}"


def _hashes(wanted: ToSign, version: int) -> dict[str, Any]:
    encoded = [b64encode(one).decode() for one in wanted.hashes]
    if version == 1:
        return {"hash": encoded}
    return {"hashes": encoded, "hashAlgorithmOID": _HASHES[wanted.digest]}
