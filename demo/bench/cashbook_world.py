"""Books of 111 agencies to measure, one of them with its accountant; a tenth of all is in it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import connection
from django.test import Client

from motcua.casework.cashbook import api as cashbook
from motcua.casework.cashbook.api import AccountKind, EntryIn, Leg
from motcua.foundation.access.api import Power
from motcua.foundation.audit import api as audit
from motcua.foundation.organisation import api as organisation
from motcua.foundation.outbox import api as outbox
from motcua.lib.actor import SYSTEM, Actor
from motcua.lib.clock import local_day, now

from .world import EDITOR, TERM, Place, build_world, staff

OTHERS, DAYS, SLOTS = 110, 300, 3
GOOD, MOVED = 200, 302
BIG_NOTE, SMALL_NOTE = 500_000, 5_000
_ACCOUNTS = """
INSERT INTO cashbook_account (agency_id, kind, detail)
SELECT agency_id, kind, CASE kind WHEN 'drawer' THEN %(drawer)s ELSE detail END
FROM (SELECT %(own)s::bigint AS agency_id UNION ALL SELECT unnest(%(others)s::bigint[])) a,
     (VALUES ('drawer', ''), ('bank', 'account:3800201000001'), ('clearing', 'vnpay'),
             ('clearing', 'transfer'), ('clearing', 'national'), ('fee', ''), ('charge', ''),
             ('overpaid', ''), ('refund_due', ''), ('suspense', '')) k(kind, detail)
"""
# One in ten is the accountant's own; money comes by VNPAY, by transfer and in cash.
_ENTRIES = """
WITH e AS (
  INSERT INTO cashbook_entry (source, ref, "on", asked_on, at, words, subject, by_id, by_name,
                              leg_count, digest)
  SELECT 'payments.payment/bench', 'FT' || n, d, d, d + interval '9 hours',
    'Người nộp ' || n || ' nộp theo đơn TT26-' || n, 'order:TT26-' || n, 0, 'bench', 3,
    md5(n::text) || md5(n::text)
  FROM (SELECT n, %(first_day)s::date + ((n - %(begin)s) * %(days)s / %(count)s)::int AS d
        FROM generate_series(%(first)s::bigint, %(latest)s::bigint) n) s
  RETURNING id, "on", substr(ref, 3)::bigint AS n
), legs AS (
  INSERT INTO cashbook_entryleg (entry_id, seq, account_id, "on", amount_vnd)
  SELECT e.id, l.seq, a.id, e."on", l.vnd
  FROM e
  CROSS JOIN LATERAL (VALUES
    (1, CASE WHEN e.n %% 7 = 0 THEN 'drawer' ELSE 'clearing' END,
     CASE WHEN e.n %% 7 = 0 THEN %(drawer)s WHEN e.n %% 3 = 0 THEN 'transfer' ELSE 'vnpay' END,
     25000),
    (2, 'fee', '', -15000), (3, 'charge', '', -10000)) l(seq, kind, detail, vnd)
  JOIN cashbook_account a ON a.kind = l.kind AND a.detail = l.detail AND a.agency_id =
    CASE WHEN e.n %% 10 = 0 THEN %(own)s::bigint
      ELSE (%(others)s::bigint[])[1 + e.n %% cardinality(%(others)s::bigint[])] END
  RETURNING account_id, "on", amount_vnd
)
"""
_COUNTED = "SELECT count(*) FROM legs"
_SUMS = """
INSERT INTO cashbook_accountday AS kept
  (account_id, "on", slot, debit_vnd, credit_vnd, leg_count)
SELECT account_id, "on", %(slot)s, sum(greatest(amount_vnd, 0)), sum(greatest(-amount_vnd, 0)),
  count(*)
FROM legs GROUP BY 1, 2
ON CONFLICT (account_id, "on", slot) DO UPDATE
SET debit_vnd = kept.debit_vnd + excluded.debit_vnd,
    credit_vnd = kept.credit_vnd + excluded.credit_vnd,
    leg_count = kept.leg_count + excluded.leg_count
"""


@dataclass
class Books:
    """What is there to measure, and by whom."""

    place: Place
    client: Client
    first_day: date
    open_day: date
    others: list[int]
    posted: int = 0
    chunks: int = 0

    def put_in(self, first: int, latest: int, among: range, *, guarded: bool) -> None:
        """Put entries with these numbers in, spread over the days still open."""
        days = (self.first_day - self.open_day).days + DAYS
        params = {
            "first": first,
            "latest": latest,
            "begin": among[0],
            "count": len(among),
            "first_day": self.open_day,
            "days": days,
            "slot": self.chunks % SLOTS,
            **_names(self.place, self.others),
        }
        self.chunks += 1
        with connection.cursor() as cursor:
            if not guarded:
                cursor.execute("SET LOCAL session_replication_role = replica")
            cursor.execute(_ENTRIES + (_COUNTED if guarded else _SUMS), params)

    def settle(self, at: datetime) -> None:
        """Let the planner know what is there, and the desk count its cash."""
        with connection.cursor() as cursor:
            for table in ("entry", "entryleg", "account", "accountday"):
                cursor.execute(f"VACUUM ANALYZE cashbook_{table}")
        desk, power = self.place.desk_id, Power.TAKE_CASH.value
        binh = Actor(id=1, name="Bình", powers={power: frozenset({desk})})
        held = cashbook.safe_of(self.place.agency_id, desk)
        notes = {BIG_NOTE: held // BIG_NOTE, SMALL_NOTE: held % BIG_NOTE // SMALL_NOTE}
        cashbook.close_desk(desk, cashbook.CountIn(notes), by=binh, at=at)

    def post(self, _number: int) -> None:
        """Book what VNPAY took."""
        self.posted += 1
        own = self.place.agency_id
        legs = (
            Leg(AccountKind.CLEARING, own, 25_000, "vnpay"),
            Leg(AccountKind.FEE, own, -15_000),
            Leg(AccountKind.CHARGE, own, -10_000),
        )
        at = now()
        ref = f"{self.posted}"
        words = f"Người nộp {ref} nộp theo đơn"
        asked = EntryIn("payments.payment/post", ref, local_day(at), words, legs, f"order:P{ref}")
        cashbook.post(asked, by=SYSTEM, at=at)

    def balance(self, number: int) -> None:
        """Ask what an account holds at the end of a day."""
        day = self.first_day + timedelta(days=DAYS - number % DAYS)
        cashbook.balance(AccountKind.CLEARING, self.place.agency_id, detail="vnpay", on=day)

    def pages(self) -> Iterator[tuple[str, Callable[[int], str]]]:
        """Yield what an accountant reads, other pages each time."""
        own = {"agency_id": self.place.agency_id, "kind": AccountKind.CLEARING, "detail": "vnpay"}
        account = cashbook.Account.objects.get(**own)
        start, end = self.open_day, self.first_day + timedelta(days=DAYS)
        days = (end - start).days
        span = f"tu={start:%d/%m/%Y}&den={end:%d/%m/%Y}"
        lines = f"/xu-ly/so-quy/tai-khoan/{account.pk}/?{span}"
        entries = list(
            cashbook.Entry.objects.filter(subject__in=[f"order:TT26-{10 * n}" for n in range(90)])
        )

        def month(_number: int) -> str:
            return "/xu-ly/so-quy/"

        def year(_number: int) -> str:
            return f"/xu-ly/so-quy/?{span}"

        def first(_number: int) -> str:
            return lines

        def far(number: int) -> str:
            day = end - timedelta(days=1 + number % (days // 4))
            return f"{lines}&after={day.isoformat()}.{10**9}.1"

        def one(number: int) -> str:
            return f"/xu-ly/so-quy/but-toan/{entries[number % len(entries)].pk}/"

        yield "page: all balances, this month", month
        yield "page: all balances, all days", year
        yield "page: lines of an account, first", first
        yield "page: lines of an account, far", far
        yield "page: one entry", one

    def read(self, path: str) -> None:
        """Read a page as the accountant."""
        answer = self.client.get(path)
        if answer.status_code != GOOD:
            raise SystemExit(f"{path} answers {answer.status_code}")

    def close_day(self, _number: int) -> None:
        """Close the next day of the book, as the accountant does it by the page."""
        form = {"on": f"{self.open_day:%d/%m/%Y}"}
        answer = self.client.post("/xu-ly/so-quy/khoa-ngay/", form)
        self.open_day += timedelta(days=1)
        closed = cashbook.closed_until(self.place.agency_id)
        if answer.status_code != MOVED or closed != self.open_day - timedelta(days=1):
            raise SystemExit(f"the day was not closed: {answer.status_code}, {closed}")


def _names(place: Place, others: list[int]) -> dict[str, Any]:
    return {"own": place.agency_id, "others": others, "drawer": f"unit:{place.desk_id}"}


def make_books() -> Books:
    """Make the agency with its accountant, and the accounts of all."""
    at = now()
    for room in (audit, outbox):
        room.prepare_months(local_day(at))
    [place] = build_world(at, agencies=1, number_of_procedures=1).places
    role = organisation.PostRole
    [token] = staff(place.root_id, [role.ACCOUNTANT], at)
    others = [_another(number, at) for number in range(OTHERS)]
    organisation.forget_tree()
    with connection.cursor() as cursor:
        cursor.execute(_ACCOUNTS, _names(place, others))
    client = Client(headers={"host": "localhost"})
    client.cookies["motcua_phien"] = token
    first_day = local_day(at) - timedelta(days=DAYS + 1)
    return Books(place, client, first_day, first_day, others)


def _another(number: int, at: datetime) -> int:
    code = f"H18.{number + 500}"
    facts = organisation.AgencyFacts(
        code, f"Cơ quan {number}", organisation.AgencyKind.DEPARTMENT, organisation.Level.PROVINCE
    )
    root = organisation.UnitFacts(f"{code}.LD", "Lãnh đạo", organisation.UnitKind.LEADERSHIP)
    return organisation.add_agency(facts, TERM, by=EDITOR, at=at, root=root).pk
