"""What came to the ward and what it wrote: letters of the story, as rows of text files."""

import csv
from collections.abc import Iterator, Mapping
from enum import Enum
from functools import cache
from pathlib import Path
from typing import NamedTuple

from motcua.foundation.papers.api import DocumentKind as Kind


class Fate(Enum):
    """What became of a letter that came in."""

    DONE = "one division did what was asked, in time"
    LATE = "it was done after its day"
    WORKING = "somebody works on it"
    OVERDUE = "somebody works on it, and its day is past"
    KNOWN = "it was only to be known, and was read"
    TO_READ = "it is only to be known, and waits to be read"
    CLOSED = "the registry ended it with a word"
    RETURNED = "it was not for us, and went back with its number"
    REFUSED = "it was refused before it had a number"
    DOUBLED = "it came a second time, and was recognised"
    FOR_CHAIR = "it waits for the chairwoman"
    FOR_DEPUTY = "it waits for her deputy"
    ARRIVED = "it waits to be registered"


class Letter(NamedTuple):
    """One letter that came in: how many working days ago, from whom, about what, to whom."""

    days_ago: int
    issuer: str
    notation: str
    kind: Kind
    subject: str
    unit: str
    fate: Fate
    days: int = 5


class Pace(Enum):
    """How far something the ward writes has come."""

    SENT = "issued and sent"
    TO_SEND = "issued, waits to be sent"
    SEALING = "signed, waits for number and seal"
    TO_SIGN = "approved, waits for the signature"
    TO_APPROVE = "submitted to the head of the division"
    SENT_BACK = "returned with an opinion to be answered"
    WRITING = "being written, somebody has said something of it"
    DROPPED = "given up"


class Draft(NamedTuple):
    """One thing the ward writes; `answers` is the subject of the letter it answers."""

    days_ago: int
    unit: str
    doer: str
    kind: Kind
    subject: str
    to: str
    pace: Pace = Pace.SENT
    answers: str = ""


FOLDER = Path(__file__).with_name("correspondence")


@cache
def incoming() -> tuple[Letter, ...]:
    """Return what came in the past weeks, the oldest first."""
    return tuple(_letter(row) for row in _rows("incoming"))


@cache
def last_year() -> tuple[Letter, ...]:
    """Return what came at the end of the year before."""
    return tuple(_letter(row) for row in _rows("last_year"))


@cache
def outgoing() -> tuple[Draft, ...]:
    """Return what the ward wrote, the oldest first."""
    return tuple(
        Draft(
            int(row["days_ago"]),
            row["unit"],
            row["doer"],
            Kind[row["kind"].upper()],
            row["subject"],
            row["to"],
            Pace[row["pace"].upper()],
            row["answers"],
        )
        for row in _rows("outgoing")
    )


def _letter(row: Mapping[str, str]) -> Letter:
    return Letter(
        int(row["days_ago"]),
        row["issuer"],
        row["notation"],
        Kind[row["kind"].upper()],
        row["subject"],
        row["unit"],
        Fate[row["fate"].upper()],
        int(row["days"]),
    )


def _rows(name: str) -> Iterator[Mapping[str, str]]:
    with (FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as source:
        yield from csv.DictReader(source)
