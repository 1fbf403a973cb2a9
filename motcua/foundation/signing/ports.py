"""Whom signing asks for signatures: holders of keys, on this server or elsewhere."""

from collections.abc import Callable, Sequence
from typing import Protocol


class HolderAway(Exception):
    """The holder of the key gives no answer now; it is asked again later."""


class HolderRefuses(Exception):
    """The holder will not sign with this key: unknown, locked, or wrong PIN. The text is shown."""


class TokenHolder(Protocol):
    """A holder of keys on the server (way `server`): it signs at once, in the signer's process."""

    def sign_many(self, key_ref: str, to_sign: Sequence[bytes], digest: str) -> list[bytes]:
        """Return one raw signature for each of the byte strings, in the same order.

        `digest` is the hash to use, such as “sha256”; RSA signs by PKCS#1 v1.5, ECDSA in DER.

        Raises: HolderAway, HolderRefuses.
        """


token_holders: dict[str, Callable[[], TokenHolder]] = {}


def token_holder(code: str) -> TokenHolder:
    """Return the holder with this code. Raises: HolderRefuses if none is set up."""
    if code not in token_holders:
        raise HolderRefuses(f"Máy chủ này không có nơi giữ khóa “{code}”.")
    return token_holders[code]()
