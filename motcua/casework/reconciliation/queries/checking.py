"""The nightly proof: order, payments, ledger and receipts agree.

Source: docs/law/money.md
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection

from motcua.casework.cashbook import api as cashbook
from motcua.casework.payments import api as payments

MOST = 200
DELIVERED_WITHIN = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that does not agree: what it is about, and what is wrong, in words."""

    about: str
    words: str


_SUMS = """
SELECT o.code, o.paid_vnd, coalesce(p.total, 0)
FROM payments_order o
LEFT JOIN (SELECT order_id, sum(amount_vnd)::bigint AS total FROM payments_payment GROUP BY 1) p
  ON p.order_id = o.id
WHERE o.paid_vnd <> coalesce(p.total, 0)
ORDER BY o.id LIMIT %s
"""
_LINES = """
SELECT o.code, o.applied_vnd, coalesce(l.total, 0)
FROM payments_order o
LEFT JOIN (SELECT order_id, sum(applied_vnd)::bigint AS total FROM payments_orderline GROUP BY 1) l
  ON l.order_id = o.id
WHERE o.applied_vnd <> coalesce(l.total, 0)
ORDER BY o.id LIMIT %s
"""
# Each payment stands in the ledger once, with its own amount where the money lies.
_BOOKED = """
SELECT o.code, p.channel, p.partner_ref, p.amount_vnd, b.came
FROM payments_payment p
JOIN payments_order o ON o.id = p.order_id
LEFT JOIN cashbook_entry e
  ON e.source = 'payments.payment/' || p.channel AND e.ref = p.partner_ref
LEFT JOIN LATERAL (
  SELECT sum(g.amount_vnd) FILTER (WHERE a.kind IN ('drawer', 'clearing'))::bigint AS came
  FROM cashbook_entryleg g JOIN cashbook_account a ON a.id = g.account_id
  WHERE g.entry_id = e.id) b ON TRUE
WHERE NOT o.is_typed AND coalesce(b.came, 0) <> p.amount_vnd
ORDER BY p.id LIMIT %s
"""


# A receipt follows its order by a delivery: one that waits for its number counts as there.
_RECEIPTS = """
SELECT o.code, l.kind, count(r.id)
FROM payments_order o
JOIN (SELECT order_id, kind FROM payments_orderline
      WHERE kind IN ('fee', 'charge') GROUP BY 1, 2 HAVING sum(applied_vnd) > 0) l
  ON l.order_id = o.id
LEFT JOIN receipts_receipt r
  ON r.order_code = o.code AND r.kind = l.kind AND r.state IN ('due', 'issued', 'adjusted')
  AND r.nature IN ('original', 'replacement', 'typed')
WHERE o.paid_at < %s AND NOT o.is_typed
GROUP BY o.id, o.code, l.kind HAVING count(r.id) <> 1
ORDER BY o.id LIMIT %s
"""


def nightly_check(*, at: datetime) -> list[Fault]:
    """Return everything that does not agree, at most some hundreds; nothing if all is well."""
    return [*_orders(), *_ledger(), *_receipts(at - DELIVERED_WITHIN)]


def _receipts(before: datetime) -> Iterator[Fault]:
    for code, kind, count in _rows(_RECEIPTS, before):
        label = payments.LineKind(str(kind)).label.lower()
        words = f"Đơn {code} đã nộp đủ nhưng có {count} biên lai {label} còn hiệu lực, phải là 1."
        yield Fault(f"order:{code}", words)


def _orders() -> Iterator[Fault]:
    for code, paid, total in _rows(_SUMS):
        yield Fault(f"order:{code}", f"Đơn {code} ghi đã nhận {paid}, các khoản nộp cộng {total}.")
    for code, applied, total in _rows(_LINES):
        yield Fault(f"order:{code}", f"Đơn {code} ghi đã tính {applied}, các dòng cộng {total}.")


def _ledger() -> Iterator[Fault]:
    for code, channel, ref, amount, came in _rows(_BOOKED):
        said = "chưa vào sổ quỹ" if came is None else f"sổ quỹ ghi {came}"
        words = f"Đơn {code}: khoản {amount} ({channel}, giao dịch {ref}) {said}."
        yield Fault(f"order:{code}", words)
    for fault in cashbook.out_of_balance():
        yield Fault("cashbook", f"Sổ quỹ không cân: {fault.words}")


def _rows(sql: str, *params: datetime) -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, [*params, MOST])
        return list(cursor.fetchall())
