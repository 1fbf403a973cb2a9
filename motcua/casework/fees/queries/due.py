"""What is to be paid for one dossier: the lines of its procedure, by table or by amount.

Source: docs/law/fees.md
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from motcua.casework.procedures import api as procedures
from motcua.casework.procedures.api import Definition, FeeDue, FeeLine, FilingChannel
from motcua.lib.clock import local_day, now
from motcua.lib.errors import Anticipated
from motcua.lib.money import in_dong
from motcua.lib.tongue import joined, said

from .tables import amounts_on, decide, reasons_on


def fees_due(
    definition: Definition, case_code: str, channel: FilingChannel, facts: Mapping[str, Any]
) -> list[FeeDue]:
    """Return what is to be paid, line by line; exempt lines stand there with 0 and the reason.

    A line of a table is decided as of the day of filing (`filed_on`, without one today). Where the
    table has no answer, `trouble` says why and the amount is not known: nobody takes it for free.
    """
    known = {**definition.known(facts), "case": case_code, "channel": channel.value}
    on = known.get("filed_on")
    day = on if isinstance(on, date) else local_day(now())
    lines = procedures.fee_lines(definition, case_code, channel, facts)
    dues = (_by_table(line, known, day) if line.table else _plain(line, known) for line in lines)
    return [due for due in dues if due is not None]


def _plain(line: FeeLine, facts: Mapping[str, Any]) -> FeeDue | None:
    return procedures.due_of(line, facts)


def _by_table(line: FeeLine, facts: Mapping[str, Any], on: date) -> FeeDue | None:
    counted = procedures.due_of(line, facts)
    if counted is None:
        return None
    try:
        decided = decide(line.table, {**facts, "quantity": counted.quantity}, on=on)
    except Anticipated as error:
        return replace(counted, amount_vnd=0, reason="", trouble=str(error))
    priced = replace(line, amount_vnd=decided.decision.amount_vnd)
    due = procedures.due_of(priced, facts)
    if due is None:
        return None
    return replace(
        due,
        reason=decided.decision.words,
        rule=decided.rule_words,
    )


# What is usually counted; how another unit is said in English is an official text.
_UNITS = {
    str(one): one
    for one in (
        said("bản"),
        said("trang"),
        said("lần"),
        said("giấy"),
        said("người"),
        said("trường hợp"),
    )
}


def unit_words(per: str) -> str:
    """Return what is counted, as it can be said in English too."""
    return _UNITS.get(per) or procedures.official(per)


def amount_words(line: FeeLine, *, on: date) -> str:
    """Return what one unit costs in words: one amount, a span of them, or that it is reckoned."""
    amounts = amounts_on(line.table, on=on) if line.table else (line.amount_vnd,)
    per = ("/", unit_words(line.per)) if line.per else ()
    if not amounts:
        return _reckoned_words(line, per, on=on)
    low, high = min(amounts), max(amounts)
    if low == high:
        return joined("", [in_dong(low), *per])
    high_words = joined("", [in_dong(high), *per])
    return said("%(low)s đến %(high)s, tùy trường hợp", low=in_dong(low), high=high_words)


def _reckoned_words(line: FeeLine, per: Sequence[str], *, on: date) -> str:
    """Return what somebody usually pays, else the words of the rows, else that it is reckoned."""
    usual = _usual(line, on=on)
    if usual is not None:
        return said("thường là %(amount)s", amount=joined("", [in_dong(usual), *per]))
    return "; ".join(reasons_on(line.table, on=on)) or said("tính theo bảng mức thu")


def _usual(line: FeeLine, *, on: date) -> int | None:
    """Return what somebody pays of whom nothing special is known, None if that cannot be said."""
    try:
        return decide(line.table, {}, on=on).decision.amount_vnd
    except Anticipated:
        return None


def is_free(line: FeeLine, facts: Mapping[str, Any]) -> bool:
    """Say whether the table of a line, as it stands today, takes nothing for these facts."""
    try:
        return decide(line.table, facts, on=local_day(now())).decision.amount_vnd == 0
    except Anticipated:
        return False


def costs_anything(line: FeeLine) -> bool:
    """Say whether anybody pays for it: by its amount, or by some row of its table."""
    return bool(line.amount_vnd or line.table)
