"""Where the parts of a diagram stand: columns by how far a step is from the start, lanes by duty.

Whole numbers from the upper left corner, in the points of BPMN diagrams. The same diagram always
gets the same places.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from motcua.casework.processes.choices import DUTIES

from .drawing import GATEWAYS, Diagram, Edge, Node, Shape

TASK, GATE, EVENT = (130, 70), (44, 44), (34, 34)
GAP, ROW, PAD = 44, 96, 26
HEAD = 34  # the strip with the name of a lane, and of the whole
Point = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle."""

    x: int
    y: int
    width: int
    height: int

    @property
    def right(self) -> int:
        """Return the right edge."""
        return self.x + self.width

    @property
    def bottom(self) -> int:
        """Return the lower edge."""
        return self.y + self.height

    @property
    def middle(self) -> Point:
        """Return the centre."""
        return self.x + self.width // 2, self.y + self.height // 2


@dataclass(slots=True)
class Placed:
    """A diagram with the places of everything in it."""

    boxes: dict[str, Box] = field(default_factory=dict)
    paths: dict[str, list[Point]] = field(default_factory=dict)
    lanes: dict[str, Box] = field(default_factory=dict)
    width: int = 0
    height: int = 0


def place(diagram: Diagram) -> Placed:
    """Return the places of a whole diagram with its lanes."""
    placed = _place(diagram, (HEAD * 2, 0), by_lane=True)
    width = max(box.right for box in placed.boxes.values()) + PAD
    placed.lanes = {
        duty: Box(HEAD, box.y, width - HEAD, box.height) for duty, box in placed.lanes.items()
    }
    placed.width, placed.height = width, max(box.bottom for box in placed.lanes.values())
    return placed


def lane_name(duty: str) -> str:
    """Return what a lane is called."""
    return DUTIES.get(duty, duty)


def _place(diagram: Diagram, corner: Point, *, by_lane: bool) -> Placed:
    """Return places; what is inside parts is placed, too."""
    nodes = [node for node in diagram.nodes if not node.host]
    inner = {n.id: _place(n.inside, (0, 0), by_lane=False) for n in nodes if n.inside}
    sizes = {node.id: _size(node, inner) for node in nodes}
    column_of = _columns(nodes, diagram.edges)
    lefts = _lefts(column_of, sizes, corner[0] + PAD)
    placed, y = Placed(), corner[1]
    lanes = list(dict.fromkeys(node.duty for node in nodes)) if by_lane else [""]
    for lane in lanes:
        members = [node for node in nodes if not by_lane or node.duty == lane]
        height = _place_lane(members, column_of, sizes, lefts, y, placed)
        placed.lanes[lane] = Box(corner[0], y, 0, height)
        y += height
    for node in nodes:
        if node.id in inner:
            _take_in(inner[node.id], placed.boxes[node.id], placed)
    _place_timers(diagram.nodes, placed)
    for edge in diagram.edges:
        placed.paths[edge.id] = _path(edge, placed.boxes)
    placed.width = max(box.right for box in placed.boxes.values()) + PAD
    placed.height = y
    return placed


def _size(node: Node, inner: Mapping[str, Placed]) -> Point:
    if node.id in inner:
        return inner[node.id].width, inner[node.id].height + PAD
    if node.shape in GATEWAYS:
        return GATE
    is_event = node.shape in {Shape.START, Shape.END, Shape.TIMER}
    return EVENT if is_event else TASK


def _columns(nodes: Sequence[Node], edges: Sequence[Edge]) -> dict[str, int]:
    """Return the length of the longest way to each node, ways back left out."""
    column_of = {node.id: 0 for node in nodes}
    forward = [e for e in edges if not e.is_back and e.source in column_of]
    for _ in nodes:
        moved = False
        for edge in forward:
            least = column_of[edge.source] + 1
            if column_of[edge.target] < least:
                column_of[edge.target], moved = least, True
        if not moved:
            break
    return column_of


def _lefts(column_of: Mapping[str, int], sizes: Mapping[str, Point], x: int) -> list[Point]:
    """Return the left edge and the width of each column."""
    found = []
    for column in range(max(column_of.values()) + 1):
        width = max((sizes[key][0] for key, at in column_of.items() if at == column), default=0)
        found.append((x, width))
        x += width + GAP
    return found


def _place_lane(
    members: Sequence[Node],
    column_of: Mapping[str, int],
    sizes: Mapping[str, Point],
    lefts: Sequence[Point],
    top: int,
    placed: Placed,
) -> int:
    """Place the nodes of a lane, those of one column below each other; return its height."""
    filled: dict[int, int] = {}
    middle = max(ROW, *(sizes[node.id][1] + PAD for node in members)) // 2
    for node in members:
        column = column_of[node.id]
        width, height = sizes[node.id]
        left, wide = lefts[column]
        y = filled[column] + PAD if column in filled else top + middle - height // 2
        filled[column] = y + height
        placed.boxes[node.id] = Box(left + (wide - width) // 2, y, width, height)
    return max(2 * middle, max(filled.values()) + PAD - top)


def _take_in(inner: Placed, box: Box, placed: Placed) -> None:
    """Move what is inside a part to where the part stands."""
    dx, dy = box.x, box.y + PAD
    for key, one in inner.boxes.items():
        placed.boxes[key] = Box(one.x + dx, one.y + dy, one.width, one.height)
    for key, path in inner.paths.items():
        placed.paths[key] = [(x + dx, y + dy) for x, y in path]


def _place_timers(nodes: Sequence[Node], placed: Placed) -> None:
    """Put the timers of silence on the lower edge of their tasks."""
    for node in nodes:
        if node.host:
            host = placed.boxes[node.host]
            width, height = EVENT
            placed.boxes[node.id] = Box(
                host.right - width - 8, host.bottom - height // 2, width, height
            )


def _path(edge: Edge, boxes: Mapping[str, Box]) -> list[Point]:
    source, target = boxes[edge.source], boxes[edge.target]
    if edge.is_back:
        above = min(source.y, target.y) - 12
        x_from, x_to = source.middle[0], target.middle[0]
        return [(x_from, source.y), (x_from, above), (x_to, above), (x_to, target.y)]
    if edge.source.startswith("silence_"):
        x = source.middle[0]
        below = max(source.bottom + 8, target.bottom + 8)
        return [(x, source.bottom), (x, below), (target.middle[0], below), target_foot(target)]
    start, end = (source.right, source.middle[1]), (target.x, target.middle[1])
    if start[1] == end[1]:
        return [start, end]
    turn = end[0] - GAP // 2
    return [start, (turn, start[1]), (turn, end[1]), end]


def target_foot(box: Box) -> Point:
    """Return the middle of the lower edge."""
    return box.middle[0], box.bottom
