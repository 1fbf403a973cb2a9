"""The picture of a process as shapes that a template draws: the same places as in the BPMN file."""

from collections.abc import Sequence
from textwrap import wrap
from typing import NamedTuple

from motcua.casework.processes.api import (
    Box,
    Node,
    Process,
    Shape,
    draw,
    every_node,
    lane_name,
    place,
)

LETTERS, LINES = 19, 4
SIGNS = {Shape.EXCLUSIVE: "×", Shape.PARALLEL: "+", Shape.INCLUSIVE: "○"}


class Drawn(NamedTuple):
    """One shape: how it is drawn, where, its words in lines, the step it leads to."""

    look: str
    box: Box
    lines: Sequence[str]
    sign: str = ""
    step: str = ""


class Arrow(NamedTuple):
    """One arrow: its corners as SVG wants them, its words and where they stand."""

    points: str
    words: str
    x: int
    y: int
    is_back: bool


class Picture(NamedTuple):
    """All that is drawn."""

    width: int
    height: int
    lanes: Sequence[tuple[str, Box]]
    shapes: Sequence[Drawn]
    arrows: Sequence[Arrow]


def picture_of(process: Process) -> Picture:
    """Return the picture of a process."""
    diagram = draw(process)
    placed = place(diagram)
    nodes = list(every_node(diagram))
    inner = [node.inside for node in nodes if node.inside is not None]
    arrows = []
    for edge in [edge for one in (diagram, *inner) for edge in one.edges]:
        path = placed.paths[edge.id]
        words = "" if edge.is_back or edge.condition == "true" else edge.condition
        target = placed.boxes[edge.target]
        points = " ".join(f"{x},{y}" for x, y in path)
        arrows.append(Arrow(points, _short(words), target.x, target.y - 6, edge.is_back))
    return Picture(
        placed.width,
        placed.height,
        [(lane_name(duty).split(" (")[0], box) for duty, box in placed.lanes.items()],
        [_drawn(node, placed.boxes[node.id]) for node in nodes],
        arrows,
    )


def _short(words: str) -> str:
    return words if len(words) <= LETTERS else f"{words[: LETTERS - 1]}…"


def _drawn(node: Node, box: Box) -> Drawn:
    looks = {Shape.START: "event", Shape.END: "end", Shape.TIMER: "timer", Shape.BOUNDARY: "timer"}
    if node.shape in SIGNS:
        return Drawn("gate", box, (), SIGNS[node.shape])
    if node.shape in looks:
        step = node.step.code if node.step and node.shape == Shape.TIMER else ""
        return Drawn(looks[node.shape], box, (), step=step)
    if node.shape == Shape.PART or node.step is None:
        return Drawn("part", box, [node.name])
    lines = wrap(node.name, LETTERS)
    if len(lines) > LINES:
        lines = [*lines[: LINES - 1], f"{lines[LINES - 1]}…"]
    is_signing = node.step.kind in {"approval", "decision"}
    look = "service" if node.shape == Shape.SERVICE else "signing" if is_signing else "task"
    return Drawn(look, box, lines, step=node.step.code)
