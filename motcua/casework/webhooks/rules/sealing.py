"""Signatures over messages, in the manner of Standard Webhooks."""

import base64
import hmac
import secrets
from collections.abc import Sequence
from hashlib import sha256

PREFIX = "whsec_"
_BYTES = 32


def new_secret() -> str:
    """Return a secret to be shared with one subscriber."""
    return PREFIX + base64.b64encode(secrets.token_bytes(_BYTES)).decode()


def signature(secret: str, message_id: str, sent: int, body: str) -> str:
    """Return the signature of a message sent at that second (Unix time)."""
    key = base64.b64decode(secret.removeprefix(PREFIX))
    digest = hmac.new(key, f"{message_id}.{sent}.{body}".encode(), sha256).digest()
    return f"v1,{base64.b64encode(digest).decode()}"


def headers(shared: Sequence[str], message_id: str, sent: int, body: str) -> dict[str, str]:
    """Return the headers of a message, signed with each of the secrets that hold."""
    signatures = " ".join(signature(one, message_id, sent, body) for one in shared)
    return {
        "Content-Type": "application/json; charset=utf-8",
        "User-Agent": "motcua-webhooks/1",
        "webhook-id": message_id,
        "webhook-timestamp": str(sent),
        "webhook-signature": signatures,
    }
