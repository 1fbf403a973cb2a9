"""Numbers that never came: what one agency sent another is counted without gaps."""

from motcua.lib import work

_GAPS = """
WITH known AS (
  SELECT number FROM exchange_enveloperecipient
  WHERE sender_code = %(sender)s AND routed_code = %(receiver)s AND number IS NOT NULL
  UNION ALL
  SELECT number FROM exchange_envelopearrival WHERE kind = 'document'
    AND sender_code = %(sender)s AND receiver_code = %(receiver)s AND number IS NOT NULL
)
SELECT n FROM (SELECT max(number) AS latest FROM known) AS far,
  generate_series(1, far.latest) AS n
WHERE NOT EXISTS (SELECT 1 FROM known WHERE number = n)
ORDER BY n LIMIT %(most)s
"""


def gaps_between(sender_code: str, receiver_code: str, *, most: int = 1000) -> list[int]:
    """Return the numbers from one agency to another that are missing below the highest known."""
    asked = {"sender": sender_code, "receiver": receiver_code, "most": most}
    return [int(row[0]) for row in work.fetch(_GAPS, asked)]
