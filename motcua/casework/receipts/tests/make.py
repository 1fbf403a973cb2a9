"""A commune that collects: its series, its accountant, its seal; orders that were paid."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from motcua.casework.receipts.choices import ReceiptKind
from motcua.casework.receipts.models import Series
from motcua.casework.receipts.operations.series import BodyIn, SeriesIn, open_series, set_body
from motcua.casework.receipts.rules.contents import Item, PaidBy
from motcua.casework.receipts.rules.money import PaidLine, PaidOrder
from motcua.foundation.access.api import Power
from motcua.foundation.organisation import api as organisation
from motcua.foundation.organisation.tests.make import make_agency, make_unit
from motcua.lib.actor import Actor
from motcua.lib.clock import HANOI

MONDAY = datetime(2026, 7, 6, 9, 0, tzinfo=HANOI)
NEW_YEAR = datetime(2027, 1, 1, 0, 0, tzinfo=HANOI)
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
TAX_CODE = "0100109106"
FEE, CHARGE = ReceiptKind.FEE, ReceiptKind.CHARGE


@dataclass(frozen=True, slots=True)
class Place:
    """A commune: Oanh keeps its receipts, Bình takes money at its desk, Dũng works elsewhere."""

    agency_id: int
    desk_id: int
    oanh: Actor
    binh: Actor
    dung: Actor


def make_place(*, has_series: bool = True, has_body: bool = True) -> Place:
    """Return a commune whose receipts are registered since 1 July 2026."""
    agency = make_agency("H18.101", "UBND xã Mường Phăng")
    kind = organisation.UnitKind.ONE_STOP_DESK
    desk = make_unit(agency, "H18.101.MC", "Trung tâm Phục vụ hành chính công", kind=kind)
    other = make_agency("H18.102", "UBND xã Nà Tấu")
    organisation.forget_tree()
    root = organisation.tree().agency(agency.pk).root_unit_id
    away = organisation.tree().agency(other.pk).root_unit_id
    place = Place(
        agency.pk,
        desk.pk,
        _actor(4, "Vì Thị Oanh", agency.pk, root, Power.KEEP_RECEIPTS),
        _actor(1, "Trần Văn Bình", agency.pk, desk.pk, Power.TAKE_CASH),
        _actor(9, "Cà Văn Dũng", other.pk, away, Power.KEEP_RECEIPTS, Power.TAKE_CASH),
    )
    if has_body:
        make_body(place)
    if has_series:
        make_series(place, FEE, "26TAA")
        make_series(place, CHARGE, "26TAB")
    return place


def _actor(number: int, name: str, agency_id: int, unit_id: int, *powers: Power) -> Actor:
    held = {str(one): frozenset({unit_id}) for one in powers}
    return Actor(id=number, name=name, agency_id=agency_id, unit_ids=(unit_id,), powers=held)


def make_body(place: Place, **changes: Any) -> None:
    """Say what receipts tell of the commune."""
    given = BodyIn(
        place.agency_id,
        "Ủy ban nhân dân xã Mường Phăng",
        TAX_CODE,
        "Bản Cang, xã Mường Phăng, tỉnh Điện Biên",
        date(2026, 1, 1),
        phone="0215 3825 000",
    )
    set_body(replace(given, **changes), by=place.oanh, at=MONDAY - 9 * DAY)


def make_series(place: Place, kind: ReceiptKind, symbol: str, **changes: Any) -> Series:
    """Return a series of the form without face value."""
    given = SeriesIn(place.agency_id, kind, "EBL01", symbol, 2026)
    return open_series(replace(given, **changes), by=place.oanh, at=MONDAY - DAY)


def line(
    kind: ReceiptKind, amount_vnd: int, *, kept_vnd: int | None = None, **item: Any
) -> PaidLine:
    """Return a line of an order, paid whole."""
    name = "Phí chứng thực bản sao" if kind == FEE else "Lệ phí đăng ký khai sinh"
    made = Item(**{"name": name, "amount_vnd": amount_vnd, "code": str(kind), **item})
    return PaidLine(str(kind), made, amount_vnd if kept_vnd is None else kept_vnd)


def make_order(
    place: Place,
    code: str = "TT26-000001-1",
    *lines: PaidLine,
    at: datetime = MONDAY,
    **changes: Any,
) -> PaidOrder:
    """Return an order that Lan paid in cash: 40.000 phí and 8.000 lệ phí unless said."""
    given = PaidOrder(
        code=code,
        agency_id=place.agency_id,
        unit_id=place.desk_id,
        payer=PaidBy("Lò Thị Lan", "Bản Yên, xã Mường Phăng"),
        lines=lines or (line(FEE, 40_000), line(CHARGE, 8_000)),
        channel="cash",
        method="Tiền mặt tại quầy",
        paid_at=at,
    )
    return replace(given, **changes)


def less(order: PaidOrder, kind: ReceiptKind, kept_vnd: int) -> PaidOrder:
    """Return the order after money of one kind went back."""
    lines = tuple(
        replace(one, kept_vnd=kept_vnd) if one.kind == kind else one for one in order.lines
    )
    return replace(order, lines=lines)
