"""What a statement says, line by line, whatever its file was."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from hashlib import sha256

from motcua.lib.text import tidy

MOST_LINES, MOST_TROUBLES, MOST_TEXT = 2_000_000, 200, 500
MADE_UP = "x-"
GONE_BACK = "-H"  # after the number of a transaction that a gateway gave back


class FileKind(StrEnum):
    """How a statement is written."""

    CSV = "csv"
    XLSX = "xlsx"
    MT940 = "mt940"
    CAMT = "camt.053"


@dataclass(frozen=True, slots=True)
class LineIn:
    """One movement of an account: what came in (above zero) or went out.

    `ref` is the bank's or gateway's own number of it; `attempt_ref` is our reference, where a
    gateway tells it; `bank` is who keeps the account, where it is the bank that speaks.
    """

    row: int
    account: str
    ref: str
    booked_at: datetime
    amount_vnd: int
    words: str
    payer: str = ""
    attempt_ref: str = ""
    bank: str = ""


@dataclass(frozen=True, slots=True)
class Trouble:
    """A line that cannot be used, and why."""

    row: int
    words: str


def made_up_ref(line: LineIn, repeat: int) -> str:
    """Return a reference for a line whose bank gives none: the same line, the same reference."""
    said = f"{line.booked_at.isoformat()}|{line.amount_vnd}|{line.words}|{line.payer}|{repeat}"
    return MADE_UP + sha256(said.encode()).hexdigest()[:20]


def trimmed(text: str) -> str:
    """Return words short enough to be kept."""
    return tidy(text)[:MOST_TEXT]
