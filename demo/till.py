"""Cash at the desks: shifts of the last working days, counted and closed, carried to the treasury.

At another commune yesterday's shift was left open, as it happens.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from motcua.casework.cashbook import api as cashbook
from motcua.casework.cashbook.api import CountIn, DepositIn, DrawerIn
from motcua.casework.dossiers import api as dossiers
from motcua.casework.dossiers.api import CertLine
from motcua.casework.payments import api as payments
from motcua.casework.receipts import api as receipts
from motcua.foundation.access import api as access
from motcua.foundation.organisation import api as organisation
from motcua.foundation.organisation.api import PostRole
from motcua.lib.actor import Actor
from motcua.lib.clock import local_day

from .applicants import invent
from .cast import Cast
from .contracts import ACCOUNT
from .moments import morning_before

WARD, FORGETFUL = "H18.101", "H18.135"
ACCOUNTANT = "H18.101.TV-01"
FIRST_STRANGER = 900
DAYS, DEPOSITED, ON_THE_WAY = 4, 3, 1  # so many working days ago
FLOAT: Mapping[int, int] = {20_000: 5, 10_000: 5, 5_000: 6, 2_000: 10}
SHORT, WHY_SHORT = 2, (1_000, "Trả lại nhầm tiền lẻ cho một người chứng thực.")
OPENED, CLOSED, COUNTED = 5, 8 * 60 + 20, 8 * 60 + 30  # minutes after eight
# What people had certified on each day: name of the paper, pages, copies.
CERTIFIED = (
    (("Căn cước", 2, 4), ("Bằng tốt nghiệp", 1, 10)),
    (("Giấy khai sinh", 1, 6), ("Giấy chứng nhận quyền sử dụng đất", 4, 3)),
    (("Học bạ", 20, 2), ("Căn cước", 2, 5), ("Sổ bảo hiểm xã hội", 3, 2)),
    (("Giấy phép lái xe", 2, 3), ("Bằng tốt nghiệp", 1, 5)),
)


@dataclass(frozen=True, slots=True)
class Desk:
    """A desk that takes cash, who sits there, and who keeps its agency's book (if anybody)."""

    unit_id: int
    agency_id: int
    cashier: Actor
    accountant: Actor | None = None


def live_cash_days(cast: Cast, now: datetime) -> int:
    """Live the latest cash days, unless a desk has some already; return how many that were."""
    ward, forgetful = _desk(cast, WARD, keeper(cast, now)), _desk(cast, FORGETFUL)
    if cashbook.desk_closings(ward.unit_id) or cashbook.drawer_of(forgetful.cashier):
        return 0
    for ago in range(DAYS, 0, -1):
        _live(ward, ago, now)
    _forget(forgetful, now)
    return DAYS


def keeper(cast: Cast, now: datetime) -> Actor:
    """Return the ward's accountant, who reaches the whole ward from where she sits."""
    account_id = cast.at_post(ACCOUNTANT).id
    return replace(access.actor_now(account_id, at=now).actor, is_silent=True)


def _desk(cast: Cast, code: str, accountant: Actor | None = None) -> Desk:
    unit = organisation.tree().unit_by_code(code)
    if unit is None:
        message = f"there is no desk {code}"
        raise LookupError(message)
    cashier = cast.in_unit(unit.id, PostRole.DESK_OFFICER)
    return Desk(unit.id, unit.agency_id, cashier, accountant)


def _live(desk: Desk, ago: int, now: datetime) -> None:
    """Live one day of the ward's desk: a shift, a count, a deposit, the book closed after it."""
    day = local_day(morning_before(now, ago, 0))
    drawer = cashbook.drawer_of(desk.cashier) or _open(desk, morning_before(now, ago, OPENED))
    _certify(desk, CERTIFIED[ago - 1], ago, now)
    held = cashbook.held(drawer)
    off, why = WHY_SHORT if ago == SHORT else (0, "")
    closed = morning_before(now, ago, CLOSED)
    count = CountIn(notes_of(held - off), why)
    cashbook.close_drawer(drawer.code, count, by=desk.cashier, at=closed)
    if ago in {DEPOSITED, ON_THE_WAY}:
        _deposit(desk, ago, closed + timedelta(minutes=3))
    safe = notes_of(cashbook.safe_of(desk.agency_id, desk.unit_id))
    counted = morning_before(now, ago, COUNTED)
    cashbook.close_desk(desk.unit_id, CountIn(safe), by=desk.cashier, at=counted)
    if desk.accountant is not None and ago > 1:  # yesterday's is hers to close today
        after = counted + timedelta(minutes=20)
        cashbook.close_day(desk.agency_id, day, by=desk.accountant, at=after)


def _open(desk: Desk, at: datetime) -> cashbook.Drawer:
    """Begin a shift with what the safe holds, or with small change at the very first."""
    safe = cashbook.safe_of(desk.agency_id, desk.unit_id)
    notes = notes_of(safe) if safe else FLOAT
    words = "" if safe else "Kế toán ứng tiền lẻ cho quầy"
    asked = DrawerIn(desk.unit_id, cashbook.sum_of(notes), notes, words)
    return cashbook.open_drawer(asked, by=desk.cashier, at=at)


def _certify(desk: Desk, papers: Sequence[tuple[str, int, int]], ago: int, now: datetime) -> None:
    """Certify copies for cash, an hour apart, each with its receipt."""
    for number, (name, pages, copies) in enumerate(papers):
        at = morning_before(now, ago, 60 * (number + 1))
        code = dossiers.certify_copies(
            [CertLine(name, pages, copies)],
            invent(FIRST_STRANGER + 10 * ago + number, "phường Điện Biên Phủ").name,
            desk_unit_id=desk.unit_id,
            by=desk.cashier,
            at=at,
            key=f"demo-cash-{desk.unit_id}-{local_day(at):%Y%m%d}-{number}",
        )
        for order in payments.orders_of(dossiers.subject_of(code)):
            receipts.issue_for(order.code, at=at)


def _deposit(desk: Desk, ago: int, at: datetime) -> None:
    """Carry the large notes to the treasury; the latest are still on their way."""
    notes = notes_of(cashbook.safe_of(desk.agency_id, desk.unit_id))
    large = {note: count for note, count in notes.items() if note >= max(notes)}
    made = cashbook.deposit(
        DepositIn(
            desk.unit_id, large, ACCOUNT.bank_name, ACCOUNT.number, ACCOUNT.holder, "Nộp phí"
        ),
        by=desk.cashier,
        at=at,
    )
    if ago != ON_THE_WAY:
        number = f"GNT-{local_day(at):%d%m}"
        cashbook.settle_deposit(
            made.code, slip_number=number, slip_on=local_day(at), by=desk.cashier, at=at
        )


def _forget(desk: Desk, now: datetime) -> None:
    """Leave a shift of yesterday open at another commune: nobody counted, nobody closed."""
    _open(desk, morning_before(now, 1, OPENED))
    _certify(desk, CERTIFIED[1], 1, now)


def notes_of(amount_vnd: int) -> dict[int, int]:
    """Return an amount in as few notes as can be."""
    notes = {}
    for note in cashbook.DENOMINATIONS:
        count, amount_vnd = divmod(amount_vnd, note)
        if count:
            notes[note] = count
    return notes
