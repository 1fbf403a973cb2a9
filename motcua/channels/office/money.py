"""How the cashbook is told: names of accounts, the agency and the days looked at."""

from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError

from motcua.casework.cashbook import api as cashbook
from motcua.casework.cashbook.api import AccountKind
from motcua.casework.contracts import api as contracts
from motcua.casework.procedures import api as procedures
from motcua.channels.kit.days import read_day
from motcua.channels.kit.requests import ActorRequest
from motcua.foundation.organisation import api as organisation
from motcua.lib.clock import local_day, now
from motcua.lib.errors import NotAllowed
from motcua.lib.text import whole_number

_DETAILS = {
    "deposit": "tiền mặt đang mang đi nộp",
    "float": "tiền lẻ ứng cho quầy",
    "difference": "chênh lệch quỹ",
    "statement": "tiền trong sao kê chưa rõ của ai",
    "vnpay": "VNPAY",
    "vnpt_pay": "VNPT Pay",
    "national": "nền tảng thanh toán quốc gia",
    "transfer": "chuyển khoản",
    "cod": "bưu điện thu hộ",
}
_BY_PROCEDURE = frozenset({AccountKind.FEE, AccountKind.CHARGE, AccountKind.KEPT})


@dataclass(frozen=True, slots=True)
class Looked:
    """Which agency's book is looked at, and which days of it."""

    agency_id: int
    first: date
    latest: date
    agencies: tuple[int, ...]

    @property
    def query(self) -> dict[str, str]:
        """What of an address says the same."""
        return {
            "agency": f"{self.agency_id}",
            "tu": f"{self.first:%d/%m/%Y}",
            "den": f"{self.latest:%d/%m/%Y}",
        }


def looked_at(request: ActorRequest) -> Looked:
    """Return what is looked at: the own agency and this month, unless the address says else.

    Raises: NotAllowed for somebody who reads no book.
    """
    agencies = cashbook.agencies_read(request.actor)
    if not agencies:
        raise NotAllowed("Trang này dành cho kế toán và lãnh đạo cơ quan.")
    asked = whole_number(request.GET.get("agency", "") or request.POST.get("agency", ""))
    own = request.actor.agency_id
    usual = own if own in agencies and own is not None else agencies[0]
    today = local_day(now())
    first = _day(request.GET.get("tu", ""), today.replace(day=1))
    latest = _day(request.GET.get("den", ""), today)
    chosen = asked if asked in agencies and asked is not None else usual
    return Looked(chosen, min(first, latest), latest, agencies)


def _day(typed: str, usual: date) -> date:
    try:
        return read_day(typed)
    except ValidationError:
        return usual


def account_name(kind: cashbook.AccountKind, detail: str) -> str:
    """Return an account's name: its kind, and which one of that kind, in words."""
    if not detail:
        return kind.label
    if kind in _BY_PROCEDURE:
        name = procedure_name(detail, local_day(now()))
        return f"{kind.label} – {detail}" + (f" {name}" if name else "")
    return f"{kind.label} – {detail_words(detail)}"


def procedure_name(code: str, on: date) -> str:
    """Return what a procedure is called on a day, empty if it is not in force."""
    found = procedures.find_in_force(code, on) if code else None
    return found.definition.name if found is not None else ""


def detail_words(detail: str) -> str:
    """Return which account of its kind it is, in words."""
    what, _, which = detail.partition(":")
    number = whole_number(which)
    if what == "unit" and number is not None:
        return organisation.name_of_unit(number)
    if what == "agency" and number is not None:
        return organisation.name_of_agency(number)
    if what == "partner":
        return contracts.get_partner(which).name
    if what == "account":
        return f"tài khoản {which}"
    if what == "cashier" and number is not None:
        return cashbook.cashier_name(number)
    return _DETAILS.get(detail, detail)
