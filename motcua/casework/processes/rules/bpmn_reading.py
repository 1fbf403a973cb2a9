"""From the graph of a BPMN file to a process: which steps, after which, under which condition.

A step's condition is that of all the ways to it; a node that everything leaving an earlier node
must pass needs no condition beyond that node's. Gateways vanish: here a step waits for all steps
before it, and those passed over count as done, which is how inclusive gateways join.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from motcua.casework.processes.errors import BadProcess
from motcua.foundation.organisation.api import PostRole
from motcua.lib.expressions import LONGEST, BadExpression, compile_expression

from .bpmn_elements import Element, Flow, Graph, read_graph
from .bpmn_steps import budget_of, codes_of, duty_of, kind_of
from .bpmn_writing import usual_role
from .definition import MOST_STEPS, Process, as_plain, parse_process
from .drawing import GATEWAYS, RETURNED, Shape

STEPS = frozenset({Shape.USER, Shape.SERVICE, Shape.TIMER})
MOST_NODES = 800
_MOST_WAYS = 64
_TRUE = "true"
_RETURN = RETURNED.replace(" ", "")
Literal = tuple[str, int, str, bool]  # gateway, which flow, its words, whether exclusive
Way = tuple[Literal, ...]
Ways = tuple[Way, ...]
ALWAYS: Ways = ((),)


def read_bpmn(content: bytes) -> Process:
    """Return the process of a BPMN file.

    Raises: BadProcess naming element, id and line.
    """
    graph = read_graph(content)
    steps = [node for node in graph.nodes.values() if node.shape in STEPS]
    if not 0 < len(steps) <= MOST_STEPS:
        message = f"Quy trình phải có từ 1 đến {MOST_STEPS} bước; tệp có {len(steps)}."
        raise BadProcess(message)
    if len(graph.nodes) > MOST_NODES or len(graph.flows) > 2 * MOST_NODES:
        message = (
            f"Tệp vẽ quá {MOST_NODES} phần tử hoặc {2 * MOST_NODES} luồng; hãy tách quy trình."
        )
        raise BadProcess(message)
    web = _Web(graph)
    web.check()
    codes = codes_of(steps)
    ordered = web.in_order(steps)
    plain = [_plain(node, graph, web, codes) for node in ordered]
    return parse_process(as_plain(parse_process(plain)))


@dataclass(slots=True)
class _Edge:
    """A flow between nodes of the flattened graph."""

    source: str
    target: str
    words: str = ""
    place: int = 0
    is_default: bool = False
    flow: Flow | None = None


@dataclass(slots=True)
class _Web:
    """The flattened graph without ways back and silence, and what follows from it."""

    graph: Graph
    edges: list[_Edge] = field(default_factory=list)
    into: dict[str, list[_Edge]] = field(default_factory=dict)
    out: dict[str, list[_Edge]] = field(default_factory=dict)
    returns: dict[str, str] = field(default_factory=dict)
    silent: dict[str, Element] = field(default_factory=dict)
    order: list[str] = field(default_factory=list)
    ways: dict[str, Ways] = field(default_factory=dict)
    after: dict[str, frozenset[str]] = field(default_factory=dict)
    before: dict[str, frozenset[str]] = field(default_factory=dict)

    def check(self) -> None:
        """Work everything out. Raises: BadProcess."""
        self._link()
        self._check_ends()
        self._take_silence()
        self._take_returns()
        for node in self.graph.nodes.values():
            self._check_node(node)
        self._sort()
        self._check_reach()
        self._work_out()

    def in_order(self, steps: Sequence[Element]) -> list[Element]:
        """Return the steps as they are told: after those they wait for, else as in the file."""
        waiting, done, told = list(steps), set[str](), list[Element]()
        while waiting:
            ready = next(node for node in waiting if self.after[node.id] <= done)
            waiting.remove(ready)
            done.add(ready.id)
            told.append(ready)
        return told

    def _link(self) -> None:
        """Turn flows into edges; those of a part begin and end at its border."""
        nodes = self.graph.nodes
        for place, flow in enumerate(self.graph.flows):
            for end in (flow.source, flow.target):
                if end not in nodes:
                    raise BadProcess(f"{flow.words} nối tới “{end}”, là phần tử không có.")
            source, target = nodes[flow.source], nodes[flow.target]
            if source.scope != target.scope:
                message = f"{flow.words} đi xuyên biên của tiểu quy trình; hãy nối với chính nó."
                raise BadProcess(message)
            if target.shape == Shape.START or source.shape == Shape.END:
                message = f"{flow.words}: không luồng nào đi vào bắt đầu hay đi ra từ kết thúc."
                raise BadProcess(message)
            is_default = bool(source.default) and source.default == flow.id
            self._add(_Edge(flow.source, flow.target, flow.condition, place, is_default, flow))

    def _add(self, edge: _Edge) -> None:
        self.edges.append(edge)
        self.into.setdefault(edge.target, []).append(edge)
        self.out.setdefault(edge.source, []).append(edge)

    def _drop(self, edge: _Edge) -> None:
        self.edges.remove(edge)
        self.into[edge.target].remove(edge)
        self.out[edge.source].remove(edge)

    def _check_ends(self) -> None:
        scopes = ["", *(n.id for n in self.graph.nodes.values() if n.shape == Shape.PART)]
        for scope in scopes:
            inside = [node for node in self.graph.nodes.values() if node.scope == scope]
            starts = [node for node in inside if node.shape == Shape.START]
            ends = [node for node in inside if node.shape == Shape.END]
            where = self.graph.nodes[scope].words if scope else "Quy trình"
            if len(starts) != 1 or not ends:
                message = (
                    f"{where} phải có đúng một bắt đầu (startEvent) và ít nhất một kết thúc "
                    f"(endEvent); ở đây có {len(starts)} và {len(ends)}."
                )
                raise BadProcess(message)
            if scope:
                self._open_part(scope, starts[0], ends)

    def _open_part(self, scope: str, start: Element, ends: Sequence[Element]) -> None:
        """Let what enters a part go to its start, and what leaves it come from its ends."""
        first = self.out.get(start.id, [])
        nodes = self.graph.nodes
        if len(first) != 1 or not self._leads_to_one_step(first[0].target):
            message = f"{nodes[scope].words} phải bắt đầu bằng đúng một bước."
            raise BadProcess(message)
        if not nodes[scope].name:
            raise BadProcess(f"{nodes[scope].words} chưa có tên.")
        for edge in list(self.into.get(scope, [])):
            if _is_return(edge):
                continue
            self._drop(edge)
            edge.target = start.id
            self._add(edge)
        for edge in list(self.out.get(scope, [])):
            self._drop(edge)
            edge.source = f"{scope}/exit"
            self._add(edge)
        for end in ends:
            self._add(_Edge(end.id, f"{scope}/exit"))

    def _leads_to_one_step(self, target: str) -> bool:
        """Say whether a part begins with one step, perhaps one that may be passed over."""
        node = self.graph.nodes[target]
        if node.shape in STEPS:
            return True
        found = {edge.target for edge in self.out.get(target, [])}
        steps = [key for key in found if self.graph.nodes[key].shape in STEPS]
        return node.shape == Shape.EXCLUSIVE and len(found) == 2 and len(steps) == 1  # noqa: PLR2004 -- it, or past it

    def _take_silence(self) -> None:
        """Take the timers at the edge of tasks: they lead where the task leads."""
        for node in self.graph.nodes.values():
            if node.shape != Shape.BOUNDARY:
                continue
            host = self.graph.nodes.get(node.host)
            mine, theirs = self.out.get(node.id, []), self.out.get(node.host, [])
            if host is None or host.shape not in {Shape.USER, Shape.SERVICE} or node.timer is None:
                raise BadProcess(f"{node.words} phải gắn vào một bước và có đồng hồ.")
            if host.id in self.silent:
                raise BadProcess(f"{node.words}: bước “{host.name}” đã có một đồng hồ.")
            if len(mine) != 1 or len(theirs) != 1 or mine[0].target != theirs[0].target:
                message = (
                    f"{node.words}: hết giờ chỉ có nghĩa là coi như đồng ý, nên phải đi tới đúng "
                    f"nơi mà bước “{host.name}” đi tới."
                )
                raise BadProcess(message)
            self._drop(mine[0])
            self.silent[host.id] = node

    def _take_returns(self) -> None:
        """Take the flows on which a person sends work back."""
        for edge in [one for one in self.edges if _is_return(one)]:
            gateway = self.graph.nodes[edge.source]
            asked = self.into.get(edge.source, [])
            flow = edge.flow
            step = self.graph.nodes.get(asked[0].source) if len(asked) == 1 else None
            if flow is None or step is None or step.shape not in STEPS:
                message = f"{gateway.words}: chỉ một bước được đi vào cổng trả lại."
                raise BadProcess(message)
            self._drop(edge)
            if step.id in self.returns:
                raise BadProcess(f"{flow.words}: bước “{step.name}” đã có đường trả lại.")
            self.returns[step.id] = self._step_at(edge.target, flow)

    def _step_at(self, target: str, flow: Flow) -> str:
        """Return the step a way back leads to, through gateways that only join."""
        node = self.graph.nodes[target]
        seen = 0
        while node.shape not in STEPS and seen <= len(self.graph.nodes):
            seen += 1
            if node.shape == Shape.PART:
                inside = (n for n in self.graph.nodes.values() if n.scope == node.id)
                start = next(one for one in inside if one.shape == Shape.START)
                node = self._first_step(start)
                continue
            ways = self.out.get(node.id, [])
            if node.shape not in GATEWAYS or len(ways) != 1:
                raise BadProcess(f"{flow.words}: đường trả lại phải đi tới một bước đứng trước.")
            node = self.graph.nodes[ways[0].target]
        return node.id

    def _first_step(self, start: Element) -> Element:
        node = self.graph.nodes[self.out[start.id][0].target]
        if node.shape in STEPS:
            return node
        targets = (self.graph.nodes[edge.target] for edge in self.out[node.id])
        return next(one for one in targets if one.shape in STEPS)

    def _check_node(self, node: Element) -> None:
        """Raises: BadProcess where flows or their conditions are missing or too many."""
        ways = self.out.get(node.id, [])
        if node.shape in {Shape.BOUNDARY, Shape.PART}:
            return
        if node.shape in GATEWAYS:
            _check_gateway(node, ways)
            return
        if node.shape != Shape.END and len(ways) != 1:
            message = f"{node.words} phải có đúng một luồng đi ra; muốn rẽ nhánh hãy dùng cổng."
            raise BadProcess(message)
        if any(edge.words for edge in ways):
            raise BadProcess(f"{node.words}: điều kiện chỉ được đặt trên luồng đi ra từ cổng.")

    def _sort(self) -> None:
        """Put the nodes in order. Raises: BadProcess for a cycle."""
        counts = {key: len(self.into.get(key, [])) for key in self._keys()}
        ready = [key for key, count in counts.items() if count == 0]
        while ready:
            key = ready.pop(0)
            self.order.append(key)
            for edge in self.out.get(key, []):
                counts[edge.target] -= 1
                if counts[edge.target] == 0:
                    ready.append(edge.target)
        caught = [self._node(key) for key in counts if key not in set(self.order)]
        if caught:
            named = ", ".join(node.words for node in caught[:6])
            message = (
                f"Vòng lặp không có người quyết định: {named}. Chỉ được quay lại từ cổng loại trừ "
                f"ngay sau một bước, bằng luồng có điều kiện {RETURNED}."
            )
            raise BadProcess(message)

    def _keys(self) -> list[str]:
        parts = [key for key, n in self.graph.nodes.items() if n.shape == Shape.PART]
        left_out = {*parts, *(one.id for one in self.silent.values())}
        return [*(k for k in self.graph.nodes if k not in left_out), *(f"{k}/exit" for k in parts)]

    def _node(self, key: str) -> Element:
        return self.graph.nodes[key.removesuffix("/exit")]

    def _check_reach(self) -> None:
        """Raises: BadProcess for what nothing leads to, or what leads nowhere."""
        outer = [n for n in self.graph.nodes.values() if not n.scope]
        reached = {n.id for n in outer if n.shape == Shape.START}
        for key in self.order:
            if any(edge.source in reached for edge in self.into.get(key, [])):
                reached.add(key)
        leaving = {n.id for n in outer if n.shape == Shape.END}
        for key in reversed(self.order):
            if any(edge.target in leaving for edge in self.out.get(key, [])):
                leaving.add(key)
        for key in self.order:
            if key not in reached:
                raise BadProcess(f"Không đường nào dẫn tới {self._node(key).words}.")
            if key not in leaving:
                raise BadProcess(f"Từ {self._node(key).words} không có đường ra tới kết thúc.")

    def _work_out(self) -> None:
        """Work out when each node is come to, and after which steps."""
        gates = _gates(self.order, self.into, self.out)
        for key in self.order:
            ins = self.into.get(key, [])
            arrivals = [_both(self.ways[e.source], self._choice(e)) for e in ins]
            node = self._node(key)
            self._check_arrivals(node, key, arrivals)
            gate = gates.get(key)
            self.ways[key] = self.ways[gate] if gate is not None else _either(arrivals, node)
            found = frozenset().union(*(self._latest(e.source) for e in ins))
            self.after[key] = found - frozenset().union(*(self.before[k] for k in found))
            self.before[key] = found.union(*(self.before[k] for k in found))

    def _latest(self, key: str) -> frozenset[str]:
        node = self.graph.nodes.get(key)
        is_step = node is not None and node.shape in STEPS
        return frozenset({key}) if is_step else self.after[key]

    def _choice(self, edge: _Edge) -> Ways:
        """Return the condition under which an edge is taken from its node."""
        node = self.graph.nodes.get(edge.source)
        ways = self.out[edge.source]
        if node is None or node.shape not in GATEWAYS or len(ways) == 1:
            return ALWAYS
        if node.shape == Shape.PARALLEL or edge.words == _TRUE:
            return ALWAYS
        is_exclusive = node.shape == Shape.EXCLUSIVE
        asked = [one for one in ways if one.words]
        before = asked if edge.is_default else asked[: asked.index(edge)] if is_exclusive else []
        own = f"({edge.words})" if before and " or " in edge.words else edge.words
        words = " and ".join(filter(None, [*(f"not({one.words})" for one in before), own]))
        if len(words) > LONGEST:
            message = (
                f"{node.words}: điều kiện của một luồng, cùng những luồng xét trước nó, dài quá"
                f" {LONGEST} ký tự; hãy chia thành nhiều cổng."
            )
            raise BadProcess(message)
        return (((node.id, edge.place, words, is_exclusive),),)

    def _check_arrivals(self, node: Element, key: str, arrivals: Sequence[Ways]) -> None:
        """Raises: BadProcess where a node waits for what may not come, or would be done twice."""
        if len(arrivals) < 2 or key.endswith("/exit"):  # noqa: PLR2004 -- several ways meet
            return
        if node.shape == Shape.PARALLEL and any(set(one) != set(arrivals[0]) for one in arrivals):
            message = (
                f"{node.words} chờ mọi nhánh, nhưng có nhánh chỉ được đi khi điều kiện đúng; "
                "hãy nối bằng cổng cùng loại với cổng đã rẽ."
            )
            raise BadProcess(message)
        if node.shape in {Shape.PARALLEL, Shape.INCLUSIVE, Shape.END}:
            return
        for place, one in enumerate(arrivals):
            if not all(_exclude(one, other) for other in arrivals[:place]):
                message = (
                    f"{node.words}: hai nhánh có thể cùng tới, bước sau sẽ bị làm hai lần; "
                    "hãy nối bằng cổng song song hoặc cổng bao gồm."
                )
                raise BadProcess(message)


def _is_return(edge: _Edge) -> bool:
    return edge.words.replace(" ", "") == _RETURN


def _check_gateway(node: Element, ways: Sequence[_Edge]) -> None:
    if not ways:
        raise BadProcess(f"{node.words} không có luồng đi ra.")
    for edge in ways:
        _check_condition(edge)
    if len(ways) == 1:
        return
    bare = [edge for edge in ways if not edge.words and not edge.is_default]
    if node.shape == Shape.PARALLEL:
        asked = next((edge for edge in ways if edge.words and edge.flow), None)
        if asked is not None and asked.flow is not None:
            raise BadProcess(f"{asked.flow.words}: luồng ra từ cổng song song không có điều kiện.")
        return
    if bare and bare[0].flow is not None:
        message = f"{bare[0].flow.words} chưa có điều kiện và không phải luồng mặc định (default)."
        raise BadProcess(message)
    has_always = any(edge.words == _TRUE for edge in ways)
    if not has_always and not any(edge.is_default for edge in ways):
        message = f"{node.words} chưa có luồng mặc định (default): khi không điều kiện nào đúng, "
        raise BadProcess(message + "hồ sơ sẽ đứng lại.")


def _check_condition(edge: _Edge) -> None:
    try:
        compile_expression(edge.words) if edge.words else None
    except BadExpression as error:
        where = edge.flow.words if edge.flow else ""
        message = f"{where}: {error}"
        raise BadProcess(message) from error
    if edge.words and edge.is_default and edge.flow:
        raise BadProcess(f"{edge.flow.words}: luồng mặc định không có điều kiện.")


def _gates(
    order: Sequence[str], into: Mapping[str, list[_Edge]], out: Mapping[str, list[_Edge]]
) -> dict[str, str]:
    """Return, for each node that all ways from an earlier one must pass, the nearest such."""
    before: dict[str, frozenset[str]] = {}
    for key in order:
        sets = [before[edge.source] for edge in into.get(key, [])]
        shared = frozenset.intersection(*sets) if sets else frozenset()
        before[key] = shared | {key}
    behind: dict[str, frozenset[str]] = {}
    for key in reversed(order):
        sets = [behind[edge.target] for edge in out.get(key, [])]
        shared = frozenset.intersection(*sets) if sets else frozenset()
        behind[key] = shared | {key}
    rank = {key: place for place, key in enumerate(order)}
    found = {}
    for key in order:
        gates = [one for one in before[key] - {key} if key in behind[one]]
        if gates:
            found[key] = max(gates, key=rank.__getitem__)
    return found


def _both(one: Ways, other: Ways) -> Ways:
    return tuple(tuple(dict.fromkeys((*first, *second))) for first in one for second in other)


def _either(arrivals: Sequence[Ways], node: Element) -> Ways:
    found = tuple(dict.fromkeys(way for ways in arrivals for way in ways)) or ALWAYS
    if () in found:
        return ALWAYS
    if len(found) > _MOST_WAYS:
        raise BadProcess(f"{node.words}: quá nhiều đường có điều kiện cùng tới; hãy chia nhỏ.")
    return found


def _exclude(one: Ways, other: Ways) -> bool:
    """Say whether two arrivals never happen together: they chose otherwise at one gateway."""
    return all(
        any(a[0] == b[0] and a[1] != b[1] and a[3] for a in first for b in second)
        for first in one
        for second in other
    )


def _condition(ways: Ways) -> str:
    """Return the words of a condition."""
    if () in ways:
        return ""
    several = [" and ".join(_wrapped(way, one[2]) for one in way) for way in ways]
    return several[0] if len(several) == 1 else " or ".join(f"({one})" for one in several)


def _wrapped(way: Way, words: str) -> str:
    return f"({words})" if len(way) > 1 and " or " in words else words


def _plain(node: Element, graph: Graph, web: _Web, codes: Mapping[str, str]) -> dict[str, object]:
    """Return a step as the plain data of a process."""
    if not node.name:
        raise BadProcess(f"{node.words} chưa có tên.")
    kind = kind_of(node)
    role = node.own.get("role", usual_role(kind))
    if role not in PostRole.values:
        known = ", ".join(PostRole.values)
        raise BadProcess(f"{node.words}: vai trò “{role}” không có; dùng một trong: {known}.")
    timer = web.silent.get(node.id)
    rank = {key: place for place, key in enumerate(codes)}
    return {
        "code": codes[node.id],
        "name": node.name,
        "kind": str(kind),
        "duty": duty_of(node, graph),
        "role": role,
        "after": [codes[key] for key in sorted(web.after[node.id], key=rank.__getitem__)],
        "budget": budget_of(node, timer),
        "when": _condition(web.ways[node.id]),
        "return_to": codes.get(web.returns.get(node.id, ""), ""),
        "pause_ground": node.own.get("pauseGround", ""),
        "silence_is_consent": timer is not None or node.own.get("silenceIsConsent") == _TRUE,
        "outside_body": node.own.get("outsideBody", ""),
        "agency": node.own.get("agency", ""),
        "part": graph.nodes[node.scope].name if node.scope else "",
    }
