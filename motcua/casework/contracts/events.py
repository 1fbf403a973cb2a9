"""What contracts announce: codes, months and sums only."""

from dataclasses import dataclass
from typing import ClassVar

from motcua.foundation.outbox.api import Event


@dataclass(frozen=True, slots=True)
class MonthSettled(Event):
    """Both sides agreed what a partner is owed; `costs` are pairs of agency and đồng."""

    topic: ClassVar[str] = "contracts.month_settled"
    aggregate: ClassVar[str] = "settlement"

    code: str
    partner: str
    month: str
    round: int
    costs: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class MonthReopened(Event):
    """A month that both sides had agreed to is open again: what was owed is not owed any more."""

    topic: ClassVar[str] = "contracts.month_reopened"
    aggregate: ClassVar[str] = "settlement"

    code: str
    partner: str
    month: str
    round: int
    costs: tuple[tuple[int, int], ...]
