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
    ADMIN,
    Recording,
    come,
    line,
    make_foreign,
    make_partner,
    make_said,
)
from .sending import LATER, THURSDAY, keep, make_agencies, make_outgoing, make_sent

__all__ = [
    "ADMIN",
    "EARLIER",
    "LATER",
    "NOW",
    "PDF",
    "STAFF",
    "THURSDAY",
    "Recording",
    "come",
    "keep",
    "line",
    "make_agencies",
    "make_business",
    "make_foreign",
    "make_full",
    "make_message",
    "make_outgoing",
    "make_partner",
    "make_said",
    "make_sent",
    "make_status",
    "read",
    "rules_of",
    "write",
]
