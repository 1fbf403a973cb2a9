"""Sign with a key that stays inside a device (token, HSM), by way of PKCS#11.

Free of Django: the signer and the agent on an officer's computer share it. Nothing here keeps,
logs or repeats a PIN.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from hashlib import new as new_hash
from typing import Any

import pkcs11
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from pkcs11 import Attribute, KeyType, Mechanism, ObjectClass, exceptions

_RSA = {
    "sha256": Mechanism.SHA256_RSA_PKCS,
    "sha384": Mechanism.SHA384_RSA_PKCS,
    "sha512": Mechanism.SHA512_RSA_PKCS,
}


class DeviceAway(Exception):
    """The device, or the library that speaks with it, is not there."""


class KeyAbsent(Exception):
    """The device holds no such key, or the key cannot sign so."""


class PinWrong(Exception):
    """The device did not believe the PIN; it counts how often."""


class PinBlocked(Exception):
    """The device does not take a PIN any more."""


@dataclass(frozen=True, slots=True)
class Found:
    """One certificate in a device, with what its key is found by."""

    key_id: bytes
    label: str
    der: bytes


class Device:
    """One token behind one library; opened at the first use, kept open until it fails."""

    def __init__(self, module: str, token_label: str) -> None:
        self._module = module
        self._label = token_label
        self._session: Any = None

    @property
    def is_open(self) -> bool:
        """Say whether the PIN was given and taken."""
        return self._session is not None

    def open(self, pin: str) -> None:
        """Give the PIN. Raises: DeviceAway, PinWrong, PinBlocked."""
        self.close()
        try:
            token = pkcs11.lib(self._module).get_token(token_label=self._label)
            self._session = token.open(user_pin=pin)
        except (exceptions.PinIncorrect, exceptions.PinLenRange, exceptions.PinInvalid) as error:
            raise PinWrong from error
        except (exceptions.PinLocked, exceptions.PinExpired) as error:
            raise PinBlocked from error
        except (exceptions.PKCS11Error, RuntimeError, OSError) as error:
            raise DeviceAway(type(error).__name__) from error

    def close(self) -> None:
        """Forget the session."""
        session, self._session = self._session, None
        if session is not None:
            try:
                session.close()
            except exceptions.PKCS11Error:
                return

    def sign_many(self, named: str | bytes, contents: Sequence[bytes], digest: str) -> list[bytes]:
        """Return one raw signature for each: RSA by PKCS#1 v1.5, ECDSA in DER.

        A key is named by its label or, as bytes, by its identifier.

        Raises: DeviceAway, KeyAbsent.
        """
        if self._session is None:
            raise DeviceAway("not open")
        try:
            sign = self._signer(named, digest)
            return [sign(one) for one in contents]
        except (exceptions.NoSuchKey, exceptions.MultipleObjectsReturned) as error:
            raise KeyAbsent(repr(named)) from error
        except exceptions.PKCS11Error as error:
            self.close()
            raise DeviceAway(type(error).__name__) from error

    def certificates(self) -> list[Found]:
        """Return the certificates in the device. Raises: DeviceAway."""
        if self._session is None:
            raise DeviceAway("not open")
        try:
            found = self._session.get_objects({Attribute.CLASS: ObjectClass.CERTIFICATE})
            return [
                Found(one[Attribute.ID], one[Attribute.LABEL], one[Attribute.VALUE])
                for one in found
            ]
        except exceptions.PKCS11Error as error:
            raise DeviceAway(type(error).__name__) from error

    def _signer(self, named: str | bytes, digest: str) -> Callable[[bytes], bytes]:
        if digest not in _RSA:
            raise KeyAbsent(digest)
        by = {"label": named} if isinstance(named, str) else {"id": named}
        key = self._session.get_key(object_class=ObjectClass.PRIVATE_KEY, **by)
        if key.key_type == KeyType.RSA:
            return lambda content: bytes(key.sign(content, mechanism=_RSA[digest]))
        return lambda content: _in_der(
            key.sign(new_hash(digest, content).digest(), mechanism=Mechanism.ECDSA)
        )


def _in_der(pair: bytes) -> bytes:
    """Return an ECDSA signature as others expect it: a device gives two numbers side by side."""
    half = len(pair) // 2
    first, second = (int.from_bytes(part, "big") for part in (pair[:half], pair[half:]))
    return encode_dss_signature(first, second)
