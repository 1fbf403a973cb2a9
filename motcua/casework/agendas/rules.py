"""Weeks, clashes, and the text of a calendar file; no database."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import combinations
from typing import NamedTuple

from motcua.lib.clock import HANOI
from motcua.lib.errors import BadInput
from motcua.lib.text import fold, tidy

from .choices import Clash

ASSUMED = timedelta(hours=2)
WEEK = timedelta(days=7)
_LONGEST = {"title": 500, "place": 200, "who": 1000, "prepared_by": 200, "car": 100, "note": 500}
_LABELS = {
    "title": "Nội dung",
    "place": "Địa điểm",
    "who": "Thành phần",
    "prepared_by": "Đơn vị chuẩn bị",
    "car": "Xe",
    "note": "Ghi chú",
}
_LINE = 73


class Guest(NamedTuple):
    """Who takes part: one person, or a whole unit."""

    account_id: int | None = None
    unit_id: int | None = None
    name: str = ""


@dataclass(frozen=True, slots=True)
class EntryIn:
    """An entry as it is proposed or changed."""

    day: date
    starts: time
    title: str
    ends: time | None = None
    place: str = ""
    chair_account_id: int | None = None
    chair_name: str = ""
    who: str = ""
    guests: Sequence[Guest] = ()
    prepared_by: str = ""
    car: str = ""
    note: str = ""
    is_public: bool = False


class Wanted(NamedTuple):
    """What an entry takes up: when, who, where."""

    code: str
    begins: datetime
    ends: datetime
    people: frozenset[int]
    place: str


class Clashing(NamedTuple):
    """Two entries that want the same at once."""

    one: str
    other: str
    kind: Clash


def monday_of(day: date) -> date:
    """Return the Monday of the day's week."""
    return day - timedelta(days=day.weekday())


def span(day: date, starts: time, ends: time | None) -> tuple[datetime, datetime]:
    """Return the moments between which something lasts; without an end, two hours."""
    begins = datetime.combine(day, starts, HANOI)
    return begins, datetime.combine(day, ends, HANOI) if ends else begins + ASSUMED


def place_key(place: str) -> str:
    """Return what tells two places apart, however they are typed; nothing for a place nowhere."""
    return " ".join(fold(tidy(place)).split())


def clashes(wanted: Iterable[Wanted]) -> list[Clashing]:
    """Return every pair that wants one person or one place at the same time."""
    found = []
    for one, other in combinations(sorted(wanted, key=lambda w: (w.begins, w.code)), 2):
        if one.ends <= other.begins or other.ends <= one.begins:
            continue
        if one.people & other.people:
            found.append(Clashing(one.code, other.code, Clash.PERSON))
        if one.place and one.place == other.place:
            found.append(Clashing(one.code, other.code, Clash.PLACE))
    return found


def checked(facts: EntryIn) -> dict[str, str]:
    """Return the texts of an entry in their one stored spelling.

    Raises: BadInput.
    """
    texts = {name: tidy(getattr(facts, name)) for name in _LONGEST}
    if not texts["title"]:
        raise BadInput("Xin ghi nội dung công việc.", field="title")
    for name, text in texts.items():
        if len(text) > _LONGEST[name]:
            message = f"{_LABELS[name]} dài nhất {_LONGEST[name]} ký tự."
            raise BadInput(message, field=name)
    if facts.ends is not None and facts.ends <= facts.starts:
        raise BadInput("Giờ kết thúc phải sau giờ bắt đầu.", field="ends")
    if not facts.chair_name.strip() and facts.chair_account_id is None:
        raise BadInput("Xin chọn hoặc ghi người chủ trì.", field="chair")
    return texts


class FeedEvent(NamedTuple):
    """One entry as a calendar file carries it."""

    uid: str
    begins: datetime
    ends: datetime
    title: str
    place: str
    words: str
    changed_at: datetime
    is_cancelled: bool


def calendar_file(name: str, events: Collection[FeedEvent]) -> str:
    """Return an iCalendar file (RFC 5545) of these events."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//motcua//agendas//VI",
        f"X-WR-CALNAME:{_escaped(name)}",
        "X-WR-TIMEZONE:Asia/Ho_Chi_Minh",
    ]
    for one in events:
        lines += [
            "BEGIN:VEVENT",
            f"UID:{one.uid}",
            f"DTSTAMP:{_moment(one.changed_at)}",
            f"DTSTART:{_moment(one.begins)}",
            f"DTEND:{_moment(one.ends)}",
            f"SUMMARY:{_escaped(one.title)}",
            f"LOCATION:{_escaped(one.place)}",
            f"DESCRIPTION:{_escaped(one.words)}",
            f"STATUS:{'CANCELLED' if one.is_cancelled else 'CONFIRMED'}",
            "END:VEVENT",
        ]
    lines.append("END:VCALENDAR")
    return "".join(f"{folded}\r\n" for line in lines for folded in _folded(line))


def _moment(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _escaped(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return escaped.replace("\r\n", "\\n").replace("\n", "\\n")


def _folded(line: str) -> Iterator[str]:
    """Yield a line in pieces of at most 75 bytes, never breaking a letter."""
    piece = ""
    for letter in line:
        if len((piece + letter).encode()) > _LINE:
            yield piece
            piece = " "
        piece += letter
    yield piece
