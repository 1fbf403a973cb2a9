"""Compare a tree with the table of elements: what is missing, doubled, misplaced, malformed."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime, timedelta

from motcua.lib.clock import local_day

from .findings import Finding, finding
from .messages import LEGACY_SPACE, QCVN
from .parsing import Node
from .structure import Form, Part
from .values import (
    DOCUMENT_ID,
    day_of,
    is_code,
    is_strict_day,
    is_strict_moment,
    moment_of,
    todays_code,
)

SPACES = frozenset({QCVN, LEGACY_SPACE})
_LARGEST = 10**9
_CLOCKS_DIFFER = timedelta(minutes=15)
_TRUTHS = frozenset({"true", "false", "0", "1"})
Check = Callable[[Node, Part, datetime], Iterator[Finding]]


def walk(node: Node, part: Part, at: datetime) -> Iterator[Finding]:
    """Yield everything in which an element and what it holds differ from the table."""
    if part.form is Form.FOREIGN:
        return
    if part.form is Form.FRAME:
        yield from _frame(node, part, at)
        return
    text = node.text
    if part.longest and len(text) > part.longest:
        most = part.longest
        yield finding(
            "text-too-long", node.line, node.name, name=node.name, found=len(text), most=most
        )
    if text and part.form in _CHECKS:
        yield from _CHECKS[part.form](node, part, at)


def _frame(node: Node, part: Part, at: datetime) -> Iterator[Finding]:
    places = {inner.name: place for place, inner in enumerate(part.holds)}
    known: list[Node] = []
    for child in node.children:
        if child.space in SPACES and child.name in places:
            known.append(child)
        elif child.name != "Signature":  # in whatever namespace: told by the reader
            yield finding("element-unknown", child.line, child.name, name=child.name)
    for inner in part.holds:
        yield from _how_often([one for one in known if one.name == inner.name], inner, node)
    yield from _order(known, part, places)
    for child in known:
        yield from walk(child, part.holds[places[child.name]], at)


def _how_often(found: list[Node], part: Part, above: Node) -> Iterator[Finding]:
    if part.most and len(found) > part.most:
        yield finding("element-repeated", found[part.most].line, part.name, name=part.name)
    if part.least and not found:
        yield finding("element-missing", above.line, above.name, name=part.name)
    elif part.least and part.form is not Form.FRAME:
        for one in found:
            if not one.text and one.content is None and not one.trouble:
                yield finding("element-empty", one.line, part.name, name=part.name)


def _order(known: list[Node], part: Part, places: Mapping[str, int]) -> Iterator[Finding]:
    """Yield the first child that comes too late; where samples differ nothing is said."""
    latest = -1
    for child in known:
        place = places[child.name]
        if part.holds[place].is_free:
            continue
        if place < latest:
            yield finding("element-order", child.line, child.name, name=child.name)
            return
        latest = place


def _check_code(node: Node, _: Part, _at: datetime) -> Iterator[Finding]:
    code = node.text
    if is_code(code):
        return
    now = todays_code(code)
    if now is None:
        yield finding("organ-code", node.line, node.name, found=code)
    else:
        yield finding("organ-code-legacy", node.line, node.name, found=code, now=now)


def _check_day(node: Node, _: Part, at: datetime) -> Iterator[Finding]:
    day = day_of(node.text)
    if day is None:
        yield finding("date", node.line, node.name, found=node.text)
        return
    if not is_strict_day(node.text):
        yield finding("date-form", node.line, node.name, found=node.text)
    if node.name != "DueDate" and _is_later(day, at):
        yield finding("future", node.line, node.name, found=node.text)


def _is_later(day: date, at: datetime) -> bool:
    return day > local_day(at)


def _check_moment(node: Node, _: Part, at: datetime) -> Iterator[Finding]:
    moment = moment_of(node.text)
    if moment is None:
        yield finding("moment", node.line, node.name, found=node.text)
        return
    if not is_strict_moment(node.text):
        yield finding("moment-form", node.line, node.name, found=node.text)
    if moment > at + _CLOCKS_DIFFER:
        yield finding("future", node.line, node.name, found=node.text)


def _check_number(node: Node, _: Part, _at: datetime) -> Iterator[Finding]:
    if number_of(node.text) is None:
        yield finding("number", node.line, node.name, found=node.text, name=node.name)


def number_of(text: str) -> int | None:
    """Return a number as messages hold them, None for anything else."""
    is_number = text.isascii() and text.isdecimal() and len(text) <= len(str(_LARGEST))
    return int(text) if is_number and int(text) < _LARGEST else None


def _check_flag(node: Node, _: Part, _at: datetime) -> Iterator[Finding]:
    if node.text not in ("0", "1"):
        yield finding("yes-no", node.line, node.name, found=node.text, name=node.name)


def _check_truth(node: Node, _: Part, _at: datetime) -> Iterator[Finding]:
    if node.text.lower() not in _TRUTHS:
        yield finding("yes-no", node.line, node.name, found=node.text, name=node.name)


def _check_document_id(node: Node, _: Part, _at: datetime) -> Iterator[Finding]:
    found = DOCUMENT_ID.fullmatch(node.text)
    if found is None or todays_code(found[1]) is None:
        yield finding("document-id", node.line, node.name, found=node.text)
    elif day_of(found[2]) is None:
        yield finding("document-id-date", node.line, node.name, found=node.text)


_CHECKS: Mapping[Form, Check] = {
    Form.CODE: _check_code,
    Form.DAY: _check_day,
    Form.MOMENT: _check_moment,
    Form.NUMBER: _check_number,
    Form.FLAG: _check_flag,
    Form.TRUTH: _check_truth,
    Form.DOCUMENT_ID: _check_document_id,
}
