"""What pages about fee tables say: findings, examples, differences, why a row fired."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from motcua.casework.fees import api as fees
from motcua.channels.backoffice import versions
from motcua.channels.kit.words import short_day
from motcua.lib.decisions import (
    CellFault,
    Decided,
    Formula,
    Model,
    Table,
    check_expression,
    check_table,
    compile_model,
    compile_table,
    facts_asked,
    faulty_cells,
    faulty_columns,
    read_dmn,
)
from motcua.lib.errors import Anticipated
from motcua.lib.money import in_dong

from .fee_grid import fact_words, lines_of


@dataclass(frozen=True, slots=True)
class Proof:
    """What was found in a model: cells that cannot be read, other faults, whether all was seen."""

    cells: Sequence[CellFault]
    faults: Sequence[str]
    is_partial: bool = False

    @property
    def is_sound(self) -> bool:
        """Say whether nothing stands in the way."""
        return not self.cells and not self.faults


@dataclass(frozen=True, slots=True)
class Example:
    """A worked example: facts in words, the amount by hand, what the table says."""

    name: str
    facts: Sequence[tuple[str, str]]
    wanted: str
    found: str
    is_right: bool


@dataclass(frozen=True, slots=True)
class Why:
    """One row that fired: of which table, and cell by cell what was asked and what was found."""

    table: str
    row: int
    cells: Sequence[tuple[str, str, str]]
    basis: str


def prove(model: Model, at: int = 0) -> Proof:
    """Look through a model; cells are those of the decision that stands at `at`."""
    cells: list[CellFault] = []
    faults: list[str] = []
    for place, decision in enumerate(model.decisions):
        if isinstance(decision, Formula):
            complaint = check_expression(decision.expression)
            faults += [f"Công thức “{decision.name}”: {complaint}"] if complaint else []
            continue
        found = list(faulty_cells(decision))
        cells += found if place == at else []
        if place != at:
            faults += [f"Bảng “{decision.name}”: {one.words}" for one in found]
        faults += faulty_columns(decision)
    if cells or faults:
        return Proof(cells, faults)
    try:
        faults = fees.faults_in(model)
        partial = any(
            check_table(one).is_partial for one in model.decisions if isinstance(one, Table)
        )
    except Anticipated as error:
        return Proof((), [str(error)])
    return Proof((), faults, partial)


def examples_of(
    model: Model, examples: Sequence[Mapping[str, Any]], basis: str = ""
) -> list[Example]:
    """Return the examples with what the table says of each."""
    labels = {one.name: one.label for one in facts_asked(model)}
    return [_example(model, one, basis, labels) for one in examples]


def _example(
    model: Model, one: Mapping[str, Any], basis: str, labels: Mapping[str, str]
) -> Example:
    facts = one.get("facts", {})
    wanted = one.get("amount_vnd")
    told = in_dong(wanted) if isinstance(wanted, int) else "chưa ghi"
    shown = [(labels.get(name) or name, fact_words(value)) for name, value in facts.items()]
    try:
        amount = fees.decide_fee(model, facts, basis=basis).amount_vnd
    except Anticipated as error:
        return Example(str(one.get("name", "")), shown, told, str(error), is_right=False)
    return Example(str(one.get("name", "")), shown, told, in_dong(amount), amount == wanted)


def changes(old: fees.FeeTableVersion, new: fees.FeeTableVersion) -> list[list[versions.Line]]:
    """Return what differs between two versions: days, text, columns, rows."""
    return versions.differences("\n".join(_lines(old)), "\n".join(_lines(new)))


def _lines(version: fees.FeeTableVersion) -> Iterator[str]:
    yield f"Hiệu lực từ {short_day(version.valid_from)}"
    yield f"Văn bản: {version.basis_words}"
    for decision in read_dmn(version.model.encode()).decisions:
        yield f"[{decision.name}]"
        if isinstance(decision, Table):
            yield from lines_of(decision)
        else:
            yield decision.expression
    for one in version.examples:
        facts = ", ".join(f"{name} = {fact_words(value)}" for name, value in one["facts"].items())
        yield f"Ví dụ “{one.get('name', '')}”: {facts} → {one.get('amount_vnd')}"


def reasons(model: Model, facts: Mapping[str, Any]) -> list[Why]:
    """Return, for each row that fired, what it asked and what the facts said."""
    compiled = compile_model(model)
    made: Mapping[str, Decided] = compiled.decide(facts)
    known = {**facts, **{name: one.value for name, one in made.items()}}
    found = []
    for decision, _ in compiled.steps:
        if isinstance(decision, Table):
            columns = compile_table(decision).columns
            for row in made[decision.name].rows:
                rule = decision.rules[row - 1]
                cells = [
                    (column.asked.words, fact_words(column.value_in(known)) or "trống", text or "-")
                    for column, text in zip(columns, rule.inputs, strict=True)
                ]
                found.append(Why(decision.name, row, cells, _basis(decision, row)))
    return found


def _basis(table: Table, row: int) -> str:
    if fees.BASIS not in table.annotations:
        return ""
    notes = table.rules[row - 1].notes
    place = table.annotations.index(fees.BASIS)
    return notes[place] if place < len(notes) else ""
