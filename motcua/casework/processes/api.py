"""Processes: which steps a procedure has, which open next, and their BPMN files."""

from .choices import DUTIES, SERVICES, StepKind, StepResult
from .errors import BadProcess
from .models import NO_LIMIT, StepRow
from .rules.bpmn_reading import read_bpmn
from .rules.bpmn_writing import usual_role, write_bpmn
from .rules.definition import (
    Budget,
    Process,
    StepDef,
    as_plain,
    is_finished,
    openable,
    parse_process,
    parse_steps,
)
from .rules.drawing import Diagram, Edge, Node, Shape, draw, every_node
from .rules.editing import drop_step, put_step, steps_in
from .rules.layout import Box, Placed, lane_name, place

__all__ = [
    "DUTIES",
    "NO_LIMIT",
    "SERVICES",
    "BadProcess",
    "Box",
    "Budget",
    "Diagram",
    "Edge",
    "Node",
    "Placed",
    "Process",
    "Shape",
    "StepDef",
    "StepKind",
    "StepResult",
    "StepRow",
    "as_plain",
    "draw",
    "drop_step",
    "every_node",
    "is_finished",
    "lane_name",
    "openable",
    "parse_process",
    "parse_steps",
    "place",
    "put_step",
    "read_bpmn",
    "steps_in",
    "usual_role",
    "write_bpmn",
]
