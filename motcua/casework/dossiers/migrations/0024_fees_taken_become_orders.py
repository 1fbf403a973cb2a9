"""Amounts typed in with their paper receipts become orders and payments; none is lost.

One order for what was taken of one dossier at one moment by one person; each amount is one of its
lines with its receipt. Run again it copies nothing twice.
"""

import secrets
from typing import Any

from django.db import migrations

_GROUPS = """
SELECT d.code, d.agency_id, d.receiving_unit_id, coalesce(p.code, ''),
       coalesce(nullif(d.submitter_name, ''), nullif(d.applicant_name, ''), '(không rõ)'),
       d.submitter_address, d.submitter_account_id, t.taken_at, t.taken_by_name,
       extract(year FROM t.taken_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::int,
       array_agg(t.seq ORDER BY t.seq), sum(t.amount_vnd)::bigint, t.dossier_id
FROM dossiers_feetaken t
JOIN dossiers_dossier d ON d.id = t.dossier_id
LEFT JOIN procedures_procedure p ON p.id = d.procedure_id
WHERE NOT EXISTS (
  SELECT 1 FROM payments_order o WHERE o.is_typed AND o.subject = 'dossier:' || d.code
  AND o.opened_at = t.taken_at AND o.opened_by_name = t.taken_by_name)
GROUP BY d.id, p.code, t.dossier_id, t.taken_at, t.taken_by_name
ORDER BY t.taken_at, t.dossier_id LIMIT 1000
"""
_NUMBERS = """
INSERT INTO numbering_series AS s (key, latest) VALUES (%s, 1)
ON CONFLICT (key) DO UPDATE SET latest = s.latest + 1 RETURNING latest
"""
_ORDER = """
INSERT INTO payments_order (code, token, subject, procedure_code, agency_id, unit_id, payer_name,
  payer_address, payer_tax_code, payer_account_id, amount_vnd, applied_vnd, over_vnd, refunded_vnd,
  paid_vnd, state, is_refunding, is_typed, opened_at, opened_by_name, paid_at, version)
VALUES (%s, %s, %s, %s, %s, %s, %s, left(%s, 500), '', %s, %s, %s, 0, 0, %s, 'paid', false, true,
  %s, %s, %s, 1) RETURNING id
"""
_LINES = """
INSERT INTO payments_orderline (order_id, seq, subject, code, name, kind, quantity, unit_name,
  amount_vnd, applied_vnd, reason, rule, receipt_number)
SELECT %s, row_number() OVER (ORDER BY seq), %s, line_code, name,
  CASE WHEN kind IN ('fee', 'charge') THEN kind ELSE 'other' END, 1, '',
  amount_vnd, amount_vnd, reason, '', receipt_number
FROM dossiers_feetaken WHERE dossier_id = %s AND seq = ANY(%s)
"""
_PAYMENT = """
INSERT INTO payments_payment (order_id, seq, channel, amount_vnd, applied_vnd, over_vnd, partner_ref,
  unit_id, paid_at, taken_at, taken_by_id, taken_by_name, is_late, words)
VALUES (%s, 1, 'paper', %s, %s, 0, %s, %s, %s, %s, 0, %s, false, 'Chuyển từ số liệu đã ghi')
"""
_MOVE = """
INSERT INTO payments_ordermove (order_id, seq, act, state, amount_vnd, words, by_id, by_name, at)
VALUES (%s, 1, 'record', 'paid', %s, 'Chuyển từ số liệu đã ghi', 0, %s, %s)
"""


def copy_fees(_apps: Any, schema_editor: Any) -> None:
    with schema_editor.connection.cursor() as cursor:
        while True:
            cursor.execute(_GROUPS)
            groups = cursor.fetchall()
            if not groups:
                return
            for group in groups:
                _copy(cursor, group)


def _copy(cursor: Any, group: tuple[Any, ...]) -> None:
    code, agency_id, unit_id, procedure, payer, address, account_id, at, name, year = group[:10]
    seqs, amount, dossier_id = group[10:]
    subject = f"dossier:{code}"
    cursor.execute(_NUMBERS, [f"payment-order:TT:{year}"])
    order_code = _code(year, cursor.fetchone()[0])
    who = [order_code, secrets.token_urlsafe(18), subject, procedure, agency_id, unit_id, payer]
    cursor.execute(
        _ORDER, [*who, address, account_id, amount, amount, amount, at, name, at]
    )
    order_id = cursor.fetchone()[0]
    cursor.execute(_LINES, [order_id, subject, dossier_id, seqs])
    if amount:
        cursor.execute(
            _PAYMENT, [order_id, amount, amount, order_code, unit_id, at, at, name]
        )
    cursor.execute(_MOVE, [order_id, amount, name, at])


def _code(year: int, number: int) -> str:
    digits = f"{year % 100:02d}{number:06d}"
    carried = 10
    for digit in digits:
        rest = (carried + int(digit)) % 10 or 10
        carried = rest * 2 % 11
    return f"TT{digits[:2]}-{digits[2:]}-{(11 - carried) % 10}"


class Migration(migrations.Migration):
    dependencies = [
        ("dossiers", "0023_papers_kept_to_be_supplied"),
        ("numbering", "__first__"),
        ("payments", "0002_what_happened_stays"),
        ("procedures", "__first__"),
    ]

    operations = [migrations.RunPython(copy_fees, migrations.RunPython.noop)]
