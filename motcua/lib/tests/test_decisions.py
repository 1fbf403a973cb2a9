"""Decision tables answer as the standard says, cell by cell and policy by policy."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from motcua.lib.decisions import (
    Aggregation,
    BadTable,
    Contradiction,
    Formula,
    HitPolicy,
    Input,
    Kind,
    Model,
    NoAnswer,
    Output,
    Rule,
    Table,
    compile_model,
    compile_table,
)

VALUES = {
    Kind.NUMBER: (None, 1, 5, Decimal("5.5"), 10, 11),
    Kind.TEXT: (None, "a", "b", "c"),
    Kind.TRUTH: (None, True, False),
    Kind.DAY: (None, date(2026, 12, 30), date(2026, 12, 31), date(2027, 1, 1)),
}


def make(rules: list[tuple[str, str]], kind: Kind = Kind.NUMBER, **changes: Any) -> Table:
    """Return a table of one input `x` and one output."""
    answers = (Output("y", changes.pop("answers", Kind.NUMBER), **changes.pop("output", {})),)
    rows = tuple(Rule((test,), (answer,)) for test, answer in rules)
    return Table("t", "Bảng", (Input("x", kind),), answers, rows, **changes)


def taken_by(test: str, kind: Kind) -> list[Any]:
    """Return which of the usual values a cell takes."""
    table = compile_table(make([(test, "1"), ("-", "0")], kind, hit_policy=HitPolicy.FIRST))
    return [value for value in VALUES[kind] if table.decide({"x": value}).value == 1]


@pytest.mark.parametrize(
    ("test", "values"),
    [
        ("-", [None, 1, 5, Decimal("5.5"), 10, 11]),
        ("", [None, 1, 5, Decimal("5.5"), 10, 11]),
        ("5", [5]),
        ("5.50", [Decimal("5.5")]),
        ("= 5", [5]),
        ("< 5", [1]),
        ("<= 5", [1, 5]),
        ("> 10", [11]),
        (">= 10", [10, 11]),
        ("[5..10]", [5, Decimal("5.5"), 10]),
        ("(5..10]", [Decimal("5.5"), 10]),
        ("[5..10)", [5, Decimal("5.5")]),
        ("]5..10[", [Decimal("5.5")]),
        ("1, >= 11", [1, 11]),
        ("[1..5], ]10..20[", [1, 5, 11]),
        ("null", [None]),
        ("null, 5", [None, 5]),
        ("not(5)", [None, 1, Decimal("5.5"), 10, 11]),
        ("not(5, 10)", [None, 1, Decimal("5.5"), 11]),
        ("not(null)", [1, 5, Decimal("5.5"), 10, 11]),
        ("not(< 10)", [10, 11]),
        ("!= 5", [None, 1, Decimal("5.5"), 10, 11]),
        ("not([1..5], 11)", [Decimal("5.5"), 10]),
        ("[1, 10]", [1, 10]),
        ("? * 2 = 10", [5]),
        ("not(? * 2 = 10)", [None, 1, Decimal("5.5"), 10, 11]),
        ("-5", []),
    ],
)
def test_a_cell_of_numbers_takes(test: str, values: list[Any]) -> None:
    assert taken_by(test, Kind.NUMBER) == values


@pytest.mark.parametrize(
    ("test", "values"),
    [
        ('"a"', ["a"]),
        ('"a", "c"', ["a", "c"]),
        ('not("a")', [None, "b", "c"]),
        ('["b", "c"]', ["b", "c"]),
        ('"a, b"', []),
        ('contains("abc", ?)', ["a", "b", "c"]),
    ],
)
def test_a_cell_of_texts_takes(test: str, values: list[Any]) -> None:
    assert taken_by(test, Kind.TEXT) == values


@pytest.mark.parametrize(
    ("test", "values"),
    [("true", [True]), ("false", [False]), ("not(true)", [None, False]), ("null", [None])],
)
def test_a_cell_of_truths_takes(test: str, values: list[Any]) -> None:
    assert taken_by(test, Kind.TRUTH) == values


@pytest.mark.parametrize(
    ("test", "values"),
    [
        ('<= date("2026-12-31")', [date(2026, 12, 30), date(2026, 12, 31)]),
        ('> @"2026-12-31"', [date(2027, 1, 1)]),
        ('[date("2026-12-31")..date("2027-01-01")]', [date(2026, 12, 31), date(2027, 1, 1)]),
        ('(date("2026-12-30")..date("2027-01-01"))', [date(2026, 12, 31)]),
        ('date("2026-12-31")', [date(2026, 12, 31)]),
    ],
)
def test_a_cell_of_days_takes(test: str, values: list[Any]) -> None:
    assert taken_by(test, Kind.DAY) == values


def test_a_day_written_as_text_is_a_day() -> None:
    table = compile_table(
        make(
            [('< date("2027-01-01")', "25000"), ("-", "50000")],
            Kind.DAY,
            hit_policy=HitPolicy.FIRST,
        )
    )
    assert table.decide({"x": "2026-12-31"}).value == 25000


def test_a_list_is_asked_for_what_it_contains() -> None:
    rows = [('list contains(?, "ngheo")', "0"), ("-", "8000")]
    table = compile_table(make(rows, Kind.LIST, hit_policy=HitPolicy.FIRST))
    values = [None, [], ["ngheo", "khuyet_tat"], ["khuyet_tat"]]
    assert [table.decide({"x": one}).value for one in values] == [8000, 8000, 0, 8000]


def test_a_cell_may_compare_with_another_fact() -> None:
    table = compile_table(make([("> han", "1"), ("<= han", "2")]))
    assert [table.decide({"x": x, "han": 5}).value for x in (4, 5, 6)] == [2, 2, 1]


OVERLAPPING = [("> 0", "10"), ("> 5", "20"), ("> 8", "20")]


@pytest.mark.parametrize(
    ("policy", "changes", "answers"),
    [
        (HitPolicy.UNIQUE, {}, [None, 10]),
        (HitPolicy.FIRST, {}, [None, 10, 10, 10]),
        (HitPolicy.PRIORITY, {"output": {"allowed": "20, 10"}}, [None, 10, 20, 20]),
        (HitPolicy.ANY, {}, [None, 10]),
        (HitPolicy.COLLECT, {}, [None, [10], [10, 20], [10, 20, 20]]),
        (HitPolicy.RULE_ORDER, {}, [None, [10], [10, 20], [10, 20, 20]]),
        (
            HitPolicy.OUTPUT_ORDER,
            {"output": {"allowed": "20, 10"}},
            [None, [10], [20, 10], [20, 20, 10]],
        ),
        (HitPolicy.COLLECT, {"aggregation": Aggregation.SUM}, [None, 10, 30, 50]),
        (HitPolicy.COLLECT, {"aggregation": Aggregation.COUNT}, [None, 1, 2, 3]),
        (HitPolicy.COLLECT, {"aggregation": Aggregation.MIN}, [None, 10, 10, 10]),
        (HitPolicy.COLLECT, {"aggregation": Aggregation.MAX}, [None, 10, 20, 20]),
    ],
)
def test_the_policy_says_what_becomes_of_several(
    policy: HitPolicy, changes: dict[str, Any], answers: list[Any]
) -> None:
    table = compile_table(make(OVERLAPPING, hit_policy=policy, **changes))
    facts = [{"x": x} for x in (0, 1, 6, 9)][: len(answers)]
    assert [table.decide(one).value for one in facts] == answers


@pytest.mark.parametrize("policy", [HitPolicy.UNIQUE, HitPolicy.ANY])
def test_two_answers_where_one_is_allowed_are_a_contradiction(policy: HitPolicy) -> None:
    with pytest.raises(Contradiction, match="các hàng 1, 2 cùng khớp"):
        compile_table(make(OVERLAPPING, hit_policy=policy)).decide({"x": 6})


def test_any_allows_rows_that_answer_alike() -> None:
    table = compile_table(make(OVERLAPPING[1:], hit_policy=HitPolicy.ANY))
    assert table.decide({"x": 9}).value == 20


def test_what_no_row_takes_gets_the_default() -> None:
    table = compile_table(make([("> 5", "10")], output={"default": "7"}))
    assert (table.decide({"x": 1}).value, table.decide({"x": 1}).rows) == (7, ())


def test_an_answer_is_reckoned_exactly() -> None:
    table = compile_table(make([("-", "min(x * 0.1, 200000)")]))
    assert [table.decide({"x": x}).value for x in (3, 50, 9_000_000)] == [
        Decimal("0.3"),
        5,
        200_000,
    ]


def test_several_outputs_answer_by_name_with_the_row_that_fired() -> None:
    outputs = (Output("muc", Kind.NUMBER), Output("ly_do", Kind.TEXT))
    rules = (
        Rule((">= 75",), ("0", '"người cao tuổi"'), ("Điều 5",), "r1"),
        Rule(("< 75",), ("8000", "-"), ("Điều 4",), "r2"),
    )
    table = Table("t", "Bảng", (Input("x", Kind.NUMBER),), outputs, rules)
    decided = compile_table(table).decide({"x": 80})
    assert decided.answer == {"muc": 0, "ly_do": "người cao tuổi"}
    assert [(rule.id, rule.notes) for rule in decided.rules] == [("r1", ("Điều 5",))]


@pytest.mark.parametrize(
    ("facts", "complaint"),
    [
        ({"x": "năm"}, "“x” phải là số, nhưng đang là “năm”"),
        ({"x": True}, "phải là số, nhưng đang là đúng"),
        ({"x": float("nan")}, "phải là số"),
        ({"x": -1}, "ngoài các giá trị được phép"),
    ],
)
def test_a_fact_of_another_sort_gets_no_answer(facts: dict[str, Any], complaint: str) -> None:
    asked = Input("x", Kind.NUMBER, allowed=">= 0")
    table = Table("t", "Bảng", (asked,), (Output("y", Kind.NUMBER),), (Rule(("-",), ("1",)),))
    with pytest.raises(NoAnswer, match=complaint):
        compile_table(table).decide(facts)


@pytest.mark.parametrize(
    ("test", "complaint"),
    [
        ('"a"', "Hàng 1, cột “x”: Cột này là số"),
        ("[10..5]", "đầu lớn hơn cuối"),
        ("5,", "điều kiện trống"),
        ('date("2026-02-30")', "không phải một ngày có thật"),
        ("< < 5", "cần một giá trị"),
        ('__import__("os")', "không có hàm"),
    ],
)
def test_a_cell_that_cannot_be_read_is_named(test: str, complaint: str) -> None:
    with pytest.raises(BadTable, match=complaint):
        compile_table(make([(test, "1")]))


def test_texts_are_not_compared_by_size() -> None:
    with pytest.raises(BadTable, match="chỉ dùng được cho số và ngày"):
        compile_table(make([('< "a"', "1")], Kind.TEXT))


def test_an_answer_of_another_kind_is_refused() -> None:
    with pytest.raises(BadTable, match=r"hàng 1, cột “y”: phải là số, không phải “8\.000”"):
        compile_table(make([("-", '"8.000"')]))


def test_priorities_must_be_listed() -> None:
    with pytest.raises(BadTable, match="chưa liệt kê các giá trị theo thứ tự"):
        compile_table(make(OVERLAPPING, hit_policy=HitPolicy.PRIORITY))


RATE = make([("< 10", "8000"), (">= 10", "6000")])


def test_a_decision_may_need_another() -> None:
    total = Formula("total", "Tổng", "Bảng * x", needs=("t",))
    decided = compile_model(Model("m", "Phí", (total, RATE))).decide({"x": 10})
    assert {name: one.value for name, one in decided.items()} == {"Bảng": 6000, "Tổng": 60_000}


@pytest.mark.parametrize(
    ("needs", "complaint"),
    [("b", "thành vòng tròn: “A”, “B”"), ("z", "“B” cần “z”, nhưng mô hình không có")],
)
def test_circles_and_the_unknown_are_refused(needs: str, complaint: str) -> None:
    first = Formula("a", "A", "1", needs=("b",))
    other = Formula("b", "B", "2", needs=("a" if needs == "b" else "z",))
    with pytest.raises(BadTable, match=complaint):
        compile_model(Model("m", "Phí", (first, other)))


def two_asked(policy: HitPolicy, *rows: tuple[str, str, str, str], **first: str) -> Table:
    """Return a table of two inputs and two outputs."""
    asked = (Input("x", Kind.NUMBER), Input("s", Kind.TEXT))
    outputs = (Output("muc", Kind.NUMBER, **first), Output("ly_do", Kind.TEXT, allowed='"b", "a"'))
    rules = tuple(Rule((one, two), (three, four)) for one, two, three, four in rows)
    return Table("t", "Bảng", asked, outputs, rules, policy)


def test_a_row_fits_only_if_all_its_cells_do() -> None:
    rows = ((">= 5", '"a"', "1", "-"), ("-", "-", "2", "-"))
    table = compile_table(two_asked(HitPolicy.FIRST, *rows))
    facts: list[dict[str, Any]] = [
        {"x": 5, "s": "a"},
        {"x": 4, "s": "a"},
        {"x": 5, "s": "b"},
        {"x": 5},
    ]
    assert [table.decide(one).answer["muc"] for one in facts] == [1, 2, 2, 2]


def test_a_fact_that_is_missing_is_null() -> None:
    table = compile_table(make([("null", "1"), ("not(null)", "2")]))
    assert [table.decide(one).value for one in ({}, {"x": None}, {"x": 0})] == [1, 1, 2]


def test_priority_compares_several_outputs_from_left_to_right() -> None:
    rows = (("-", "-", "10", '"a"'), ("-", "-", "20", '"a"'), ("-", "-", "20", '"b"'))
    table = compile_table(two_asked(HitPolicy.PRIORITY, *rows, allowed="20, 10"))
    decided = table.decide({"x": 1, "s": "a"})
    assert (decided.value, decided.rows) == ({"muc": 20, "ly_do": "b"}, (3,))


def test_collecting_several_outputs_gives_all_of_them_by_name() -> None:
    rows = (("> 0", "-", "1", '"a"'), ("> 1", "-", "2", '"b"'))
    table = compile_table(two_asked(HitPolicy.COLLECT, *rows))
    assert table.decide({"x": 2, "s": "a"}).value == [
        {"muc": 1, "ly_do": "a"},
        {"muc": 2, "ly_do": "b"},
    ]


def test_a_sum_leaves_out_rows_that_answer_nothing() -> None:
    rows = [("> 0", "10"), ("> 0", "-"), ("> 0", "x * 0.5")]
    table = make(rows, hit_policy=HitPolicy.COLLECT, aggregation=Aggregation.SUM)
    assert compile_table(table).decide({"x": 3}).value == Decimal("11.5")


def test_a_list_of_days_is_one_of_them() -> None:
    test = 'date("2026-12-30"), date("2027-01-01")'
    assert taken_by(test, Kind.DAY) == [date(2026, 12, 30), date(2027, 1, 1)]


def test_days_are_negated_as_ranges_are() -> None:
    assert taken_by('not([date("2026-12-31")..date("2027-12-31")])', Kind.DAY) == [
        date(2026, 12, 30)
    ]
