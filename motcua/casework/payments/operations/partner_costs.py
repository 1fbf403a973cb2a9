"""What a settled month costs stands in the books of the agencies that owe it.

Source: docs/law/contracts.md
"""

from dataclasses import dataclass
from datetime import datetime

from motcua.casework.cashbook import api as cashbook
from motcua.casework.cashbook.api import AccountKind, EntryIn, Leg
from motcua.casework.contracts import api as contracts
from motcua.lib import work
from motcua.lib.actor import SYSTEM
from motcua.lib.clock import local_day

SOURCE = "payments.partner_cost"


def owed_to(partner: str) -> str:
    """Return which account of its kind is for a partner."""
    return f"partner:{partner}"


@dataclass(frozen=True, slots=True)
class MonthCost:
    """What both sides agreed for a month: `costs` are pairs of agency and đồng."""

    code: str
    partner: str
    month: str
    round: int
    costs: tuple[tuple[int, int], ...]

    def ref(self, agency_id: int) -> str:
        """Return under which number the ledger keeps an agency's share."""
        return f"{self.code}/{self.month}/{self.round}/{agency_id}"

    @property
    def words(self) -> str:
        """Return what stands in the books."""
        year, _, month = self.month.partition("-")
        name = contracts.get_partner(self.partner).name
        return f"Phí dịch vụ thu hộ tháng {month}/{year}: {name}, hợp đồng {self.code}"


def book_month(month: MonthCost, *, at: datetime) -> None:
    """Post what each agency owes the partner, once however often it is told."""
    words = month.words
    for agency_id, cost in month.costs:
        legs = (
            Leg(AccountKind.PARTNER_COST, agency_id, cost, owed_to(month.partner)),
            Leg(AccountKind.RECEIVABLE, agency_id, -cost, owed_to(month.partner)),
        )
        subject = f"contract:{month.code}"
        entry = EntryIn(SOURCE, month.ref(agency_id), local_day(at), words, legs, subject)
        cashbook.post(entry, by=SYSTEM, at=at)


def take_month_back(month: MonthCost, *, at: datetime) -> None:
    """Post the opposite, once: the month is open again. Raises: NoSuchEntry if never booked."""
    words = f"Mở lại quyết toán: {month.words}"
    for agency_id, _ in month.costs:
        cashbook.reverse(SOURCE, month.ref(agency_id), words=words, by=SYSTEM, at=at)


@work.story
def follow_month(month: MonthCost, *, is_settled: bool, at: datetime) -> None:
    """Book a month, or take it back, all agencies together."""
    if is_settled:
        book_month(month, at=at)
    else:
        take_month_back(month, at=at)
