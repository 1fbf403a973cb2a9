"""Who acts in the tests of this room, and when."""

from datetime import UTC, date, datetime

from motcua.lib.actor import Actor

EDIT = "organisation.edit"
AT = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
TODAY = date(2026, 3, 2)
LAST_OLD_DAY = date(2025, 6, 30)
REFORM_DAY = date(2025, 7, 1)
HOA = Actor(1, "Lò Thị Hoa", province_powers=frozenset({EDIT}))
BINH = Actor(3, "Trần Văn Bình")


def editor_of(*unit_ids: int) -> Actor:
    """Return Dũng, who may edit these units only."""
    return Actor(2, "Quàng Văn Dũng", powers={EDIT: frozenset(unit_ids)})
