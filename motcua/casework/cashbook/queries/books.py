"""Read books: balances from sums kept per account and day, entries page by page."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from motcua.casework.cashbook.choices import AccountKind
from motcua.casework.cashbook.errors import NoSuchEntry
from motcua.casework.cashbook.models import Account, DayClosing, Entry
from motcua.lib import work

FOREVER = date(9999, 12, 31)
PAGE = 50

_BALANCE = """
SELECT coalesce(sum(d.debit_vnd - d.credit_vnd), 0)::bigint
FROM cashbook_account a JOIN cashbook_accountday d ON d.account_id = a.id
WHERE a.agency_id = %s AND a.kind = %s AND a.detail = %s AND d."on" <= %s
"""
_BALANCES = """
SELECT a.id, a.kind, a.detail, s.before_vnd, s.debit_vnd, s.credit_vnd
FROM cashbook_account a CROSS JOIN LATERAL (
  SELECT coalesce(sum(d.debit_vnd - d.credit_vnd) FILTER (WHERE d."on" < %s), 0)::bigint before_vnd,
         coalesce(sum(d.debit_vnd) FILTER (WHERE d."on" >= %s), 0)::bigint debit_vnd,
         coalesce(sum(d.credit_vnd) FILTER (WHERE d."on" >= %s), 0)::bigint credit_vnd
  FROM cashbook_accountday d WHERE d.account_id = a.id AND d."on" <= %s) s
WHERE a.agency_id = %s
"""
_LEGS = """
SELECT l.entry_id, l.seq, a.agency_id, a.kind, a.detail, l.amount_vnd, a.id
FROM cashbook_entryleg l JOIN cashbook_account a ON a.id = l.account_id
WHERE l.entry_id = ANY(%s::bigint[]) ORDER BY l.entry_id, l.seq
"""
_ROWS = """
SELECT l.entry_id, l.seq, l."on", e.at, e.words, e.subject, e.by_name, l.amount_vnd
FROM cashbook_entryleg l JOIN cashbook_entry e ON e.id = l.entry_id
WHERE l.account_id = %s AND l."on" BETWEEN %s AND %s AND (l."on", l.entry_id, l.seq) > (%s, %s, %s)
ORDER BY l."on", l.entry_id, l.seq LIMIT %s
"""
_UNTIL = """
SELECT (SELECT coalesce(sum(debit_vnd - credit_vnd), 0) FROM cashbook_accountday
        WHERE account_id = %s AND "on" < %s)::bigint
     + (SELECT coalesce(sum(amount_vnd), 0) FROM cashbook_entryleg
        WHERE account_id = %s AND "on" = %s AND (entry_id, seq) <= (%s, %s))::bigint
"""


@dataclass(frozen=True, slots=True)
class Balance:
    """What an account held before a span of days, what moved in it, and what it holds after."""

    account_id: int
    kind: AccountKind
    detail: str
    before_vnd: int
    debit_vnd: int
    credit_vnd: int

    @property
    def after_vnd(self) -> int:
        """The balance at the end of the span: a debit above zero."""
        return self.before_vnd + self.debit_vnd - self.credit_vnd


@dataclass(frozen=True, slots=True)
class LegShown:
    """One side of an entry."""

    account_id: int
    agency_id: int
    kind: AccountKind
    detail: str
    amount_vnd: int


@dataclass(frozen=True, slots=True)
class EntryShown:
    """An entry with its sides, and the entry that took it back, if any did."""

    entry: Entry
    legs: tuple[LegShown, ...]
    reversed_by_id: int | None


@dataclass(frozen=True, slots=True)
class AccountRow:
    """One line of an account, with the balance after it."""

    entry_id: int
    seq: int
    on: date
    at: datetime
    words: str
    subject: str
    by_name: str
    amount_vnd: int
    balance_vnd: int

    @property
    def place(self) -> str:
        """Where the next page begins."""
        return f"{self.on.isoformat()}.{self.entry_id}.{self.seq}"


def balance(kind: AccountKind, agency_id: int, *, detail: str = "", on: date | None = None) -> int:
    """Return what an account holds at the end of a day (now, without one). Costs: one query."""
    return int(work.fetch(_BALANCE, [agency_id, str(kind), detail, on or FOREVER])[0][0])


def balances(agency_id: int, on: date, *, since: date | None = None) -> list[Balance]:
    """Return every account of an agency's book: what moved from `since` to `on`, and the balance.

    Without `since` the day alone. In the order of the kinds. Costs: one query.
    """
    first = since or on
    rows = work.fetch(_BALANCES, [first, first, first, on, agency_id])
    found = [Balance(key, AccountKind(kind), *rest) for key, kind, *rest in rows]
    order = list(AccountKind)
    return sorted(found, key=lambda one: (order.index(one.kind), one.detail))


def get_account(account_id: int, agency_ids: Sequence[int]) -> Account:
    """Return an account of one of these agencies. Raises: NoSuchEntry."""
    found = Account.objects.filter(pk=account_id, agency_id__in=agency_ids).first()
    if found is None:
        raise NoSuchEntry("Không tìm thấy tài khoản này trong sổ quỹ của cơ quan.")
    return found


def account_page(
    account_id: int, first: date, latest: date, *, after: str = "", size: int = PAGE
) -> tuple[list[AccountRow], bool]:
    """Return a page of an account's lines in the order of the book, and whether more follow.

    Costs: two queries; none of them reads more than the page and one day before it.
    """
    place = _place(after, first)
    rows = work.fetch(_ROWS, [account_id, first, latest, *place, size + 1])
    running = _balance_until(account_id, place)
    shown: list[AccountRow] = []
    for row in rows[:size]:
        running += row[-1]
        shown.append(AccountRow(*(*row, running)))
    return shown, len(rows) > size


def _place(after: str, first: date) -> tuple[date, int, int]:
    parts = after.split(".")
    try:
        on, entry_id, seq = date.fromisoformat(parts[0]), int(parts[1]), int(parts[2])
    except (ValueError, IndexError):
        return first, 0, 0
    place = on, min(max(entry_id, 0), 2**62), min(max(seq, 0), 2**31 - 1)
    return max(place, (first, 0, 0))


def _balance_until(account_id: int, place: tuple[date, int, int]) -> int:
    on, entry_id, seq = place
    return int(work.fetch(_UNTIL, [account_id, on, account_id, on, entry_id, seq])[0][0])


def entries_of(subject: str) -> list[EntryShown]:
    """Return the entries about something, such as “order:…”, oldest first. Costs: three queries."""
    return _shown(Entry.objects.filter(subject=subject).exclude(subject="").order_by("id"))


def get_entry(entry_id: int, agency_ids: Sequence[int]) -> EntryShown:
    """Return an entry that touches the book of one of these agencies. Raises: NoSuchEntry."""
    found = _shown(Entry.objects.filter(pk=entry_id))
    if not found or not any(leg.agency_id in agency_ids for leg in found[0].legs):
        raise NoSuchEntry("Không tìm thấy bút toán này trong sổ quỹ của cơ quan.")
    return found[0]


def find_entry(source: str, ref: str) -> EntryShown | None:
    """Find an entry by its source and number."""
    found = _shown(Entry.objects.filter(source=source, ref=ref))
    return found[0] if found else None


def _shown(rows: Any) -> list[EntryShown]:
    entries = list(rows)
    keys = [one.pk for one in entries]
    legs: dict[int, list[LegShown]] = {key: [] for key in keys}
    for entry_id, _, agency_id, kind, detail, vnd, account_id in work.fetch(_LEGS, [keys]):
        legs[entry_id].append(LegShown(account_id, agency_id, AccountKind(kind), detail, vnd))
    back = dict(Entry.objects.filter(reverses__in=keys).values_list("reverses_id", "id"))
    return [EntryShown(one, tuple(legs[one.pk]), back.get(one.pk)) for one in entries]


def closings_of(agency_id: int, *, most: int = 30) -> list[DayClosing]:
    """Return the latest days closed, newest first."""
    return list(DayClosing.objects.filter(agency_id=agency_id).order_by("-on")[:most])
