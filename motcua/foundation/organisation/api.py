"""Agencies, units, posts and officers, today and on any day."""

from .choices import AgencyKind, Level, PostRole, UnitKind
from .models import Agency, HistoricKey, LivingKey, Officer, Post, PostHolding, Unit
from .queries.trees import forget_tree, tree
from .rules.codes import legacy_code_of, new_code_of
from .rules.tree import AgencyInfo, Tree, UnitInfo

__all__ = [
    "Agency",
    "AgencyInfo",
    "AgencyKind",
    "HistoricKey",
    "Level",
    "LivingKey",
    "Officer",
    "Post",
    "PostHolding",
    "PostRole",
    "Tree",
    "Unit",
    "UnitInfo",
    "UnitKind",
    "forget_tree",
    "legacy_code_of",
    "new_code_of",
    "tree",
]
