"""What the tests of higher rooms use of these: messages, partners, what comes from them."""

from .messages import (
    EARLIER,
    NOW,
    PDF,
    STAFF,
    make_business,
    make_full,
    make_message,
    make_status,
    read,
    rules_of,
    write,
)
from .partners import (
    Recording,
    come,
    line,
    make_foreign,
    make_partner,
    make_said,
)

__all__ = [
    "EARLIER",
    "NOW",
    "PDF",
    "STAFF",
    "Recording",
    "come",
    "line",
    "make_business",
    "make_foreign",
    "make_full",
    "make_message",
    "make_partner",
    "make_said",
    "make_status",
    "read",
    "rules_of",
    "write",
]
