"""The open book of an agency that ended passes to its successor, account by account.

Source: docs/law/money.md
"""

from dataclasses import dataclass
from datetime import date, datetime

from motcua.casework.cashbook.choices import AccountKind, DrawerState, HandingState
from motcua.casework.cashbook.errors import BadHeir
from motcua.casework.cashbook.models import Book, BookHeir, Drawer, Handing, detail_of_unit
from motcua.casework.cashbook.permissions import check_keeper
from motcua.casework.cashbook.queries.books import Balance, balances
from motcua.casework.cashbook.queries.cash import held, open_drawers
from motcua.casework.cashbook.queries.heirs import heir_of
from motcua.casework.cashbook.rules.entries import EntryIn, Leg
from motcua.foundation.audit import api as audit
from motcua.foundation.organisation import api as organisation
from motcua.lib import work
from motcua.lib.actor import Actor
from motcua.lib.clock import local_day
from motcua.lib.text import tidy

from .posting import ALONE, Placed, book

PASSED_ON, EMPTIED = "cashbook.passed_on", "cashbook.emptied"
NEVER_AGAIN = date(9999, 12, 31)
_CREDITORS = """
SELECT a.agency_id, sum(d.debit_vnd - d.credit_vnd)::bigint
FROM cashbook_account a JOIN cashbook_accountday d ON d.account_id = a.id
WHERE a.kind = 'receivable' AND a.detail = %s AND a.agency_id <> ALL(%s::bigint[])
GROUP BY 1 HAVING sum(d.debit_vnd - d.credit_vnd) <> 0 ORDER BY 1
"""


@dataclass(frozen=True, slots=True)
class HeirIn:
    """Whose book passes to whom, by which decision; the desk that takes its cash, if any."""

    agency_id: int
    heir_id: int
    decision: str
    cash_unit_id: int | None = None


@work.story
def pass_on_book(given: HeirIn, *, by: Actor, at: datetime) -> BookHeir:
    """Pass the book of an agency that ended to its successor: one entry for each account.

    Cash in shifts nobody closed goes first to the safe, as the book has it; lists for the treasury
    that were not handed in are taken back. The old book stays to be read and never takes another
    entry: what is meant for it is booked with the heir.
    Raises: BadHeir, NotAllowed.
    """
    check_keeper(given.heir_id, by)
    decision = tidy(given.decision)[:200]
    _check(given, decision, local_day(at))
    work.fetch(ALONE, [given.agency_id])
    _end_shifts(given, decision, by=by, at=at)
    _take_lists_back(given.agency_id, decision, by=by, at=at)
    passed = _pass_accounts(given, decision, by=by, at=at)
    _rename_debts(given, decision, by=by, at=at)
    return _close(given, decision, passed, by=by, at=at)


def _check(given: HeirIn, decision: str, today: date) -> None:
    if not decision:
        raise BadHeir("Hãy ghi số, ngày quyết định về cơ quan kế tục.", field="decision")
    if heir_of(given.agency_id) is not None:
        raise BadHeir("Sổ của cơ quan này đã được chuyển rồi.")
    heirs = organisation.heirs_of_agency(given.agency_id, today)
    if given.agency_id in heirs:
        raise BadHeir("Cơ quan này còn hoạt động; sổ chỉ chuyển khi cơ quan đã kết thúc.")
    if given.heir_id not in heirs:
        raise BadHeir("Cơ quan nhận sổ không phải cơ quan kế tục đã ghi ở “Cơ quan, đơn vị”.")
    tree = organisation.tree()
    desk = given.cash_unit_id
    if desk is not None and tree.unit(desk).agency_id != given.heir_id:
        raise BadHeir("Quầy nhận tiền mặt phải của cơ quan kế tục.", field="cash_unit")


def _end_shifts(given: HeirIn, decision: str, *, by: Actor, at: datetime) -> None:
    reason = f"Cơ quan kết thúc ({decision}): tiền vào két theo sổ, chưa đếm lại"
    for one in open_drawers(given.agency_id):
        drawer = Drawer.objects.select_for_update().get(pk=one.pk)
        inside = held(drawer)
        if inside:
            out = Leg(AccountKind.DRAWER, given.agency_id, -inside, drawer.detail)
            into = Leg(AccountKind.DRAWER, given.agency_id, inside, drawer.detail)
            words = f"Ca thu {drawer.code}: {reason}"
            entry = EntryIn(EMPTIED, drawer.code, local_day(at), words, (out, into))
            book(entry, [(out, drawer.pk), (into, None)], by=by, at=at)
        drawer.state, drawer.closed_at, drawer.counted_at = DrawerState.CLOSED, at, at
        drawer.expected_vnd = drawer.counted_vnd = inside
        drawer.reason = reason[:500]
        drawer.save()


def _take_lists_back(agency_id: int, decision: str, *, by: Actor, at: datetime) -> None:
    """Take back lists the treasury has not taken: nothing of them was booked."""
    for made in Handing.objects.filter(agency_id=agency_id, state=HandingState.LISTED):
        made.state, made.reason = HandingState.TAKEN_BACK, f"Cơ quan kết thúc ({decision})"
        made.taken_back_by_name, made.taken_back_at = by.name, at
        made.save()


def _pass_accounts(given: HeirIn, decision: str, *, by: Actor, at: datetime) -> int:
    old, new = given.agency_id, given.heir_id
    between = (AccountKind.RECEIVABLE, f"agency:{new}")  # what passing on itself settles
    passing = [
        one
        for one in balances(old, local_day(at))
        if one.after_vnd and (one.kind, one.detail) != between
    ]
    names = f"từ {organisation.name_of_agency(old)} sang {organisation.name_of_agency(new)}"
    for one in passing:
        away = Leg(one.kind, old, -one.after_vnd, one.detail)
        here = Leg(one.kind, new, one.after_vnd, _detail_there(one, given))
        words = f"Chuyển “{one.kind.label}” {names} theo {decision}"
        entry = EntryIn(PASSED_ON, f"{one.account_id}", local_day(at), words, (away, here))
        placed: list[Placed] = [(away, None), (here, None)]
        book(entry, placed, by=by, at=at)
    return len(passing)


def _detail_there(one: Balance, given: HeirIn) -> str:
    """Return which account of the heir takes over: cash goes to a desk of the heir's own."""
    if one.kind != AccountKind.DRAWER:
        return one.detail
    if given.cash_unit_id is None:
        message = "Sổ còn tiền mặt tại quầy: hãy chọn quầy của cơ quan kế tục nhận tiền."
        raise BadHeir(message, field="cash_unit")
    return detail_of_unit(given.cash_unit_id)


def _rename_debts(given: HeirIn, decision: str, *, by: Actor, at: datetime) -> None:
    """Let other agencies' books name the heir as who owes them, or whom they owe."""
    old, new = given.agency_id, given.heir_id
    for other, vnd in work.fetch(_CREDITORS, [f"agency:{old}", [old, new]]):
        legs = (
            Leg(AccountKind.RECEIVABLE, other, -vnd, f"agency:{old}"),
            Leg(AccountKind.RECEIVABLE, other, vnd, f"agency:{new}"),
        )
        words = (
            f"Nghĩa vụ của {organisation.name_of_agency(old)} do"
            f" {organisation.name_of_agency(new)} kế tục theo {decision}"
        )
        entry = EntryIn(PASSED_ON, f"{old}:{other}", local_day(at), words, legs)
        book(entry, [(leg, None) for leg in legs], by=by, at=at)


def _close(given: HeirIn, decision: str, passed: int, *, by: Actor, at: datetime) -> BookHeir:
    heir = BookHeir(
        agency_id=given.agency_id,
        heir_id=given.heir_id,
        decision=decision,
        on=local_day(at),
        by_id=by.id,
        by_name=by.name,
        at=at,
    )
    heir.save(force_insert=True)
    Book.objects.update_or_create(agency_id=given.agency_id, defaults={"closed_until": NEVER_AGAIN})
    detail = {"to": given.heir_id, "decision": decision, "accounts": passed}
    audit.record("cashbook.pass_on", f"agency:{given.agency_id}", by=by, at=at, detail=detail)
    return heir
