"""The door of mailboxes: where they are, what came, and what becomes of it."""

from .choices import BoxKind, MailState, Sender
from .errors import BoxAway, MailError, NoSuchMail, NoSuchMailbox
from .models import Mailbox, MailFile, MailMessage
from .operations.ending import mark_taken, purge_mail, refuse_mail
from .operations.setting import MailboxIn, set_mailbox, try_mailbox
from .operations.taking import read_mailboxes
from .ports import Box, Found, Opener, Place, boxes
from .queries.shown import (
    WholeMail,
    clerk_of,
    count_waiting,
    get_mail_for,
    mailbox_for,
    mailbox_of,
    mailboxes,
    mails_for,
)

__all__ = [
    "Box",
    "BoxAway",
    "BoxKind",
    "Found",
    "MailError",
    "MailFile",
    "MailMessage",
    "MailState",
    "Mailbox",
    "MailboxIn",
    "NoSuchMail",
    "NoSuchMailbox",
    "Opener",
    "Place",
    "Sender",
    "WholeMail",
    "boxes",
    "clerk_of",
    "count_waiting",
    "get_mail_for",
    "mailbox_for",
    "mailbox_of",
    "mailboxes",
    "mails_for",
    "mark_taken",
    "purge_mail",
    "read_mailboxes",
    "refuse_mail",
    "set_mailbox",
    "try_mailbox",
]
