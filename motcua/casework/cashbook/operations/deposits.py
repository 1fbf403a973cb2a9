"""Carry a desk's cash to a bank or the treasury: a list of notes first, then the bank's slip.

Source: docs/law/money.md
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from motcua.casework.cashbook.choices import AccountKind, DepositState, DrawerState
from motcua.casework.cashbook.errors import BadCount, DrawerMoved, NotEnoughCash
from motcua.casework.cashbook.models import Deposit, Drawer, detail_of_unit
from motcua.casework.cashbook.permissions import can_keep, check_cashier
from motcua.casework.cashbook.queries.cash import held, safe_of
from motcua.casework.cashbook.rules.entries import EntryIn, Leg
from motcua.casework.cashbook.rules.notes import kept_notes, sum_of
from motcua.foundation.audit import api as audit
from motcua.foundation.numbering import api as numbering
from motcua.foundation.organisation import api as organisation
from motcua.lib import work
from motcua.lib.actor import Actor
from motcua.lib.clock import local_day
from motcua.lib.errors import BadInput
from motcua.lib.money import in_dong

from .drawers import lock_desk
from .posting import book, post, reverse

CARRYING, DEPOSITED = "cashbook.carrying", "cashbook.deposited"
ON_THE_WAY = "deposit"  # which account of the kind CLEARING


@dataclass(frozen=True, slots=True)
class DepositIn:
    """Notes to be carried to a bank or the treasury, out of the own drawer or the safe."""

    unit_id: int
    notes: Mapping[int, int]
    bank: str
    account_number: str
    account_name: str = ""
    words: str = ""
    from_drawer: bool = False


@work.story
def deposit(asked: DepositIn, *, by: Actor, at: datetime) -> Deposit:
    """Take counted notes out of the safe (or the own drawer) for the way to the bank.

    Raises: BadCount, NotEnoughCash, DrawerMoved, NotAllowed.
    """
    check_cashier(asked.unit_id, by)
    amount = sum_of(asked.notes)
    _check_asked(asked, amount)
    agency_id = organisation.tree().unit(asked.unit_id).agency_id
    drawer = _lock_source(asked, by)
    _check_there(agency_id, asked.unit_id, amount, drawer)
    made = _made(asked, agency_id, amount, by=by, at=at)
    made.save(force_insert=True)
    cash = Leg(AccountKind.DRAWER, agency_id, -amount, detail_of_unit(asked.unit_id))
    way = Leg(AccountKind.CLEARING, agency_id, amount, ON_THE_WAY)
    words = f"Mang tiền đi nộp theo bảng kê {made.code}"
    entry = EntryIn(CARRYING, made.code, local_day(at), words, (cash, way), f"deposit:{made.code}")
    book(entry, [(cash, drawer.pk if drawer else None), (way, None)], by=by, at=at)
    audit.record("cashbook.deposit", f"deposit:{made.code}", by=by, at=at, detail={"vnd": amount})
    return made


def _check_asked(asked: DepositIn, amount: int) -> None:
    if not amount:
        raise BadCount("Hãy ghi số tờ tiền mang đi nộp.", field="notes")
    if not asked.bank.strip():
        raise BadInput("Hãy ghi ngân hàng hoặc kho bạc nơi nộp.", field="bank")
    if not asked.account_number.strip():
        raise BadInput("Hãy ghi số tài khoản nhận tiền.", field="account_number")


def _lock_source(asked: DepositIn, by: Actor) -> Drawer | None:
    drawer = None
    if asked.from_drawer:
        rows = Drawer.objects.select_for_update().filter(state=DrawerState.OPEN)
        drawer = rows.filter(cashier_id=by.id, unit_id=asked.unit_id).first()
        if drawer is None:
            raise DrawerMoved("Ông/bà không có ca thu đang mở tại quầy này.")
    lock_desk(asked.unit_id)
    return drawer


def _check_there(agency_id: int, unit_id: int, amount: int, drawer: Drawer | None) -> None:
    there = held(drawer) if drawer else safe_of(agency_id, unit_id)
    if amount > there:
        where = "ngăn thu" if drawer else "két của quầy"
        message = f"Theo sổ, {where} chỉ có {in_dong(there)}; không thể nộp {in_dong(amount)}."
        raise NotEnoughCash(message, field="notes")


def _made(asked: DepositIn, agency_id: int, amount: int, *, by: Actor, at: datetime) -> Deposit:
    year = local_day(at).year
    number = numbering.allocate_number(numbering.series_of_year("cashbook.deposit", "", year))
    return Deposit(
        code=f"NT{year % 100:02d}-{number:06d}",
        unit_id=asked.unit_id,
        agency_id=agency_id,
        state=DepositState.ON_THE_WAY,
        amount_vnd=amount,
        notes=kept_notes(asked.notes),
        bank=asked.bank.strip()[:200],
        account_number=asked.account_number.strip()[:40],
        account_name=asked.account_name.strip()[:200],
        words=(asked.words.strip() or "Nộp tiền thu phí, lệ phí")[:300],
        made_by_id=by.id,
        made_by_name=by.name,
        made_at=at,
    )


@work.story
def settle_deposit(
    code: str, *, slip_number: str, slip_on: date, by: Actor, at: datetime
) -> Deposit:
    """Enter the slip of the bank or treasury: the money is in the account now.

    Raises: DrawerMoved, BadInput, NotAllowed.
    """
    made = _lock(code, by)
    slip = slip_number.strip()[:60]
    _check_slip(made, slip, slip_on, local_day(at))
    made.state, made.slip_number, made.slip_on = DepositState.DONE, slip, slip_on
    made.settled_by_name, made.settled_at = by.name, at
    made.save()
    legs = (
        Leg(AccountKind.BANK, made.agency_id, made.amount_vnd, f"account:{made.account_number}"),
        Leg(AccountKind.CLEARING, made.agency_id, -made.amount_vnd, ON_THE_WAY),
    )
    words = f"Nộp tiền {made.code} tại {made.bank}, giấy nộp tiền số {slip}"
    post(EntryIn(DEPOSITED, made.code, slip_on, words, legs, f"deposit:{made.code}"), by=by, at=at)
    audit.record(
        "cashbook.settle_deposit", f"deposit:{made.code}", by=by, at=at, detail={"slip": slip}
    )
    return made


def _check_slip(made: Deposit, slip: str, slip_on: date, today: date) -> None:
    if not slip:
        raise BadInput("Hãy ghi số giấy nộp tiền.", field="slip_number")
    if not local_day(made.made_at) <= slip_on <= today:
        raise BadInput(
            "Ngày trên giấy nộp tiền phải từ ngày lập bảng kê đến hôm nay.", field="slip_on"
        )
    same = Deposit.objects.filter(
        agency_id=made.agency_id, bank=made.bank, slip_number=slip, state=DepositState.DONE
    ).first()
    if same is not None:
        message = f"Giấy nộp tiền số {slip} đã được ghi cho lần nộp {same.code}."
        raise BadInput(message, field="slip_number")


@work.story
def take_deposit_back(code: str, *, reason: str, by: Actor, at: datetime) -> Deposit:
    """Put the money back: into the open drawer of who brings it, or else the safe.

    Raises: DrawerMoved, BadInput, NotAllowed.
    """
    made = _lock(code, by)
    if not reason.strip():
        raise BadInput("Hãy ghi lý do không nộp được.", field="reason")
    made.state, made.reason = DepositState.TAKEN_BACK, reason.strip()[:500]
    made.settled_by_name, made.settled_at = by.name, at
    made.save()
    words = f"Mang tiền về, không nộp được {made.code}: {made.reason}"
    reverse(CARRYING, made.code, words=words, by=by, at=at)
    audit.record("cashbook.take_deposit_back", f"deposit:{made.code}", by=by, at=at)
    return made


def _lock(code: str, by: Actor) -> Deposit:
    rows = Deposit.objects.select_for_update()
    made = rows.filter(code=code, state=DepositState.ON_THE_WAY).first()
    if made is None:
        raise DrawerMoved("Lần nộp tiền này đã được ghi nhận rồi; hãy mở lại trang.")
    if not can_keep(made.agency_id, by):
        check_cashier(made.unit_id, by)
    lock_desk(made.unit_id)
    return made
