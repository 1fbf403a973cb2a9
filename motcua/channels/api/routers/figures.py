"""Figures: what was received and settled, from the roll-ups."""

from datetime import date, datetime, timedelta
from typing import Any

from ninja import Schema
from ninja.params import functions as params

from motcua.casework.dossiers import api as dossiers
from motcua.casework.indicators import api as indicators
from motcua.casework.ratings import api as ratings
from motcua.channels.api.door import Door, plain_json, row_of
from motcua.channels.api.naming import unit_of
from motcua.channels.kit.requests import ActorRequest
from motcua.foundation.clients.api import Scope
from motcua.foundation.organisation import api as organisation
from motcua.lib.clock import now
from motcua.lib.errors import BadInput

LONGEST = timedelta(days=5 * 366)
MEASURES = {
    "received": dossiers.RECEIVED,
    "filed_online": dossiers.FILED_ONLINE,
    "resolved": dossiers.RESOLVED,
    "resolved_late": dossiers.RESOLVED_LATE,
    "resolved_online": dossiers.RESOLVED_ONLINE,
    "resolved_online_late": dossiers.RESOLVED_ONLINE_LATE,
    "rated": ratings.GIVEN,
    "satisfied": ratings.SATISFIED,
}
_DAY: Any = params.Query(...)
_UNIT: Any = params.Query("", max_length=35)
door = Door("figures")


class CountsOut(Schema):
    """What one agency did in a period, in numbers of dossiers."""

    agency_code: str
    name: str
    received: int
    filed_online: int
    resolved: int
    resolved_late: int
    resolved_online: int
    resolved_online_late: int
    rated: int
    satisfied: int


class FiguresOut(Schema):
    """Figures of a period, and until when every move is counted in them."""

    first: date
    last: date
    as_of: datetime
    agencies: list[CountsOut]


class TallyOut(Schema):
    """One field of service in the report of a unit."""

    name: str
    carried_over: int
    received_online: int
    received_otherwise: int
    settled_early: int
    settled_on_time: int
    settled_late: int
    open_in_time: int
    open_late: int
    ended_otherwise: int


@door.reads("/figures", Scope.FIGURES, FiguresOut, "Số liệu theo cơ quan")
def read_figures(request: ActorRequest, first: date = _DAY, last: date = _DAY) -> Any:
    """Return what every agency received and resolved between two days, both counted."""
    _check(first, last)
    roots = {one.root_unit_id: one for one in organisation.tree().agencies()}
    found = indicators.totals_by_unit(roots, MEASURES.values(), first, last)
    rows = [
        {
            "agency_code": one.code,
            "name": one.name,
            **{name: found[unit].get(word, 0) for name, word in MEASURES.items()},
        }
        for unit, one in roots.items()
        if unit in found
    ]
    as_of = dossiers.figures_as_of(now())
    return plain_json({"first": first, "last": last, "as_of": as_of, "agencies": rows})


@door.reads("/reports/reception", Scope.FIGURES, list[TallyOut], "Báo cáo tiếp nhận", heavy=True)
def reception_report(
    request: ActorRequest, unit_code: str = _UNIT, first: date = _DAY, last: date = _DAY
) -> Any:
    """Return what a unit and those below it received and settled, by field of service."""
    _check(first, last)
    unit = unit_of(unit_code)
    dossiers.check_reader(request.actor, unit.id)
    rows = dossiers.report_of(unit.id, first, last)
    return plain_json([row_of(TallyOut, row) for row in rows])


def _check(first: date, last: date) -> None:
    if last < first or last - first > LONGEST:
        raise BadInput("Kỳ phải từ ngày đầu tới ngày cuối, nhiều nhất năm năm.", field="last")
