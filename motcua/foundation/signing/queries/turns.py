"""What waits for whom: read unit by unit from the turns that are ready or underway."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from motcua.foundation.access.api import Power
from motcua.foundation.signing.choices import TurnRole
from motcua.lib import work
from motcua.lib.actor import Actor
from motcua.lib.paging import PAGE_SIZE, Cursor, Direction, Page

POWERS = {
    TurnRole.INITIAL: Power.SIGN_DOCUMENTS,
    TurnRole.LEADER: Power.SIGN_DOCUMENTS,
    TurnRole.SEAL: Power.SEAL_DOCUMENTS,
    TurnRole.COPY: Power.SEAL_DOCUMENTS,
}


@dataclass(frozen=True, slots=True)
class TurnRow:
    """One turn as a list shows it; `latest_error` says why the latest try came to nothing."""

    turn_id: int
    request_id: int
    code: str
    owner: str
    title: str
    about: str
    role: str
    state: str
    unit_id: int
    account_id: int | None
    signer_name: str
    ready_at: datetime
    number: int | None
    notation: str
    note: str
    latest_error: str

    @property
    def is_underway(self) -> bool:
        """Say whether the signer is at it."""
        return self.state == "underway"

    @property
    def number_words(self) -> str:
        """Return number and notation once they were given."""
        return f"{self.number:02d}/{self.notation}" if self.number else ""


def turns_for(
    actor: Actor,
    roles: Collection[TurnRole],
    *,
    after: Cursor | None = None,
    limit: int = PAGE_SIZE,
) -> Page[TurnRow]:
    """Return the turns of these roles that the actor may fulfil now, the oldest first.

    Costs: one statement.
    """
    units = sorted({unit for role in roles for unit in actor.powers.get(POWERS[role], ())})
    if not units:
        return Page(())
    way = after.direction if after else Direction.NEXT
    place = (after.sort_at, after.id) if after else ()
    sql = _turns_sql(way, after is not None, limit + 1)
    rows = work.fetch(sql, [units, [str(role) for role in roles], actor.id, *place])
    return _paged([TurnRow(*row) for row in rows], after, way, limit)


@lru_cache(maxsize=64)
def _turns_sql(way: Direction, has_cursor: bool, most: int) -> str:  # noqa: FBT001 -- cached by position
    compare, order = (">", "ASC") if way is Direction.NEXT else ("<", "DESC")
    cursor = f"AND (t.ready_at, t.id) {compare} (%s, %s)" if has_cursor else ""
    return f"""
SELECT t.id, r.id, r.code, r.owner, r.title, r.about, t.role, t.state, t.unit_id, t.account_id,
  t.signer_name, t.ready_at, r.number, r.notation, t.note, coalesce(a.latest_error, '')
FROM (
  SELECT t.* FROM {work.EACH_KEY} AS u(id)
  CROSS JOIN LATERAL (
    SELECT t.* FROM signing_turn t
    WHERE t.unit_id = u.id AND t.role = ANY(%s) AND t.state IN ('ready', 'underway')
      AND (t.account_id IS NULL OR t.account_id = %s) {cursor}
    ORDER BY t.ready_at {order}, t.id {order} LIMIT {most}
  ) t
  ORDER BY t.ready_at {order}, t.id {order} LIMIT {most}
) t
JOIN signing_signingrequest r ON r.id = t.request_id
LEFT JOIN LATERAL (
  SELECT a.latest_error FROM signing_signingattempt a WHERE a.turn_id = t.id
  ORDER BY a.id DESC LIMIT 1
) a ON true
ORDER BY t.ready_at {order}, t.id {order}
"""  # noqa: S608 -- only names of our own columns are put in


def _paged(rows: list[TurnRow], after: Cursor | None, way: Direction, limit: int) -> Page[TurnRow]:
    is_more = len(rows) > limit
    rows = rows[:limit]
    if way is Direction.PREVIOUS:
        rows.reverse()
    if not rows:
        return Page(())
    forward = is_more if way is Direction.NEXT else True
    back = is_more if way is Direction.PREVIOUS else after is not None
    ends = [Cursor(rows[place].ready_at, rows[place].turn_id) for place in (-1, 0)]
    return Page(
        rows=rows,
        next=ends[0] if forward else None,
        previous=Cursor(ends[1].sort_at, ends[1].id, Direction.PREVIOUS) if back else None,
    )
