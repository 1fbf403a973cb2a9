"""A table is looked through before it decides; what is found comes with an example."""

from datetime import date
from decimal import Decimal
from itertools import product
from random import Random
from typing import Any

import pytest

from motcua.lib.decisions import (
    Contradiction,
    Fault,
    HitPolicy,
    Input,
    Kind,
    Output,
    Rule,
    Table,
    check_table,
    compile_table,
)

PAGES, POOR = Input("so_trang", Kind.WHOLE, allowed=">= 0"), Input("ngheo", Kind.TRUTH)
AMOUNT = (Output("muc", Kind.NUMBER),)


def make(*rows: tuple[str, str, str], policy: HitPolicy = HitPolicy.UNIQUE, **more: Any) -> Table:
    """Return a table over pages and poverty."""
    rules = tuple(Rule((pages, poor), (answer,)) for pages, poor, answer in rows)
    return Table("t", "Bảng", (PAGES, POOR), AMOUNT, rules, policy, **more)


def found(table: Table) -> list[tuple[Fault, tuple[int, ...], dict[str, Any]]]:
    return [(one.fault, one.rows, dict(one.example)) for one in check_table(table).findings]


def test_a_table_that_answers_everything_once_has_no_fault() -> None:
    table = make(("-", "true", "0"), ("[0..2]", "false", "2000"), ("> 2", "false", "1000"))
    assert found(table) == []


def test_a_gap_is_shown_by_an_example() -> None:
    table = make(("-", "true", "0"), ("[0..2]", "false", "2000"), ("> 3", "false", "1000"))
    assert found(table) == [(Fault.GAP, (), {"so_trang": 3, "ngheo": False})]


def test_an_overlap_is_shown_by_an_example() -> None:
    table = make(("-", "true", "0"), ("[0..2]", "false", "2000"), (">= 2", "-", "1000"))
    overlaps = [
        (Fault.OVERLAP, (1, 3), {"so_trang": 2, "ngheo": True}),
        (Fault.OVERLAP, (2, 3), {"so_trang": 2, "ngheo": False}),
    ]
    assert found(table) == overlaps


def test_between_whole_numbers_there_is_nothing() -> None:
    rows = (("[0..2]", "-", "2000"), (">= 3", "-", "1000"))
    whole = make(*rows)
    asked = (Input("so_trang", Kind.NUMBER, allowed=">= 0"), POOR)
    split = Table("t", "Bảng", asked, AMOUNT, whole.rules)
    gap = (Fault.GAP, (), {"so_trang": Decimal("2.5"), "ngheo": True})
    assert (found(whole), found(split)) == ([], [gap])


def test_days_leave_no_gap_between_two_that_follow() -> None:
    asked = (Input("on", Kind.DAY),)
    rules = (
        Rule(('<= date("2026-12-31")',), ("25000",)),
        Rule(('>= date("2027-01-01")',), ("50000",)),
    )
    assert found(Table("t", "Bảng", asked, AMOUNT, rules)) == []


def test_a_day_without_an_answer_is_named() -> None:
    asked = (Input("on", Kind.DAY),)
    rules = (
        Rule(('<= date("2026-12-30")',), ("25000",)),
        Rule(('>= date("2027-01-01")',), ("50000",)),
    )
    gap = (Fault.GAP, (), {"on": date(2026, 12, 31)})
    assert found(Table("t", "Bảng", asked, AMOUNT, rules)) == [gap]


def test_texts_that_nobody_listed_are_a_gap_unless_the_values_are_given() -> None:
    rules = (Rule(('"xã"',), ("1",)), Rule(('"phường"',), ("2",)))
    free = Table("t", "Bảng", (Input("loai", Kind.TEXT),), AMOUNT, rules)
    given = Table("t", "Bảng", (Input("loai", Kind.TEXT, allowed='"xã", "phường"'),), AMOUNT, rules)
    assert (found(free), found(given)) == ([(Fault.GAP, (), {"loai": "giá trị khác"})], [])


def test_a_row_behind_rows_that_answer_everything_is_named() -> None:
    rows = (("[0..5]", "-", "1"), ("> 5", "-", "2"), ("3", "true", "0"))
    assert found(make(*rows, policy=HitPolicy.FIRST)) == [(Fault.UNREACHED, (3,), {})]


def test_a_row_for_values_that_are_not_allowed_is_named() -> None:
    rows = (("-", "-", "1"), ("< 0", "-", "2"))
    assert found(make(*rows)) == [(Fault.EMPTY, (2,), {})]


def test_rows_that_compare_facts_are_not_judged_and_it_is_said() -> None:
    checked = check_table(make(("<= han", "-", "1"), ("> han", "-", "2")))
    assert (checked.findings, checked.is_partial) == ((), True)


def test_a_default_or_collecting_leaves_no_gap() -> None:
    rows = (("> 3", "false", "1000"),)
    with_default = Table(
        "t", "Bảng", (PAGES, POOR), (Output("muc", Kind.NUMBER, default="0"),), make(*rows).rules
    )
    assert (found(with_default), found(make(*rows, policy=HitPolicy.COLLECT))) == ([], [])


CELLS = ("-", "0", "1", "< 1", "[1..2]", "(1..3)", ">= 2", "not(1)", "0, 3", "not([1..2])", "> 2")


def at_random(random: Random) -> Table:
    """Return a small table of two numbers and a truth."""
    asked = tuple(Input(name, Kind.NUMBER, allowed="[0..3]") for name in "ab")
    rules = tuple(
        Rule((random.choice(CELLS), random.choice(CELLS), random.choice(("-", "true"))), (str(n),))
        for n in range(random.randint(1, 6))
    )
    return Table("t", "Bảng", (*asked, Input("c", Kind.TRUTH)), AMOUNT, rules)


@pytest.mark.parametrize("seed", range(150))
def test_faults_are_those_that_trying_everything_finds(seed: int) -> None:
    table = at_random(Random(seed))  # noqa: S311 -- no secret
    halves = [n / 2 for n in range(7)]
    has_gap, overlaps = False, set()
    for a, b, c in product(halves, halves, (True, False)):
        facts = {"a": a, "b": b, "c": c}
        try:
            has_gap |= not compile_table(table).decide(facts).rows
        except Contradiction:
            hits = compile_table(table).hits(facts)
            rows = [row + 1 for row in range(6) if hits >> row & 1]
            overlaps |= {(low, high) for low in rows for high in rows if low < high}
    faults = check_table(table).findings
    assert any(one.fault == Fault.GAP for one in faults) == has_gap
    assert {one.rows for one in faults if one.fault == Fault.OVERLAP} == overlaps
