"""Decision tables as values: what is asked, what is answered, and row by row which from which.

Source: OMG Decision Model and Notation 1.3 to 1.5, chapter 8
"""

from dataclasses import dataclass
from enum import StrEnum

from motcua.lib.errors import BadInput, Conflict


class BadTable(BadInput):
    """A table or a model cannot be used; says which cell, and why."""


class NoAnswer(BadInput):
    """No row of the table fits, or what it asks for is missing or of another type."""


class Contradiction(Conflict):
    """Several rows fit where the hit policy allows one, or one answer."""


class Kind(StrEnum):
    """What a column holds."""

    NUMBER = "number"
    WHOLE = "integer"
    TEXT = "string"
    TRUTH = "boolean"
    DAY = "date"
    LIST = "list"


class HitPolicy(StrEnum):
    """What becomes of it if several rows fit."""

    UNIQUE = "UNIQUE"
    FIRST = "FIRST"
    PRIORITY = "PRIORITY"
    ANY = "ANY"
    COLLECT = "COLLECT"
    RULE_ORDER = "RULE ORDER"
    OUTPUT_ORDER = "OUTPUT ORDER"


class Aggregation(StrEnum):
    """What COLLECT makes of the answers."""

    LIST = ""
    SUM = "SUM"
    COUNT = "COUNT"
    MIN = "MIN"
    MAX = "MAX"


@dataclass(frozen=True, slots=True)
class Input:
    """One thing the table asks: an expression over the facts; `allowed` is a test as in a cell."""

    expression: str
    kind: Kind
    label: str = ""
    allowed: str = ""

    @property
    def words(self) -> str:
        """Return what people call it."""
        return self.label or self.expression


@dataclass(frozen=True, slots=True)
class Output:
    """One thing the table answers; `allowed` are its values, for PRIORITY the first one first."""

    name: str
    kind: Kind
    label: str = ""
    allowed: str = ""
    default: str = ""


@dataclass(frozen=True, slots=True)
class Rule:
    """One row: a test per input, an expression per output, a note per annotation."""

    inputs: tuple[str, ...]
    outputs: tuple[str, ...]
    notes: tuple[str, ...] = ()
    id: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A decision table; `name` is what other decisions of the model know its answer by."""

    id: str
    name: str
    inputs: tuple[Input, ...]
    outputs: tuple[Output, ...]
    rules: tuple[Rule, ...]
    hit_policy: HitPolicy = HitPolicy.UNIQUE
    aggregation: Aggregation = Aggregation.LIST
    annotations: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Formula:
    """A decision that is one expression (literal expression)."""

    id: str
    name: str
    expression: str
    needs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Model:
    """Decisions that may need each other; the one that nobody needs is the answer."""

    id: str
    name: str
    decisions: tuple[Table | Formula, ...]
