"""The door: propose, approve and publish the week of an agency; read it, print it, subscribe."""

from .choices import Act, EntryState
from .errors import AgendaError, EntryDecided, NoSuchEntry, NoSuchFeed
from .events import EntryMoved
from .models import AgendaEntry, AgendaFeed, AgendaWeek, EntryFile, EntryGuest, EntryMove
from .operations.entries import (
    PaperIn,
    approve_entry,
    cancel_entry,
    change_entry,
    decline_entry,
    propose_entry,
)
from .operations.weeks import end_feed, publish_week, renew_feed
from .permissions import can_approve, proposing_units
from .queries.feeds import feed_file, feed_of, week_pdf
from .queries.weeks import (
    DayShown,
    EntryShown,
    WeekShown,
    entry_file,
    entry_page,
    get_entry_for,
    public_week,
    week_for,
)
from .rules import EntryIn, Guest, monday_of

__all__ = [
    "Act",
    "AgendaEntry",
    "AgendaError",
    "AgendaFeed",
    "AgendaWeek",
    "DayShown",
    "EntryDecided",
    "EntryFile",
    "EntryGuest",
    "EntryIn",
    "EntryMove",
    "EntryMoved",
    "EntryShown",
    "EntryState",
    "Guest",
    "NoSuchEntry",
    "NoSuchFeed",
    "PaperIn",
    "WeekShown",
    "approve_entry",
    "can_approve",
    "cancel_entry",
    "change_entry",
    "decline_entry",
    "end_feed",
    "entry_file",
    "entry_page",
    "feed_file",
    "feed_of",
    "get_entry_for",
    "monday_of",
    "propose_entry",
    "proposing_units",
    "public_week",
    "publish_week",
    "renew_feed",
    "week_for",
    "week_pdf",
]
