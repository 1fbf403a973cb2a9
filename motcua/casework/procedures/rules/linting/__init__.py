"""The once-only linter: what a procedure asks of people without need, or leaves unsaid."""

from .findings import Finding, Surroundings, Weight
from .judge import EDITION, lint
from .registers import ended_by

__all__ = ["EDITION", "Finding", "Surroundings", "Weight", "ended_by", "lint"]
