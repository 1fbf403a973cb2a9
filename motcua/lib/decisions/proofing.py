"""What a person who writes a table wants to know: which cells cannot be read, what it asks for."""

from collections.abc import Iterator
from dataclasses import dataclass

from motcua.lib.expressions import BadExpression, compile_expression, names_in

from .cells import read_cell
from .columns import compile_column
from .compiling import answer_of_cell
from .tables import BadTable, Input, Kind, Model, Table


@dataclass(frozen=True, slots=True)
class CellFault:
    """A cell that cannot be used: its row (from 1), its place among all columns (from 0), why."""

    row: int
    place: int
    words: str


@dataclass(frozen=True, slots=True)
class Asked:
    """One fact that a model needs from outside: its kind if that is known, what it is called."""

    name: str
    kind: Kind | None
    label: str = ""


def faulty_cells(table: Table) -> Iterator[CellFault]:
    """Yield every cell that cannot be read, not only the first one."""
    width = len(table.inputs)
    for number, rule in enumerate(table.rules, 1):
        for place, (asked, text) in enumerate(zip(table.inputs, rule.inputs, strict=False)):
            try:
                read_cell(text, asked.kind)
            except (BadExpression, BadTable) as error:
                words = f"Hàng {number}, cột “{asked.words}”: {error}"
                yield CellFault(number, place, words)
        for place, (output, text) in enumerate(zip(table.outputs, rule.outputs, strict=False)):
            where = f"Hàng {number}, cột “{output.label or output.name}”"
            try:
                answer_of_cell(text.strip(), output, where)
            except BadTable as error:
                yield CellFault(number, width + place, str(error))


def faulty_columns(table: Table) -> Iterator[str]:
    """Yield what is wrong with the columns themselves."""
    for asked in table.inputs:
        try:
            compile_column(asked, (), ())
        except BadTable as error:
            yield str(error)


def facts_asked(model: Model) -> list[Asked]:
    """Return the facts that the model needs from outside, in the order of its columns."""
    own = {one.name for one in model.decisions}
    found: dict[str, Asked] = {}
    for decision in model.decisions:
        if not isinstance(decision, Table):
            _add(found, decision.expression)
            continue
        for asked in decision.inputs:
            if asked.expression.isidentifier() and asked.expression not in found:
                found[asked.expression] = Asked(asked.expression, asked.kind, asked.words)
        for text in _texts(decision):
            _add(found, text)
    return [one for name, one in found.items() if name not in own]


def _texts(table: Table) -> Iterator[str]:
    for asked in table.inputs:
        yield asked.expression
    for rule in table.rules:
        yield from (text for text in rule.outputs if text.strip() not in {"", "-"})
        for asked, text in zip(table.inputs, rule.inputs, strict=False):
            yield from _names_of_test(asked, text)


def _names_of_test(asked: Input, text: str) -> Iterator[str]:
    try:
        cell = read_cell(text, asked.kind)
    except (BadExpression, BadTable):
        return
    if cell.expressions:
        yield text


def _add(found: dict[str, Asked], text: str) -> None:
    try:
        names = names_in(text)
    except BadExpression:
        return
    for name in sorted(names):
        root = name.partition(".")[0]
        found.setdefault(root, Asked(root, None, root))


def check_expression(text: str) -> str:
    """Return what is wrong with an expression, or nothing."""
    try:
        compile_expression(text)
    except BadExpression as error:
        return str(error)
    return ""
