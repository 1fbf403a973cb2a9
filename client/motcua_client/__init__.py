"""A typed client of motcua's interface."""

from .client import Client
from .core import Transport
from .errors import (
    ApiError,
    BadSignature,
    Conflict,
    Forbidden,
    Gone,
    Invalid,
    NotFound,
    NotSignedIn,
    TooOften,
    Unavailable,
    Unreachable,
)
from .webhooks import verify_webhook

__all__ = [
    "ApiError",
    "BadSignature",
    "Client",
    "Conflict",
    "Forbidden",
    "Gone",
    "Invalid",
    "NotFound",
    "NotSignedIn",
    "TooOften",
    "Transport",
    "Unavailable",
    "Unreachable",
    "verify_webhook",
]
