"""Messages to accounts: on screen and by mail, in texts that can be edited."""

from .errors import NoSuchKind, NoSuchNotice, OddText, TextInForce
from .models import Mail, MessageText, Notice
from .operations import (
    Message,
    choose,
    choose_mails,
    mark_all_read,
    mark_read,
    notify,
    notify_all,
    publish_text,
    queue_mail,
)
from .ports import Kind, declare, get_kind, kinds
from .queries import (
    MOST_COUNTED,
    Choice,
    KindText,
    Undelivered,
    choices_of,
    count_unread,
    get_notice,
    notices_of,
    text_on,
    undelivered_mails,
)

__all__ = [
    "MOST_COUNTED",
    "Choice",
    "Kind",
    "KindText",
    "Mail",
    "Message",
    "MessageText",
    "NoSuchKind",
    "NoSuchNotice",
    "Notice",
    "OddText",
    "TextInForce",
    "Undelivered",
    "choices_of",
    "choose",
    "choose_mails",
    "count_unread",
    "declare",
    "get_kind",
    "get_notice",
    "kinds",
    "mark_all_read",
    "mark_read",
    "notices_of",
    "notify",
    "notify_all",
    "publish_text",
    "queue_mail",
    "text_on",
    "undelivered_mails",
]
