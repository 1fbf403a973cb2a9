"""Read cash: whose drawer is open, what it holds, what the safe of a desk holds, what came in."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q

from motcua.casework.cashbook.choices import (
    AccountKind,
    DepositState,
    DrawerState,
    QuarterState,
)
from motcua.casework.cashbook.errors import NoSuchEntry
from motcua.casework.cashbook.models import (
    Deposit,
    DeskClosing,
    Difference,
    Drawer,
    QuarterClosing,
    detail_of_unit,
)
from motcua.lib import work
from motcua.lib.actor import Actor

MOST = 200
MANY = 50

_HELD = "SELECT coalesce(sum(amount_vnd), 0)::bigint FROM cashbook_entryleg WHERE drawer_id = %s"
# What lies in no open drawer is in the safe: closed drawers have given everything back.
_SAFE = """
SELECT (SELECT coalesce(sum(d.debit_vnd - d.credit_vnd), 0) FROM cashbook_account a
        JOIN cashbook_accountday d ON d.account_id = a.id
        WHERE a.agency_id = %s AND a.kind = %s AND a.detail = %s)::bigint
     - (SELECT coalesce(sum(l.amount_vnd), 0) FROM cashbook_drawer w
        JOIN cashbook_entryleg l ON l.drawer_id = w.id
        WHERE w.unit_id = %s AND w.agency_id = %s AND w.state <> %s)::bigint
"""
_TAKINGS = """
SELECT l.entry_id, l.seq, e.at, e.words, e.subject, e.source, e.by_name, l.amount_vnd
FROM cashbook_entryleg l JOIN cashbook_entry e ON e.id = l.entry_id
WHERE l.drawer_id = %s ORDER BY l.entry_id, l.seq LIMIT %s
"""
_MOVED = """
SELECT o.kind, o.source, sum(o.vnd)::bigint FROM (
  SELECT a2.kind, e.source, -l2.amount_vnd AS vnd
  FROM cashbook_account a
  JOIN cashbook_entryleg l ON l.account_id = a.id AND l."on" BETWEEN %s AND %s
  JOIN cashbook_entry e ON e.id = l.entry_id
  JOIN cashbook_entryleg l2 ON l2.entry_id = l.entry_id AND l2.account_id <> a.id
  JOIN cashbook_account a2 ON a2.id = l2.account_id AND a2.agency_id = a.agency_id
  WHERE a.agency_id = %s AND a.kind = %s AND a.detail = %s
  GROUP BY a2.kind, e.source, l2.entry_id, l2.seq, l2.amount_vnd
) o GROUP BY 1, 2 ORDER BY 1, 2
"""


@dataclass(frozen=True, slots=True)
class Taking:
    """Cash that came into a drawer, or left it."""

    entry_id: int
    seq: int
    at: datetime
    words: str
    subject: str
    source: str
    by_name: str
    amount_vnd: int


@dataclass(frozen=True, slots=True)
class Moved:
    """What a desk's cash moved against in a span of days: above zero it came in."""

    kind: AccountKind
    source: str
    amount_vnd: int


def drawer_of(actor: Actor) -> Drawer | None:
    """Return the drawer in which the actor takes cash now; None while it is being handed over."""
    return Drawer.objects.filter(cashier_id=actor.id, state=DrawerState.OPEN).first()


def shift_of(actor: Actor) -> Drawer | None:
    """Return the actor's shift, open or being handed over."""
    return Drawer.objects.filter(~Q(state=DrawerState.CLOSED), cashier_id=actor.id).first()


def shifts_offered_to(actor: Actor) -> list[Drawer]:
    """Return shifts that wait for the actor to take them over."""
    rows = Drawer.objects.filter(state=DrawerState.OFFERED, offered_to_id=actor.id)
    return list(rows.order_by("offered_at", "id"))


def held(drawer: Drawer) -> int:
    """Return what should be in a drawer."""
    return int(work.fetch(_HELD, [drawer.pk])[0][0])


def safe_of(agency_id: int, unit_id: int) -> int:
    """Return what should be in the desk's safe: its cash less what is in open drawers."""
    detail = detail_of_unit(unit_id)
    closed = DrawerState.CLOSED.value
    kind = AccountKind.DRAWER.value
    asked = [agency_id, kind, detail, unit_id, agency_id, closed]
    return int(work.fetch(_SAFE, asked)[0][0])


def cashier_name(account_id: int) -> str:
    """Return how a cashier was called in the latest shift."""
    names = Drawer.objects.filter(cashier_id=account_id).order_by("-id")
    return names.values_list("cashier_name", flat=True).first() or "người thu"


def takings_of(drawer: Drawer, *, most: int = MOST) -> list[Taking]:
    """Return what moved in a drawer, in order, at most so many. Costs: one query."""
    return [Taking(*row) for row in work.fetch(_TAKINGS, [drawer.pk, most])]


def moved_at(agency_id: int, unit_id: int, first: date, latest: date) -> list[Moved]:
    """Return against what a desk's cash moved in a span of days, by kind and source."""
    detail = detail_of_unit(unit_id)
    asked = [first, latest, agency_id, AccountKind.DRAWER.value, detail]
    return [
        Moved(AccountKind(kind), source, vnd) for kind, source, vnd in work.fetch(_MOVED, asked)
    ]


def drawers_of_unit(unit_id: int, *, before: int | None = None, most: int = MANY) -> list[Drawer]:
    """Return the shifts of a desk, newest first; `before` is the last one already shown."""
    rows = Drawer.objects.filter(unit_id=unit_id)
    if before is not None:
        rows = rows.filter(pk__lt=before)
    return list(rows.order_by("-id")[:most])


def open_drawers(agency_id: int, unit_id: int | None = None) -> list[Drawer]:
    """Return the shifts not yet closed of an agency, or of one desk."""
    rows = Drawer.objects.filter(~Q(state=DrawerState.CLOSED), agency_id=agency_id)
    if unit_id is not None:
        rows = rows.filter(unit_id=unit_id)
    return list(rows.order_by("id"))


def get_drawer(code: str, unit_ids: Sequence[int]) -> Drawer:
    """Return a shift of one of these desks. Raises: NoSuchEntry."""
    found = Drawer.objects.filter(code=code, unit_id__in=unit_ids).first()
    if found is None:
        raise NoSuchEntry("Không tìm thấy ca thu này.")
    return found


def get_deposit(code: str, unit_ids: Sequence[int]) -> Deposit:
    """Return a deposit of one of these desks. Raises: NoSuchEntry."""
    found = Deposit.objects.filter(code=code, unit_id__in=unit_ids).first()
    if found is None:
        raise NoSuchEntry("Không tìm thấy lần nộp tiền này.")
    return found


def deposits_of_unit(unit_id: int, *, most: int = MANY) -> list[Deposit]:
    """Return the deposits of a desk, newest first."""
    return list(Deposit.objects.filter(unit_id=unit_id).order_by("-made_at", "-id")[:most])


def deposits_on_the_way(agency_id: int) -> list[Deposit]:
    """Return the deposits of an agency that have no slip yet, oldest first."""
    rows = Deposit.objects.filter(agency_id=agency_id, state=DepositState.ON_THE_WAY)
    return list(rows.order_by("made_at", "id"))


def latest_deposit(unit_id: int) -> Deposit | None:
    """Return where the desk brought its cash the latest time."""
    return Deposit.objects.filter(unit_id=unit_id).order_by("-made_at", "-id").first()


def desk_closings(unit_id: int, *, most: int = MANY) -> list[DeskClosing]:
    """Return the cash days a desk has closed, newest first."""
    return list(DeskClosing.objects.filter(unit_id=unit_id).order_by("-on")[:most])


def desk_closing_on(unit_id: int, on: date) -> DeskClosing | None:
    """Find how a desk closed its cash day."""
    return DeskClosing.objects.filter(unit_id=unit_id, on=on).first()


def differences_of(
    agency_id: int, *, open_only: bool = False, most: int = MANY
) -> list[Difference]:
    """Return what was counted more or less, newest first."""
    rows = Difference.objects.filter(agency_id=agency_id)
    if open_only:
        rows = rows.filter(explained_at__isnull=True)
    return list(rows.order_by("-at", "-id")[:most])


def get_difference(difference_id: int, agency_ids: Sequence[int]) -> Difference:
    """Return a difference of one of these agencies. Raises: NoSuchEntry."""
    found = Difference.objects.filter(pk=difference_id, agency_id__in=agency_ids).first()
    if found is None:
        raise NoSuchEntry("Không tìm thấy khoản chênh lệch này.")
    return found


def quarters_of(agency_id: int, *, most: int = MANY) -> list[QuarterClosing]:
    """Return the minutes of quarters of an agency's desks, newest first."""
    rows = QuarterClosing.objects.filter(agency_id=agency_id)
    return list(rows.order_by("-year", "-number", "-id")[:most])


def get_quarter(closing_id: int, agency_ids: Sequence[int]) -> QuarterClosing:
    """Return the minutes of a quarter of one of these agencies. Raises: NoSuchEntry."""
    found = QuarterClosing.objects.filter(pk=closing_id, agency_id__in=agency_ids).first()
    if found is None:
        raise NoSuchEntry("Không tìm thấy biên bản đối soát này.")
    return found


def waiting_quarter(closing_id: int) -> QuarterClosing | None:
    """Return minutes that wait for the accountant, locked."""
    rows = QuarterClosing.objects.select_for_update()
    return rows.filter(pk=closing_id, state=QuarterState.PROPOSED).first()
