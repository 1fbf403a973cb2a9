"""Read the elements of a BPMN file: what is known here, and nothing else.

Whatever is not in the tables is refused by element, id and line: a file is never half understood.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from motcua.casework.processes.errors import BadProcess
from motcua.lib.safexml import BrokenXml, UnsafeXml, read_xml

from .bpmn_names import BPMNDI, DC, DI, MODEL, OURS, OWN, XSI
from .drawing import Shape

MOST_BYTES = 5_000_000
MOST_ELEMENTS = 20_000
_ANY: frozenset[str] = frozenset()
_NAMED: Mapping[str, frozenset[str]] = {"id": _ANY, "name": _ANY}
_TASK = {
    **_NAMED,
    "implementation": frozenset({"##unspecified", "##WebService"}),
    "isForCompensation": frozenset({"false"}),
    "startQuantity": frozenset({"1"}),
    "completionQuantity": frozenset({"1"}),
}
_EVENT = {**_NAMED, "isInterrupting": frozenset({"true"}), "parallelMultiple": frozenset({"false"})}
_GATE = {**_NAMED, "gatewayDirection": _ANY, "default": _ANY}
# Each element that is read, and its attributes; a set lists the only values that are taken.
ELEMENTS: Mapping[str, Mapping[str, frozenset[str]]] = {
    "collaboration": {**_NAMED, "isClosed": _ANY},
    "participant": {**_NAMED, "processRef": _ANY},
    "process": {**_NAMED, "isExecutable": _ANY, "processType": _ANY, "isClosed": _ANY},
    "laneSet": _NAMED,
    "lane": _NAMED,
    "flowNodeRef": {},
    "incoming": {},
    "outgoing": {},
    "sequenceFlow": {
        **_NAMED,
        "sourceRef": _ANY,
        "targetRef": _ANY,
        "isImmediate": _ANY,
    },
    "conditionExpression": {"id": _ANY, "language": _ANY},
    "timerEventDefinition": {"id": _ANY},
    "timeDuration": {"id": _ANY},
    Shape.START: _EVENT,
    Shape.END: _NAMED,
    Shape.USER: _TASK,
    Shape.SERVICE: _TASK,
    Shape.TIMER: _EVENT,
    Shape.BOUNDARY: {**_EVENT, "attachedToRef": _ANY, "cancelActivity": frozenset({"true"})},
    Shape.EXCLUSIVE: _GATE,
    Shape.PARALLEL: _GATE,
    Shape.INCLUSIVE: _GATE,
    Shape.PART: {**_TASK, "triggeredByEvent": frozenset({"false"})},
}
_INSIDE: Mapping[str, frozenset[str]] = {
    "definitions": frozenset({"collaboration", "process"}),
    "collaboration": frozenset({"participant"}),
    "participant": _ANY,
    "process": frozenset({"laneSet", "sequenceFlow", *Shape}),
    "laneSet": frozenset({"lane"}),
    "lane": frozenset({"flowNodeRef"}),
    "sequenceFlow": frozenset({"conditionExpression"}),
    "timerEventDefinition": frozenset({"timeDuration"}),
    Shape.TIMER: frozenset({"incoming", "outgoing", "timerEventDefinition"}),
    Shape.BOUNDARY: frozenset({"incoming", "outgoing", "timerEventDefinition"}),
    Shape.PART: frozenset({"incoming", "outgoing", "sequenceFlow", *Shape} - {Shape.PART}),
}
_WORDS: Mapping[str, str] = {
    "scriptTask": "nhà không chạy đoạn mã; hãy dùng userTask hoặc serviceTask có tên",
    "task": "hãy nói rõ ai làm: đổi thành userTask hoặc serviceTask",
    "manualTask": "hãy đổi thành userTask",
    "businessRuleTask": "hãy đặt bảng quyết định ở mức thu hoặc điều suy ra của thủ tục",
    "sendTask": "thông báo được gửi tự động theo mẫu; hãy bỏ bước này",
    "receiveTask": "hãy dùng serviceTask “outside-body”",
    "callActivity": "hãy chép các bước vào đây hoặc dùng subProcess",
    "eventBasedGateway": "hãy dùng exclusiveGateway có điều kiện",
    "complexGateway": "hãy dùng exclusiveGateway hoặc inclusiveGateway",
    "messageFlow": "hãy dùng serviceTask “outside-body” cho việc của cơ quan khác",
    "extensionElements": "phần mở rộng của phần mềm khác có thể chạy mã; hãy xóa",
    "standardLoopCharacteristics": "vòng lặp tự chạy không được nhận",
    "multiInstanceLoopCharacteristics": "hãy vẽ từng nhánh",
    "terminateEventDefinition": "hãy để mọi nhánh đi tới kết thúc",
    "timeDate": "hãy dùng timeDuration",
    "timeCycle": "đồng hồ lặp lại không được nhận; hãy dùng timeDuration",
    "documentation": "hãy chuyển lời vào tên bước",
    "textAnnotation": "hãy chuyển lời vào tên bước",
    "subProcess": "tiểu quy trình lồng trong tiểu quy trình không được nhận",
}


@dataclass(slots=True)
class Element:
    """One node of the graph as the file has it; `scope` is the part it stands in."""

    id: str
    shape: Shape
    name: str
    line: int
    scope: str
    order: int
    own: dict[str, str] = field(default_factory=dict)
    default: str = ""
    host: str = ""
    timer: tuple[str, str] | None = None

    @property
    def words(self) -> str:
        """Return how a complaint names it."""
        return f"“{self.shape}” (id “{self.id}”, dòng {self.line})"


@dataclass(slots=True)
class Flow:
    """One sequence flow as the file has it."""

    id: str
    source: str
    target: str
    condition: str
    line: int

    @property
    def words(self) -> str:
        """Return how a complaint names it."""
        return f"“sequenceFlow” (id “{self.id}”, dòng {self.line})"


@dataclass(slots=True)
class Graph:
    """All of a file."""

    nodes: dict[str, Element] = field(default_factory=dict)
    flows: list[Flow] = field(default_factory=list)
    lanes: dict[str, tuple[str, str, int]] = field(default_factory=dict)
    name: str = ""


def read_graph(content: bytes) -> Graph:
    """Return the nodes and flows of a BPMN file.

    Raises: BadProcess naming element, id and line.
    """
    root = _root(content)
    _check(root)
    processes = list(root.iterchildren(f"{{{MODEL}}}process"))
    pools = list(root.iter(f"{{{MODEL}}}participant"))
    if len(processes) != 1 or len(pools) > 1:
        second = (processes or [root])[-1] if len(processes) != 1 else pools[1]
        message = (
            f"Tệp phải có đúng một quy trình và nhiều nhất một bể (participant): {say(second)}."
        )
        raise BadProcess(message)
    graph = Graph(name=processes[0].get("name", "") or (pools[0].get("name", "") if pools else ""))
    _read_lanes(processes[0], graph)
    _read_scope(processes[0], "", graph)
    return graph


def say(element: etree._Element) -> str:
    """Return how a complaint names an element."""
    name = etree.QName(element).localname
    id_ = element.get("id", "")
    return f"“{name}” (id “{id_}”, dòng {element.sourceline})"


def line_of(element: Any) -> int:
    """Return the line at which an element begins."""
    return int(element.sourceline or 0)


def _root(content: bytes) -> etree._Element:
    try:
        root = read_xml(content, most_bytes=MOST_BYTES)
    except UnsafeXml as error:
        message = "Tệp BPMN lớn quá 5 MB hoặc khai báo thực thể riêng; không đọc tệp như vậy."
        raise BadProcess(message) from error
    except BrokenXml as error:
        message = f"Tệp không phải XML đọc được ({error}); hãy xuất lại từ phần mềm đã tạo ra nó."
        raise BadProcess(message) from error
    if root.tag != f"{{{MODEL}}}definitions":
        message = "Tệp không phải BPMN 2.0 (phần tử gốc phải là “definitions” của BPMN)."
        raise BadProcess(message)
    orders: Any = root.iter(etree.ProcessingInstruction, etree.Entity)
    for one in orders:
        message = f"Dòng {line_of(one)}: chỉ thị xử lý không được nhận; hãy xóa."
        raise BadProcess(message)
    count = sum(1 for _ in root.iter())
    if count > MOST_ELEMENTS:
        message = f"Tệp có {count} phần tử, quá {MOST_ELEMENTS}; hãy tách quy trình."
        raise BadProcess(message)
    return root


def _check(element: etree._Element) -> None:
    """Raises: BadProcess for anything that is not in the tables."""
    stack = [element]
    while stack:
        parent = stack.pop()
        inside = _INSIDE.get(etree.QName(parent).localname, frozenset({"incoming", "outgoing"}))
        for child in parent.iterchildren(etree.Element):
            name = etree.QName(child)
            if name.namespace in {BPMNDI, DC, DI}:
                continue
            if name.namespace != MODEL or name.localname not in inside:
                why = _WORDS.get(name.localname, "không thuộc phần BPMN được nhận ở đây")
                message = f"Không nhận {say(child)}: {why}."
                raise BadProcess(message)
            _check_attributes(child, ELEMENTS[name.localname])
            stack.append(child)


def _check_attributes(element: etree._Element, known: Mapping[str, frozenset[str]]) -> None:
    attributes: Any = element.attrib
    for key, value in attributes.items():
        name: Any = etree.QName(key)
        if name.namespace == XSI or (name.namespace == OURS and name.localname in OWN):
            continue
        values = known.get(name.localname) if name.namespace is None else None
        if values is None or (values and value not in values):
            message = f"Không nhận thuộc tính “{name.localname}” bằng “{value}” của {say(element)}."
            raise BadProcess(message)


def _read_lanes(process: etree._Element, graph: Graph) -> None:
    for lane in process.iter(f"{{{MODEL}}}lane"):
        duty = lane.get(f"{{{OURS}}}duty", "")
        for one in lane.iterchildren(f"{{{MODEL}}}flowNodeRef"):
            graph.lanes[(one.text or "").strip()] = (
                duty,
                lane.get("name", ""),
                line_of(lane),
            )


def _read_scope(parent: etree._Element, scope: str, graph: Graph) -> None:
    for child in parent.iterchildren(etree.Element):
        name = etree.QName(child)
        if name.namespace != MODEL:
            continue
        if name.localname == "sequenceFlow":
            graph.flows.append(_flow(child))
        elif name.localname in set(Shape):
            node = _element(child, scope, len(graph.nodes))
            if not node.id or node.id in graph.nodes:
                message = f"Mã (id) phải có và chỉ dùng một lần: {say(child)}."
                raise BadProcess(message)
            graph.nodes[node.id] = node
            if node.shape == Shape.PART:
                _read_scope(child, node.id, graph)


def _flow(element: etree._Element) -> Flow:
    condition = next(element.iterchildren(f"{{{MODEL}}}conditionExpression"), None)
    text = "" if condition is None else (condition.text or "").strip()
    language = "" if condition is None else condition.get("language", "")
    if language and "feel" not in language.lower():
        message = f"Điều kiện của {say(element)} viết bằng “{language}”; chỉ nhận S-FEEL."
        raise BadProcess(message)
    if condition is not None and not text:
        message = f"{say(element)}: điều kiện trống; hãy điền hoặc bỏ."
        raise BadProcess(message)
    return Flow(
        element.get("id", ""),
        element.get("sourceRef", ""),
        element.get("targetRef", ""),
        text.removeprefix("=").strip(),
        line_of(element),
    )


def _element(element: etree._Element, scope: str, order: int) -> Element:
    prefix = f"{{{OURS}}}"
    return Element(
        id=element.get("id", ""),
        shape=Shape(etree.QName(element).localname),
        name=" ".join(element.get("name", "").split()),
        line=line_of(element),
        scope=scope,
        order=order,
        own={
            str(key).removeprefix(prefix): str(value).strip()
            for key, value in element.attrib.items()
            if str(key).startswith(prefix)
        },
        default=element.get("default", ""),
        host=element.get("attachedToRef", ""),
        timer=_timer(element),
    )


def _timer(element: etree._Element) -> tuple[str, str] | None:
    """Return the duration of a timer, and our exact words for it."""
    timers = list(_all(element, "timerEventDefinition"))
    if not timers:
        return None
    duration = next(_all(timers[0], "timeDuration"), None)
    if len(timers) > 1 or duration is None:
        message = f"{say(element)}: đồng hồ phải có đúng một “timeDuration”."
        raise BadProcess(message)
    return (duration.text or "").strip(), timers[0].get(f"{{{OURS}}}budget", "").strip()


def _all(element: etree._Element, name: str) -> Iterator[etree._Element]:
    return element.iterchildren(f"{{{MODEL}}}{name}")
