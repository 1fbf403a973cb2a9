"""Today's tree, kept in memory by each process."""

from dataclasses import dataclass
from time import monotonic
from typing import Any

from django.db.models import BooleanField, ExpressionWrapper, F, Q

from motcua.foundation.organisation.choices import Standing
from motcua.foundation.organisation.models import Agency, TreeVersion, Unit
from motcua.foundation.organisation.rules.tree import AgencyInfo, Tree, UnitInfo

RECHECK_SECONDS = 2.0
NOT_PLANNED = ~Q(standing=Standing.PLANNED)
IS_LIVING = ExpressionWrapper(Q(standing=Standing.LIVING), BooleanField())
AGENCY: tuple[Any, ...] = (
    "id",
    "code",
    "legacy_code",
    "name",
    "short_name",
    "kind",
    "level",
    "parent_id",
    "place_code",
    IS_LIVING,
)
UNIT: tuple[Any, ...] = (
    "id",
    "agency_id",
    "name",
    "short_name",
    "kind",
    "code",
    "parent_id",
    "calendar_id",
    F("agency__place_code"),
    IS_LIVING,
)


@dataclass(slots=True)
class _Held:
    """What this process knows of the tree, and until when it need not ask again."""

    tree: Tree | None = None
    fresh_until: float = 0.0


_held = _Held()


def tree() -> Tree:
    """Return today's tree.

    Costs: nothing for two seconds, then one query; two more when the tree has changed.
    """
    held = _held.tree
    moment = monotonic()
    if held is not None and moment < _held.fresh_until:
        return held
    version = _version_in_force()
    if held is None or held.version != version:
        held = _load(version)
    _held.tree, _held.fresh_until = held, moment + RECHECK_SECONDS
    return held


def forget_tree() -> None:
    """Ask the database again at the next look: this process has just changed the tree."""
    _held.fresh_until = 0.0


def _version_in_force() -> int:
    return next(iter(TreeVersion.objects.values_list("version", flat=True)), 0)


def _load(version: int) -> Tree:
    agencies = Agency.objects.filter(NOT_PLANNED).order_by("code", "id").values_list(*AGENCY)
    units = Unit.objects.filter(NOT_PLANNED).order_by("code", "id").values_list(*UNIT)
    infos = [UnitInfo(*row) for row in units]
    roots = {one.agency_id: one.id for one in infos if one.parent_id is None}
    return Tree(version, [AgencyInfo(roots[row[0]], *row) for row in agencies], infos)
