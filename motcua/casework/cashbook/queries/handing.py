"""Read what is to be handed on to the budget, what was, and what is kept.

Source: docs/law/money.md
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from motcua.casework.cashbook.choices import AccountKind, HandingState
from motcua.casework.cashbook.errors import NoSuchEntry
from motcua.casework.cashbook.models import Handing, KeptShare
from motcua.casework.cashbook.rules.shares import Share, ToHand, entitled, to_hand, turns
from motcua.lib import work

from .books import Balance, balances

HANDED_ON = "cashbook.handed_on"
MOST = 50
_LIVING = (HandingState.LISTED, HandingState.DONE)
_LONG_AGO = date(1, 1, 1)
_TO_HAND = (AccountKind.FEE, AccountKind.CHARGE)
_MONEY = (AccountKind.BANK, AccountKind.DRAWER, AccountKind.CLEARING, AccountKind.RECEIVABLE)
# What was handed on is no less collected: its legs, and those that took it back, are left out.
_COLLECTED = """
SELECT detail, since, sum(vnd)::bigint FROM (
  SELECT a.detail, width_bucket(d."on", %(turns)s::date[]) AS since, d.credit_vnd - d.debit_vnd vnd
  FROM cashbook_account a JOIN cashbook_accountday d ON d.account_id = a.id
  WHERE a.agency_id = %(agency)s AND a.kind = 'fee' AND d."on" <= %(until)s
  UNION ALL
  SELECT a.detail, width_bucket(l."on", %(turns)s::date[]), l.amount_vnd
  FROM cashbook_handing h
  JOIN cashbook_entry e ON e.source = %(source)s AND e.ref = h.code
  JOIN cashbook_entry b ON b.id = e.id OR b.reverses_id = e.id
  JOIN cashbook_entryleg l ON l.entry_id = b.id
  JOIN cashbook_account a ON a.id = l.account_id
  WHERE h.agency_id = %(agency)s AND a.agency_id = %(agency)s AND a.kind = 'fee'
    AND l."on" <= %(until)s
) rows GROUP BY 1, 2
"""


@dataclass(frozen=True, slots=True)
class Due:
    """What an agency has to hand on of what it collected until a day, and where money lies."""

    lines: tuple[ToHand, ...]
    banks: tuple[Balance, ...]
    elsewhere: tuple[Balance, ...]

    @property
    def collected_vnd(self) -> int:
        """What was collected and not yet handed on."""
        return sum(one.collected_vnd for one in self.lines)

    @property
    def kept_vnd(self) -> int:
        """What of it the agency keeps."""
        return sum(one.kept_vnd for one in self.lines)

    @property
    def handed_vnd(self) -> int:
        """What goes to the budget."""
        return sum(one.handed_vnd for one in self.lines)


def due_to_budget(agency_id: int, until: date, today: date) -> Due:
    """Return what an agency has to hand on of what it collected until a day.

    What is on a list already, or was given back since, is not counted. Costs: five queries.
    """
    then = {_key(one): -one.after_vnd for one in balances(agency_id, until)}
    book = balances(agency_id, max(today, until))
    listed, kept = _earlier(agency_id)
    found = shares_of(agency_id)
    shares = [Share(one.procedure_code, one.share, one.valid_from, one.valid_to) for one in found]
    may_keep = _entitled(agency_id, until, shares)
    lines = []
    for one in book:
        if one.kind not in _TO_HAND:
            continue
        waits = min(then.get(_key(one), 0), -one.after_vnd) - listed[_key(one)]
        line = to_hand(
            _key(one),
            waits_vnd=waits,
            entitled_vnd=may_keep.get(one.detail, 0),
            kept_vnd=kept[one.detail],
        )
        if line.collected_vnd or line.kept_vnd:
            lines.append(line)
    return Due(
        tuple(lines),
        tuple(one for one in book if one.kind == AccountKind.BANK),
        tuple(
            one
            for one in book
            if one.kind in _MONEY and one.kind != AccountKind.BANK and one.after_vnd
        ),
    )


def _key(one: Balance) -> tuple[AccountKind, str]:
    return one.kind, one.detail


def _earlier(agency_id: int) -> tuple[Counter[tuple[str, str]], Counter[str]]:
    """Return what is on lists the treasury has not answered, and what lists have kept."""
    listed: Counter[tuple[str, str]] = Counter()
    kept: Counter[str] = Counter()
    rows = Handing.objects.filter(agency_id=agency_id, state__in=_LIVING)
    for state, lines in rows.values_list("state", "lines"):
        for line in lines:
            if state == HandingState.LISTED:
                listed[line["kind"], line["procedure"]] += line["collected_vnd"]
            kept[line["procedure"]] += line["kept_vnd"]
    return listed, kept


def _entitled(agency_id: int, until: date, shares: Sequence[Share]) -> dict[str, int]:
    if not shares:
        return {}
    begins = turns(shares)
    params = {"agency": agency_id, "until": until, "turns": begins, "source": HANDED_ON}
    collected: dict[str, dict[date, int]] = {}
    for detail, place, vnd in work.fetch(_COLLECTED, params):
        collected.setdefault(detail, {})[begins[place - 1] if place else _LONG_AGO] = vnd
    return {detail: entitled(shares, detail, of_days) for detail, of_days in collected.items()}


def shares_of(agency_id: int) -> list[KeptShare]:
    """Return what an agency keeps of its fees and kept before, the newest first."""
    rows = KeptShare.objects.filter(agency_id=agency_id)
    return list(rows.order_by("procedure_code", "-valid_from"))


def handings_of(agency_id: int, *, most: int = MOST) -> list[Handing]:
    """Return the lists of an agency, the newest first."""
    return list(Handing.objects.filter(agency_id=agency_id).order_by("-made_at", "-id")[:most])


def handed_in(agency_id: int, first: date, latest: date) -> list[Handing]:
    """Return what went to the budget in a span of days, by the days of the treasury's slips."""
    rows = Handing.objects.filter(agency_id=agency_id, state=HandingState.DONE)
    return list(rows.filter(slip_on__range=(first, latest)).order_by("slip_on", "id"))


def get_handing(code: str, agency_ids: Sequence[int]) -> Handing:
    """Return a list of one of these agencies. Raises: NoSuchEntry."""
    found = Handing.objects.filter(code=code, agency_id__in=agency_ids).first()
    if found is None:
        raise NoSuchEntry("Không tìm thấy bảng kê nộp ngân sách này.")
    return found
