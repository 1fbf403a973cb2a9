"""Read leaves of the public stream as they are published."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from motcua.foundation.ledger.rules.leaves import leaf_bytes
from motcua.lib import work

_BETWEEN = """
SELECT l.public, l.commitment FROM ledger_placed p
JOIN ledger_leaf l
  ON l.epoch = p.row_epoch AND l.xid = p.row_xid::text::xid8 AND l.id = p.row_id
WHERE p.stream = 'promises' AND p.tree_index >= %s AND p.tree_index < %s ORDER BY p.tree_index
"""
_OF_SUBJECTS = """
SELECT l.subject, l.kind, l.seq, l.at, l.public, l.commitment, p.tree_index FROM ledger_leaf l
LEFT JOIN ledger_placed p ON p.stream = 'promises' AND p.row_id = l.id
WHERE l.subject = ANY(%s::text[]) ORDER BY l.subject, l.seq, l.id
"""
_PROMISED = """
SELECT l.public FROM ledger_leaf l
JOIN ledger_placed p ON p.stream = 'promises' AND p.row_id = l.id
WHERE l.subject = ANY(%s::text[]) AND l.kind IN ('promised', 'redated') ORDER BY p.tree_index
"""


@dataclass(frozen=True, slots=True)
class KeptLeaf:
    """One leaf as it stands in the database; `index` is None until it is sealed."""

    subject: str
    kind: str
    seq: int
    at: datetime
    public: bytes
    commitment: bytes
    index: int | None

    @property
    def content(self) -> bytes:
        """Return the leaf as it is published and hashed."""
        return leaf_bytes(self.public, self.commitment)


def leaves_between(first: int, end: int) -> list[bytes]:
    """Return the published lines of leaves `first` to `end - 1`."""
    return [leaf_bytes(public, bound) for public, bound in work.fetch(_BETWEEN, [first, end])]


def promised_days(subjects: Sequence[str]) -> dict[str, str]:
    """Return, by pseudonym, the day promised latest in the leaves sealed before."""
    plain = [json.loads(public) for (public,) in work.fetch(_PROMISED, [list(subjects)])]
    return {one["s"]: one["due"] for one in plain}


def leaves_of(*subjects: str) -> Sequence[KeptLeaf]:
    """Return all leaves of these subjects, in the order of their acts."""
    return [KeptLeaf(*row) for row in work.fetch(_OF_SUBJECTS, [list(subjects)])]
