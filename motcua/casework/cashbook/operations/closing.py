"""Close cash days of desks, days of books, quarters between desk and unit.

Source: docs/law/money.md
"""

from datetime import date, datetime
from typing import Any

from motcua.casework.cashbook.choices import AccountKind, QuarterState
from motcua.casework.cashbook.errors import BadCount, DayNotReady, DrawerMoved
from motcua.casework.cashbook.models import (
    Book,
    DayClosing,
    DeskClosing,
    Entry,
    QuarterClosing,
    detail_of_unit,
)
from motcua.casework.cashbook.permissions import check_cashier, check_keeper
from motcua.casework.cashbook.queries.books import balance, balances
from motcua.casework.cashbook.queries.cash import (
    desk_closing_on,
    moved_at,
    open_drawers,
    safe_of,
    waiting_quarter,
)
from motcua.casework.cashbook.queries.handing import handed_in
from motcua.casework.cashbook.rules.entries import EntryIn, Leg
from motcua.casework.cashbook.rules.notes import kept_notes, sum_of
from motcua.casework.cashbook.rules.quarters import Quarter
from motcua.casework.cashbook.rules.words import signed
from motcua.foundation.access.api import Power
from motcua.foundation.audit import api as audit
from motcua.foundation.organisation import api as organisation
from motcua.lib import work
from motcua.lib.actor import Actor
from motcua.lib.clock import local_day
from motcua.lib.errors import BadInput, NotAllowed

from .drawers import NO_REASON, CountIn, Place, difference_at, lock_desk
from .posting import ALONE, DAY, book, closed_until

COUNTING = "cashbook.counting"

_DESKS_TO_CLOSE = """
SELECT a.detail, max(d."on") FROM cashbook_account a
JOIN cashbook_accountday d ON d.account_id = a.id
WHERE a.agency_id = %s AND a.kind = 'drawer' AND d."on" > %s AND d."on" <= %s
GROUP BY 1 ORDER BY 1
"""
_FIRST_DAY = date(1, 1, 1)


@work.story
def close_desk(unit_id: int, count: CountIn, *, by: Actor, at: datetime) -> DeskClosing:
    """Close today's cash day of a desk: every drawer closed, the safe counted.

    Covers earlier days nobody closed. A difference goes into SUSPENSE with its reason.
    Raises: DayNotReady, BadCount, DrawerMoved, NotAllowed.
    """
    check_cashier(unit_id, by)
    lock_desk(unit_id)
    place = Place(organisation.tree().unit(unit_id).agency_id, unit_id)
    on = local_day(at)
    _check_desk_ready(place, on)
    counted, expected = sum_of(count.notes), safe_of(place.agency_id, unit_id)
    if counted != expected and not count.reason.strip():
        raise BadCount(NO_REASON.format(off=signed(counted - expected)), field="reason")
    closing = DeskClosing(
        unit_id=unit_id,
        agency_id=place.agency_id,
        on=on,
        expected_vnd=expected,
        counted_vnd=counted,
        notes=kept_notes(count.notes),
        reason=count.reason.strip()[:500] if counted != expected else "",
        by_id=by.id,
        by_name=by.name,
        at=at,
        figures=figures_of(place, on, on),
    )
    if counted != expected:
        _put_apart(place, counted - expected, count.reason, by=by, at=at)
    work.add(closing)
    audit.record("cashbook.close_desk", f"unit:{unit_id}", by=by, at=at, detail={"vnd": counted})
    return closing


def _check_desk_ready(place: Place, on: date) -> None:
    if desk_closing_on(place.unit_id, on):
        raise DrawerMoved("Quầy đã chốt quỹ hôm nay rồi.")
    still_open = open_drawers(place.agency_id, place.unit_id)
    if still_open:
        names = ", ".join(f"{one.cashier_name} ({one.code})" for one in still_open)
        raise DayNotReady(f"Chưa chốt quỹ được: ca thu của {names} chưa đóng.")


def _put_apart(place: Place, off: int, reason: str, *, by: Actor, at: datetime) -> Entry:
    cash = Leg(AccountKind.DRAWER, place.agency_id, off, detail_of_unit(place.unit_id))
    waits = Leg(AccountKind.SUSPENSE, place.agency_id, -off, detail_of_unit(place.unit_id))
    on = local_day(at)
    words = f"Kiểm két cuối ngày {on:%d/%m/%Y}: {signed(off)}"
    asked = EntryIn(COUNTING, f"{place.unit_id}:{on.isoformat()}", on, words, (cash, waits))
    entry = book(asked, [(cash, None), (waits, None)], by=by, at=at)
    work.add(difference_at(place, off, entry, reason, by=by, at=at))
    return entry


def figures_of(place: Place, first: date, latest: date) -> dict[str, Any]:
    """Return what a desk's cash held before a span of days, what moved against what, what after.

    Shape: {"before_vnd": int, "moved": [[kind, source, vnd], …], "after_vnd": int}
    """
    kind, detail = AccountKind.DRAWER, detail_of_unit(place.unit_id)
    before = balance(kind, place.agency_id, detail=detail, on=first - DAY)
    moved = moved_at(place.agency_id, place.unit_id, first, latest)
    return {
        "before_vnd": before,
        "moved": [[one.kind.value, one.source, one.amount_vnd] for one in moved],
        "after_vnd": balance(kind, place.agency_id, detail=detail, on=latest),
    }


@work.story
def close_day(agency_id: int, on: date, *, by: Actor, at: datetime) -> DayClosing:
    """Close an agency's book up to a day: what comes later is booked on the next day.

    Every desk that moved cash must have closed its cash day. Nobody posts meanwhile.
    Raises: DayNotReady, NotAllowed.
    """
    check_keeper(agency_id, by)
    work.fetch(ALONE, [agency_id])
    before = closed_until(agency_id)
    if before is not None and on <= before:
        raise DayNotReady(f"Sổ đã khóa đến hết ngày {before:%d/%m/%Y}.")
    if on > local_day(at):
        raise DayNotReady("Chưa đến ngày ấy nên chưa khóa sổ được.")
    _check_desks_closed(agency_id, before, on)
    figures = [
        [one.kind.value, one.detail, one.before_vnd, one.debit_vnd, one.credit_vnd]
        for one in balances(agency_id, on)
    ]
    closing = DayClosing(
        agency_id=agency_id, on=on, by_id=by.id, by_name=by.name, at=at, figures=figures
    )
    closing.save(force_insert=True)
    Book.objects.update_or_create(agency_id=agency_id, defaults={"closed_until": on})
    audit.record(
        "cashbook.close_day", f"agency:{agency_id}", by=by, at=at, detail={"on": on.isoformat()}
    )
    return closing


def _check_desks_closed(agency_id: int, before: date | None, on: date) -> None:
    if still_open := [one for one in open_drawers(agency_id) if local_day(one.opened_at) <= on]:
        names = ", ".join(f"{one.cashier_name} ({one.code})" for one in still_open)
        raise DayNotReady(f"Chưa khóa sổ được: ca thu của {names} chưa đóng.")
    rows = work.fetch(_DESKS_TO_CLOSE, [agency_id, before or _FIRST_DAY, on])
    moved = [(int(detail.partition(":")[2]), day) for detail, day in rows]
    late = [
        f"{organisation.name_of_unit(unit_id, on=day)} ({day:%d/%m/%Y})"
        for unit_id, day in moved
        if not DeskClosing.objects.filter(unit_id=unit_id, on__gte=day).exists()
    ]
    if late:
        raise DayNotReady("Chưa khóa sổ được: còn quầy chưa chốt quỹ – " + "; ".join(late) + ".")


@work.story
def close_quarter(unit_id: int, quarter: Quarter, *, by: Actor, at: datetime) -> QuarterClosing:
    """Propose the minutes of a quarter between a desk and its unit; the accountant confirms.

    The book must be closed to the quarter's end, so that the figures stay.
    Raises: DayNotReady, NotAllowed.
    """
    place = Place(organisation.tree().unit(unit_id).agency_id, unit_id)
    if not by.can(Power.TAKE_CASH, unit_id=unit_id):
        check_keeper(place.agency_id, by)
    lock_desk(unit_id)
    _check_quarter(place, quarter)
    made = QuarterClosing(
        unit_id=unit_id,
        agency_id=place.agency_id,
        year=quarter.year,
        number=quarter.number,
        state=QuarterState.PROPOSED,
        figures={
            **figures_of(place, quarter.first, quarter.latest),
            **_to_budget(place.agency_id, quarter),
        },
        proposed_by_id=by.id,
        proposed_by_name=by.name,
        proposed_at=at,
    )
    made.save(force_insert=True)
    _note_quarter("cashbook.close_quarter", made, by=by, at=at)
    return made


def _to_budget(agency_id: int, quarter: Quarter) -> dict[str, int]:
    """Return what the whole agency handed on to the budget in a quarter, and what it kept."""
    made = handed_in(agency_id, quarter.first, quarter.latest)
    return {
        "handed_vnd": sum(one.handed_vnd for one in made),
        "kept_vnd": sum(one.kept_vnd for one in made),
    }


def _check_quarter(place: Place, quarter: Quarter) -> None:
    closed = closed_until(place.agency_id)
    if closed is None or closed < quarter.latest:
        message = (
            f"Chưa đối soát {quarter.words} được: kế toán chưa khóa sổ đến hết ngày"
            f" {quarter.latest:%d/%m/%Y}."
        )
        raise DayNotReady(message)
    same = QuarterClosing.objects.filter(
        unit_id=place.unit_id, year=quarter.year, number=quarter.number
    ).exclude(state=QuarterState.RETURNED)
    if same.exists():
        raise DayNotReady(f"Biên bản đối soát {quarter.words} của quầy này đã lập rồi.")


@work.story
def decide_quarter(
    closing_id: int, *, confirm: bool, note: str = "", by: Actor, at: datetime
) -> QuarterClosing:
    """Confirm the minutes of a quarter, or return them with a note; never by who proposed them.

    Raises: DrawerMoved, BadInput, NotAllowed.
    """
    made = waiting_quarter(closing_id)
    if made is None:
        raise DrawerMoved("Biên bản này không còn chờ xác nhận.")
    check_keeper(made.agency_id, by)
    if made.proposed_by_id == by.id:
        raise NotAllowed("Người lập biên bản không tự xác nhận; cần người thứ hai.")
    if not confirm and not note.strip():
        raise BadInput("Hãy ghi lý do trả lại.", field="note")
    made.state = QuarterState.CONFIRMED if confirm else QuarterState.RETURNED
    made.decided_by_name, made.decided_at, made.note = by.name, at, note.strip()[:500]
    made.save()
    _note_quarter(f"cashbook.quarter_{made.state}", made, by=by, at=at)
    return made


def _note_quarter(action: str, made: QuarterClosing, *, by: Actor, at: datetime) -> None:
    detail = {"quarter": f"{made.number}/{made.year}"}
    audit.record(action, f"unit:{made.unit_id}", by=by, at=at, detail=detail)
