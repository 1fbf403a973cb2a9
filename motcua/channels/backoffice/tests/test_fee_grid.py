"""The grid: buttons change rows and columns, cells are taken as people type them."""

from datetime import date
from typing import Any

import pytest

from motcua.casework.fees.tests.make import RULES, model_with
from motcua.channels.backoffice.fee_grid import (
    Column,
    Grid,
    act_on,
    as_fact,
    cell_words,
    fact_words,
    grid_of,
    paste,
    table_of,
    typed,
)
from motcua.lib.decisions import Aggregation, HitPolicy, Kind, Table

MODEL = model_with(annotations=("Căn cứ",))


def grid() -> Grid:
    """Return the grid of the small table: one column asked, two answered, one note."""
    (table,) = MODEL.decisions
    assert isinstance(table, Table)
    return grid_of(table)


def test_a_table_becomes_a_grid_and_a_table_again() -> None:
    assert table_of(grid()) == MODEL.decisions[0]


def test_what_becomes_of_several_rows_is_chosen_with_its_sum() -> None:
    one = grid()
    one.policy = "COLLECT:SUM"
    table = table_of(one)
    assert (table.hit_policy, table.aggregation) == (HitPolicy.COLLECT, Aggregation.SUM)


@pytest.mark.parametrize(
    ("act", "firsts"),
    [
        ("row-add:0", ["true", "-", "not(true)"]),
        ("row-add", ["true", "not(true)", "-"]),
        ("row-copy:1", ["true", "not(true)", "not(true)"]),
        ("row-drop:0", ["not(true)"]),
        ("row-up:1", ["not(true)", "true"]),
        ("row-up:0", ["true", "not(true)"]),
        ("row-down:0", ["not(true)", "true"]),
        ("row-drop:9", ["true", "not(true)"]),
        ("save", ["true", "not(true)"]),
    ],
)
def test_buttons_change_rows(act: str, firsts: list[str]) -> None:
    one = grid()
    act_on(one, act)
    assert ([row[0] for row in one.rows], len(one.ids)) == (firsts, len(firsts))


@pytest.mark.parametrize(
    ("act", "names"),
    [
        ("col-add:in", ["ho_ngheo", "", "amount_vnd", "reason", "Căn cứ"]),
        ("col-add:note", ["ho_ngheo", "amount_vnd", "reason", "Căn cứ", ""]),
        ("col-copy:0", ["ho_ngheo", "ho_ngheo", "amount_vnd", "reason", "Căn cứ"]),
        ("col-drop:2", ["ho_ngheo", "amount_vnd", "Căn cứ"]),
        ("col-right:1", ["ho_ngheo", "reason", "amount_vnd", "Căn cứ"]),
        ("col-left:1", ["ho_ngheo", "amount_vnd", "reason", "Căn cứ"]),
        ("col-left:0", ["ho_ngheo", "amount_vnd", "reason", "Căn cứ"]),
    ],
)
def test_buttons_change_columns_within_their_side(act: str, names: list[str]) -> None:
    one = grid()
    act_on(one, act)
    assert [column.name for column in one.columns] == names
    assert {len(row) for row in one.rows} == {len(names)}


def test_a_moved_column_takes_its_cells_along() -> None:
    one = grid()
    act_on(one, "col-right:1")
    assert one.rows[0] == ["true", '"Hộ nghèo"', "0", RULES[0].notes[0]]


def test_pasting_fills_from_a_cell_on_adds_rows_and_leaves_out_what_is_too_wide() -> None:
    one = grid()
    count = paste(one, "không\t1.250.000\tĐất ở\tNQ 1\tthừa\r\nđúng\t0\t\t\r\n", 1, 0)
    assert (count, one.rows[1:]) == (
        2,
        [["false", "1250000", '"Đất ở"', "NQ 1"], ["true", "0", "", ""]],
    )


@pytest.mark.parametrize(
    ("text", "kind", "cell"),
    [
        ("25.000", Kind.WHOLE, "25000"),
        ("2.5", Kind.NUMBER, "2.5"),
        ("0.500", Kind.NUMBER, "0.500"),
        ("<= 31/12/2026", Kind.DAY, '<= date("2026-12-31")'),
        ("31/2/2026", Kind.DAY, "31/2/2026"),
        ("Có", Kind.TRUTH, "true"),
        ("Đất ở", Kind.TEXT, '"Đất ở"'),
        ('"a", "b"', Kind.TEXT, '"a", "b"'),
        ('not("a")', Kind.TEXT, 'not("a")'),
        ("-", Kind.TEXT, "-"),
        ("a\x00\u2028b", Kind.TEXT, '"a b"'),
    ],
)
def test_a_cell_is_taken_as_people_type_it(text: str, kind: Kind, cell: str) -> None:
    assert typed(text, Column("in", "x", kind=kind)) == cell


@pytest.mark.parametrize(
    ("text", "kind", "fact", "words"),
    [
        ("", None, None, ""),
        ("Có", Kind.TRUTH, True, "có"),
        ("1.250.000", Kind.WHOLE, 1250000, "1250000"),
        ("31/12/2026", Kind.DAY, "2026-12-31", "31/12/2026"),
        ("12", Kind.TEXT, "12", "12"),
        ("a, b", Kind.LIST, ["a", "b"], "a, b"),
        ("cha_me_ke", None, "cha_me_ke", "cha_me_ke"),
    ],
)
def test_a_fact_is_read_and_shown_again(
    text: str, kind: Kind | None, fact: Any, words: str
) -> None:
    assert (as_fact(text, kind), fact_words(fact)) == (fact, words)


@pytest.mark.parametrize(
    ("text", "kind", "words"),
    [
        ("not(true)", Kind.TRUTH, "không"),
        ('[date("2026-08-15")..date("2027-02-28")]', Kind.DAY, "từ 15/08/2026 đến 28/02/2027"),
        ('<= date("2026-12-31")', Kind.DAY, "<= 31/12/2026"),
        ('"nha-o", "khac"', Kind.TEXT, "nha-o, khac"),
        ("25000", Kind.WHOLE, "25.000"),
        ("8000 * so_ban", Kind.WHOLE, "8000 * so_ban"),
        ("-", Kind.WHOLE, "–"),
    ],
)
def test_a_cell_is_shown_as_people_read_it(text: str, kind: Kind, words: str) -> None:
    assert cell_words(text, Column("in", "x", kind=kind)) == words


def test_a_day_is_shown_as_people_write_it() -> None:
    assert fact_words(date(2026, 12, 31)) == "31/12/2026"
