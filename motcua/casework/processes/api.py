"""Processes: which steps a procedure has and which of them open next."""

from .choices import StepKind, StepResult
from .errors import BadProcess
from .models import NO_LIMIT, StepRow
from .rules import Budget, Process, StepDef, is_finished, openable, parse_process

__all__ = [
    "NO_LIMIT",
    "BadProcess",
    "Budget",
    "Process",
    "StepDef",
    "StepKind",
    "StepResult",
    "StepRow",
    "is_finished",
    "openable",
    "parse_process",
]
