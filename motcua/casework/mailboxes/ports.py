"""What mailboxes need of a way to read them, and which ways there are."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Place:
    """Where a mailbox is: of which agency, on which server, under which name and word."""

    agency_code: str
    host: str = ""
    port: int = 993
    user: str = ""
    secret: str = field(default="", repr=False)
    folder: str = "INBOX"


@dataclass(frozen=True, slots=True)
class Found:
    """One message that was not read before: its size, and how its bytes are had.

    `mark` is where reading goes on after it; `head` gives the lines before the text alone.
    """

    mark: str
    size: int
    read: Callable[[], bytes]
    head: Callable[[], bytes]


class Box(Protocol):
    """One open mailbox. It gives each message at least once; who keeps it knows it again."""

    def after(self, mark: str, most: int) -> Iterator[Found]:
        """Yield the messages after a mark, the oldest first. Raises: BoxAway."""

    def put_away(self, mark: str) -> None:
        """Hear that a message is kept: it may be moved aside, and is never destroyed."""


Opener = Callable[[Place], AbstractContextManager[Box]]
boxes: dict[str, Opener] = {}
