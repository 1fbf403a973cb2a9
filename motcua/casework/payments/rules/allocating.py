"""Which lines an amount of money counts for; whole đồng, nothing lost between them."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Share:
    """So much of an amount belongs to the line with this number."""

    seq: int
    amount_vnd: int


@dataclass(frozen=True, slots=True)
class LineSum:
    """What a line asks for, and how much of it has been paid and not given back."""

    seq: int
    amount_vnd: int
    applied_vnd: int


def fill(lines: Sequence[LineSum], amount_vnd: int) -> tuple[list[Share], int]:
    """Return the lines that an amount pays, the first first, and what is left over."""
    shares, left = [], amount_vnd
    for line in lines:
        part = min(left, line.amount_vnd - line.applied_vnd)
        if part > 0:
            shares.append(Share(line.seq, part))
            left -= part
    return shares, left


def take_back(
    lines: Sequence[LineSum], amount_vnd: int, *, only: Sequence[int] = ()
) -> tuple[list[Share], int]:
    """Return from which lines an amount goes back, the latest first, and what is not covered."""
    shares, left = [], amount_vnd
    for line in reversed(lines):
        if only and line.seq not in only:
            continue
        part = min(left, line.applied_vnd)
        if part > 0:
            shares.append(Share(line.seq, part))
            left -= part
    return shares, left
