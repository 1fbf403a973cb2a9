"""Statements that set-based acts use: kept as text, with names of our own tables only."""

# What comes from a file stands here until it is known which lines are new.
MAKE_ROOM = """
CREATE TEMP TABLE IF NOT EXISTS statement_lines (
  "row" integer, account text, ref text, booked_at timestamptz, "on" date, amount_vnd bigint,
  words text, payer text, attempt_ref text
) ON COMMIT DELETE ROWS
"""
COPY_IN = (
    'COPY statement_lines ("row", account, ref, booked_at, "on", amount_vnd, words, payer, '
    "attempt_ref) FROM STDIN"
)
# A line that a bank told by itself is taken over; one of an earlier statement is left alone.
TAKE_IN = """
INSERT INTO reconciliation_statementline (statement_id, "row", agency_id, channel, account, ref,
  booked_at, "on", amount_vnd, words, payer, attempt_ref, state, order_code)
SELECT %(statement)s, t."row", %(agency)s, %(channel)s, t.account, t.ref, t.booked_at, t."on",
  t.amount_vnd, t.words, t.payer, t.attempt_ref, 'waiting', ''
FROM statement_lines t
ON CONFLICT (channel, account, ref) DO UPDATE
SET statement_id = EXCLUDED.statement_id, "row" = EXCLUDED."row",
    amount_vnd = EXCLUDED.amount_vnd, booked_at = EXCLUDED.booked_at, "on" = EXCLUDED."on",
    state = CASE WHEN reconciliation_statementline.state = 'settled' THEN 'settled'
                 ELSE 'waiting' END
WHERE reconciliation_statementline.statement_id IS NULL
"""
SAID_OTHERWISE = """
SELECT t."row", t.ref, l.amount_vnd, s.code
FROM statement_lines t
JOIN reconciliation_statementline l
  ON l.channel = %(channel)s AND l.account = t.account AND l.ref = t.ref
JOIN reconciliation_statement s ON s.id = l.statement_id
WHERE l.statement_id <> %(statement)s AND l.amount_vnd <> t.amount_vnd
ORDER BY t."row" LIMIT 50
"""
MATCH = """
UPDATE reconciliation_statementline l
SET payment_id = p.id, order_code = o.code,
    state = CASE WHEN p.amount_vnd = l.amount_vnd THEN 'matched' ELSE 'differs' END
FROM payments_payment p JOIN payments_order o ON o.id = p.order_id
WHERE l.statement_id = %(statement)s AND l.state = 'waiting' AND l.amount_vnd > 0
  AND p.channel = %(channel)s
  AND p.partner_ref = CASE WHEN %(is_bank)s THEN l.account || ':' || l.ref ELSE l.ref END
"""
AMOUNTS_DIFFER = """
INSERT INTO reconciliation_mismatch (code, kind, state, agency_id, channel, account, "on",
  statement_id, line_id, payment_id, order_code, here_vnd, there_vnd, found_at, way, detail, reason,
  proposed_by_name, settled_by_name)
SELECT %(code)s::text || '.' || l."row", 'amount_differs', 'open', l.agency_id, l.channel,
  l.account, l."on", l.statement_id, l.id, p.id, l.order_code, p.amount_vnd, l.amount_vnd,
  %(at)s, '', '', '', '', ''
FROM reconciliation_statementline l JOIN payments_payment p ON p.id = l.payment_id
WHERE l.statement_id = %(statement)s AND l.state = 'differs'
"""
# What a gateway tells of an attempt that was paid already is money that came twice.
MISSING_HERE = """
INSERT INTO reconciliation_mismatch (code, kind, state, agency_id, channel, account, "on",
  statement_id, line_id, payment_id, order_code, here_vnd, there_vnd, found_at, way, detail, reason,
  proposed_by_name, settled_by_name)
SELECT %(code)s::text || '.' || l."row",
  CASE WHEN l.amount_vnd < 0 THEN 'money_out'
       WHEN o.paid_at IS NOT NULL OR EXISTS (
         SELECT 1 FROM payments_payment p WHERE p.attempt_id = a.id) THEN 'doubled'
       ELSE 'missing_here' END,
  'open', l.agency_id, l.channel, l.account, l."on", l.statement_id, l.id, NULL,
  coalesce(o.code, ''), NULL, l.amount_vnd, %(at)s, '', '', '', '', ''
FROM reconciliation_statementline l
LEFT JOIN payments_attempt a ON l.attempt_ref <> '' AND a.ref = l.attempt_ref
LEFT JOIN payments_order o ON o.id = a.order_id
WHERE l.statement_id = %(statement)s AND l.state = 'waiting'
  AND NOT l.id = ANY(%(but)s::bigint[])
"""
LEFT_OVER = """
UPDATE reconciliation_statementline l SET state = 'differs', order_code = m.order_code
FROM reconciliation_mismatch m
WHERE m.line_id = l.id AND l.statement_id = %(statement)s AND l.state = 'waiting'
"""
MISSING_THERE = """
INSERT INTO reconciliation_mismatch (code, kind, state, agency_id, channel, account, "on",
  statement_id, line_id, payment_id, order_code, here_vnd, there_vnd, found_at, way, detail, reason,
  proposed_by_name, settled_by_name)
SELECT %(code)s::text || '-T' || row_number() OVER (ORDER BY p.id), 'missing_there', 'open',
  o.agency_id, p.channel, %(account)s::text,
  (p.paid_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date, %(statement)s, NULL,
  p.id, o.code, p.amount_vnd, NULL, %(at)s, '', '', '', '', ''
FROM payments_payment p
JOIN payments_order o ON o.id = p.order_id
LEFT JOIN reconciliation_statementline l
  ON l.payment_id = p.id AND l.statement_id IS NOT NULL
WHERE p.channel = %(channel)s AND p.paid_at >= %(since)s AND p.paid_at <= %(until)s
  AND o.agency_id = %(agency)s AND NOT o.is_typed AND l.id IS NULL
  AND (NOT %(is_bank)s OR starts_with(p.partner_ref, %(account)s::text || ':'))
  AND NOT EXISTS (SELECT 1 FROM reconciliation_mismatch m
                  WHERE m.payment_id = p.id AND m.kind = 'missing_there')
"""
# What was missing in an earlier statement and stands in this one.
APPEARED = """
UPDATE reconciliation_mismatch m
SET state = 'settled', way = 'appeared', settled_at = %(at)s,
    settled_by_name = 'Hệ thống', reason = 'Có trong sao kê ' || %(code)s::text
FROM reconciliation_statementline l
WHERE l.statement_id = %(statement)s AND l.payment_id = m.payment_id
  AND m.kind = 'missing_there' AND m.state <> 'settled'
"""
# By the agency whose order was paid; without one it is not explained.
SUMS = """
SELECT o.agency_id, sum(l.amount_vnd)::bigint
FROM reconciliation_statementline l
LEFT JOIN payments_payment p ON p.id = l.payment_id
LEFT JOIN payments_order o ON o.id = p.order_id
WHERE l.statement_id = %(statement)s GROUP BY 1 ORDER BY 1
"""
COUNTS = """
SELECT count(*), min("on"), max("on"), max(booked_at),
       coalesce(sum(amount_vnd) FILTER (WHERE amount_vnd > 0), 0)::bigint,
       coalesce(-sum(amount_vnd) FILTER (WHERE amount_vnd < 0), 0)::bigint
FROM statement_lines
"""
