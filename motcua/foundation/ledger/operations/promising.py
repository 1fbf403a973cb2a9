"""Write a leaf with the act that it states."""

from motcua.foundation.ledger.models import Leaf
from motcua.foundation.ledger.ports import LeafIn
from motcua.foundation.ledger.rules.leaves import commitment, leaf_salt, public_part
from motcua.lib import work


def promise(fact: LeafIn, *, salt: str) -> None:
    """Hand over the leaf of a fact; call inside its story, so that both come or neither.

    Sealing and publishing come later and never hold the story up.
    Costs: one row in the story's own pipeline, no statement.
    """
    work.add(
        Leaf(
            kind=str(fact.kind),
            subject=fact.subject,
            seq=fact.seq,
            at=fact.at,
            public=public_part(fact, salt),
            commitment=commitment(leaf_salt(salt, fact.seq, fact.kind), fact.record),
        )
    )
