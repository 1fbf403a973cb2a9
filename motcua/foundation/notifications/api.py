"""Messages to accounts: on screen and by mail, in texts that can be edited."""

from .errors import NoSuchKind, OddText, TextInForce
from .models import Mail, MessageText, Notice
from .operations import (
    choose,
    mark_all_read,
    mark_read,
    notify,
    publish_text,
    queue_mail,
)
from .ports import Kind, declare, get_kind, kinds
from .queries import (
    MOST_COUNTED,
    Choice,
    Undelivered,
    choices_of,
    count_unread,
    notices_of,
    text_on,
    undelivered_mails,
)

__all__ = [
    "MOST_COUNTED",
    "Choice",
    "Kind",
    "Mail",
    "MessageText",
    "NoSuchKind",
    "Notice",
    "OddText",
    "TextInForce",
    "Undelivered",
    "choices_of",
    "choose",
    "count_unread",
    "declare",
    "get_kind",
    "kinds",
    "mark_all_read",
    "mark_read",
    "notices_of",
    "notify",
    "publish_text",
    "queue_mail",
    "text_on",
    "undelivered_mails",
]
