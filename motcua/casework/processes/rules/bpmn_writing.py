"""A process as a BPMN 2.0 file with its picture: the same bytes for the same process."""

from collections.abc import Mapping, Sequence
from typing import Any

from lxml import etree

from motcua.casework.processes.choices import SERVICES, StepKind

from .bpmn_names import BPMNDI, DC, DI, FEEL, MODEL, OURS, XSI, as_duration, as_words
from .definition import Budget, Process, StepDef
from .drawing import Diagram, Edge, Node, Shape, draw, every_node
from .layout import HEAD, Box, Placed, lane_name, place

_NAMES: Any = {None: MODEL, "bpmndi": BPMNDI, "dc": DC, "di": DI, "motcua": OURS, "xsi": XSI}
_PROCESS = "process"
USUAL_ROLES: Mapping[StepKind, str] = {
    StepKind.APPROVAL: "unit_head",
    StepKind.DECISION: "agency_leader",
    StepKind.APPLICANT_CONFIRMS: "desk_officer",
    StepKind.HAND_OVER: "desk_officer",
}


def usual_role(kind: StepKind) -> str:
    """Return who does such a step if nothing else is said."""
    return USUAL_ROLES.get(kind, "handler")


def write_bpmn(process: Process, name: str) -> bytes:
    """Return the file."""
    diagram = draw(process)
    placed = place(diagram)
    root = etree.Element(f"{{{MODEL}}}definitions", nsmap=_NAMES)
    root.set("id", "definitions")
    root.set("targetNamespace", OURS)
    root.set("expressionLanguage", FEEL)
    _collaboration(root, name)
    element = _add(root, "process", id=_PROCESS, name=name, isExecutable="false")
    _lanes(element, diagram)
    _contents(element, diagram, lane_of={node.id: node.duty for node in diagram.nodes})
    _picture(root, diagram, placed)
    etree.indent(root)
    written: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8")
    return written + b"\n"


def _add(parent: etree._Element, tag: str, space: str = MODEL, **attributes: str) -> etree._Element:
    element = etree.SubElement(parent, f"{{{space}}}{tag}")
    for key, value in attributes.items():
        if value:
            element.set(key, value)
    return element


def _own(element: etree._Element, **attributes: str) -> None:
    for key, value in attributes.items():
        if value:
            element.set(f"{{{OURS}}}{key}", value)


def _collaboration(root: etree._Element, name: str) -> None:
    element = _add(root, "collaboration", id="collaboration")
    _add(element, "participant", id="pool", name=name, processRef=_PROCESS)


def _lanes(element: etree._Element, diagram: Diagram) -> None:
    lanes = _add(element, "laneSet", id="lanes")
    for duty in dict.fromkeys(node.duty for node in diagram.nodes):
        lane = _add(lanes, "lane", id=f"lane_{duty}", name=lane_name(duty))
        _own(lane, duty=duty)
        for node in diagram.nodes:
            if node.duty == duty:
                _add(lane, "flowNodeRef").text = node.id


def _contents(element: etree._Element, diagram: Diagram, lane_of: Mapping[str, str]) -> None:
    for node in diagram.nodes:
        _node(element, node, diagram.edges, lane_of)
    for edge in diagram.edges:
        flow = _add(
            element,
            "sequenceFlow",
            id=edge.id,
            name=edge.name,
            sourceRef=edge.source,
            targetRef=edge.target,
        )
        if edge.condition:
            condition = _add(flow, "conditionExpression")
            condition.set(f"{{{XSI}}}type", "tFormalExpression")
            condition.text = edge.condition


def _node(
    parent: etree._Element, node: Node, edges: Sequence[Edge], lane_of: Mapping[str, str]
) -> None:
    made = _add(parent, node.shape, id=node.id, name=node.name)
    default = next((e.id for e in edges if e.source == node.id and e.is_default), "")
    if default:
        made.set("default", default)
    if node.shape == Shape.BOUNDARY:
        made.set("attachedToRef", node.host)
    elif node.step is not None:
        _step(made, node.step, lane_of.get(node.id, ""))
    if node.inside is not None:
        _contents(made, node.inside, {one.id: node.duty for one in node.inside.nodes})
    _ends(made, node.id, edges)
    if node.step is not None and node.shape in {Shape.TIMER, Shape.BOUNDARY} and node.step.budget:
        _timer(made, node.step.budget)


def _ends(element: etree._Element, id_: str, edges: Sequence[Edge]) -> None:
    """Name the flows that come in and go out, before what is inside, as the schema wants it."""
    inside = list(element)
    for edge in edges:
        if edge.target == id_:
            _add(element, "incoming").text = edge.id
    for edge in edges:
        if edge.source == id_:
            _add(element, "outgoing").text = edge.id
    element.extend(inside)


def _timer(element: etree._Element, budget: Budget) -> None:
    definition = _add(element, "timerEventDefinition", id=f"timer_{element.get('id')}")
    duration = _add(definition, "timeDuration")
    duration.set(f"{{{XSI}}}type", "tFormalExpression")
    duration.text = as_duration(budget)
    _own(definition, budget=as_words(budget))


def _step(element: etree._Element, step: StepDef, lane: str) -> None:
    service = next((key for key, kind in SERVICES.items() if kind == step.kind), "")
    is_told = bool(service) or step.kind in {StepKind.TASK, StepKind.TIMER}
    is_by_timer = step.kind == StepKind.TIMER
    _own(
        element,
        service=service,
        kind="" if is_told else str(step.kind),
        agency=step.agency,
        duty="" if step.duty == lane else step.duty,
        role="" if step.role == usual_role(step.kind) else step.role,
        budget=as_words(step.budget) if step.budget and not is_by_timer else "",
        pauseGround=step.pause_ground,
        outsideBody=step.outside_body,
        silenceIsConsent="true" if step.silence_is_consent and step.budget is None else "",
    )


def _picture(root: etree._Element, diagram: Diagram, placed: Placed) -> None:
    picture = _add(root, "BPMNDiagram", BPMNDI, id="diagram")
    plane = _add(picture, "BPMNPlane", BPMNDI, id="plane", bpmnElement="collaboration")
    pool = _shape(plane, "pool", Box(0, 0, placed.width, placed.height))
    pool.set("isHorizontal", "true")
    for duty, box in placed.lanes.items():
        _shape(plane, f"lane_{duty}", Box(HEAD, box.y, box.width, box.height)).set(
            "isHorizontal", "true"
        )
    for node in every_node(diagram):
        shape = _shape(plane, node.id, placed.boxes[node.id])
        if node.shape == Shape.PART:
            shape.set("isExpanded", "true")
    for name, path in placed.paths.items():
        edge = _add(plane, "BPMNEdge", BPMNDI, id=f"{name}_di", bpmnElement=name)
        for x, y in path:
            _add(edge, "waypoint", DI, x=f"{x}", y=f"{y}")


def _shape(plane: etree._Element, name: str, box: Box) -> etree._Element:
    shape = _add(plane, "BPMNShape", BPMNDI, id=f"{name}_di", bpmnElement=name)
    _add(
        shape,
        "Bounds",
        DC,
        x=f"{box.x}",
        y=f"{box.y}",
        width=f"{box.width}",
        height=f"{box.height}",
    )
    return shape
