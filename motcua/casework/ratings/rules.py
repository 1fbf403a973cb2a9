"""What is rated, and the figure made of it."""

from typing import NamedTuple

from motcua.lib.errors import BadInput
from motcua.lib.tongue import said

from .choices import Level

GIVEN, SATISFIED = "ratings.given", "ratings.satisfied"
ASPECTS = ("overall", "convenience", "timeliness", "attitude")


class Marks(NamedTuple):
    """The four levels of one rating."""

    overall: int
    convenience: int
    timeliness: int
    attitude: int


def check_marks(marks: Marks) -> None:
    """Raises: BadInput if a level is none of the three.

    Source: docs/law/ratings.md
    """
    for aspect, level in zip(ASPECTS, marks, strict=True):
        if level not in Level.values:
            message = said("Hãy chọn một trong ba mức.")
            raise BadInput(message, field=aspect)


def is_satisfied(overall: int) -> bool:
    """Say whether a level counts as satisfied in the public figure."""
    return overall >= Level.SATISFIED
