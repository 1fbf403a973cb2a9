"""An agency with a desk: Bình and Lan Anh take cash, Hoa keeps the book; Dũng is of another one."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from motcua.casework.cashbook.choices import AccountKind
from motcua.casework.cashbook.models import Drawer, Entry
from motcua.casework.cashbook.operations.drawers import DrawerIn, open_drawer
from motcua.casework.cashbook.operations.posting import post
from motcua.casework.cashbook.rules.entries import EntryIn, Leg
from motcua.casework.cashbook.rules.notes import sum_of
from motcua.foundation.access.api import Power
from motcua.foundation.organisation import api as organisation
from motcua.foundation.organisation.api import Change, Link, UnitKind
from motcua.foundation.organisation.tests.make import make_agency, make_unit, root_of
from motcua.lib.actor import SYSTEM, Actor
from motcua.lib.clock import HANOI, local_day, now

DAY = date(2026, 3, 2)
MORNING = datetime(2026, 3, 2, 7, 30, tzinfo=HANOI)
NOON = datetime(2026, 3, 2, 11, 30, tzinfo=HANOI)
EVENING = datetime(2026, 3, 2, 17, 0, tzinfo=HANOI)
TUESDAY = datetime(2026, 3, 3, 7, 30, tzinfo=HANOI)
DECISION = "Nghị quyết 1661/NQ-UBTVQH15 ngày 16/06/2025"
NOTES = {50_000: 2, 10_000: 10}  # 200.000 đồng


@dataclass(frozen=True, slots=True)
class Place:
    """An agency with its desk and its people."""

    agency_id: int
    desk_id: int
    binh: Actor
    lan_anh: Actor
    hoa: Actor


def make_place(code: str = "H18.101", first_id: int = 500) -> Place:
    """Return the agency; its people are numbered from `first_id`."""
    agency = make_agency(code, f"UBND xã {code}")
    root = root_of(agency)
    desk = make_unit(agency, f"{code}.MC", "Bộ phận Một cửa", kind=UnitKind.ONE_STOP_DESK)
    organisation.forget_tree()
    takes = {Power.TAKE_CASH.value: frozenset({desk.pk})}
    whole = frozenset({root.pk, desk.pk})
    keeps = {Power.KEEP_CASHBOOK.value: whole, Power.READ_CASHBOOK.value: whole}
    binh = Actor(id=first_id, name="Trần Văn Bình", agency_id=agency.pk, powers=takes)
    return Place(
        agency.pk,
        desk.pk,
        binh,
        lan_anh=replace(binh, id=first_id + 1, name="Lò Lan Anh"),
        hoa=replace(binh, id=first_id + 2, name="Nguyễn Thị Hoa", powers=keeps),
    )


def opened(
    place: Place, *, by: Actor | None = None, at: datetime = MORNING, **notes: int
) -> Drawer:
    """Return a shift opened by Bình with 200.000 đồng of small change, or those notes."""
    counted = {int(name[1:]): count for name, count in notes.items()} or NOTES
    asked = DrawerIn(place.desk_id, sum_of(counted), counted, "tiền lẻ cơ quan ứng")
    return open_drawer(asked, by=by or place.binh, at=at)


def taken(
    place: Place, vnd: int, ref: str, *, by: Actor | None = None, at: datetime = NOON
) -> Entry:
    """Return the entry for cash taken by Bình for a charge."""
    legs = (
        Leg(AccountKind.DRAWER, place.agency_id, vnd, f"unit:{place.desk_id}"),
        Leg(AccountKind.CHARGE, place.agency_id, -vnd),
    )
    asked = EntryIn(
        "payments.cash", ref, at.astimezone(HANOI).date(), f"Thu {ref}", legs, f"order:{ref}"
    )
    return post(asked, by=by or place.binh, at=at)


def entry_in(place: Place, vnd: int = 15_000, **changes: Any) -> EntryIn:
    """Return an entry without cash: what VNPAY took for a charge."""
    legs = (
        Leg(AccountKind.CLEARING, place.agency_id, vnd, "vnpay"),
        Leg(AccountKind.CHARGE, place.agency_id, -vnd),
    )
    facts: dict[str, Any] = {
        "source": "payments.payment",
        "ref": "vnpay:1",
        "on": DAY,
        "words": "Thu qua VNPAY",
        "legs": legs,
        "subject": "order:TT26-000001-1",
    }
    return EntryIn(**{**facts, **changes})


def booked(place: Place, vnd: int = 15_000, *, at: datetime = NOON, **changes: Any) -> Entry:
    """Return it booked by the system."""
    return post(entry_in(place, vnd, **changes), by=SYSTEM, at=at)


def ended(old: Place, new: Place) -> None:
    """Let an agency end, with another as its heir."""
    quan = Actor(id=1, name="Quàng Văn Quân", province_powers=frozenset({"organisation.edit"}))
    link = Link(old.agency_id, new.agency_id, Change.MERGE, local_day(now()), DECISION)
    organisation.record_agency_succession(link, by=quan, at=now())
    organisation.forget_tree()
