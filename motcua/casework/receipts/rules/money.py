"""What was paid and kept for each kind, and what that means for its receipt.

Source: docs/law/receipts.md
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from .contents import Item, PaidBy


@dataclass(frozen=True, slots=True)
class PaidLine:
    """One line of an order: `kept_vnd` is what was paid for it and not given back."""

    kind: str
    item: Item
    kept_vnd: int
    typed_number: str = ""


@dataclass(frozen=True, slots=True)
class PaidOrder:
    """An order that was paid, as far as receipts ask."""

    code: str
    agency_id: int
    unit_id: int
    payer: PaidBy
    lines: tuple[PaidLine, ...]
    channel: str
    method: str
    paid_at: datetime
    payer_account_id: int | None = None
    is_typed: bool = False

    def of_kind(self, kind: str) -> tuple[PaidLine, ...]:
        """Return the lines of one kind."""
        return tuple(one for one in self.lines if one.kind == kind)

    def kept_vnd(self, kind: str) -> int:
        """Return what is kept for one kind: its receipts together say this amount."""
        return sum(one.kept_vnd for one in self.of_kind(kind))


def items_of(lines: Sequence[PaidLine]) -> tuple[Item, ...]:
    """Return what a receipt lists: what was paid for, without lines that cost nothing."""
    return tuple(replace(one.item, amount_vnd=one.kept_vnd) for one in lines if one.kept_vnd)


def changes_of(lines: Sequence[PaidLine], said: Sequence[Item]) -> tuple[Item, ...]:
    """Return by how much each line differs from what receipts say until now, the others left out.

    Lines are told apart by code, name and dossier; what is alike in these is one sum. What was
    adjusted by hand before the money followed is not adjusted again.
    """
    sums: Counter[tuple[str, str, str]] = Counter()
    for one in lines:
        sums[_mark(one.item)] += one.kept_vnd
    for item in said:
        sums[_mark(item)] -= item.amount_vnd
    alike = {_mark(one.item): one.item for one in reversed(lines)}
    by_hand = -sum(sums[mark] for mark in sums.keys() - alike.keys())
    found = []
    for mark in dict.fromkeys(_mark(one.item) for one in lines):
        done = _shared(sums[mark], by_hand)
        by_hand -= done
        if change := sums[mark] - done:
            found.append(replace(alike[mark], amount_vnd=change, reason="", rule=""))
    return tuple(found)


def _shared(one: int, other: int) -> int:
    """Return what two changes in the same direction have in common."""
    if one < 0 and other < 0:
        return max(one, other)
    return min(one, other) if one > 0 and other > 0 else 0


def _mark(item: Item) -> tuple[str, str, str]:
    return item.code, item.name, item.subject
