"""How much of a fee stays with the agency, and what of it is to be handed on.

Source: docs/law/money.md
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from motcua.casework.cashbook.choices import AccountKind

WHOLE = 10_000  # hundredths of a per cent
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Share:
    """A part of the fees of a procedure ("" for all others) that is kept in some days."""

    procedure_code: str
    share: int
    valid_from: date
    valid_to: date | None = None

    def covers(self, day: date) -> bool:
        """Say whether it is in force on a day."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


@dataclass(frozen=True, slots=True)
class ToHand:
    """What one account of fees or charges has to hand on: collected, less what is kept."""

    kind: AccountKind
    procedure_code: str
    collected_vnd: int
    kept_vnd: int

    @property
    def handed_vnd(self) -> int:
        """What goes to the budget."""
        return self.collected_vnd - self.kept_vnd


def turns(shares: Iterable[Share]) -> list[date]:
    """Return the days on which a share begins, or is over."""
    found = list(shares)
    ends = {one.valid_to + _DAY for one in found if one.valid_to is not None}
    return sorted({one.valid_from for one in found} | ends)


def share_on(shares: Sequence[Share], procedure_code: str, day: date) -> int:
    """Return which part of a fee is kept on a day: its own decision first, then that for all."""
    for code in dict.fromkeys((procedure_code, "")):
        for one in shares:
            if one.procedure_code == code and one.covers(day):
                return one.share
    return 0


def entitled(shares: Sequence[Share], procedure_code: str, collected: Mapping[date, int]) -> int:
    """Return how much of a fee may be kept of what was collected since each of these days."""
    return sum(
        vnd * share_on(shares, procedure_code, since) // WHOLE for since, vnd in collected.items()
    )


def to_hand(
    account: tuple[AccountKind, str], *, waits_vnd: int, entitled_vnd: int, kept_vnd: int
) -> ToHand:
    """Return what an account has to hand on, of what waits in it.

    What is kept follows from everything ever collected: a share that changed afterwards, or money
    that went back, is made good the next time; never beyond what waits.
    """
    kind, procedure_code = account
    if kind != AccountKind.FEE:
        return ToHand(kind, procedure_code, waits_vnd, 0)
    return ToHand(kind, procedure_code, waits_vnd, min(entitled_vnd - kept_vnd, max(waits_vnd, 0)))
