"""Hand fees and charges on to the budget: a list for the treasury first, then its slip.

Source: docs/law/money.md
"""

from dataclasses import dataclass
from datetime import date, datetime

from motcua.casework.cashbook.choices import AccountKind, HandingState
from motcua.casework.cashbook.errors import BadHanding, HandingMoved, NotEnoughCash
from motcua.casework.cashbook.models import Handing
from motcua.casework.cashbook.permissions import check_keeper
from motcua.casework.cashbook.queries.books import balance
from motcua.casework.cashbook.queries.handing import HANDED_ON, Due, due_to_budget
from motcua.casework.cashbook.rules.entries import EntryIn, Leg
from motcua.foundation.audit import api as audit
from motcua.foundation.numbering import api as numbering
from motcua.lib import work
from motcua.lib.actor import Actor
from motcua.lib.clock import local_day
from motcua.lib.money import in_dong
from motcua.lib.text import tidy

from .posting import post, reverse

_ONE_LIST_AT_A_TIME = "SELECT pg_advisory_xact_lock(5161, %s::bigint::int)"
_GONE = "Bảng kê này đã được xử lý rồi; hãy mở lại trang."


@dataclass(frozen=True, slots=True)
class HandingIn:
    """What is to be listed: collected until which day, out of which account, into which.

    `names` says what the procedures are called that the money was collected for.
    """

    agency_id: int
    until_on: date
    account_number: str
    treasury: str
    budget_account: str
    chapter: str = ""
    names: tuple[tuple[str, str], ...] = ()


@work.story
def list_handing(asked: HandingIn, *, by: Actor, at: datetime) -> Handing:
    """Make the list of what goes to the budget; nothing is booked before the treasury's slip.

    Raises: BadHanding, NotEnoughCash, NotAllowed.
    """
    check_keeper(asked.agency_id, by)
    _check_asked(asked, local_day(at))
    work.fetch(_ONE_LIST_AT_A_TIME, [asked.agency_id])
    due = due_to_budget(asked.agency_id, asked.until_on, local_day(at))
    _check_due(asked, due)
    made = _made(asked, due, by=by, at=at)
    made.save(force_insert=True)
    _note("cashbook.list_handing", made, by=by, at=at)
    return made


def _check_asked(asked: HandingIn, today: date) -> None:
    if asked.until_on > today:
        raise BadHanding("Chưa đến ngày ấy; hãy chọn hôm nay hoặc ngày trước.", field="until_on")
    if not asked.treasury.strip():
        raise BadHanding("Hãy ghi kho bạc nơi nộp.", field="treasury")
    if not asked.budget_account.strip():
        raise BadHanding("Hãy ghi số tài khoản thu ngân sách.", field="budget_account")


def _check_due(asked: HandingIn, due: Due) -> None:
    if due.handed_vnd <= 0:
        message = f"Đến hết ngày {asked.until_on:%d/%m/%Y} không còn khoản nào phải nộp ngân sách."
        raise BadHanding(message, field="until_on")
    there = balance(
        AccountKind.BANK, asked.agency_id, detail=f"account:{asked.account_number.strip()}"
    )
    if due.handed_vnd > there:
        message = (
            f"Theo sổ, tài khoản {asked.account_number} chỉ có {in_dong(max(there, 0))}, phải nộp"
            f" {in_dong(due.handed_vnd)}: hãy nộp tiền mặt của quầy, nạp sao kê để tiền đang chuyển"
            " về tài khoản, hoặc chọn ngày sớm hơn."
        )
        raise NotEnoughCash(message, field="account_number")


def _made(asked: HandingIn, due: Due, *, by: Actor, at: datetime) -> Handing:
    year = local_day(at).year
    number = numbering.allocate_number(numbering.series_of_year("cashbook.handing", "", year))
    names = dict(asked.names)
    return Handing(
        code=f"NS{year % 100:02d}-{number:06d}",
        agency_id=asked.agency_id,
        state=HandingState.LISTED,
        until_on=asked.until_on,
        account_number=asked.account_number.strip()[:40],
        treasury=tidy(asked.treasury)[:200],
        budget_account=asked.budget_account.strip()[:40],
        chapter=asked.chapter.strip()[:10],
        lines=[
            {
                "kind": str(line.kind),
                "procedure": line.procedure_code,
                "name": names.get(line.procedure_code, ""),
                "collected_vnd": line.collected_vnd,
                "kept_vnd": line.kept_vnd,
                "handed_vnd": line.handed_vnd,
            }
            for line in due.lines
        ],
        collected_vnd=due.collected_vnd,
        kept_vnd=due.kept_vnd,
        handed_vnd=due.handed_vnd,
        made_by_id=by.id,
        made_by_name=by.name,
        made_at=at,
    )


@work.story
def settle_handing(
    code: str, *, slip_number: str, slip_on: date, by: Actor, at: datetime
) -> Handing:
    """Enter the treasury's slip: the money has left the account. The same slip again is no change.

    Raises: HandingMoved, BadHanding, NotAllowed.
    """
    made = _lock(code, by)
    slip = tidy(slip_number)[:60]
    if made.state == HandingState.DONE and (made.slip_number, made.slip_on) == (slip, slip_on):
        return made
    if made.state != HandingState.LISTED:
        raise HandingMoved(_GONE)
    _check_slip(made, slip, slip_on, local_day(at))
    made.state, made.slip_number, made.slip_on = HandingState.DONE, slip, slip_on
    made.settled_by_name, made.settled_at = by.name, at
    made.save()
    words = f"Nộp ngân sách {made.code} tại {made.treasury}, giấy nộp tiền số {slip}"
    entry = EntryIn(HANDED_ON, made.code, slip_on, words, _legs(made), f"handing:{made.code}")
    post(entry, by=by, at=at)
    _note("cashbook.settle_handing", made, by=by, at=at)
    return made


def _legs(made: Handing) -> tuple[Leg, ...]:
    agency_id, bank = made.agency_id, f"account:{made.account_number}"
    legs = [Leg(AccountKind.BANK, agency_id, -made.handed_vnd, bank)]
    for line in made.lines:
        kind, which = AccountKind(line["kind"]), line["procedure"]
        legs.append(Leg(kind, agency_id, line["collected_vnd"], which))
        legs.append(Leg(AccountKind.KEPT, agency_id, -line["kept_vnd"], which))
    return tuple(leg for leg in legs if leg.amount_vnd)


def _check_slip(made: Handing, slip: str, slip_on: date, today: date) -> None:
    if not slip:
        raise BadHanding("Hãy ghi số giấy nộp tiền vào ngân sách.", field="slip_number")
    if not local_day(made.made_at) <= slip_on <= today:
        message = "Ngày trên giấy nộp tiền phải từ ngày lập bảng kê đến hôm nay."
        raise BadHanding(message, field="slip_on")
    same = Handing.objects.filter(
        agency_id=made.agency_id,
        treasury=made.treasury,
        slip_number=slip,
        state=HandingState.DONE,
    ).first()
    if same is not None:
        message = f"Giấy nộp tiền số {slip} đã được ghi cho bảng kê {same.code}."
        raise BadHanding(message, field="slip_number")


@work.story
def take_handing_back(code: str, *, reason: str, by: Actor, at: datetime) -> Handing:
    """Take a list back that was not handed in, or that the treasury did not take after all.

    What was booked is booked the other way round; both stay to be seen.
    Raises: HandingMoved, BadHanding, NotAllowed.
    """
    made = _lock(code, by)
    if made.state == HandingState.TAKEN_BACK:
        raise HandingMoved(_GONE)
    if not reason.strip():
        raise BadHanding("Hãy ghi lý do rút lại.", field="reason")
    was_booked = made.state == HandingState.DONE
    made.state, made.reason = HandingState.TAKEN_BACK, tidy(reason)[:500]
    made.taken_back_by_name, made.taken_back_at = by.name, at
    made.save()
    if was_booked:
        words = f"Rút lại bảng kê nộp ngân sách {made.code}: {made.reason}"
        reverse(HANDED_ON, made.code, words=words, by=by, at=at)
    _note("cashbook.take_handing_back", made, by=by, at=at)
    return made


def _lock(code: str, by: Actor) -> Handing:
    made = Handing.objects.select_for_update().filter(code=code).first()
    if made is None:
        raise HandingMoved("Không tìm thấy bảng kê nộp ngân sách này.")
    check_keeper(made.agency_id, by)
    work.fetch(_ONE_LIST_AT_A_TIME, [made.agency_id])
    return made


def _note(action: str, made: Handing, *, by: Actor, at: datetime) -> None:
    detail = {"vnd": made.handed_vnd, "slip": made.slip_number}
    audit.record(action, f"handing:{made.code}", by=by, at=at, detail=detail)
