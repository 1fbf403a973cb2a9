"""Facts of messages: the worker listens and sends."""

from dataclasses import dataclass
from typing import ClassVar

from motcua.foundation.outbox import api as outbox


@dataclass(frozen=True, slots=True)
class MailQueued(outbox.Event):
    """A mail is ready to be sent; its text is in its own row."""

    topic: ClassVar[str] = "notifications.mail_queued"
    aggregate: ClassVar[str] = "mail"
