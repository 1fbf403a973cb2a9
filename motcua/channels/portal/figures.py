"""The public figures since 1 January, from the roll-ups."""

from dataclasses import dataclass
from datetime import date

from motcua.casework.dossiers import api as dossiers
from motcua.casework.indicators import api as indicators
from motcua.casework.ratings import api as ratings
from motcua.foundation.organisation import api as organisation

MEASURES = (
    dossiers.RECEIVED,
    dossiers.FILED_ONLINE,
    dossiers.RESOLVED,
    dossiers.RESOLVED_LATE,
    dossiers.RESOLVED_ONLINE,
    dossiers.RESOLVED_ONLINE_LATE,
    dossiers.RESOLVED_ONLINE_WHOLE,
    ratings.GIVEN,
    ratings.SATISFIED,
)


@dataclass(frozen=True, slots=True)
class Figures:
    """What one agency, or the province, has done this year; shares in per cent, None of nothing."""

    name: str
    received: int
    filed_online: int
    resolved: int
    resolved_online: int
    on_time: float | None
    online_on_time: float | None
    online_whole: float | None
    satisfied: float | None


def figures_of_province(day: date) -> Figures:
    """Return the province's figures from 1 January up to the day.

    Costs: one statement.
    Source: docs/law/indicators.md
    """
    found = indicators.totals([indicators.PROVINCE], MEASURES, day.replace(month=1, day=1), day)
    return _figures("", found)


def figures_of_agencies(day: date) -> list[Figures]:
    """Return the figures of every agency that has received anything, by code.

    Costs: one query.
    """
    roots = {agency.root_unit_id: agency.name for agency in organisation.tree().agencies()}
    first = day.replace(month=1, day=1)
    found = indicators.totals_by_unit(roots, MEASURES, first, day)
    return [_figures(name, found[unit_id]) for unit_id, name in roots.items() if unit_id in found]


def _figures(name: str, found: dict[str, int]) -> Figures:
    def count(measure: str) -> int:
        return found.get(measure, 0)

    resolved, online = count(dossiers.RESOLVED), count(dossiers.RESOLVED_ONLINE)
    return Figures(
        name=name,
        received=count(dossiers.RECEIVED),
        filed_online=count(dossiers.FILED_ONLINE),
        resolved=resolved,
        resolved_online=online,
        on_time=indicators.per_cent(resolved - count(dossiers.RESOLVED_LATE), resolved),
        online_on_time=indicators.per_cent(online - count(dossiers.RESOLVED_ONLINE_LATE), online),
        online_whole=indicators.per_cent(count(dossiers.RESOLVED_ONLINE_WHOLE), resolved),
        satisfied=indicators.per_cent(count(ratings.SATISFIED), count(ratings.GIVEN)),
    )
