"""Book movements of money: each once, balanced, never changed.

Source: docs/law/money.md
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from motcua.casework.cashbook.choices import AccountKind, DrawerState
from motcua.casework.cashbook.errors import (
    BadEntry,
    DrawerNotOpen,
    EntryDiffers,
    NoSuchEntry,
    NotEnoughCash,
)
from motcua.casework.cashbook.models import Book, Entry
from motcua.casework.cashbook.queries.heirs import HEIRS
from motcua.casework.cashbook.rules.entries import (
    EntryIn,
    Leg,
    between_agencies,
    check_entry,
    digest_of,
    turned,
)
from motcua.lib import work
from motcua.lib.actor import Actor, ActorKind
from motcua.lib.clock import local_day
from motcua.lib.money import in_dong

REVERSAL = "cashbook.reversal"
DAY = timedelta(days=1)
Placed = tuple[Leg, int | None]  # a leg and the drawer its cash is in

# Whoever closes days holds the same lock alone, so that no entry slips into a day being closed.
_SHARE = """
SELECT pg_advisory_xact_lock_shared(5158, one::int) FROM
  (SELECT one FROM unnest(%s::bigint[]) one ORDER BY one) sorted
"""
ALONE = "SELECT pg_advisory_xact_lock(5158, %s::bigint::int)"
_ONE_AT_A_TIME = "SELECT pg_advisory_xact_lock(hashtextextended(%s, 5159))"
_SAME = (
    f"SELECT {work.columns(Entry, 'e')} "  # noqa: S608 -- names of columns only
    "FROM cashbook_entry e WHERE source = %s AND ref = %s"
)
_ACCOUNTS = """
SELECT a.agency_id, a.kind, a.detail, a.id
FROM (SELECT * FROM unnest(%s::bigint[], %s::text[], %s::text[])) AS asked(agency_id, kind, detail)
JOIN cashbook_account a USING (agency_id, kind, detail)
"""
_CLOSED = f"SELECT max(closed_until) FROM cashbook_book WHERE agency_id = {work.ANY_KEY}"  # noqa: S608 -- our own words
_NEW_ACCOUNTS = """
INSERT INTO cashbook_account (agency_id, kind, detail)
SELECT DISTINCT * FROM unnest(%s::bigint[], %s::text[], %s::text[]) ORDER BY 1, 2, 3
ON CONFLICT (agency_id, kind, detail) DO NOTHING
"""
_BOOK = """
WITH e AS (
  INSERT INTO cashbook_entry (source, ref, "on", asked_on, at, words, subject, reverses_id,
                              by_id, by_name, leg_count, digest)
  VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s) RETURNING id, "on"
), legs AS (
  INSERT INTO cashbook_entryleg (entry_id, seq, account_id, "on", amount_vnd, drawer_id)
  SELECT e.id, l.seq, l.account_id, e."on", l.amount_vnd, l.drawer_id
  FROM e, unnest(%s::bigint[], %s::bigint[], %s::bigint[]) WITH ORDINALITY
    AS l(account_id, amount_vnd, drawer_id, seq)
) SELECT id FROM e
"""
_DRAWER = """
SELECT id, agency_id, unit_id FROM cashbook_drawer
WHERE cashier_id = %s AND state = %s FOR UPDATE
"""
_HELD = "SELECT coalesce(sum(amount_vnd), 0)::bigint FROM cashbook_entryleg WHERE drawer_id = %s"


@work.story
def post(entry: EntryIn, *, by: Actor, at: datetime) -> Entry:
    """Book an entry, or return the one already booked under its source and number.

    A closed day is not touched: the next open day of all agencies concerned takes the entry; a day
    that has not come is booked today; what is meant for an agency whose book has passed on is
    booked with its heir. Cash moves in the open drawer of who acts; the system's
    own (imports) in the safe of the desk.

    Raises: EntryDiffers, BadEntry, DrawerNotOpen, NotEnoughCash.
    Costs: two round trips; three with an account not used before; two more where cash moves.
    """
    check_entry(entry)
    placed = _placed(entry.legs, by=by, or_safe=by.kind == ActorKind.SYSTEM)
    return book(entry, placed, by=by, at=at)


@work.story
def reverse(source: str, ref: str, *, words: str, by: Actor, at: datetime) -> Entry:
    """Book an entry's opposite today, once; cash out of the drawer of who acts, or the safe.

    Raises: NoSuchEntry, BadEntry for the opposite of an opposite, NotEnoughCash.
    """
    rows = work.fetch(_SAME, [source, ref])
    if not rows:
        raise NoSuchEntry("Không tìm thấy bút toán cần đảo.")
    wrong = work.from_row(Entry, rows[0])
    if wrong.reverses_id is not None:
        raise BadEntry("Bút toán này đã là bút toán đảo; hãy ghi lại bút toán đúng.")
    legs = turned(_legs_of(wrong.pk))
    today = local_day(at)
    entry = EntryIn(REVERSAL, f"{wrong.pk}", max(today, wrong.asked_on), words, legs, wrong.subject)
    check_entry(entry)
    return book(entry, _placed(legs, by=by, or_safe=True), by=by, at=at, reverses_id=wrong.pk)


def _legs_of(entry_id: int) -> tuple[Leg, ...]:
    rows = work.fetch(_LEGS, [entry_id])
    return tuple(
        Leg(AccountKind(kind), agency_id, vnd, detail) for kind, agency_id, vnd, detail in rows
    )


_LEGS = """
SELECT a.kind, a.agency_id, l.amount_vnd, a.detail
FROM cashbook_entryleg l JOIN cashbook_account a ON a.id = l.account_id
WHERE l.entry_id = %s ORDER BY l.seq
"""


def _placed(legs: Sequence[Leg], *, by: Actor, or_safe: bool) -> list[Placed]:
    """Return each leg with the drawer of who acts, where it is cash."""
    cash = {(leg.agency_id, leg.detail) for leg in legs if leg.kind == AccountKind.DRAWER}
    if not cash:
        return [(leg, None) for leg in legs]
    drawer = _drawer_at(cash, by)
    if drawer is None and not or_safe:
        message = (
            "Chưa mở ca thu tại quầy này: hãy mở ca ở “Quầy thu”, đếm tiền đầu ca rồi làm lại."
        )
        raise DrawerNotOpen(message)
    return [(leg, drawer if leg.kind == AccountKind.DRAWER else None) for leg in legs]


def _drawer_at(cash: set[tuple[int, str]], by: Actor) -> int | None:
    for drawer_id, agency_id, unit_id in work.fetch(_DRAWER, [by.id, DrawerState.OPEN]):
        if cash == {(agency_id, f"unit:{unit_id}")}:
            return int(drawer_id)
    return None


def book(
    entry: EntryIn,
    placed: Sequence[Placed],
    *,
    by: Actor,
    at: datetime,
    reverses_id: int | None = None,
) -> Entry:
    """Write an entry whose cash legs say in which drawer they are; for stories of this room."""
    digest = digest_of(replace(entry, legs=tuple(leg for leg, _ in placed)))
    legs = between_agencies([leg for leg, _ in placed])
    same, keys, closed_until, heirs = _look(entry, legs)
    if same is not None:
        return _the_same(same, digest)
    if heirs:
        legs = between_agencies([_inherited(leg, heirs) for leg, _ in placed])
        _, keys, closed_until, _ = _look(entry, legs)
    drawers = [drawer for _, drawer in placed] + [None] * (len(legs) - len(placed))
    today = local_day(at)
    asked_on = min(entry.on, today)
    made = Entry(
        source=entry.source,
        ref=entry.ref,
        on=_open_day(asked_on, closed_until),
        asked_on=asked_on,
        at=at,
        words=entry.words.strip()[:500],
        subject=entry.subject,
        reverses_id=reverses_id,
        by_id=by.id,
        by_name=by.name,
        leg_count=len(legs),
        digest=digest,
    )
    _write(made, [keys[leg.agency_id, leg.kind, leg.detail] for leg in legs], legs, drawers)
    _check_held({one for one in drawers if one is not None})
    return made


def _inherited(leg: Leg, heirs: Mapping[int, int]) -> Leg:
    """Return a leg as it is booked today: an agency that passed its book on has an heir."""
    return replace(leg, agency_id=heirs.get(leg.agency_id, leg.agency_id))


def _look(
    entry: EntryIn, legs: Sequence[Leg]
) -> tuple[Entry | None, dict[tuple[int, str, str], int], date | None, dict[int, int]]:
    agencies = sorted({leg.agency_id for leg in legs})
    asked = [
        [leg.agency_id for leg in legs],
        [str(leg.kind) for leg in legs],
        [leg.detail for leg in legs],
    ]
    _, _, same, found, closed, heirs = work.fetch_together(
        (_SHARE, [agencies]),
        (_ONE_AT_A_TIME, [f"{entry.source}\n{entry.ref}"]),
        (_SAME, [entry.source, entry.ref]),
        (_ACCOUNTS, asked),
        (_CLOSED, [agencies]),
        (HEIRS, [agencies]),
    )
    if same:
        return work.from_row(Entry, same[0]), {}, None, {}
    if heirs:
        return None, {}, None, dict(heirs)
    keys = {(agency_id, kind, detail): key for agency_id, kind, detail, key in found}
    if any((leg.agency_id, leg.kind, leg.detail) not in keys for leg in legs):
        work.fetch(_NEW_ACCOUNTS, asked)
        rows = work.fetch(_ACCOUNTS, asked)
        keys = {(agency_id, kind, detail): key for agency_id, kind, detail, key in rows}
    return None, keys, closed[0][0], {}


def _the_same(same: Entry, digest: str) -> Entry:
    if same.digest != digest:
        message = f"Số hiệu {same.ref} đã được ghi sổ với nội dung khác (ngày {same.on:%d/%m/%Y})."
        raise EntryDiffers(message)
    return same


def _open_day(wanted: date, closed_until: date | None) -> date:
    return wanted if closed_until is None else max(wanted, closed_until + DAY)


def _write(
    made: Entry, keys: Sequence[int], legs: Sequence[Leg], drawers: Sequence[int | None]
) -> None:
    values = [getattr(made, f.attname) for f in Entry._meta.local_concrete_fields if f.name != "id"]
    amounts = [leg.amount_vnd for leg in legs]
    made.pk = work.fetch(_BOOK, [*values, list(keys), amounts, list(drawers)])[0][0]
    made._state.adding = False


def _check_held(drawers: set[int]) -> None:
    for drawer_id in drawers:
        held = work.fetch(_HELD, [drawer_id])[0][0]
        if held < 0:
            message = f"Trong ngăn không đủ tiền: còn thiếu {in_dong(-held)}."
            raise NotEnoughCash(message)


def closed_until(agency_id: int) -> date | None:
    """Return up to which day an agency's book is closed, None if no day ever was."""
    return Book.objects.filter(pk=agency_id).values_list("closed_until", flat=True).first()
