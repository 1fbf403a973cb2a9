"""What is wrong with a table before anybody is charged by it: gaps, overlaps, rows never reached.

Each is shown by an example, one value per column. Rows that compare one fact with another cannot be
judged for all values: they count as if they fitted, and `is_partial` says so.
Source: DMN 1.3, 8.2.10; docs/adr/0051-decisions-are-looked-up.md
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import islice
from typing import Any

from .columns import Column, rows_in, said
from .compiling import CompiledTable, compile_table
from .tables import HitPolicy, Table

MOST_LOOKS, MOST_IN_ALL = 200_000, 1_000_000
MOST_FINDINGS = 20
_LONELY = frozenset({HitPolicy.UNIQUE, HitPolicy.ANY})


class Fault(StrEnum):
    """What a table may suffer from."""

    GAP = "gap"
    OVERLAP = "overlap"
    UNREACHED = "unreached"
    EMPTY = "empty"


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault: the rows it concerns (from 1) and an example of facts by the column's words."""

    fault: Fault
    rows: tuple[int, ...]
    example: Mapping[str, Any]

    @property
    def words(self) -> str:
        """Return the finding as a sentence."""
        shown = "; ".join(f"{name} {said(value)}" for name, value in self.example.items())
        rows = " và ".join(map(str, self.rows))
        return {
            Fault.GAP: f"Không hàng nào trả lời khi {shown}.",
            Fault.OVERLAP: f"Hàng {rows} cùng trả lời, và khác nhau, khi {shown}.",
            Fault.UNREACHED: f"Hàng {rows} không bao giờ được dùng: các hàng trước đã trả lời hết.",
            Fault.EMPTY: f"Hàng {rows} không khớp với giá trị nào được phép.",
        }[self.fault]


@dataclass(frozen=True, slots=True)
class Checked:
    """All that was found; partial if not everything could be looked at."""

    findings: tuple[Finding, ...]
    is_partial: bool = False


Samples = Sequence[tuple[Any, int]]


@dataclass(slots=True)
class _Search:
    """Looks for one sample per column that no row of a mask takes; each state once."""

    columns: Sequence[Samples]
    most: int = MOST_LOOKS
    looks: int = 0
    seen: set[tuple[int, int]] = field(default_factory=set)

    @property
    def is_over(self) -> bool:
        return self.looks > self.most

    def without(self, place: int, mask: int) -> Iterator[list[Any]]:
        """Yield samples from the column `place` on that together no row of `mask` takes."""
        if place == len(self.columns):
            return
        for value, taken in self.columns[place]:
            left = mask & taken
            self.looks += 1
            if self.is_over:
                return
            if not left:
                yield [value, *(column[0][0] for column in self.columns[place + 1 :])]
            elif (place, left) not in self.seen:
                self.seen.add((place, left))
                for others in self.without(place + 1, left):
                    yield [value, *others]


def check_table(table: Table) -> Checked:
    """Return what is wrong with the table. Raises: BadTable if it cannot even be read."""
    compiled = compile_table(table)
    empty = list(_empty(compiled))
    if any(not column.samples for column in compiled.columns):
        return Checked(tuple(empty))
    findings = [*empty]
    is_over = False
    if not compiled.defaults and table.hit_policy != HitPolicy.COLLECT:
        search = _Search([column.samples for column in compiled.columns])
        findings += islice(_gaps(compiled, search), MOST_FINDINGS)
        is_over = search.is_over
    if table.hit_policy in _LONELY:
        findings += islice(_overlaps(compiled), MOST_FINDINGS)
    if table.hit_policy == HitPolicy.FIRST:
        found, is_left = _unreached(compiled, {row for one in empty for row in one.rows})
        findings, is_over = [*findings, *found], is_over or is_left
    return Checked(tuple(findings), bool(compiled.dynamic) or is_over)


def _empty(table: CompiledTable) -> Iterator[Finding]:
    for row in range(len(table.table.rules)):
        bit = 1 << row
        if not all(
            column.null_mask & bit or any(mask & bit for _, mask in column.samples)
            for column in table.columns
        ):
            yield Finding(Fault.EMPTY, (row + 1,), {})


def _gaps(table: CompiledTable, search: _Search) -> Iterator[Finding]:
    whole = (1 << len(table.table.rules)) - 1
    for values in search.without(0, whole):
        yield Finding(Fault.GAP, (), _example(table, values))


def _example(table: CompiledTable, values: Sequence[Any]) -> Mapping[str, Any]:
    return {column.asked.words: value for column, value in zip(table.columns, values, strict=True)}


def _overlaps(table: CompiledTable) -> Iterator[Finding]:
    """Yield each two rows that fit together and, if the policy is ANY, answer differently."""
    rules = table.table.rules
    for row, rule in enumerate(rules):
        together = _together(table, row) & ~((2 << row) - 1) & ~table.dynamic
        if table.dynamic >> row & 1:
            continue
        for other in rows_in(together):
            is_same = rules[other].outputs == rule.outputs
            if table.table.hit_policy == HitPolicy.UNIQUE or not is_same:
                both = (1 << row) | (1 << other)
                values = [_sample(_all_samples(column), both) for column in table.columns]
                yield Finding(Fault.OVERLAP, (row + 1, other + 1), _example(table, values))


def _together(table: CompiledTable, row: int) -> int:
    """Return the rows that take, column by column, something this row takes too."""
    found = (1 << len(table.table.rules)) - 1
    for column in table.columns:
        beside = 0
        for _, mask in _all_samples(column):
            if mask >> row & 1:
                beside |= mask
        found &= beside
    return found


def _all_samples(column: Column) -> Samples:
    """Return the samples and, last, that nothing is known."""
    return [*column.samples, (None, column.null_mask)]


def _sample(samples: Samples, both: int) -> Any:
    return next(value for value, mask in samples if mask & both == both)


def _unreached(table: CompiledTable, empty: Collection[int]) -> tuple[list[Finding], bool]:
    """Return the rows before which some other row always fits; whether some were not looked at."""
    found, left, is_partial = list[Finding](), MOST_IN_ALL, False
    for row in range(1, len(table.table.rules)):
        bit = 1 << row
        if row + 1 in empty or table.dynamic & bit:
            continue
        own = [[one for one in _all_samples(each) if one[1] & bit] for each in table.columns]
        search = _Search(own, min(left, MOST_LOOKS))
        earlier = (bit - 1) & ~table.dynamic
        is_reached = next(search.without(0, earlier), None) is not None
        left = max(left - search.looks, 0)
        if search.is_over:
            is_partial = True
        elif not is_reached:
            found.append(Finding(Fault.UNREACHED, (row + 1,), {}))
    return found, is_partial
