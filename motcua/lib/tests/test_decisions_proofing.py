"""Who writes a table is told every cell that cannot be read, and what the table asks for."""

import pytest

from motcua.lib.decisions import (
    Asked,
    Formula,
    Input,
    Kind,
    Model,
    Output,
    Rule,
    Table,
    check_expression,
    facts_asked,
    faulty_cells,
    faulty_columns,
)

ASKED = (Input("x", Kind.WHOLE, "Số trang"), Input("len(y)", Kind.WHOLE))


def table(*rows: tuple[str, str, str], asked: tuple[Input, ...] = ASKED) -> Table:
    """Return a table of two inputs and one output."""
    rules = tuple(Rule((one, two), (three,)) for one, two, three in rows)
    return Table("t", "Bảng", asked, (Output("muc", Kind.WHOLE, "Mức"),), rules)


def test_every_cell_that_cannot_be_read_is_named() -> None:
    found = [
        (one.row, one.place, one.words.split(":")[0])
        for one in faulty_cells(table(("< <", "-", "1"), ("-", '"a"', "1 +")))
    ]
    assert found == [
        (1, 0, "Hàng 1, cột “Số trang”"),
        (2, 1, "Hàng 2, cột “len(y)”"),
        (2, 2, "Hàng 2, cột “Mức”"),
    ]


def test_a_column_without_an_expression_is_named() -> None:
    assert [
        one.split(":")[0] for one in faulty_columns(table(asked=(Input("", Kind.WHOLE, "Trống"),)))
    ] == ["Cột “Trống”"]


def test_what_a_model_asks_for_is_what_it_does_not_decide_itself() -> None:
    rows = (("> han", "-", "z * 2"),)
    asked = (Input("x", Kind.WHOLE, "Số trang"), Input("tong", Kind.WHOLE))
    model = Model("m", "M", (Formula("f", "tong", "a + b"), table(*rows, asked=asked)))
    assert facts_asked(model) == [
        Asked("a", None, "a"),
        Asked("b", None, "b"),
        Asked("x", Kind.WHOLE, "Số trang"),
        Asked("z", None, "z"),
        Asked("han", None, "han"),
    ]


@pytest.mark.parametrize(("text", "is_wrong"), [("a + 1", False), ("a +", True)])
def test_an_expression_is_checked(text: str, is_wrong: bool) -> None:  # noqa: FBT001 -- a case
    assert bool(check_expression(text)) is is_wrong
