"""A fee by its table: the amount, which rows said so, by which text.

Source: docs/law/fees.md
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from motcua.lib.decisions import (
    CompiledModel,
    Decided,
    Model,
    NoAnswer,
    Table,
    check_table,
    compile_model,
    read_dmn,
)
from motcua.lib.errors import Anticipated

AMOUNT, REASON = "amount_vnd", "reason"
BASIS = "Căn cứ"
MOST_VND = 10**12


@dataclass(frozen=True, slots=True)
class FeeDecision:
    """One amount, why, and the rows (from 1) of which decision that fired."""

    amount_vnd: int
    reason: str
    basis: str
    fired: tuple[tuple[str, tuple[int, ...]], ...]

    @property
    def words(self) -> str:
        """Return why, and by which text, in a sentence for the person who pays."""
        return "; ".join(one for one in (self.reason, self.basis) if one)

    @property
    def row_words(self) -> str:
        """Return which rows fired, as an officer finds them again."""
        return "; ".join(
            f"{name}, hàng {', '.join(map(str, rows))}" for name, rows in self.fired if rows
        )


def decide_fee(model: Model, facts: Mapping[str, Any], *, basis: str = "") -> FeeDecision:
    """Return what the table says of the facts; `basis` stands in where a row names none.

    Raises: NoAnswer, Contradiction, BadTable.
    """
    return decide_by(compile_model(model), facts, basis=basis)


def decide_by(compiled: CompiledModel, facts: Mapping[str, Any], *, basis: str = "") -> FeeDecision:
    """Decide by a model that is compiled already: to find it compiled costs more than to decide.

    Raises: NoAnswer, Contradiction.
    """
    made = compiled.decide(facts)
    name = compiled.steps[-1][0].name
    decided = made[name]
    amount, reason = _amount_and_reason(decided)
    if amount is None:
        message = f"Bảng “{name}” không có hàng nào cho trường hợp này; hãy xem lại bảng thu."
        raise NoAnswer(message)
    if not isinstance(amount, int) or isinstance(amount, bool) or not 0 <= amount <= MOST_VND:
        message = f"Bảng “{name}” cho ra {amount}, không phải số đồng nguyên, không âm."
        raise NoAnswer(message)
    named = dict.fromkeys(note for one in _notes(compiled, made) if (note := one.strip()))
    fired = tuple((one, decided.rows) for one, decided in made.items())
    return FeeDecision(amount, reason, "; ".join(named) or basis, fired)


def _amount_and_reason(decided: Decided) -> tuple[Any, str]:
    if AMOUNT in decided.answer:
        return decided.answer[AMOUNT], str(decided.answer.get(REASON) or "")
    return decided.value, ""


def _notes(compiled: CompiledModel, made: Mapping[str, Decided]) -> Iterator[str]:
    for decision, _ in compiled.steps:
        if isinstance(decision, Table) and BASIS in decision.annotations:
            place = decision.annotations.index(BASIS)
            for rule in made[decision.name].rules:
                yield from rule.notes[place : place + 1]


def faults_in(model: Model) -> list[str]:
    """Return what stands in the way of publishing the model, as sentences. Raises: BadTable."""
    compiled = compile_model(model)
    faults = []
    for decision, _ in compiled.steps:
        if isinstance(decision, Table):
            found = check_table(decision).findings
            faults += [f"Bảng “{decision.name}”: {one.words}" for one in found]
            faults += _without_basis(decision)
    last = compiled.steps[-1][0]
    if isinstance(last, Table) and AMOUNT not in {output.name for output in last.outputs}:
        faults.append(f"Bảng “{last.name}” phải có cột trả lời “{AMOUNT}” (số đồng).")
    return faults


def _without_basis(table: Table) -> list[str]:
    if BASIS not in table.annotations:
        return [f"Bảng “{table.name}” chưa có cột “{BASIS}” cho từng hàng."]
    place = table.annotations.index(BASIS)
    return [
        f"Bảng “{table.name}”, hàng {number}: chưa ghi căn cứ pháp lý."
        for number, rule in enumerate(table.rules, 1)
        if not "".join(rule.notes[place : place + 1]).strip()
    ]


@lru_cache(maxsize=1024)
def model_of(text: str) -> Model:
    """Return the model of a DMN text, kept. Raises: BadTable."""
    return read_dmn(text.encode())


def wrong_examples(
    model: Model, examples: list[Mapping[str, Any]], basis: str = ""
) -> Iterator[str]:
    """Yield a sentence for each example that gives another amount than its author reckoned."""
    for one in examples:
        name, wanted = one.get("name", ""), one.get("amount_vnd")
        try:
            found = decide_fee(model, one.get("facts", {}), basis=basis).amount_vnd
        except Anticipated as error:
            yield f"Ví dụ “{name}”: {error}"
            continue
        if found != wanted:
            yield f"Ví dụ “{name}”: bảng cho ra {found} đồng, người lập tính {wanted} đồng."


def amounts_in(model: Model) -> tuple[int, ...]:
    """Return the amounts that stand in the rows of the last table; none if any is an expression."""
    last = compile_model(model).steps[-1][0]
    if not isinstance(last, Table):
        return ()
    names = [output.name for output in last.outputs]
    place = names.index(AMOUNT) if AMOUNT in names else 0
    texts = [rule.outputs[place].strip() for rule in last.rules]
    return tuple(map(int, texts)) if all(one.isdecimal() for one in texts) else ()


def reasons_in(model: Model) -> tuple[str, ...]:
    """Return the texts that stand as reasons in the rows of the last table, each once."""
    last = compile_model(model).steps[-1][0]
    names = [output.name for output in last.outputs] if isinstance(last, Table) else []
    if not isinstance(last, Table) or REASON not in names:
        return ()
    place = names.index(REASON)
    texts = (rule.outputs[place].strip() for rule in last.rules)
    plain = (one[1:-1] for one in texts if one.startswith('"') and one.count('"') == 2)  # noqa: PLR2004 -- one text
    return tuple(dict.fromkeys(plain))
