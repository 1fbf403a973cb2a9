"""Count what the public parts of leaves say, as anybody can who has them.

Source: docs/law/ledger.md
"""

import json
from collections import Counter
from collections.abc import Mapping

from motcua.foundation.ledger.choices import DOCUMENTS, LeafKind

ON_TIME = "on_time"
Key = tuple[str, str, str]
_ENDS = frozenset({LeafKind.DECIDED, LeafKind.WITHDRAWN, LeafKind.STOPPED, LeafKind.REFUSED})


class Totals:
    """Facts per agency, month and kind; an outcome is on time by the day, as days are published.

    Facts about documents are no promises to citizens and are not counted. `due` holds the promised
    day of each pseudonym still open.
    """

    def __init__(self, due: Mapping[str, str] | None = None) -> None:
        self.due = dict(due or {})
        self.sums: Counter[Key] = Counter()

    def add(self, public: bytes) -> None:
        """Count one leaf, after those before it."""
        fact = json.loads(public)
        kind, who = fact["k"], fact.get("s", "")
        if not who or kind in DOCUMENTS:
            return
        row = fact["a"], fact["d"][:7]
        self.sums[*row, kind] += 1
        if "due" in fact:
            self.due[who] = fact["due"]
        if kind == LeafKind.DECIDED and fact["d"] <= self.due.get(who, fact["d"]):
            self.sums[*row, ON_TIME] += 1
        if kind in _ENDS:
            self.due.pop(who, None)
