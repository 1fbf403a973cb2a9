"""Tables and models compiled: facts in, answers and the rows that gave them out.

Source: DMN 1.3, 8.2.10 and 8.2.11 (hit policies)
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Any

from motcua.lib.expressions import BadExpression, Expression, compile_expression, exactly

from .cells import KIND_WORDS, is_of, kind_of, read_literal, split_at_commas
from .columns import Column, compile_column, refuse_giants, rows_in, said, takes
from .tables import (
    Aggregation,
    BadTable,
    Contradiction,
    Formula,
    HitPolicy,
    Kind,
    Model,
    NoAnswer,
    Output,
    Rule,
    Table,
)

Facts = Mapping[str, Any]
Answer = Mapping[str, Any]
MOST_RULES = 2_000
MOST_COLUMNS = 60


@dataclass(frozen=True, slots=True)
class Decided:
    """What a decision says: `value` as other decisions see it, `rows` (from 1) that gave it."""

    value: Any
    answers: tuple[Answer, ...]
    rows: tuple[int, ...]
    rules: tuple[Rule, ...]

    @property
    def answer(self) -> Answer:
        """Return the first answer, nothing if no row fits and the table has no default."""
        return self.answers[0] if self.answers else {}


@dataclass(frozen=True, slots=True)
class CompiledTable:
    """A table that answers."""

    table: Table
    columns: tuple[Column, ...]
    answers: tuple[tuple[Expression, ...], ...]
    defaults: tuple[Expression, ...]
    ranks: tuple[Mapping[Any, int], ...]
    dynamic: int

    def decide(self, facts: Facts) -> Decided:
        """Return the answer. Raises: NoAnswer, Contradiction."""
        hits = self.hits(facts)
        if not hits:
            return self._by_default(facts)
        return _POLICIES[self.table.hit_policy](self, hits, facts)

    def hits(self, facts: Facts) -> int:
        """Return the rows that fit, as bits. Raises: NoAnswer."""
        mask = (1 << len(self.table.rules)) - 1
        for column in self.columns:
            mask &= column.mask_of(column.value_in(facts))
            if not mask:
                return 0
        return mask if not mask & self.dynamic else self._surely(mask, facts)

    def _surely(self, mask: int, facts: Facts) -> int:
        for row in rows_in(mask & self.dynamic):
            for column in self.columns:
                if not takes(column.cells[row], column.value_in(facts), facts):
                    mask &= ~(1 << row)
                    break
        return mask

    def answer_of(self, row: int, facts: Facts) -> dict[str, Any]:
        """Return what one row answers. Raises: NoAnswer if it is of another kind than promised."""
        return self._evaluated(self.answers[row], facts, f"hàng {row + 1}")

    def _evaluated(
        self, expressions: Sequence[Expression], facts: Facts, place: str
    ) -> dict[str, Any]:
        found = {}
        for output, expression in zip(self.table.outputs, expressions, strict=True):
            value = found[output.name] = exactly(expression(facts))
            if value is not None and not is_of(value, output.kind):
                wanted, called = KIND_WORDS[output.kind], output.label or output.name
                message = f"Bảng “{self.table.name}”, {place}: “{called}” phải là {wanted}."
                raise NoAnswer(message)
        return found

    def _by_default(self, facts: Facts) -> Decided:
        if self.defaults:
            answer = self._evaluated(self.defaults, facts, "giá trị mặc định")
            return self.decided([answer], ())
        return Decided(None, (), (), ())

    def decided(self, answers: Sequence[Answer], rows: Sequence[int]) -> Decided:
        """Return answers with their rows; a table of one output answers with the value alone."""
        values = [self.plain(one) for one in answers]
        is_list = self.table.hit_policy in _LISTS
        value = values if is_list else values[0]
        rules = tuple(self.table.rules[row] for row in rows)
        return Decided(value, tuple(answers), tuple(row + 1 for row in rows), rules)

    def plain(self, answer: Answer) -> Any:
        """Return the one value of an answer, or all of them by name."""
        return next(iter(answer.values())) if len(self.table.outputs) == 1 else answer


def _unique(table: CompiledTable, hits: int, facts: Facts) -> Decided:
    rows = rows_in(hits)
    if len(rows) > 1:
        raise Contradiction(_several(table, rows, "chỉ được một hàng khớp"))
    return table.decided([table.answer_of(rows[0], facts)], rows)


def _first(table: CompiledTable, hits: int, facts: Facts) -> Decided:
    row = rows_in(hits)[0]
    return table.decided([table.answer_of(row, facts)], [row])


def _any(table: CompiledTable, hits: int, facts: Facts) -> Decided:
    rows = rows_in(hits)
    answers = [table.answer_of(row, facts) for row in rows]
    if any(answer != answers[0] for answer in answers):
        raise Contradiction(_several(table, rows, "các hàng khớp phải trả lời như nhau"))
    return table.decided(answers[:1], rows)


def _several(table: CompiledTable, rows: Sequence[int], rule: str) -> str:
    named = ", ".join(str(row + 1) for row in rows)
    return f"Bảng “{table.table.name}”: các hàng {named} cùng khớp, nhưng {rule}."


def _by_rank(table: CompiledTable, hits: int, facts: Facts) -> list[tuple[int, dict[str, Any]]]:
    found = [(row, table.answer_of(row, facts)) for row in rows_in(hits)]

    def rank(one: tuple[int, Answer]) -> list[int]:
        return [
            ranks.get(value, len(ranks))
            for ranks, value in zip(table.ranks, one[1].values(), strict=True)
        ]

    return sorted(found, key=rank)


def _priority(table: CompiledTable, hits: int, facts: Facts) -> Decided:
    row, answer = _by_rank(table, hits, facts)[0]
    return table.decided([answer], [row])


def _output_order(table: CompiledTable, hits: int, facts: Facts) -> Decided:
    found = _by_rank(table, hits, facts)
    return table.decided([answer for _, answer in found], [row for row, _ in found])


def _rule_order(table: CompiledTable, hits: int, facts: Facts) -> Decided:
    rows = rows_in(hits)
    return table.decided([table.answer_of(row, facts) for row in rows], rows)


def _collect(table: CompiledTable, hits: int, facts: Facts) -> Decided:
    found = _rule_order(table, hits, facts)
    combine = _AGGREGATIONS.get(table.table.aggregation)
    if combine is None:
        return found
    value = combine([one for one in map(table.plain, found.answers) if one is not None])
    answer = {table.table.outputs[0].name: value}
    return Decided(value, (answer,), found.rows, found.rules)


def _sum(values: Sequence[Any]) -> Any:
    return exactly(sum(values, Decimal(0)))


_AGGREGATIONS: Mapping[Aggregation, Callable[[Sequence[Any]], Any]] = {
    Aggregation.SUM: _sum,
    Aggregation.COUNT: len,
    Aggregation.MIN: lambda values: min(values, default=None),
    Aggregation.MAX: lambda values: max(values, default=None),
}
_POLICIES: Mapping[HitPolicy, Callable[[CompiledTable, int, Facts], Decided]] = {
    HitPolicy.UNIQUE: _unique,
    HitPolicy.FIRST: _first,
    HitPolicy.ANY: _any,
    HitPolicy.PRIORITY: _priority,
    HitPolicy.COLLECT: _collect,
    HitPolicy.RULE_ORDER: _rule_order,
    HitPolicy.OUTPUT_ORDER: _output_order,
}
_NUMBERS = frozenset({Kind.NUMBER, Kind.WHOLE})
_LISTS = frozenset({HitPolicy.COLLECT, HitPolicy.RULE_ORDER, HitPolicy.OUTPUT_ORDER})
_RANKED = frozenset({HitPolicy.PRIORITY, HitPolicy.OUTPUT_ORDER})


@lru_cache(maxsize=1024)
def compile_table(table: Table) -> CompiledTable:
    """Return the table ready to answer. Raises: BadTable saying which cell, and why."""
    _check_shape(table)
    numbers = range(1, len(table.rules) + 1)
    columns: list[Column] = []
    for place, asked in enumerate(table.inputs):
        spent = sum(column.work for column in columns)
        cells = [rule.inputs[place] for rule in table.rules]
        columns.append(compile_column(asked, cells, numbers, spent=spent))
    answers = tuple(
        tuple(_output(table, row, place) for place in range(len(table.outputs)))
        for row in range(len(table.rules))
    )
    dynamic = sum(
        1 << row
        for row in range(len(table.rules))
        if any(column.cells[row].expressions for column in columns)
    )
    ranks = tuple(_ranks(table, output) for output in table.outputs)
    return CompiledTable(table, tuple(columns), answers, _defaults(table), ranks, dynamic)


def _check_shape(table: Table) -> None:
    called = f"Bảng “{table.name}”"
    if not table.rules or not table.outputs or not table.inputs:
        raise BadTable(f"{called} phải có ít nhất một cột hỏi, một cột trả lời và một hàng.")
    width = len(table.inputs) + len(table.outputs)
    if len(table.rules) > MOST_RULES or width > MOST_COLUMNS:
        raise BadTable(f"{called} lớn quá {MOST_RULES} hàng hoặc {MOST_COLUMNS} cột; hãy tách ra.")
    for row, rule in enumerate(table.rules, 1):
        if len(rule.inputs) != len(table.inputs) or len(rule.outputs) != len(table.outputs):
            raise BadTable(f"{called}, hàng {row}: số ô không bằng số cột.")
    names = [output.name for output in table.outputs]
    if len(set(names)) < len(names):
        raise BadTable(f"{called} có hai cột trả lời cùng tên.")
    _check_aggregation(table, called)


def _check_aggregation(table: Table, called: str) -> None:
    if table.aggregation == Aggregation.LIST:
        return
    if table.hit_policy != HitPolicy.COLLECT or len(table.outputs) != 1:
        raise BadTable(f"{called}: phép gộp chỉ dùng với COLLECT và một cột trả lời.")
    if table.aggregation == Aggregation.SUM and table.outputs[0].kind not in _NUMBERS:
        raise BadTable(f"{called}: chỉ cộng được các ô trả lời là số.")


def _output(table: Table, row: int, place: int) -> Expression:
    text, output = table.rules[row].outputs[place].strip(), table.outputs[place]
    where = f"Bảng “{table.name}”, hàng {row + 1}, cột “{output.label or output.name}”"
    return answer_of_cell(text, output, where)


def answer_of_cell(text: str, output: Output, where: str) -> Expression:
    """Return what a cell answers. Raises: BadTable that begins with `where`."""
    if text in {"", "-"}:
        return lambda _: None
    try:
        value = read_literal(text)
        expression = compile_expression(text)
    except (BadExpression, BadTable) as error:
        raise BadTable(f"{where}: {error}") from error
    if kind_of(value) is not None and not is_of(value, output.kind):
        raise BadTable(f"{where}: phải là {KIND_WORDS[output.kind]}, không phải {said(value)}.")
    return expression


def _defaults(table: Table) -> tuple[Expression, ...]:
    if not any(output.default for output in table.outputs):
        return ()
    where = f"Bảng “{table.name}”, giá trị mặc định của cột"
    return tuple(
        answer_of_cell(output.default.strip(), output, f"{where} “{output.label or output.name}”")
        for output in table.outputs
    )


def _ranks(table: Table, output: Output) -> Mapping[Any, int]:
    listed = [read_literal(one.strip()) for one in split_at_commas(output.allowed)]
    if not output.allowed.strip():
        listed = []
    if table.hit_policy in _RANKED and not listed and len(table.outputs) == 1:
        message = (
            f"Bảng “{table.name}” chọn theo thứ tự ưu tiên, nhưng cột"
            f" “{output.label or output.name}” chưa liệt kê các giá trị theo thứ tự."
        )
        raise BadTable(message)
    return {value: place for place, value in enumerate(listed)}


@dataclass(frozen=True, slots=True)
class CompiledModel:
    """Decisions in the order in which they can be made."""

    model: Model
    steps: tuple[tuple[Table | Formula, CompiledTable | Expression], ...]

    def decide(self, facts: Facts) -> Mapping[str, Decided]:
        """Return what each decision says, by name; the answer of the model is the last one.

        Raises: NoAnswer, Contradiction.
        """
        known, found = dict(facts), {}
        for decision, compiled in self.steps:
            if isinstance(compiled, CompiledTable):
                decided = compiled.decide(known)
            else:
                value = exactly(compiled(known))
                decided = Decided(value, ({decision.name: value},), (), ())
            found[decision.name] = decided
            known[decision.name] = decided.value
        return found


@lru_cache(maxsize=256)
def compile_model(model: Model) -> CompiledModel:
    """Return the model ready to answer. Raises: BadTable, also for circles and the unknown."""
    steps: list[tuple[Table | Formula, CompiledTable | Expression]] = []
    work = 0
    for decision in _in_order(model):
        if isinstance(decision, Table):
            compiled = compile_table(decision)
            work += sum(column.work for column in compiled.columns)
            refuse_giants(work)
            steps.append((decision, compiled))
            continue
        try:
            steps.append((decision, compile_expression(decision.expression)))
        except BadExpression as error:
            raise BadTable(f"Quyết định “{decision.name}”: {error}") from error
    return CompiledModel(model, tuple(steps))


def _in_order(model: Model) -> list[Table | Formula]:
    by_id = {one.id: one for one in model.decisions}
    if len(by_id) < len(model.decisions) or not by_id:
        raise BadTable("Mô hình phải có quyết định, mỗi quyết định một mã riêng.")
    names = [one.name for one in model.decisions]
    if len(set(names)) < len(names):
        raise BadTable("Hai quyết định của mô hình trùng tên; hãy đổi tên một quyết định.")
    ordered: dict[str, Table | Formula] = {}
    left = dict(by_id)
    while left:
        ready = [one for one in left.values() if ordered.keys() >= set(one.needs)]
        if not ready:
            raise BadTable(_why_stuck(left, by_id))
        for one in ready:
            ordered[one.id] = left.pop(one.id)
    return list(ordered.values())


def _why_stuck(left: Mapping[str, Table | Formula], known: Mapping[str, object]) -> str:
    for one in left.values():
        unknown = [need for need in one.needs if need not in known]
        if unknown:
            return f"Quyết định “{one.name}” cần “{unknown[0]}”, nhưng mô hình không có."
    circle = ", ".join(f"“{one.name}”" for one in left.values())
    return f"Các quyết định cần lẫn nhau thành vòng tròn: {circle}."
