"""A process as a diagram of events, tasks and gateways, in one way only: the same for the same.

Steps that wait for the same and are awaited by the same stand between one pair of gateways:
exclusive where one condition denies the other, inclusive where any has a condition, else parallel.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from motcua.casework.processes.choices import SERVICES, StepKind

from .definition import Process, StepDef

START, END = "start", "end"
RETURNED = 'result = "returned"'


class Shape(StrEnum):
    """What a node of the diagram is; the words of BPMN."""

    START = "startEvent"
    END = "endEvent"
    USER = "userTask"
    SERVICE = "serviceTask"
    TIMER = "intermediateCatchEvent"
    BOUNDARY = "boundaryEvent"
    EXCLUSIVE = "exclusiveGateway"
    PARALLEL = "parallelGateway"
    INCLUSIVE = "inclusiveGateway"
    PART = "subProcess"


GATEWAYS = frozenset({Shape.EXCLUSIVE, Shape.PARALLEL, Shape.INCLUSIVE})


@dataclass(slots=True)
class Node:
    """One thing drawn; a step's own has the step, a part's the diagram inside."""

    id: str
    shape: Shape
    duty: str
    name: str = ""
    step: StepDef | None = None
    inside: "Diagram | None" = None
    host: str = ""


@dataclass(slots=True)
class Edge:
    """One arrow; a condition with its words, the default, or the way back."""

    id: str
    source: str
    target: str
    condition: str = ""
    is_default: bool = False
    is_back: bool = False
    name: str = ""


@dataclass(slots=True)
class Diagram:
    """What is drawn, in order."""

    nodes: list[Node] = field(default_factory=list)
    edges: list[Edge] = field(default_factory=list)
    prefix: str = ""

    def add(self, node: Node) -> str:
        """Keep the node and return its id."""
        self.nodes.append(node)
        return node.id

    def link(self, source: str, target: str, condition: str = "", **more: bool | str) -> None:
        """Draw an arrow; its id follows from its ends."""
        edge = Edge(f"f_{len(self.edges) + 1}{self.prefix}", source, target, condition)
        edge.is_default = bool(more.get("is_default"))
        edge.is_back = bool(more.get("is_back"))
        edge.name = str(more.get("name", ""))
        self.edges.append(edge)


@dataclass(frozen=True, slots=True)
class _Item:
    """A step, or a part with its steps; `key` names it in this diagram."""

    key: str
    steps: tuple[StepDef, ...]
    after: frozenset[str]
    is_part: bool

    @property
    def when(self) -> str:
        """Return the condition of a step; a part has none of its own."""
        return "" if self.is_part else self.steps[0].when


def draw(process: Process) -> Diagram:
    """Return the diagram of a process."""
    return _draw(_items(process.steps), Diagram(), is_inner=False)


def denies(one: str, other: str) -> bool:
    """Say whether one condition is the other's opposite by its words."""
    return bool(one) and other == f"not({one})"


def _items(steps: Sequence[StepDef], *, is_inner: bool = False) -> list[_Item]:
    """Return what stands side by side: steps, and parts as one thing each."""
    key_of = {step.code: _key(step, is_inner=is_inner) for step in steps}
    gathered: dict[str, list[StepDef]] = {}
    for step in steps:
        gathered.setdefault(key_of[step.code], []).append(step)
    items = []
    for key, members in gathered.items():
        after = {key_of[code] for step in members for code in step.after if code in key_of}
        is_part = bool(members[0].part) and not is_inner
        items.append(_Item(key, tuple(members), frozenset(after - {key}), is_part))
    return _reduced(items)


def _key(step: StepDef, *, is_inner: bool) -> str:
    return step.code if is_inner or not step.part else f"part {step.part}"


def _reduced(items: Sequence[_Item]) -> list[_Item]:
    """Leave out what another of the same list waits for already."""
    all_before: dict[str, set[str]] = {}
    for item in items:
        all_before[item.key] = set(item.after).union(*(all_before[key] for key in item.after))
    return [
        _Item(
            item.key,
            item.steps,
            item.after - {old for key in item.after for old in all_before[key]},
            item.is_part,
        )
        for item in items
    ]


@dataclass(slots=True)
class _Group:
    """Items between one pair of gateways: how they are entered and left."""

    items: list[_Item]
    after: frozenset[str]
    entry: str = ""
    exit: str = ""

    @property
    def code(self) -> str:
        """Return the code of the first step, after which the gateways are named."""
        return self.items[0].steps[0].code

    @property
    def duty(self) -> str:
        """Return whose lane the gateways stand in."""
        return self.items[0].steps[0].duty


def _draw(items: Sequence[_Item], made: Diagram, *, is_inner: bool) -> Diagram:
    groups = _groups(items)
    first, last = groups[0].duty, items[-1].steps[-1].duty
    start = made.add(Node(f"{START}{made.prefix}", Shape.START, first, "" if is_inner else "Nhận"))
    for group in groups:
        _draw_group(group, made)
    end = made.add(Node(f"{END}{made.prefix}", Shape.END, last, "" if is_inner else "Xong"))
    group_of = {item.key: group for group in groups for item in group.items}
    sources = [group for group in groups if not group.after]
    awaited = {key for group in groups for key in group.after}
    begin = _fork(made, start, f"split_{START}{made.prefix}", first, len(sources))
    for group in groups:
        before = _before(group, group_of)
        entry = _join(
            made, group.entry, f"before_{group.code}{made.prefix}", group.duty, len(before)
        )
        for one in before:
            made.link(_way_out(made, one, groups, group_of), entry)
        if not before:
            made.link(begin, entry)
    sinks = [group for group in groups if not awaited.intersection(i.key for i in group.items)]
    finish = _join(made, end, f"join_{END}{made.prefix}", last, len(sinks))
    for group in sinks:
        made.link(group.exit, finish)
    _draw_returns(items, made)
    told = {key: place for place, key in enumerate(_ids(items), start=1)}
    made.nodes.sort(key=lambda node: 0 if node.id == start else told.get(node.id, len(told) + 1))
    return made


def _ids(items: Sequence[_Item]) -> list[str]:
    """Return the ids of the nodes of the items: in the file they stand as they are told."""
    return [f"part_{one.steps[0].code}" if one.is_part else one.steps[0].code for one in items]


def _groups(items: Sequence[_Item]) -> list[_Group]:
    awaited_by: dict[str, frozenset[str]] = {
        item.key: frozenset(other.key for other in items if item.key in other.after)
        for item in items
    }
    found: dict[tuple[frozenset[str], frozenset[str]], _Group] = {}
    for item in items:
        mark = (item.after, awaited_by[item.key])
        found.setdefault(mark, _Group([], item.after)).items.append(item)
    return list(found.values())


def _before(group: _Group, group_of: dict[str, _Group]) -> list[_Group]:
    """Return the groups this one waits for, each once, in order."""
    found: list[_Group] = []
    for key, other in group_of.items():
        if key in group.after and other not in found:
            found.append(other)
    return found


def _way_out(
    made: Diagram, group: _Group, groups: Sequence[_Group], group_of: dict[str, _Group]
) -> str:
    """Return where arrows leave a group: a parallel gateway if several groups wait for it."""
    waiting = [one for one in groups if group in _before(one, group_of)]
    name = f"after_{group.code}{made.prefix}"
    if any(node.id == name for node in made.nodes):
        return name
    return _fork(made, group.exit, name, group.duty, len(waiting))


def _fork(made: Diagram, source: str, name: str, duty: str, count: int) -> str:
    if count < 2:  # noqa: PLR2004 -- one way needs no gateway
        return source
    made.add(Node(name, Shape.PARALLEL, duty))
    made.link(source, name)
    return name


def _join(made: Diagram, target: str, name: str, duty: str, count: int) -> str:
    if count < 2:  # noqa: PLR2004 -- one way needs no gateway
        return target
    made.add(Node(name, Shape.PARALLEL, duty))
    made.link(name, target)
    return name


def _draw_group(group: _Group, made: Diagram) -> None:
    conditions = [item.when for item in group.items]
    if len(conditions) == 1 and not conditions[0]:
        group.entry, group.exit = _draw_item(group.items[0], made)
        return
    shape = _shape_of(conditions)
    group.entry = made.add(Node(f"split_{group.code}{made.prefix}", shape, group.duty))
    ends = []
    for place, item in enumerate(group.items):
        entry, exit_ = _draw_item(item, made)
        ends.append(exit_)
        is_rest = shape == Shape.EXCLUSIVE and place > 0
        unasked = "true" if shape == Shape.INCLUSIVE else ""
        words = "" if is_rest else item.when or unasked
        made.link(group.entry, entry, words, is_default=is_rest)
    group.exit = made.add(Node(f"join_{group.code}{made.prefix}", shape, group.duty))
    for exit_ in ends:
        made.link(exit_, group.exit)
    if all(conditions) and (len(conditions) == 1 or shape == Shape.INCLUSIVE):
        made.link(group.entry, group.exit, is_default=True)


def _shape_of(conditions: Sequence[str]) -> Shape:
    if not any(conditions):
        return Shape.PARALLEL
    is_pair = len(conditions) == 2 and denies(*conditions)  # noqa: PLR2004 -- this or that
    return Shape.EXCLUSIVE if len(conditions) == 1 or is_pair else Shape.INCLUSIVE


def _draw_item(item: _Item, made: Diagram) -> tuple[str, str]:
    """Draw a step or a part; return where it is entered and where it is left."""
    step = item.steps[0]
    if not item.is_part:
        return _draw_step(step, made)
    inside = Diagram(prefix=f"_{step.code}")
    inner = [one for one in item.steps if one.part == step.part]
    _draw(_items(inner, is_inner=True), inside, is_inner=True)
    node = Node(f"part_{step.code}", Shape.PART, step.duty, step.part, inside=inside)
    made.add(node)
    return node.id, node.id


def _draw_step(step: StepDef, made: Diagram) -> tuple[str, str]:
    made.add(Node(step.code, shape_of_step(step), step.duty, step.name, step=step))
    leave = step.code
    if step.return_to:
        leave = made.add(Node(f"back_{step.code}", Shape.EXCLUSIVE, step.duty, "Đồng ý?"))
        made.link(step.code, leave)
    if not speaks_by_silence(step):
        return step.code, leave
    if not step.return_to:
        leave = made.add(Node(f"past_{step.code}", Shape.EXCLUSIVE, step.duty))
        made.link(step.code, leave)
    timer = Node(f"silence_{step.code}", Shape.BOUNDARY, step.duty, "Im lặng", step=step)
    timer.host = step.code
    made.link(made.add(timer), leave)
    return step.code, leave


def speaks_by_silence(step: StepDef) -> bool:
    """Say whether a timer at the edge of the task ends it."""
    return step.silence_is_consent and step.budget is not None


def shape_of_step(step: StepDef) -> Shape:
    """Return how a step is drawn."""
    if step.kind in SERVICES.values():
        return Shape.SERVICE
    return Shape.TIMER if step.kind == StepKind.TIMER else Shape.USER


def _draw_returns(items: Sequence[_Item], made: Diagram) -> None:
    """Draw the ways back; the other way of the same gateway becomes its default."""
    part_of = {one.code: f"part_{item.steps[0].code}" for item in items for one in item.steps}
    is_part = {one.code: item.is_part for item in items for one in item.steps}
    for item in items:
        step = item.steps[0]
        if item.is_part or not step.return_to:
            continue
        target = part_of[step.return_to] if is_part[step.return_to] else step.return_to
        gateway = f"back_{step.code}"
        for edge in made.edges:
            edge.is_default = edge.is_default or edge.source == gateway
        made.link(gateway, target, RETURNED, is_back=True, name="Trả lại")


def every_node(diagram: Diagram) -> Iterator[Node]:
    """Yield the nodes of the diagram and of those inside it."""
    for node in diagram.nodes:
        yield node
        if node.inside is not None:
            yield from every_node(node.inside)
