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
# A refund is known by the partner's own number of it, by our code in the words, or by the attempt
# that was paid: then by the amount too, and the oldest first. One line for one refund.
MATCH_REFUNDS = """
WITH found AS (
  SELECT l.id AS line_id, r.id AS refund_id, o.code, r.amount_vnd = -l.amount_vnd AS is_same,
    row_number() OVER (PARTITION BY l.id ORDER BY g.rank, r.id) AS of_line,
    row_number() OVER (PARTITION BY r.id ORDER BY g.rank, l.id) AS of_refund
  FROM reconciliation_statementline l
  JOIN payments_refund r ON r.channel = l.channel AND r.state = 'done'
  JOIN payments_order o ON o.id = r.order_id
  LEFT JOIN payments_payment p ON p.id = r.payment_id
  LEFT JOIN payments_attempt a ON a.id = p.attempt_id
  CROSS JOIN LATERAL (SELECT CASE
    WHEN r.partner_ref <> '' AND l.ref IN (r.partner_ref, r.partner_ref || %(suffix)s) THEN 1
    WHEN position(replace(r.code, '-', '')
         IN upper(regexp_replace(l.words, '[^[:alnum:]]', '', 'g'))) > 0 THEN 2
    WHEN l.attempt_ref <> '' AND a.ref = l.attempt_ref AND r.amount_vnd = -l.amount_vnd THEN 3
    END AS rank) g
  WHERE l.statement_id = %(statement)s AND l.state = 'waiting' AND l.amount_vnd < 0
    AND l.channel = %(channel)s AND g.rank IS NOT NULL
    AND r.done_at >= %(since)s - interval '60 days'
    AND (NOT %(is_bank)s OR o.agency_id = ANY(%(agencies)s::bigint[]))
    AND NOT EXISTS (SELECT FROM reconciliation_statementline e WHERE e.refund_id = r.id)
)
UPDATE reconciliation_statementline l
SET refund_id = f.refund_id, order_code = f.code,
    state = CASE WHEN f.is_same THEN 'matched' ELSE 'differs' END
FROM found f WHERE f.line_id = l.id AND f.of_line = 1 AND f.of_refund = 1
"""
AMOUNTS_DIFFER = """
INSERT INTO reconciliation_mismatch (code, kind, state, agency_id, channel, account, "on",
  statement_id, line_id, payment_id, refund_id, order_code, here_vnd, there_vnd, found_at, way,
  detail, reason, proposed_by_name, settled_by_name)
SELECT %(code)s::text || '.' || l."row", 'amount_differs', 'open', l.agency_id, l.channel,
  l.account, l."on", l.statement_id, l.id, p.id, r.id, l.order_code,
  coalesce(p.amount_vnd, -r.amount_vnd), l.amount_vnd, %(at)s, '', '', '', '', ''
FROM reconciliation_statementline l
LEFT JOIN payments_payment p ON p.id = l.payment_id
LEFT JOIN payments_refund r ON r.id = l.refund_id
WHERE l.statement_id = %(statement)s AND l.state = 'differs'
"""
# What a gateway tells of an attempt that was paid already is money that came twice.
MISSING_HERE = """
INSERT INTO reconciliation_mismatch (code, kind, state, agency_id, channel, account, "on",
  statement_id, line_id, payment_id, refund_id, order_code, here_vnd, there_vnd, found_at, way,
  detail, reason, proposed_by_name, settled_by_name)
SELECT %(code)s::text || '.' || l."row",
  CASE WHEN l.amount_vnd < 0 THEN 'money_out'
       WHEN o.paid_at IS NOT NULL OR EXISTS (
         SELECT 1 FROM payments_payment p WHERE p.attempt_id = a.id) THEN 'doubled'
       ELSE 'missing_here' END,
  'open', l.agency_id, l.channel, l.account, l."on", l.statement_id, l.id, NULL, r.id,
  coalesce(o.code, ''), NULL, l.amount_vnd, %(at)s, '', '', '', '', ''
FROM reconciliation_statementline l
LEFT JOIN payments_attempt a ON l.attempt_ref <> '' AND a.ref = l.attempt_ref
LEFT JOIN payments_order o ON o.id = a.order_id
LEFT JOIN LATERAL (
  SELECT w.id FROM payments_refund w JOIN payments_payment p ON p.id = w.payment_id
  WHERE l.amount_vnd < 0 AND p.attempt_id = a.id AND w.state IN ('approved', 'failed')
    AND w.channel = l.channel AND w.amount_vnd = -l.amount_vnd ORDER BY w.id LIMIT 1) r ON TRUE
WHERE l.statement_id = %(statement)s AND l.state = 'waiting'
  AND NOT l.id = ANY(%(but)s::bigint[])
"""
LEFT_OVER = """
UPDATE reconciliation_statementline l SET state = 'differs', order_code = m.order_code
FROM reconciliation_mismatch m
WHERE m.line_id = l.id AND l.statement_id = %(statement)s AND l.state = 'waiting'
"""
# At which tills of the gateway the money of a report was taken: it speaks for these and no others.
TERMINALS = """
SELECT coalesce(array_agg(DISTINCT coalesce(a.terminal, '')), '{}')
FROM reconciliation_statementline l
JOIN payments_payment p ON p.id = l.payment_id
LEFT JOIN payments_attempt a ON a.id = p.attempt_id
WHERE l.statement_id = %(statement)s
"""
# What an account carried is said by its statement, whoever's order it was for. A gateway's report
# is of one agency, and of the tills it names.
MISSING_THERE = """
INSERT INTO reconciliation_mismatch (code, kind, state, agency_id, channel, account, "on",
  statement_id, line_id, payment_id, refund_id, order_code, here_vnd, there_vnd, found_at, way,
  detail, reason, proposed_by_name, settled_by_name)
SELECT %(code)s::text || '-T' || row_number() OVER (ORDER BY p.id), 'missing_there', 'open',
  CASE WHEN o.agency_id = ANY(%(agencies)s::bigint[]) THEN %(agency)s ELSE o.agency_id END,
  p.channel, %(account)s::text,
  (p.paid_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date, %(statement)s, NULL,
  p.id, NULL, o.code, p.amount_vnd, NULL, %(at)s, '', '', '', '', ''
FROM payments_payment p
JOIN payments_order o ON o.id = p.order_id
LEFT JOIN payments_attempt a ON a.id = p.attempt_id
LEFT JOIN reconciliation_statementline l
  ON l.payment_id = p.id AND l.statement_id IS NOT NULL
WHERE p.channel = %(channel)s AND p.paid_at >= %(since)s AND p.paid_at <= %(until)s
  AND NOT o.is_typed AND l.id IS NULL
  AND CASE WHEN %(is_bank)s THEN starts_with(p.partner_ref, %(account)s::text || ':')
      ELSE o.agency_id = ANY(%(agencies)s::bigint[])
        AND (cardinality(%(terminals)s::text[]) = 0
             OR coalesce(a.terminal, '') = ANY(%(terminals)s::text[])) END
  AND NOT EXISTS (SELECT 1 FROM reconciliation_mismatch m
                  WHERE m.payment_id = p.id AND m.kind = 'missing_there')
"""
# What we say has gone back by a gateway, and its report does not say.
REFUNDS_MISSING_THERE = """
INSERT INTO reconciliation_mismatch (code, kind, state, agency_id, channel, account, "on",
  statement_id, line_id, payment_id, refund_id, order_code, here_vnd, there_vnd, found_at, way,
  detail, reason, proposed_by_name, settled_by_name)
SELECT %(code)s::text || '-H' || row_number() OVER (ORDER BY r.id), 'missing_there', 'open',
  %(agency)s, r.channel, %(account)s::text,
  (r.done_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date, %(statement)s, NULL, NULL,
  r.id, o.code, -r.amount_vnd, NULL, %(at)s, '', '', '', '', ''
FROM payments_refund r
JOIN payments_order o ON o.id = r.order_id
LEFT JOIN payments_payment p ON p.id = r.payment_id
LEFT JOIN payments_attempt a ON a.id = p.attempt_id
WHERE NOT %(is_bank)s AND r.channel = %(channel)s AND r.state = 'done' AND NOT o.is_typed
  AND r.done_at >= %(since)s AND r.done_at <= %(until)s
  AND r.agency_id = ANY(%(agencies)s::bigint[])
  AND (cardinality(%(terminals)s::text[]) = 0
       OR coalesce(a.terminal, '') = ANY(%(terminals)s::text[]))
  AND NOT EXISTS (SELECT FROM reconciliation_statementline l WHERE l.refund_id = r.id)
  AND NOT EXISTS (SELECT FROM reconciliation_mismatch m
                  WHERE m.refund_id = r.id AND m.kind = 'missing_there')
"""
# What was missing in an earlier statement and stands in this one.
APPEARED = """
UPDATE reconciliation_mismatch m
SET state = 'settled', way = 'appeared', settled_at = %(at)s,
    settled_by_name = 'Hệ thống', reason = 'Có trong sao kê ' || %(code)s::text
FROM reconciliation_statementline l
WHERE l.statement_id = %(statement)s
  AND (l.payment_id = m.payment_id OR l.refund_id = m.refund_id)
  AND m.kind = 'missing_there' AND m.state <> 'settled'
"""
# By the agency whose order was paid; without one it is not explained.
# What is explained, by whose order it was; the rest waits with the account's own agency.
SUMS = """
SELECT coalesce(o.agency_id, r.agency_id), sum(l.amount_vnd)::bigint
FROM reconciliation_statementline l
LEFT JOIN payments_payment p ON p.id = l.payment_id
LEFT JOIN payments_order o ON o.id = p.order_id
LEFT JOIN payments_refund r ON r.id = l.refund_id
WHERE l.statement_id = %(statement)s GROUP BY 1 ORDER BY 1 NULLS LAST
"""
COUNTS = """
SELECT count(*), min("on"), max("on"), max(booked_at),
       coalesce(sum(amount_vnd) FILTER (WHERE amount_vnd > 0), 0)::bigint,
       coalesce(-sum(amount_vnd) FILTER (WHERE amount_vnd < 0), 0)::bigint
FROM statement_lines
"""
