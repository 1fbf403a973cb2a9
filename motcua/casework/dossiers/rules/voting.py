"""When a council may decide, and what its votes come to.

Source: docs/law/field-work.md
"""

from collections import Counter
from collections.abc import Sequence

_WHOLE = 100


def has_quorum(present: int, seats: int, percent: int) -> bool:
    """Say whether enough members are there; without a rule at least one must be."""
    return present > 0 and present * _WHOLE >= seats * percent


def majority_of(votes: Sequence[str], chair: str) -> str:
    """Return what most voted for; at a tie what the chair voted for, if that is among the first.

    Empty where nobody voted, or where a tie stays.
    """
    cast = Counter(vote for vote in votes if vote)
    if not cast:
        return ""
    most = max(cast.values())
    leading = [vote for vote, number in cast.items() if number == most]
    if len(leading) == 1:
        return leading[0]
    return chair if chair in leading else ""
