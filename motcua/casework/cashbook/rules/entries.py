"""What an entry is: legs that sum to nothing, in every agency's book."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from motcua.casework.cashbook.choices import AccountKind
from motcua.casework.cashbook.errors import BadEntry

MOST_LEGS = 500
MOST_VND = 10**15  # more is a mistake, not money


@dataclass(frozen=True, slots=True)
class Leg:
    """One side of an entry: a debit above zero, a credit below."""

    kind: AccountKind
    agency_id: int
    amount_vnd: int
    detail: str = ""


@dataclass(frozen=True, slots=True)
class EntryIn:
    """An entry as a room asks for it, named once for all by `source` and `ref`.

    `on` is the day it belongs to; if that day is closed, the next open one takes it.
    `subject` names what it is about, such as “order:TT26-000123-7”.
    """

    source: str
    ref: str
    on: date
    words: str
    legs: tuple[Leg, ...]
    subject: str = ""


def check_entry(entry: EntryIn) -> None:
    """Raises: BadEntry if it names nothing, says nothing, or does not sum to nothing."""
    if not (entry.source and entry.ref and entry.words.strip()):
        raise BadEntry("Bút toán phải có nguồn, số hiệu và diễn giải.")
    if not 2 <= len(entry.legs) <= MOST_LEGS:  # noqa: PLR2004 -- from somewhere to somewhere
        raise BadEntry("Bút toán phải có ít nhất một bên nợ và một bên có.")
    if any(leg.amount_vnd == 0 or abs(leg.amount_vnd) > MOST_VND for leg in entry.legs):
        raise BadEntry("Mỗi dòng của bút toán phải có số tiền khác không.")
    if total := sum(leg.amount_vnd for leg in entry.legs):
        raise BadEntry(f"Bút toán lệch {total} đồng: tổng nợ phải bằng tổng có.")


def digest_of(entry: EntryIn) -> str:
    """Return what tells two entries apart: the money, and what it is about; not the words."""
    legs = sorted((leg.kind, leg.agency_id, leg.detail, leg.amount_vnd) for leg in entry.legs)
    return sha256(json.dumps([entry.subject, legs]).encode()).hexdigest()


def between_agencies(legs: Sequence[Leg]) -> tuple[Leg, ...]:
    """Return the legs, and those by which every agency's own book is in balance.

    A desk that takes money for another agency owes it: both books say so, each naming the other.
    """
    rest = {agency_id: _sum_of(legs, agency_id) for agency_id in {leg.agency_id for leg in legs}}
    owing = [(agency_id, vnd) for agency_id, vnd in sorted(rest.items()) if vnd > 0]
    owed = [(agency_id, -vnd) for agency_id, vnd in sorted(rest.items()) if vnd < 0]
    added: list[Leg] = []
    while owing:
        (debtor, has), (creditor, wants) = owing.pop(), owed.pop()
        moved = min(has, wants)
        added.append(Leg(AccountKind.RECEIVABLE, debtor, -moved, f"agency:{creditor}"))
        added.append(Leg(AccountKind.RECEIVABLE, creditor, moved, f"agency:{debtor}"))
        if has > moved:
            owing.append((debtor, has - moved))
        if wants > moved:
            owed.append((creditor, wants - moved))
    return (*legs, *added)


def _sum_of(legs: Iterable[Leg], agency_id: int) -> int:
    return sum(leg.amount_vnd for leg in legs if leg.agency_id == agency_id)


def turned(legs: Iterable[Leg]) -> tuple[Leg, ...]:
    """Return the legs with their sides changed."""
    return tuple(Leg(leg.kind, leg.agency_id, -leg.amount_vnd, leg.detail) for leg in legs)
