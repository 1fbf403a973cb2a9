"""The pages that others build by say what the code does."""

import json
from pathlib import Path

from lxml import etree

from motcua.casework.exchange.choices import BusinessKind, Status
from motcua.casework.exchange.rules.edxml.contents import content_of
from motcua.casework.exchange.rules.edxml.findings import RULES
from motcua.casework.exchange.rules.edxml.schema import relax_ng
from motcua.casework.exchange.rules.edxml.spec import message_from
from motcua.casework.exchange.rules.edxml.structure import DOCUMENT, STATUS

from . import test_elements
from .element_table import TESTS, table
from .messages import NOW, PDF, make_full, make_status, read, write

DOCS = Path(__file__).parents[4] / "docs"
REFERENCE, SCHEMA = (DOCS / name for name in ("reference/edxml.md", "reference/edxml.rng"))


def test_every_element_stands_in_the_reference_with_its_tests() -> None:
    text = REFERENCE.read_text()

    assert "\n".join(table(DOCUMENT)) in text
    assert "\n".join(table(STATUS)) in text


def test_the_tests_that_the_table_names_exist() -> None:
    assert [name for name in TESTS.values() if not callable(getattr(test_elements, name))] == []
    assert [f"- *{short}*: `{name}`" in REFERENCE.read_text() for short, name in TESTS.items()] == [
        True
    ] * len(TESTS)


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
