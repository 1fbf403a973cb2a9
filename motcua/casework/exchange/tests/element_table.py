"""The table of docs/reference/edxml.md: each element as it is written, read and tested."""

from collections.abc import Mapping

from motcua.casework.exchange.rules.edxml.structure import Form, Part, parts_of

from .test_writing import NOT_WRITTEN

HEAD = ("| Element | Times | Written | Read as well | Tests |", "|---|---|---|---|---|")
# Short names of the table, and the functions of `test_elements` that run for each path.
TESTS = {
    "missing": "test_a_missing_element_is_named",
    "empty": "test_an_empty_element_is_named",
    "doubled": "test_a_doubled_element_is_named",
    "long": "test_an_element_that_is_too_long_is_named",
    "malformed": "test_a_malformed_value_is_named",
    "order": "test_any_order_is_read_and_remarked",
    "amendment": "test_elements_of_the_amendment_are_known",
    "numbers": "test_numbers_of_departments_and_staff_are_known",
}
WRITTEN = "`test_writing`"
STRICT: Mapping[Form, str] = {
    Form.TEXT: "text, NFC",
    Form.CODE: "today's code",
    Form.DAY: "`2026/10/01`",
    Form.MOMENT: "`2026/10/01 09:15:00`",
    Form.NUMBER: "digits",
    Form.FLAG: "`0` or `1`",
    Form.TRUTH: "`true` or `false`",
    Form.DOCUMENT_ID: "`code,yyyy/MM/dd,number/notation`",
    Form.FRAME: "what it holds, in this order",
    Form.FILE: "zip, then base64",
    Form.FOREIGN: "–",
}
LENIENT: Mapping[Form, str] = {
    Form.TEXT: "other Unicode forms, spaces around",
    Form.CODE: "13 characters, turned round",
    Form.DAY: "`01/10/2026`, `2026-10-01`",
    Form.MOMENT: "the other days, `T`, fractions",
    Form.NUMBER: "spaces around",
    Form.FLAG: "spaces around",
    Form.TRUTH: "`1`, `0`, capitals",
    Form.DOCUMENT_ID: "old codes; another day or number",
    Form.FRAME: "any order, unknown elements",
    Form.FILE: "not zipped, several lines",
    Form.FOREIGN: "anything, left out",
}
UNTESTED_FORMS = (Form.TEXT, Form.FRAME, Form.FILE, Form.FOREIGN)


def row(path: str, part: Part) -> str:
    """Return the line of an element."""
    is_once = part.least == part.most == 1
    times = "1" if is_once else f"{part.least}..{part.most or 'n'}"
    longest = f" ≤ {part.longest}" if part.longest else ""
    kept = ", also when empty" if part.is_kept else ""
    strict = "–" if part.name in NOT_WRITTEN else f"{STRICT[part.form]}{longest}{kept}"
    place = "; any place" if part.is_free else ""
    return f"| `{path}` | {times} | {strict} | {LENIENT[part.form]}{place} | {_tests(part)} |"


def _tests(part: Part) -> str:
    is_frame = part.form in (Form.FRAME, Form.FILE)
    is_tried = part.name not in NOT_WRITTEN
    found = {
        WRITTEN: is_tried,
        "missing": is_tried and part.least,
        "empty": is_tried and part.least and not is_frame,
        "doubled": is_tried and part.most == 1,
        "long": is_tried and part.longest,
        "malformed": is_tried and part.form not in UNTESTED_FORMS,
        "order": part.name in ("MessageHeader", "From", "To", "Bussiness"),
        "amendment": part.name in ("ReferenceCodes", "ReplyFors"),
        "numbers": part.name in ("DepartmentId", "StaffId"),
    }
    return ", ".join(name for name, applies in found.items() if applies) or "`test_rules`"


def table(whole: Part) -> list[str]:
    """Return the table of all elements of a kind of message."""
    return [*HEAD, *(row(path, part) for path, part in parts_of(whole))]
