"""Read whose book an agency's has become, and which books wait for their heirs.

Source: docs/law/money.md
"""

from datetime import date

from motcua.casework.cashbook.models import BookHeir
from motcua.foundation.organisation import api as organisation
from motcua.lib import work

# Heirs may have had heirs: the last of each row is who keeps the book today.
HEIRS = f"""
WITH RECURSIVE way(agency_id, heir_id) AS (
  SELECT agency_id, heir_id FROM cashbook_bookheir WHERE agency_id = {work.ANY_KEY}
  UNION ALL
  SELECT w.agency_id, h.heir_id FROM way w JOIN cashbook_bookheir h ON h.agency_id = w.heir_id
)
SELECT w.agency_id, w.heir_id FROM way w
WHERE NOT EXISTS (SELECT FROM cashbook_bookheir h WHERE h.agency_id = w.heir_id)
"""  # noqa: S608 -- our own words
_WITH_BOOKS = """
SELECT DISTINCT a.agency_id FROM cashbook_account a
WHERE NOT EXISTS (SELECT FROM cashbook_bookheir h WHERE h.agency_id = a.agency_id) ORDER BY 1
"""


def keeper_of(agency_id: int) -> int:
    """Return the agency that keeps the book of this one: itself, or its heir."""
    rows = work.fetch(HEIRS, [[agency_id]])
    return int(rows[0][1]) if rows else agency_id


def heir_of(agency_id: int) -> BookHeir | None:
    """Return to whom an agency's book has passed, None if it is its own."""
    return BookHeir.objects.filter(pk=agency_id).first()


def books_left(agency_id: int, on: date) -> list[int]:
    """Return the ended agencies whose books wait for this one to take them over.

    Costs: one query, and some for each book of an agency that ended.
    """
    living = {one.id for one in organisation.tree().agencies()}
    ended = [row[0] for row in work.fetch(_WITH_BOOKS, []) if row[0] not in living]
    return [one for one in ended if agency_id in organisation.heirs_of_agency(one, on)]
