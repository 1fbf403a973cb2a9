"""Models as DMN files: read with suspicion, written alike every time.

Read: DMN 1.2 to 1.5, decision tables and literal expressions in FEEL. Anything that would call code
of others (Java, PMML, PMML-like functions, scripts, imports) is refused by name.
Source: OMG DMN 1.3 (formal/21-02-01), DMN13.xsd; namespaces of 1.2, 1.4 and 1.5
"""

from collections.abc import Iterator, Mapping
from typing import Any

from lxml import etree

from motcua.lib.safexml import BrokenXml, UnsafeXml, read_xml

from .tables import (
    Aggregation,
    BadTable,
    Formula,
    HitPolicy,
    Input,
    Kind,
    Model,
    Output,
    Rule,
    Table,
)

NAMESPACES = (
    "https://www.omg.org/spec/DMN/20191111/MODEL/",  # 1.3, which we write
    "https://www.omg.org/spec/DMN/20230324/MODEL/",  # 1.5
    "https://www.omg.org/spec/DMN/20211108/MODEL/",  # 1.4
    "http://www.omg.org/spec/DMN/20180521/MODEL/",  # 1.2
)
MOST_BYTES = 5_000_000
_FEEL = ("feel", "s-feel")
_KINDS: Mapping[str, Kind] = {
    "number": Kind.NUMBER,
    "integer": Kind.WHOLE,
    "long": Kind.WHOLE,
    "double": Kind.NUMBER,
    "decimal": Kind.NUMBER,
    "string": Kind.TEXT,
    "boolean": Kind.TRUTH,
    "date": Kind.DAY,
    "list": Kind.LIST,
}
_REFUSED: Mapping[str, str] = {
    "businessKnowledgeModel": "hàm dùng chung",
    "invocation": "lời gọi hàm",
    "functionDefinition": "hàm",
    "import": "mô hình nhập từ nơi khác",
    "decisionService": "dịch vụ quyết định",
    "context": "ngữ cảnh lồng",
    "relation": "bảng quan hệ",
    "conditional": "biểu thức điều kiện dạng khối",
    "for": "vòng lặp",
    "every": "vòng lặp",
    "some": "vòng lặp",
    "filter": "bộ lọc",
    "script": "đoạn mã",
}
_SIDE_BY_SIDE = "CrossTable"
_NAMES: Any = {None: NAMESPACES[0]}


def read_dmn(content: bytes) -> Model:
    """Return the model of a DMN file. Raises: BadTable saying which element, and why."""
    try:
        root = read_xml(content, most_bytes=MOST_BYTES)
    except UnsafeXml as error:
        message = "Tệp DMN lớn quá 5 MB hoặc khai báo thực thể riêng; không đọc tệp như vậy."
        raise BadTable(message) from error
    except BrokenXml as error:
        message = f"Tệp không phải XML đọc được ({error}); hãy xuất lại từ phần mềm đã tạo ra nó."
        raise BadTable(message) from error
    name = etree.QName(root)
    if name.localname != "definitions" or name.namespace not in NAMESPACES:
        message = "Tệp không phải mô hình DMN 1.2 đến 1.5 (phần tử gốc phải là “definitions”)."
        raise BadTable(message)
    return _Reader(str(name.namespace)).model(root)


class _Reader:
    """Reads elements of one namespace."""

    def __init__(self, namespace: str) -> None:
        self._prefix = f"{{{namespace}}}"

    def model(self, root: etree._Element) -> Model:
        self._check_nothing_foreign(root)
        decisions = tuple(self._decision(one) for one in self._all(root, "decision"))
        if not decisions:
            raise BadTable("Tệp DMN không có quyết định nào.")
        return Model(root.get("id", ""), root.get("name", ""), decisions)

    def _check_nothing_foreign(self, root: etree._Element) -> None:
        for element in root.iter(etree.Element):
            name = etree.QName(element)
            words = _REFUSED.get(name.localname)
            if words and (name.namespace == self._prefix[1:-1] or name.localname == "script"):
                where = f"“{name.localname}” ở dòng {element.sourceline}"
                message = f"Tệp DMN có {words} ({where}); ở đây chỉ nhận bảng và biểu thức FEEL."
                raise BadTable(message)
            language = element.get("expressionLanguage", "")
            if language and not _is_feel(language):
                message = (
                    f"Dòng {element.sourceline} viết bằng “{language}”; chỉ nhận FEEL, S-FEEL."
                )
                raise BadTable(message)

    def _all(self, element: etree._Element, name: str) -> Iterator[etree._Element]:
        return element.iterchildren(f"{self._prefix}{name}")

    def _one(self, element: etree._Element, name: str) -> etree._Element | None:
        return next(self._all(element, name), None)

    def _text(self, element: etree._Element | None) -> str:
        """Return the words of its `text` element."""
        found = None if element is None else self._one(element, "text")
        return "" if found is None else (found.text or "").strip()

    def _decision(self, element: etree._Element) -> Table | Formula:
        id_, name = element.get("id", ""), element.get("name", "")
        variable = self._one(element, "variable")
        known_by = name if variable is None else variable.get("name", name)
        if not id_ or not known_by:
            message = f"Quyết định ở dòng {element.sourceline} không có mã (id) hoặc tên (name)."
            raise BadTable(message)
        needs = tuple(self._needs(element))
        table = self._one(element, "decisionTable")
        if table is not None:
            return self._table(id_, known_by, table, needs)
        formula = self._one(element, "literalExpression")
        if formula is None:
            message = f"Quyết định “{name}” không có bảng hay biểu thức; hãy điền nội dung."
            raise BadTable(message)
        return Formula(id_, known_by, self._text(formula), needs)

    def _needs(self, element: etree._Element) -> Iterator[str]:
        for one in self._all(element, "informationRequirement"):
            needed = self._one(one, "requiredDecision")
            if needed is not None:
                yield needed.get("href", "").removeprefix("#")

    def _table(self, id_: str, name: str, element: etree._Element, needs: tuple[str, ...]) -> Table:
        if element.get("preferredOrientation") == _SIDE_BY_SIDE:
            raise BadTable(f"Bảng “{name}” là bảng chéo; hãy đổi thành bảng theo hàng.")
        return Table(
            id=id_,
            name=name,
            inputs=tuple(self._input(one) for one in self._all(element, "input")),
            outputs=tuple(self._output(one, name) for one in self._all(element, "output")),
            rules=tuple(self._rule(one) for one in self._all(element, "rule")),
            hit_policy=_hit_policy(element.get("hitPolicy", "UNIQUE"), name),
            aggregation=_aggregation(element.get("aggregation", ""), name),
            annotations=tuple(one.get("name", "") for one in self._all(element, "annotation")),
            needs=needs,
        )

    def _input(self, element: etree._Element) -> Input:
        asked = self._one(element, "inputExpression")
        expression = self._text(asked)
        if asked is None or not expression:
            raise BadTable(f"Cột hỏi ở dòng {element.sourceline} không có biểu thức.")
        kind = _kind(asked.get("typeRef", ""), element)
        allowed = self._text(self._one(element, "inputValues"))
        return Input(expression, kind, element.get("label", ""), allowed)

    def _output(self, element: etree._Element, table: str) -> Output:
        return Output(
            name=element.get("name") or table,
            kind=_kind(element.get("typeRef", ""), element),
            label=element.get("label", ""),
            allowed=self._text(self._one(element, "outputValues")),
            default=self._text(self._one(element, "defaultOutputEntry")),
        )

    def _rule(self, element: etree._Element) -> Rule:
        return Rule(
            inputs=tuple(self._text(one) for one in self._all(element, "inputEntry")),
            outputs=tuple(self._text(one) for one in self._all(element, "outputEntry")),
            notes=tuple(self._text(one) for one in self._all(element, "annotationEntry")),
            id=element.get("id", ""),
        )


def _is_feel(language: str) -> bool:
    return language.lower() in _FEEL or "/feel/" in language.lower()


def _kind(name: str, element: etree._Element) -> Kind:
    kind = _KINDS.get(name.rpartition(":")[2].lower())
    if kind is None:
        shown = f"loại “{name}”" if name else "cột không ghi loại (typeRef)"
        message = f"Dòng {element.sourceline}: {shown}; hãy dùng number, string, boolean, date."
        raise BadTable(message)
    return kind


def _hit_policy(text: str, table: str) -> HitPolicy:
    try:
        return HitPolicy(text)
    except ValueError:
        message = f"Bảng “{table}”: không có quy tắc chọn hàng “{text}”."
        raise BadTable(message) from None


def _aggregation(text: str, table: str) -> Aggregation:
    try:
        return Aggregation(text)
    except ValueError:
        message = f"Bảng “{table}”: không có phép gộp “{text}”."
        raise BadTable(message) from None


def write_dmn(model: Model) -> bytes:
    """Return the model as DMN 1.3, the same bytes for the same model."""
    root = etree.Element(
        f"{{{NAMESPACES[0]}}}definitions",
        {"id": model.id or "model", "name": model.name, "namespace": f"urn:motcua:{model.id}"},
        nsmap=_NAMES,
    )
    for decision in model.decisions:
        _write_decision(root, decision)
    etree.indent(root)
    content: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8")
    return content + b"\n"


def _under(parent: etree._Element, tag: str, text: str | None = None, **values: str) -> Any:
    found = {key: value for key, value in values.items() if value}
    element = etree.SubElement(parent, f"{{{NAMESPACES[0]}}}{tag}", found)
    if text is not None:
        etree.SubElement(element, f"{{{NAMESPACES[0]}}}text").text = text
    return element


def _write_decision(root: etree._Element, decision: Table | Formula) -> None:
    element = _under(root, "decision", id=decision.id, name=decision.name)
    _under(element, "variable", name=decision.name)
    for place, need in enumerate(decision.needs, 1):
        needed = _under(element, "informationRequirement", id=f"{decision.id}_needs_{place}")
        _under(needed, "requiredDecision", href=f"#{need}")
    if isinstance(decision, Formula):
        _under(element, "literalExpression", decision.expression)
    else:
        _write_table(element, decision)


def _write_table(parent: etree._Element, table: Table) -> None:
    element = _under(
        parent,
        "decisionTable",
        id=f"{table.id}_table",
        hitPolicy=table.hit_policy,
        aggregation=table.aggregation,
    )
    for place, asked in enumerate(table.inputs, 1):
        column = _under(element, "input", id=f"{table.id}_in_{place}", label=asked.label)
        _under(column, "inputExpression", asked.expression, typeRef=asked.kind)
        if asked.allowed:
            _under(column, "inputValues", asked.allowed)
    for place, output in enumerate(table.outputs, 1):
        _write_output(element, table, place, output)
    for name in table.annotations:
        _under(element, "annotation", name=name)
    for place, rule in enumerate(table.rules, 1):
        row = _under(element, "rule", id=rule.id or f"{table.id}_rule_{place}")
        _write_cells(row, rule)


def _write_output(element: etree._Element, table: Table, place: int, output: Output) -> None:
    column = _under(
        element,
        "output",
        id=f"{table.id}_out_{place}",
        label=output.label,
        name=output.name,
        typeRef=output.kind,
    )
    if output.allowed:
        _under(column, "outputValues", output.allowed)
    if output.default:
        _under(column, "defaultOutputEntry", output.default)


def _write_cells(row: etree._Element, rule: Rule) -> None:
    for text in rule.inputs:
        _under(row, "inputEntry", text or "-")
    for text in rule.outputs:
        _under(row, "outputEntry", text)
    for text in rule.notes:
        _under(row, "annotationEntry", text)
