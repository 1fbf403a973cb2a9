"""Numbers with decimals: areas and weights, as they are written in Vietnam."""

import json
from decimal import Decimal

import pytest

from motcua.casework.forms.api import (
    BadForm,
    Form,
    check_answers,
    clean_answers,
    in_words,
    parse_form,
    read_schema,
    schema_of,
    schema_with_form,
    with_reckoned,
)
from motcua.casework.forms.rules.numbers import number_in, rounded

AREA = {"name": "dien_tich", "kind": "number", "label": "Diện tích (m²)", "decimals": 2}
TWICE = {
    "name": "gap_ruoi",
    "kind": "number",
    "label": "Gấp rưỡi",
    "decimals": 1,
    "computed": "dien_tich * 1.5",
}


def _form(*fields: dict[str, object]) -> Form:
    return parse_form(
        {"code": "x", "title": "X", "pages": [{"title": "T", "fields": list(fields)}]}
    )


@pytest.mark.parametrize(
    ("typed", "decimals", "found"),
    [
        ("152,5", 2, 152.5),
        ("1.234,56", 2, 1234.56),
        ("1.234", 2, 1234),
        ("152.5", 2, 152.5),
        ("152,50", 1, 152.5),
        ("3,0", 0, 3),
        ("1 500", 0, 1500),
        ("-2,5", 1, -2.5),
        ("152,555", 2, None),
        ("1.5", 0, None),  # never fifteen
        ("1.50.000", 0, None),
        ("2,5", 0, None),
        ("1,2,3", 2, None),
        ("", 2, None),
        ("9" * 30, 2, None),
    ],
)
def test_numbers_are_read_as_written_here(typed: str, decimals: int, found: float | None) -> None:
    assert number_in(typed, decimals) == found


def test_decimals_are_kept_checked_and_told() -> None:
    form = _form(AREA)
    (field,) = form.all_fields()
    answers = clean_answers([field], {"dien_tich": "1.152,35"})
    assert answers == {"dien_tich": 1152.35}
    assert check_answers(form, answers) == {}
    assert in_words(field, answers["dien_tich"]) == "1152,35"
    wrong = check_answers(form, clean_answers([field], {"dien_tich": "152,355"}))
    assert wrong == {"dien_tich": "“Diện tích (m²)” phải là một số; tối đa 2 chữ số sau dấu phẩy."}


def test_json_numbers_are_held_to_the_same_decimals() -> None:
    form = _form(AREA)
    assert check_answers(form, {"dien_tich": 0.07}) == {}
    assert "dien_tich" in check_answers(form, {"dien_tich": 1.005})
    assert clean_answers(list(form.all_fields()), {"dien_tich": 3.0}) == {"dien_tich": 3}


def test_reckoned_numbers_have_their_decimals() -> None:
    form = _form(AREA, TWICE)
    assert with_reckoned(form, {"dien_tich": 1.3})["gap_ruoi"] == 2.0
    assert rounded(Decimal("2.005"), 2) == 2.01


def test_decimals_survive_the_schema() -> None:
    form = _form(AREA)
    assert schema_of(form)["properties"]["dien_tich"]["multipleOf"] == 0.01
    assert parse_form(read_schema(_json(schema_with_form(form)), "x")[0]) == form
    other = {"type": "object", "title": "T", "properties": {"a": {"type": "number"}}}
    (found,) = parse_form(read_schema(_json(other), "x")[0]).all_fields()
    assert found.decimals == 2


@pytest.mark.parametrize(("kind", "decimals"), [("text", 1), ("money", 2), ("number", 5)])
def test_decimals_elsewhere_are_refused(kind: str, decimals: int) -> None:
    with pytest.raises(BadForm, match="decimals"):
        _form({**AREA, "kind": kind, "decimals": decimals})


def _json(data: object) -> bytes:
    return json.dumps(data).encode()
