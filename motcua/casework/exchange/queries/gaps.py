"""Numbers that never came: what one agency sent another is counted without gaps."""

from motcua.lib import work

_GAPS = """
SELECT n FROM (
  SELECT max(number) AS latest FROM exchange_enveloperecipient
  WHERE sender_code = %(sender)s AND routed_code = %(receiver)s
) AS known, generate_series(1, known.latest) AS n
WHERE NOT EXISTS (
  SELECT 1 FROM exchange_enveloperecipient
  WHERE sender_code = %(sender)s AND routed_code = %(receiver)s AND number = n
)
ORDER BY n LIMIT %(most)s
"""


def gaps_between(sender_code: str, receiver_code: str, *, most: int = 1000) -> list[int]:
    """Return the numbers from one agency to another that are missing below the highest known."""
    asked = {"sender": sender_code, "receiver": receiver_code, "most": most}
    return [int(row[0]) for row in work.fetch(_GAPS, asked)]
