"""After a change: the closure of the agencies concerned, and a new version of the tree."""

from collections.abc import Collection

from django.db import connection

from motcua.foundation.organisation.queries.trees import forget_tree

DROP_CLOSURE = """
DELETE FROM organisation_unitclosure c USING organisation_unit u
WHERE c.descendant_id = u.id AND u.agency_id = ANY(%s)
"""

BUILD_CLOSURE = """
INSERT INTO organisation_unitclosure (ancestor_id, descendant_id, depth)
WITH RECURSIVE up (ancestor_id, descendant_id, depth) AS (
    SELECT id, id, 0 FROM organisation_unit WHERE agency_id = ANY(%s) AND standing = 'living'
    UNION ALL
    SELECT u.parent_id, up.descendant_id, up.depth + 1
    FROM up JOIN organisation_unit u ON u.id = up.ancestor_id
    WHERE u.parent_id IS NOT NULL
)
SELECT ancestor_id, descendant_id, depth FROM up
"""

RAISE_VERSION = """
INSERT INTO organisation_treeversion (id, version)
VALUES (1, nextval('organisation_tree_version'))
ON CONFLICT (id) DO UPDATE SET version = EXCLUDED.version
"""


def rebuild_closure(agency_ids: Collection[int]) -> None:
    """Write the closure of these agencies anew, living units only."""
    with connection.cursor() as cursor:
        cursor.execute(DROP_CLOSURE, [list(agency_ids)])
        cursor.execute(BUILD_CLOSURE, [list(agency_ids)])


def raise_tree_version() -> None:
    """Make every process look at the tree again."""
    with connection.cursor() as cursor:
        cursor.execute(RAISE_VERSION)
    forget_tree()
