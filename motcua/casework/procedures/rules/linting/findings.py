"""What the linter says: one finding, its weight, and what it knows of the surroundings."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, Self

from motcua.casework.procedures.choices import LintRule
from motcua.lib.text import fold, tidy

LONGEST_QUOTE = 240


class Weight(StrEnum):
    """How sure the linter is that something is to be changed."""

    FAULT = "fault"
    LOOK = "look"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to change or to look at: the rule, where, the words found there, what to do."""

    rule: LintRule
    weight: Weight
    place: str
    words: str
    advice: str

    def as_plain(self) -> dict[str, str]:
        """Return it as plain data, to be kept."""
        return {
            "rule": str(self.rule),
            "weight": str(self.weight),
            "place": self.place,
            "words": self.words,
            "advice": self.advice,
        }

    @classmethod
    def from_plain(cls, data: Mapping[str, str]) -> Self:
        """Return what was kept."""
        rule, weight = LintRule(data["rule"]), Weight(data["weight"])
        return cls(rule, weight, data["place"], data["words"], data["advice"])


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What stands outside the text: the day, the duties some unit holds, what is still unclear.

    `doubts` has the shape of `ProcedureVersion.unclear`.
    """

    day: date
    duties: frozenset[str] = frozenset()
    doubts: tuple[Mapping[str, Any], ...] = ()


def quote(words: str) -> str:
    """Return the words on one line, short enough for a table."""
    line = " ".join(words.split())
    return line if len(line) <= LONGEST_QUOTE else f"{line[: LONGEST_QUOTE - 1].rstrip()}…"


def folded(words: str) -> str:
    """Return the words without tones and on one line, to see whether two say the same."""
    return fold(" ".join(words.split()))


def plainly(words: str) -> str:
    """Return the words in small letters, as the patterns of the rules read them."""
    return tidy(words).lower()
