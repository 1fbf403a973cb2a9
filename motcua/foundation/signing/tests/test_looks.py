"""What the fields of number and day show must be what they hold; a forger lets them differ."""

from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache

import pytest
from pyhanko.pdf_utils import generic

from motcua.foundation.signing.choices import TurnRole
from motcua.foundation.signing.rules.examining.files import examine_file
from motcua.foundation.signing.rules.examining.report import Indication, Report
from motcua.foundation.signing.rules.halves import Order, Value, begin, finish
from motcua.foundation.signing.rules.order import NUMBER, SEAL_FIELD, locks_of
from motcua.foundation.signing.rules.pdf import (
    Dictionary,
    Name,
    QuietWriter,
    fields_of,
    opened,
    written,
)
from motcua.foundation.trust.tests.make import MONDAY, make_between, make_leaf

from .corpus import HOA, SEAL, make_sealed
from .make import BOTH, make_prepared, make_signed, make_values, raw_signature
from .test_engine import make_world

_FONT = Dictionary(
    {
        Name("/Type"): Name("/Font"),
        Name("/Subtype"): Name("/Type1"),
        Name("/BaseFont"): Name("/Helvetica"),
    }
)


def seal(pdf: bytes, values: Mapping[str, Value]) -> bytes:
    """Return the paper as somebody seals it who may seal, but writes what he likes."""
    pair, chain = make_leaf(SEAL), (make_between().der,)
    order = Order(
        field_name=SEAL_FIELD,
        certificate=pair.der,
        chain=chain,
        at=MONDAY,
        permits=locks_of(BOTH)[SEAL_FIELD].permits,
        certifies=False,
        values=values,
    )
    half = begin(pdf, order)
    raw = raw_signature(pair, half.attributes)
    return finish(pdf, half, raw, certificate=pair.der, chain=chain)


def sealed_with_number(text: str) -> bytes:
    """Return the paper sealed with number 15 as it looks, and another as it is held."""
    given = make_values(by_leader(), 15)
    return seal(by_leader(), {**given, NUMBER: replace(given[NUMBER], text=text)})


@lru_cache(maxsize=1)
def by_leader() -> bytes:
    return make_signed(make_prepared(), make_leaf(HOA), TurnRole.LEADER)


def examined(content: bytes) -> Report:
    return examine_file(content, make_world())


def test_number_and_day_as_we_draw_them_are_what_they_hold() -> None:
    report = examined(make_sealed())

    assert (report.verdict.indication, report.warnings) == (Indication.PASSED, ())


def test_a_number_drawn_as_another_is_named_and_nothing_passes() -> None:
    content = sealed_with_number("16")

    report = examined(content)

    found = (report.verdict.indication, report.verdict.sub)
    assert found == (Indication.INDETERMINATE, "FIELD_LOOKS_DIFFERENT")
    assert report.warnings == ("Ô “so” hiển thị “15”, nhưng giá trị của ô là “16”.",)


def test_a_number_that_is_drawn_and_not_held_is_named() -> None:
    assert examined(sealed_with_number("")).warnings == (
        "Ô “so” hiển thị “15”, nhưng giá trị của ô là “”.",
    )


def test_a_number_that_is_held_and_not_drawn_is_named() -> None:
    content = with_look(b"")

    assert examined(content).warnings == ("Ô “so” hiển thị “”, nhưng giá trị của ô là “15”.",)


def with_look(drawn: bytes) -> bytes:
    """Return the paper with a number that shows this drawing, then sealed."""
    writer = opened(by_leader())
    draw(writer, drawn, "15")
    return seal(written(writer), {})


def draw(writer: QuietWriter, drawn: bytes, value: str, name: str = NUMBER) -> None:
    """Write a value into the field of the number and let it show a drawing; rename the field."""
    for own, reference, row in fields_of(writer):
        if own == NUMBER:
            box = row["/AP"]["/N"].raw_get("/BBox")
            look = generic.StreamObject(
                {
                    Name("/Type"): Name("/XObject"),
                    Name("/Subtype"): Name("/Form"),
                    Name("/BBox"): box,
                    Name("/Resources"): Dictionary(
                        {Name("/Font"): Dictionary({Name("/F"): _FONT})}
                    ),
                },
                stream_data=drawn,
            )
            row[Name("/T")] = generic.pdf_string(name)
            row[Name("/V")] = generic.pdf_string(value)
            row[Name("/AP")] = Dictionary({Name("/N"): writer.add_object(look)})
            writer.mark_update(reference)


@pytest.mark.parametrize(
    "drawn",
    [
        b"q 0 0 0 rg 1 1 4 8 re f Q",
        b"BT 3 Tr /F 10 Tf 1 3 Td (15) Tj ET",
        b"BT /F 10 Tf 1 3 Td (15) Tj ET 0 0 5 5 re f",
    ],
    ids=["lines", "letters that do not show", "letters and lines over them"],
)
def test_a_number_drawn_without_letters_is_told_as_unreadable(drawn: bytes) -> None:
    report = examined(with_look(drawn))

    says = "Ô “so” không đọc được bằng chữ; giá trị của ô là “15”."
    assert (report.verdict.sub, report.warnings) == ("FIELD_LOOKS_DIFFERENT", (says,))


def test_a_field_of_another_kind_is_warned_of_and_judged_as_before() -> None:
    writer = opened(make_prepared())
    draw(writer, b"BT /F 10 Tf 1 3 Td (1.000) Tj ET", "1000", name="gia")
    content = make_signed(written(writer), make_leaf(HOA), TurnRole.LEADER)

    report = examined(content)

    assert report.verdict.indication == Indication.PASSED
    assert report.warnings == ("Ô “gia” hiển thị “1.000”, nhưng giá trị của ô là “1000”.",)
