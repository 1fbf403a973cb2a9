"""People of the partners who collect in the demo province, their parcels, the month they settle."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from motcua.casework.contracts import api as contracts
from motcua.casework.payments import api as payments
from motcua.casework.payments.api import LineIn, LineKind, OrderIn, ParcelIn, Payer
from motcua.foundation.access import api as access
from motcua.foundation.identity import api as identity
from motcua.foundation.organisation import api as organisation
from motcua.lib.actor import Actor
from motcua.lib.clock import local_day

from .accounts import ADMINISTRATOR, DESK_OF_THE_WARD, PASSWORD, protect
from .cast import Cast

DAY = timedelta(days=1)
COPY_VND = 2_000


@dataclass(frozen=True, slots=True)
class Collector:
    """Somebody of a partner one can sign in as."""

    username: str
    name: str
    partner: str
    place: str
    tries: str


POST = Collector(
    "buudien",
    "Lường Thị Thúy",
    "buu-dien",
    "Bưu điện tỉnh",
    "báo đã thu COD, nộp tiền, đồng ý quyết toán (mã 6 số)",
)
GATEWAY = Collector(
    "vnpay",
    "Nguyễn Đức Mạnh",
    "vnpay",
    "VNPAY",
    "giao dịch của mình, báo cáo ngày, quyết toán (mã 6 số)",
)
COLLECTORS = (POST, GATEWAY)


@dataclass(frozen=True, slots=True)
class Parcel:
    """An item of certified copies: how long ago it went, and on which day after it was paid."""

    number: str
    name: str
    address: str
    copies: int
    days_ago: int
    paid_after: int | None = None
    is_returned: bool = False


PARCELS = (
    Parcel("CB100000017VN", "Quàng Văn Tiến", "Bản Huổi Phạ, phường Điện Biên Phủ", 60, 44, 2),
    Parcel("CB100000025VN", "Lò Thị Mai", "Tổ dân phố 9, phường Mường Thanh", 120, 41, 1),
    Parcel("CB100000034VN", "Cà Văn Hặc", "Bản Na Tấu, xã Nà Tấu", 45, 38, 3),
    Parcel("CB100000048VN", "Giàng A Sử", "Bản Pú Nhung, xã Pú Nhung", 50, 9, 2),
    Parcel(
        "CB100000051VN",
        "Vừ Thị Dua",
        "Bản Tìa Dình, xã Tìa Dình",
        40,
        8,
        paid_after=6,
        is_returned=True,
    ),
    Parcel("CB100000065VN", "Tòng Thị Inh", "Bản Mển, xã Thanh Nưa", 100, 2),
    Parcel("CB100000079VN", "Lường Văn Pâng", "Bản Co Củ, xã Thanh Yên", 70, 1),
)


def open_people(*, by: Actor, at: datetime) -> None:
    """Open what accounts are missing; a second time does nothing."""
    for one in COLLECTORS:
        if identity.find_account(one.username) is None:
            facts = identity.PartnerPerson(one.name, one.username)
            seat, _ = contracts.open_partner_account(one.partner, facts, by=by, at=at)
            identity.change_password(seat.account, PASSWORD, session_key="", at=at)
        protect(one.username)


def live(cast: Cast, at: datetime) -> int:
    """Send what is missing of the parcels, then settle last month; return how many went."""
    desk = cast.at_post(DESK_OF_THE_WARD)
    known = set(payments.CodParcel.objects.values_list("item_number", flat=True))
    new = [one for one in PARCELS if one.number not in known]
    for one in new:
        _send(one, desk, at - one.days_ago * DAY)
    administrator = identity.find_account(ADMINISTRATOR)
    if new and administrator is not None:
        _settle(by=access.actor_now(administrator.pk, at=at).actor, at=at)
    return len(new)


def _send(parcel: Parcel, desk: Actor, at: datetime) -> None:
    unit_id = desk.unit_ids[0]
    line = LineIn(
        "phi-sao-y",
        "Phí chứng thực bản sao từ bản chính",
        LineKind.FEE,
        parcel.copies,
        parcel.copies * COPY_VND,
        subject=f"post:{parcel.number}",
        unit_name="trang",
    )
    asked = OrderIn(
        subject=line.subject,
        agency_id=organisation.tree().agency_of(unit_id).id,
        unit_id=unit_id,
        payer=Payer(parcel.name, parcel.address),
        lines=(line,),
        expires_at=at + 60 * DAY,
    )
    order = payments.open_order(asked, by=desk, at=at)
    given = ParcelIn(parcel.number, parcel.name, parcel.address)
    payments.send_parcel(order.code, given, by=desk, at=at)
    if parcel.paid_after is None:
        return
    account = identity.find_account(POST.username)
    if account is None:
        return
    ended = at + parcel.paid_after * DAY
    post = access.actor_now(account.pk, at=ended).actor
    if parcel.is_returned:
        why = "Ba lần phát không có người nhận"
        payments.return_parcel(parcel.number, why, local_day(ended), by=post, at=ended)
        return
    came = payments.CollectedIn(f"PT-{parcel.number[6:10]}", local_day(ended))
    payments.collect_parcel(parcel.number, came, by=post, at=ended)


def _settle(*, by: Actor, at: datetime) -> None:
    """Reckon last month for those who have people here, and agree to it for our side."""
    month = (local_day(at).replace(day=1) - DAY).replace(day=1)
    for one in contracts.contracts_for(by):
        if one.row.partner.code in {other.partner for other in COLLECTORS}:
            _settle_one(one.row.code, month, by=by, at=at)


def _settle_one(code: str, month: date, *, by: Actor, at: datetime) -> None:
    made = contracts.settle_month(code, month, by=by, at=at)
    contracts.agree_to_month(code, month, made.cost_vnd, by=by, at=at)
