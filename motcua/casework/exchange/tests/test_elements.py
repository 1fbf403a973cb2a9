"""Each element of the table: missing, empty, doubled, too long, malformed, out of place."""

from collections.abc import Callable, Iterator
from copy import deepcopy
from typing import TypeAlias

import pytest
from lxml import etree

from motcua.casework.exchange.choices import BusinessKind
from motcua.casework.exchange.rules.edxml.messages import QCVN
from motcua.casework.exchange.rules.edxml.structure import DOCUMENT, STATUS, Form, Part, parts_of

from .messages import make_full, make_status, read, rules_of, write
from .test_writing import NOT_WRITTEN

WRONG = {
    Form.CODE: ("h18!", "organ-code"),
    Form.DAY: ("2026/02/30", "date"),
    Form.MOMENT: ("2026/02/30 10:00:00", "moment"),
    Form.NUMBER: ("một", "number"),
    Form.FLAG: ("2", "yes-no"),
    Form.TRUTH: ("có", "yes-no"),
    Form.DOCUMENT_ID: ("0123/SNV", "document-id"),
}
Element: TypeAlias = etree._Element  # noqa: SLF001 -- the library has no other name for it
OF_REPLACING = ("Replacement", "OrganIdList")


def elements(whole: Part) -> Iterator[tuple[str, Part]]:
    return ((path, part) for path, part in parts_of(whole) if part.name not in NOT_WRITTEN)


def cases(which: str) -> list[tuple[str, str, Part]]:
    """Return kind of message, path and element of all to which a rule applies."""
    rules: dict[str, Callable[[Part], object]] = {
        "missing": lambda one: one.least,
        "doubled": lambda one: one.most == 1,
        "long": lambda one: one.longest,
        "wrong": lambda one: one.form in WRONG,
    }
    return [
        (name, path, part)
        for name, whole in (("document", DOCUMENT), ("status", STATUS))
        for path, part in elements(whole)
        if rules[which](part)
    ]


def tree_with(name: str, path: str) -> tuple[etree._Element, etree._Element]:
    """Return a full message that holds the element, and the element."""
    if name == "status":
        content = write(make_status())
    else:
        is_replacing = any(word in path for word in OF_REPLACING)
        kind = BusinessKind.REPLACE if is_replacing else BusinessKind.UPDATE
        content = write(make_full(kind))
    root = etree.fromstring(content)
    node = root.find("/".join(f"{{{QCVN}}}{step}" for step in path.split("/")))
    assert node is not None
    return root, node


def ids(case: object) -> str:
    return case.name if isinstance(case, Part) else str(case)


@pytest.mark.parametrize(("name", "path", "part"), cases("missing"), ids=ids)
def test_a_missing_element_is_named(name: str, path: str, part: Part) -> None:
    root, node = tree_with(name, path)
    above = node.getparent()
    assert above is not None
    for one in above.findall(node.tag):
        above.remove(one)

    found = read(etree.tostring(root)).findings

    if path.endswith("StatusCode"):  # without it, it is no status
        assert found
    else:
        wanted = f"Thiếu phần tử “{part.name}”."
        assert [one.words for one in found if one.words == wanted] == [wanted]


@pytest.mark.parametrize(("name", "path", "part"), cases("missing"), ids=ids)
def test_an_empty_element_is_named(name: str, path: str, part: Part) -> None:
    if part.form in (Form.FRAME, Form.FILE):
        return
    root, node = tree_with(name, path)
    node.text = " "

    found = read(etree.tostring(root)).findings

    assert ("element-empty", part.name) in {(one.rule, one.element) for one in found}


@pytest.mark.parametrize(("name", "path", "part"), cases("doubled"), ids=ids)
def test_a_doubled_element_is_named(name: str, path: str, part: Part) -> None:
    root, node = tree_with(name, path)
    node.addnext(deepcopy(node))

    found = read(etree.tostring(root)).findings

    assert ("element-repeated", part.name) in {(one.rule, one.element) for one in found}


@pytest.mark.parametrize(("name", "path", "part"), cases("long"), ids=ids)
def test_an_element_that_is_too_long_is_named(name: str, path: str, part: Part) -> None:
    root, node = tree_with(name, path)
    node.text = "1" * (part.longest + 1)

    found = read(etree.tostring(root)).findings

    assert ("text-too-long", part.name) in {(one.rule, one.element) for one in found}


@pytest.mark.parametrize(("name", "path", "part"), cases("wrong"), ids=ids)
def test_a_malformed_value_is_named(name: str, path: str, part: Part) -> None:
    root, node = tree_with(name, path)
    node.text, rule = WRONG[part.form]

    found = read(etree.tostring(root)).findings

    assert (rule, part.name) in {(one.rule, one.element) for one in found}


@pytest.mark.parametrize("name", ["document", "status"])
def test_any_order_is_read_and_remarked(name: str) -> None:
    root, _ = tree_with(name, "edXMLEnvelope")
    for node in list(root.iter("{*}MessageHeader", "{*}From", "{*}To", "{*}Bussiness")):
        node[:] = list(reversed(node))
    message = make_full(BusinessKind.UPDATE) if name == "document" else make_status()

    reading = read(etree.tostring(root))

    if name == "document":
        assert reading.message is not None
        assert sorted(getattr(reading.message, "receivers", ()), key=str) == sorted(
            make_full().receivers, key=str
        )
    else:
        assert reading.message == message
    assert reading.is_valid
    assert {one.rule for one in reading.findings} == {"element-order"}


def test_an_unknown_element_is_remarked_and_left_out() -> None:
    root, node = tree_with("document", "edXMLEnvelope/edXMLHeader/MessageHeader/Subject")
    node.addnext(etree.fromstring(f'<Mark xmlns="{QCVN}"><a>1</a></Mark>'))

    reading = read(etree.tostring(root))

    assert (reading.message, reading.is_valid) == (make_full(BusinessKind.UPDATE), True)
    assert rules_of(etree.tostring(root)) == ["element-unknown"]


def test_elements_of_the_amendment_are_known() -> None:
    root, node = tree_with("document", "edXMLEnvelope/edXMLHeader/MessageHeader/OtherInfo")
    node.append(etree.fromstring(f'<ReferenceCodes xmlns="{QCVN}">1</ReferenceCodes>'))
    node.append(etree.fromstring(f'<ReplyFors xmlns="{QCVN}"><a/></ReplyFors>'))

    assert rules_of(etree.tostring(root)) == []


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("document", "edXMLEnvelope/edXMLHeader/TraceHeaderList/Bussiness/StaffInfo"),
        ("status", "edXMLEnvelope/edXMLHeader/MessageHeader/StaffInfo"),
    ],
)
def test_numbers_of_departments_and_staff_are_known(name: str, path: str) -> None:
    root, node = tree_with(name, path)
    for element in ("DepartmentId", "StaffId"):
        node.append(etree.fromstring(f'<{element} xmlns="{QCVN}">12</{element}>'))

    assert rules_of(etree.tostring(root)) == []


@pytest.mark.parametrize("said", ["True", "TRUE", "1"])
def test_yes_is_read_in_every_way(said: str) -> None:
    root, node = tree_with(
        "document", "edXMLEnvelope/edXMLHeader/MessageHeader/OtherInfo/Direction"
    )
    node.text = said

    assert read(etree.tostring(root)).message == make_full(BusinessKind.UPDATE)
