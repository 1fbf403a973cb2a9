"""Keyset pages: a cursor says after which row to go on; there are no page numbers and no totals."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as NotBase64
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Generic, TypeVar

from django.core.signing import BadSignature, Signer

from .errors import BadInput
from .tongue import said

T = TypeVar("T")
PAGE_SIZE = 50
_MICROSECONDS = 1_000_000


class Direction(StrEnum):
    """Which way a list is read from its cursor."""

    NEXT = "n"
    PREVIOUS = "p"


@dataclass(frozen=True, slots=True)
class Cursor:
    """A place in a list sorted by (moment, id), and the way to read from there."""

    sort_at: datetime
    id: int
    direction: Direction = Direction.NEXT

    def encode(self) -> str:
        """Return the cursor as an opaque, signed word for a URL."""
        micros = round(self.sort_at.timestamp() * _MICROSECONDS)
        plain = f"{self.direction}{micros}.{self.id}".encode()
        return _signer().sign(urlsafe_b64encode(plain).decode().rstrip("="))


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """One page of a list; a cursor is None where there is nothing further that way."""

    rows: Sequence[T]
    next: Cursor | None = None
    previous: Cursor | None = None


def paged(
    rows: Sequence[T],
    after: Cursor | None,
    limit: int,
    place: Callable[[T, Direction], Cursor],
) -> Page[T]:
    """Return a page of rows that were read one too many, from the cursor in its own direction.

    `place` says where a row stands in the list.
    """
    way = after.direction if after else Direction.NEXT
    is_more, kept = len(rows) > limit, list(rows[:limit])
    if way is Direction.PREVIOUS:
        kept.reverse()
    if not kept:
        return Page(())
    forward = is_more if way is Direction.NEXT else True
    back = is_more if way is Direction.PREVIOUS else after is not None
    return Page(
        rows=kept,
        next=place(kept[-1], Direction.NEXT) if forward else None,
        previous=place(kept[0], Direction.PREVIOUS) if back else None,
    )


def _signer() -> Signer:
    return Signer(salt="motcua.paging", sep="~")


def decode(word: str) -> Cursor | None:
    """Return the cursor that `word` stands for, or None for an empty word.

    Raises: BadInput if it was not made by us.
    """
    if not word:
        return None
    try:
        plain = _signer().unsign(word)
        text = urlsafe_b64decode(plain + "=" * (-len(plain) % 4)).decode()
        micros, _, row_id = text[1:].partition(".")
        moment = datetime.fromtimestamp(int(micros) / _MICROSECONDS, UTC)
        return Cursor(moment, int(row_id), Direction(text[0]))
    except (BadSignature, NotBase64, ValueError, IndexError) as error:
        message = said("Liên kết trang không còn dùng được; hãy mở lại danh sách từ đầu.")
        raise BadInput(message) from error
