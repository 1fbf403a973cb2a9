"""Prove the books: entries balance, kept sums are the real ones, drawers hold what they should.

Source: docs/law/money.md
"""

from dataclasses import dataclass

from motcua.lib import work
from motcua.lib.money import in_dong

MOST = 100

_ENTRIES = """
SELECT e.id, coalesce(sum(l.amount_vnd), 0)::bigint
FROM cashbook_entry e LEFT JOIN cashbook_entryleg l ON l.entry_id = e.id
GROUP BY e.id, e.leg_count, e."on"
HAVING coalesce(sum(l.amount_vnd), 0) <> 0 OR count(l.*) <> e.leg_count
    OR NOT bool_and(l."on" = e."on")
ORDER BY e.id LIMIT %s
"""
_BOOKS = """
SELECT a.agency_id, sum(d.debit_vnd - d.credit_vnd)::bigint
FROM cashbook_accountday d JOIN cashbook_account a ON a.id = d.account_id
GROUP BY a.agency_id HAVING sum(d.debit_vnd - d.credit_vnd) <> 0 ORDER BY 1 LIMIT %s
"""
_SUMS = """
SELECT account_id, "on", coalesce(k.vnd, 0), coalesce(r.vnd, 0)
FROM (SELECT account_id, "on", sum(debit_vnd - credit_vnd)::bigint vnd, sum(leg_count) n
      FROM cashbook_accountday GROUP BY 1, 2) k
FULL JOIN (SELECT account_id, "on", sum(amount_vnd)::bigint vnd, count(*) n
           FROM cashbook_entryleg GROUP BY 1, 2) r USING (account_id, "on")
WHERE (k.vnd, k.n) IS DISTINCT FROM (r.vnd, r.n) ORDER BY 1, 2 LIMIT %s
"""
_DRAWERS = """
SELECT d.code, sum(l.amount_vnd)::bigint FROM cashbook_entryleg l
JOIN cashbook_drawer d ON d.id = l.drawer_id
GROUP BY d.id HAVING sum(l.amount_vnd) < 0 OR (sum(l.amount_vnd) <> 0 AND d.state = 'closed')
ORDER BY d.id LIMIT %s
"""
_SUSPENSE = """
SELECT coalesce(k.agency_id, f.agency_id), coalesce(k.detail, f.detail),
       coalesce(k.vnd, 0), coalesce(f.vnd, 0)
FROM (SELECT a.agency_id, a.detail, sum(d.debit_vnd - d.credit_vnd)::bigint vnd
      FROM cashbook_account a JOIN cashbook_accountday d ON d.account_id = a.id
      WHERE a.kind = 'suspense' AND a.detail LIKE 'unit:%%' GROUP BY 1, 2) k
FULL JOIN (SELECT agency_id, 'unit:' || unit_id AS detail, sum(-amount_vnd)::bigint vnd
           FROM cashbook_difference WHERE explained_at IS NULL GROUP BY 1, 2) f
  USING (agency_id, detail)
WHERE coalesce(k.vnd, 0) <> coalesce(f.vnd, 0) ORDER BY 1, 2 LIMIT %s
"""


@dataclass(frozen=True, slots=True)
class Fault:
    """Something in the books that cannot be: what it is about, and how far off."""

    about: str
    off_vnd: int
    words: str


def out_of_balance() -> list[Fault]:
    """Return what is wrong in the books; nothing, if they are in balance.

    Costs: reads every leg once; for the nightly job and the command.
    """
    return [*_entries(), *_books(), *_sums(), *_drawers(), *_differences()]


def _entries() -> list[Fault]:
    return [
        Fault(f"entry:{key}", vnd, f"Bút toán {key} lệch {in_dong(vnd)} hoặc thiếu dòng.")
        for key, vnd in work.fetch(_ENTRIES, [MOST])
    ]


def _books() -> list[Fault]:
    return [
        Fault(f"agency:{key}", vnd, f"Sổ của cơ quan {key} lệch {in_dong(vnd)}.")
        for key, vnd in work.fetch(_BOOKS, [MOST])
    ]


def _sums() -> list[Fault]:
    return [
        Fault(
            f"account:{key}",
            kept - real,
            f"Tài khoản {key} ngày {on:%d/%m/%Y}: số dồn {in_dong(kept)}, số thật {in_dong(real)}.",
        )
        for key, on, kept, real in work.fetch(_SUMS, [MOST])
    ]


def _drawers() -> list[Fault]:
    return [
        Fault(f"drawer:{code}", vnd, f"Ca thu {code} còn {in_dong(vnd)} không giải thích được.")
        for code, vnd in work.fetch(_DRAWERS, [MOST])
    ]


def _differences() -> list[Fault]:
    return [
        Fault(
            f"agency:{agency_id}",
            booked - listed,
            f"Chênh lệch chờ giải trình ({detail}): sổ ghi {in_dong(booked)},"
            f" các lần đếm cộng lại {in_dong(listed)}.",
        )
        for agency_id, detail, booked, listed in work.fetch(_SUSPENSE, [MOST])
    ]
