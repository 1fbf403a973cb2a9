"""Shifts of cashiers: opened with counted notes, handed over by two people, closed with a count.

Source: docs/law/money.md
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from motcua.casework.cashbook.choices import AccountKind, DrawerState
from motcua.casework.cashbook.errors import BadCount, DrawerMoved
from motcua.casework.cashbook.models import Difference, Drawer, Entry, detail_of_unit
from motcua.casework.cashbook.permissions import check_cashier
from motcua.casework.cashbook.queries.cash import desk_closing_on, held, safe_of
from motcua.casework.cashbook.rules.entries import EntryIn, Leg
from motcua.casework.cashbook.rules.notes import kept_notes, sum_of
from motcua.casework.cashbook.rules.words import signed
from motcua.foundation.audit import api as audit
from motcua.foundation.numbering import api as numbering
from motcua.foundation.organisation import api as organisation
from motcua.lib import work
from motcua.lib.actor import Actor
from motcua.lib.clock import local_day
from motcua.lib.money import in_dong

from .posting import Placed, book

OPENING, CLOSING, HANDING = "cashbook.opening", "cashbook.closing", "cashbook.handing"
FLOAT = "float"  # small change an agency lends to its desks
NO_REASON = "Tiền đếm được lệch sổ {off}: hãy ghi lý do (khoản lệch sẽ chờ kế toán giải trình)."


@dataclass(frozen=True, slots=True)
class DrawerIn:
    """A shift to be opened: where, with which notes; `words`: whence what the safe has not."""

    unit_id: int
    opening_vnd: int
    notes: Mapping[int, int] = field(default_factory=dict)
    words: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """A desk and its agency."""

    agency_id: int
    unit_id: int


@dataclass(frozen=True, slots=True)
class CountIn:
    """Notes counted, and the reason if they are not what the book says."""

    notes: Mapping[int, int]
    reason: str = ""


@work.story
def open_drawer(drawer: DrawerIn, *, by: Actor, at: datetime) -> Drawer:
    """Begin a shift: the counted notes come out of the desk's safe.

    What the safe has not is small change lent by the agency: it is booked as such, and must be
    explained in words. Raises: BadCount, DrawerMoved, NotAllowed.
    """
    check_cashier(drawer.unit_id, by)
    opening = sum_of(drawer.notes)
    if opening != drawer.opening_vnd:
        message = (
            f"Các tờ tiền cộng lại là {in_dong(opening)}, không phải {in_dong(drawer.opening_vnd)}."
        )
        raise BadCount(message, field="notes")
    agency_id = organisation.tree().unit(drawer.unit_id).agency_id
    _check_free(drawer.unit_id, by, at)
    made = _begin(drawer.unit_id, agency_id, opening, drawer.notes, by=by, at=at)
    made.save(force_insert=True)
    _fill(made, drawer, agency_id, by=by, at=at)
    _note("cashbook.open_drawer", made, by=by, at=at, vnd=opening)
    return made


def _check_free(unit_id: int, by: Actor, at: datetime) -> None:
    lock_desk(unit_id)
    if Drawer.objects.filter(cashier_id=by.id).exclude(state=DrawerState.CLOSED).exists():
        raise DrawerMoved("Ông/bà đang có một ca thu chưa đóng; hãy đóng hoặc giao ca đó trước.")
    if desk_closing_on(unit_id, local_day(at)):
        raise DrawerMoved("Quầy đã chốt quỹ hôm nay; ngày mai mới mở ca thu mới được.")


def lock_desk(unit_id: int) -> None:
    """Let one at a time open, close, count and carry away at a desk, until the story ends."""
    work.fetch("SELECT pg_advisory_xact_lock(5160, %s::bigint::int)", [unit_id])


def _begin(
    unit_id: int, agency_id: int, opening: int, notes: Mapping[int, int], *, by: Actor, at: datetime
) -> Drawer:
    year = local_day(at).year
    number = numbering.allocate_number(numbering.series_of_year("cashbook.drawer", "", year))
    return Drawer(
        code=f"CT{year % 100:02d}-{number:06d}",
        unit_id=unit_id,
        agency_id=agency_id,
        state=DrawerState.OPEN,
        cashier_id=by.id,
        cashier_name=by.name,
        opened_at=at,
        opening_vnd=opening,
        opening_notes=kept_notes(notes),
    )


def _fill(made: Drawer, asked: DrawerIn, agency_id: int, *, by: Actor, at: datetime) -> None:
    """Move the opening money out of the safe; what is missing there is lent by the agency."""
    if not made.opening_vnd:
        return
    from_safe = min(made.opening_vnd, max(safe_of(agency_id, made.unit_id), 0))
    lent = made.opening_vnd - from_safe
    if lent and not asked.words.strip():
        message = (
            f"Theo sổ, két của quầy chỉ còn {in_dong(from_safe)}; hãy ghi {in_dong(lent)} kia"
            " nhận từ đâu (ví dụ: tiền lẻ cơ quan ứng)."
        )
        raise BadCount(message, field="words")
    placed = [_cash(made, made.opening_vnd, made.pk)]
    if from_safe:
        placed.append(_cash(made, -from_safe, None))
    if lent:
        placed.append((Leg(AccountKind.OTHER, agency_id, -lent, FLOAT), None))
    words = f"Mở ca thu {made.code}: nhận {in_dong(made.opening_vnd)} đầu ca"
    tail = f" ({asked.words.strip()})" if lent else ""
    _book(OPENING, made, words + tail, placed, by=by, at=at)


@work.story
def close_drawer(code: str, count: CountIn, *, by: Actor, at: datetime) -> Drawer:
    """End a shift with counted notes, which go into the desk's safe.

    A difference goes into SUSPENSE with its reason. Raises: BadCount, DrawerMoved, NotAllowed.
    """
    drawer = _lock_own(code, by)
    counted, expected = sum_of(count.notes), held(drawer)
    _set_count(drawer, count, expected, at)
    _close(drawer, at)
    placed = _out_of(drawer, expected, counted, None)
    entry = _book(CLOSING, drawer, f"Đóng ca thu {drawer.code}", placed, by=by, at=at)
    if counted != expected and entry is not None:
        _stand(drawer, counted - expected, entry, count.reason, by=by, at=at)
    _note("cashbook.close_drawer", drawer, by=by, at=at, vnd=counted, off=counted - expected)
    return drawer


@work.story
def hand_over(code: str, count: CountIn, *, to: Actor, by: Actor, at: datetime) -> Drawer:
    """Offer a shift with its counted notes to the next cashier; no cash moves until it is taken.

    Raises: BadCount, DrawerMoved, NotAllowed.
    """
    drawer = _lock_own(code, by)
    if to.id == by.id:
        raise BadCount("Hãy chọn người khác nhận ca.", field="to")
    check_cashier(drawer.unit_id, to)
    _set_count(drawer, count, held(drawer), at)
    drawer.state = DrawerState.OFFERED
    drawer.offered_to_id, drawer.offered_to_name, drawer.offered_at = to.id, to.name, at
    drawer.save()
    _note("cashbook.hand_over", drawer, by=by, at=at, vnd=drawer.counted_vnd or 0, to=to.name)
    return drawer


@work.story
def take_over(code: str, notes: Mapping[int, int], *, by: Actor, at: datetime) -> Drawer:
    """Take an offered shift over: both have counted the same; the new shift is returned.

    Raises: BadCount if the second count is another, DrawerMoved, NotAllowed.
    """
    given = _lock_offered(code)
    if given.offered_to_id != by.id:
        raise DrawerMoved("Ca này được giao cho người khác.")
    check_cashier(given.unit_id, by)
    counted = sum_of(notes)
    if counted != given.counted_vnd:
        message = (
            f"Ông/bà đếm được {in_dong(counted)}, người giao ghi {in_dong(given.counted_vnd or 0)}."
            " Hai người hãy đếm lại; nếu vẫn lệch, chọn “Không nhận” để người giao đếm lại."
        )
        raise BadCount(message, field="notes")
    _check_free(given.unit_id, by, at)
    return _move_over(given, notes, counted, by=by, at=at)


def _move_over(
    given: Drawer, notes: Mapping[int, int], counted: int, *, by: Actor, at: datetime
) -> Drawer:
    expected = held(given)
    _close(given, at)
    made = _begin(given.unit_id, given.agency_id, counted, notes, by=by, at=at)
    made.previous = given
    made.save(force_insert=True)
    placed = _out_of(given, expected, counted, made.pk)
    words = f"Giao ca {given.code} ({given.cashier_name}) sang {made.code} ({made.cashier_name})"
    entry = _book(HANDING, given, words, placed, by=by, at=at)
    if counted != expected and entry is not None:
        giver = Actor(id=given.cashier_id, name=given.cashier_name)
        _stand(given, counted - expected, entry, given.reason, by=giver, at=at)
    _note("cashbook.take_over", made, by=by, at=at, vnd=counted, previous=given.code)
    return made


@work.story
def take_back(code: str, *, by: Actor, at: datetime) -> Drawer:
    """Undo an offer: the giver goes on, or the other refuses to take it. Raises: DrawerMoved."""
    drawer = _lock_offered(code)
    if by.id not in (drawer.cashier_id, drawer.offered_to_id):
        raise DrawerMoved("Chỉ người giao hoặc người nhận ca mới hủy được việc giao ca.")
    drawer.state, drawer.reason = DrawerState.OPEN, ""
    drawer.offered_to_id, drawer.offered_to_name, drawer.offered_at = None, "", None
    drawer.counted_vnd = drawer.expected_vnd = drawer.counted_at = None
    drawer.counted_notes = {}
    drawer.save()
    _note("cashbook.take_back", drawer, by=by, at=at)
    return drawer


def _lock_own(code: str, by: Actor) -> Drawer:
    rows = Drawer.objects.select_for_update()
    drawer = rows.filter(code=code, cashier_id=by.id, state=DrawerState.OPEN).first()
    if drawer is None:
        raise DrawerMoved("Ca thu này không còn mở, hoặc không phải của ông/bà.")
    lock_desk(drawer.unit_id)
    return drawer


def _lock_offered(code: str) -> Drawer:
    rows = Drawer.objects.select_for_update()
    drawer = rows.filter(code=code, state=DrawerState.OFFERED).first()
    if drawer is None:
        raise DrawerMoved("Ca này không còn chờ giao; có thể đã nhận hoặc đã hủy.")
    return drawer


def _set_count(drawer: Drawer, count: CountIn, expected: int, at: datetime) -> None:
    counted = sum_of(count.notes)
    off = counted - expected
    if off and not count.reason.strip():
        raise BadCount(NO_REASON.format(off=signed(off)), field="reason")
    drawer.counted_vnd, drawer.expected_vnd, drawer.counted_at = counted, expected, at
    drawer.counted_notes = kept_notes(count.notes)
    drawer.reason = count.reason.strip()[:500] if off else ""


def _close(drawer: Drawer, at: datetime) -> None:
    drawer.state, drawer.closed_at = DrawerState.CLOSED, at
    drawer.expected_vnd = held(drawer)
    drawer.save()


def _out_of(drawer: Drawer, expected: int, counted: int, into: int | None) -> list[Placed]:
    """Return the legs that empty a drawer: into the safe or the next drawer, the rest waits."""
    legs: list[Placed] = []
    if expected:
        legs.append(_cash(drawer, -expected, drawer.pk))
    if counted:
        legs.append(_cash(drawer, counted, into))
    if counted != expected:
        legs.append((_suspense(drawer.agency_id, drawer.unit_id, expected - counted), None))
    return legs


def _cash(drawer: Drawer, vnd: int, drawer_id: int | None) -> Placed:
    return Leg(AccountKind.DRAWER, drawer.agency_id, vnd, drawer.detail), drawer_id


def _suspense(agency_id: int, unit_id: int, vnd: int) -> Leg:
    return Leg(AccountKind.SUSPENSE, agency_id, vnd, detail_of_unit(unit_id))


def _book(
    source: str, drawer: Drawer, words: str, placed: list[Placed], *, by: Actor, at: datetime
) -> Entry | None:
    """Book what moved; nothing moved: nothing is booked."""
    if not placed:
        return None
    legs = tuple(leg for leg, _ in placed)
    entry = EntryIn(source, drawer.code, local_day(at), words, legs, f"drawer:{drawer.code}")
    return book(entry, placed, by=by, at=at)


def _stand(drawer: Drawer, off: int, entry: Entry, reason: str, *, by: Actor, at: datetime) -> None:
    place = Place(drawer.agency_id, drawer.unit_id)
    work.add(difference_at(place, off, entry, reason, by=by, at=at))


def difference_at(
    place: Place, off: int, entry: Entry, reason: str, *, by: Actor, at: datetime
) -> Difference:
    """Return the row that says how much was counted more or less than booked, and why."""
    return Difference(
        unit_id=place.unit_id,
        agency_id=place.agency_id,
        amount_vnd=off,
        entry=entry,
        counted_by_id=by.id,
        counted_by_name=by.name,
        at=at,
        reason=reason.strip()[:500],
    )


def _note(action: str, drawer: Drawer, *, by: Actor, at: datetime, **detail: object) -> None:
    audit.record(action, f"drawer:{drawer.code}", by=by, at=at, detail=detail)
