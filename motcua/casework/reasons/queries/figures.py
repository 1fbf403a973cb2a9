"""Which reasons occur most, by procedure: what the instructions leave unclear."""

from collections.abc import Collection
from datetime import date
from typing import NamedTuple

from motcua.casework.reasons.choices import ReasonKind
from motcua.foundation.access import api as access
from motcua.foundation.access.api import Power
from motcua.foundation.organisation import api as organisation
from motcua.lib import work
from motcua.lib.actor import Actor
from motcua.lib.errors import NotAllowed

MOST = 200
_MAY = (Power.EXPORT_DOSSIERS, Power.KEEP_REASONS)
_OFTEN = f"""
SELECT u.procedure_id, u.reason_id, u.kind, count(*) AS uses,
       count(*) FILTER (WHERE u.is_changed) AS changed, count(DISTINCT u.subject) AS subjects,
       (SELECT v.title FROM reasons_reasonversion v WHERE v.reason_id = u.reason_id
        ORDER BY v.number DESC LIMIT 1) AS title,
       p.code, p.name
FROM reasons_reasonuse u JOIN procedures_procedure p ON p.id = u.procedure_id
WHERE u.used_on BETWEEN %s AND %s AND (%s::bigint[] IS NULL OR u.agency_id = ANY(%s::bigint[]))
  AND (%s = '' OR u.kind = %s) AND (%s::bigint IS NULL OR u.procedure_id = %s)
GROUP BY u.procedure_id, u.reason_id, u.kind, p.code, p.name
ORDER BY uses DESC, u.procedure_id, u.reason_id LIMIT {MOST}
"""  # noqa: S608 -- our own constant


class Often(NamedTuple):
    """How often one reason was given in one procedure; `changed` of them in other words."""

    procedure_id: int
    reason_id: int
    kind: str
    uses: int
    changed: int
    subjects: int
    title: str
    procedure_code: str
    procedure_name: str


def most_given(
    first: date,
    last: date,
    *,
    agency_ids: Collection[int] | None = None,
    kind: ReasonKind | None = None,
    procedure_id: int | None = None,
) -> list[Often]:
    """Return which reasons were given most in these days, by procedure. Costs: one statement."""
    agencies = None if agency_ids is None else sorted(agency_ids)
    word = str(kind or "")
    params = [first, last, agencies, agencies, word, word, procedure_id, procedure_id]
    return [Often._make(row) for row in work.fetch(_OFTEN, params)]


def agencies_counted_for(actor: Actor) -> list[int]:
    """Return of which agencies the actor may see which reasons were given. Raises: NotAllowed."""
    if not any(actor.can(power) for power in _MAY):
        raise NotAllowed("Dành cho lãnh đạo, trưởng đơn vị và người giữ thư viện lý do.")
    if any(power in actor.province_powers for power in _MAY):
        return [one.id for one in organisation.tree().agencies() if one.is_counted]
    reached = {one for power in _MAY for one in access.agencies_reached(power, actor)}
    own = sorted(reached) or ([actor.agency_id] if actor.agency_id else [])
    if not own:
        raise NotAllowed("Ông/bà chưa giữ vị trí ở cơ quan nào.")
    return own


def most_given_for(
    actor: Actor,
    first: date,
    last: date,
    *,
    agency_id: int | None = None,
    kind: ReasonKind | None = None,
) -> list[Often]:
    """Return the same for who may see it, of one agency or of all that may be seen.

    Raises: NotAllowed. Costs: one statement.
    """
    mine = agencies_counted_for(actor)
    if agency_id is not None and agency_id not in mine:
        raise NotAllowed("Ông/bà không xem được số liệu của cơ quan này.")
    wanted = mine if agency_id is None else [agency_id]
    return most_given(first, last, agency_ids=wanted, kind=kind)
