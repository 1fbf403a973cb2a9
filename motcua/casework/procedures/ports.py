"""Who is asked before a version is published: rooms above that know what its text names."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class TableNamed:
    """A line of fees that names a table, and from which day it is to be charged."""

    line: str
    table: str
    on: date


# Each answers with a sentence, or nothing where the table can be used.
TableCheck = Callable[[TableNamed], str]
_checks: list[TableCheck] = []


def ask_about_tables(check: TableCheck) -> None:
    """Ask this before a version is published that names fee tables."""
    if check not in _checks:
        _checks.append(check)


def complaints_about(named: TableNamed) -> Iterator[str]:
    """Yield what stands against a table."""
    yield from filter(None, (check(named) for check in _checks))
