"""The pages that others build by say what the code does."""

import json
from pathlib import Path

from lxml import etree

from motcua.casework.exchange.choices import BusinessKind, Status
from motcua.casework.exchange.rules.edxml.contents import content_of
from motcua.casework.exchange.rules.edxml.findings import RULES
from motcua.casework.exchange.rules.edxml.schema import relax_ng
from motcua.casework.exchange.rules.edxml.spec import message_from
from motcua.casework.exchange.rules.edxml.structure import DOCUMENT, STATUS, Form, Part, parts_of

from .make import NOW, PDF, make_full, make_status, read, write

DOCS = Path(__file__).parents[4] / "docs"
LAW, REFERENCE, SCHEMA = (
    DOCS / name for name in ("law/exchange.md", "reference/edxml.md", "reference/edxml.rng")
)
TESTS = {
    "missing": "a_missing…, an_empty…",
    "doubled": "a_doubled…",
    "long": "an_element_that_is_too_long…",
    "wrong": "a_malformed…",
}


def row(path: str, part: Part) -> str:
    """Return the line of an element in the table of docs/law/exchange.md."""
    often = f"{part.least}..{part.most or 'n'}" if part.least != part.most else "1"
    form = part.form.value + (f" ≤ {part.longest}" if part.longest else "")
    tests = [
        words
        for words, applies in (
            (TESTS["missing"], part.least),
            (TESTS["doubled"], part.most == 1 and part.form is not Form.FOREIGN),
            (TESTS["long"], part.longest),
            (TESTS["wrong"], part.form not in (Form.TEXT, Form.FRAME, Form.FILE, Form.FOREIGN)),
        )
        if applies
    ]
    named = "; ".join(tests) or "`test_writing`"
    return f"| `{path}` | {often} | {form} | {named} |"


def table(whole: Part) -> list[str]:
    """Return the table of all elements of a kind of message."""
    return [row(path, part) for path, part in parts_of(whole)]


def test_every_element_stands_in_the_law_page_with_its_tests() -> None:
    lines = LAW.read_text().splitlines()
    missing = [one for one in (*table(DOCUMENT), *table(STATUS)) if one not in lines]

    assert missing == []


def test_every_rule_stands_in_the_reference() -> None:
    lines = REFERENCE.read_text().splitlines()
    rows = [
        f"| `{rule}` | {severity} | {words.replace('{', '‹').replace('}', '›')} |"
        for rule, (severity, words) in RULES.items()
    ]

    assert [one for one in rows if one not in lines] == []


def test_the_published_schema_is_the_table() -> None:
    assert SCHEMA.read_text() == relax_ng()


def test_what_we_write_fits_the_published_schema() -> None:
    schema = etree.RelaxNG(etree.parse(SCHEMA))
    written = [write(make_full(kind)) for kind in BusinessKind]
    written += [write(make_status(one.value)) for one in Status]

    assert [schema.validate(etree.fromstring(one)) for one in written] == [True] * 13


def test_what_misses_an_element_does_not_fit_the_schema() -> None:
    schema = etree.RelaxNG(etree.parse(SCHEMA))
    root = etree.fromstring(write(make_full()))
    header = root.find(".//{*}MessageHeader")
    assert header is not None
    header.remove(header[6])

    assert not schema.validate(root)


def test_the_examples_of_the_reference_make_valid_messages() -> None:
    blocks = REFERENCE.read_text().split("```json\n")[1:]
    specs = [json.loads(block.partition("```")[0]) for block in blocks]

    made = [message_from(one, open_file=lambda _: content_of(PDF), at=NOW) for one in specs[:2]]

    assert [read(write(one)).findings for one in made] == [(), ()]
