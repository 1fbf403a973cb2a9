"""Agencies, units, posts and officers."""

from .agency import Agency, AgencySuccession, AgencyVersion
from .keys import HistoricKey, LivingKey
from .post import Officer, Post, PostHolding
from .unit import CalendarUse, TreeVersion, Unit, UnitClosure, UnitSuccession, UnitVersion

__all__ = [
    "Agency",
    "AgencySuccession",
    "AgencyVersion",
    "CalendarUse",
    "HistoricKey",
    "LivingKey",
    "Officer",
    "Post",
    "PostHolding",
    "TreeVersion",
    "Unit",
    "UnitClosure",
    "UnitSuccession",
    "UnitVersion",
]
