"""Prove to the holder of a slip what was promised, and that nothing was taken back."""

import json
from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings

from motcua.foundation.ledger.choices import StreamName
from motcua.foundation.ledger.models import Head
from motcua.foundation.ledger.ports import LeafIn, Testimony
from motcua.foundation.ledger.rules.leaves import leaf_salt
from motcua.lib.canonical import canonical

from .heads import SignatureShown, latest_head, signatures_of
from .leaves import KeptLeaf, leaves_of
from .tiles import inclusion_of
from .witnessing import compare

VERSION = 1


@dataclass(frozen=True, slots=True)
class Proof:
    """All leaves of one subject: those under the latest head, with their paths, and the rest.

    `lost` are those whose act the room does not know any more; `is_disputed` says that its rows
    and the leaves do not agree.
    """

    subject: str
    salt: str
    head: Head | None
    signatures: Sequence[SignatureShown]
    proven: Sequence[tuple[KeptLeaf, LeafIn, Sequence[bytes]]]
    waiting: Sequence[KeptLeaf]
    lost: Sequence[KeptLeaf] = ()
    is_disputed: bool = False

    def as_json(self) -> bytes:
        """Return the proof as the slip's holder takes it along; `verify_ledger.py` reads it."""
        plain: dict[str, object] = {
            "v": VERSION,
            "origin": settings.LEDGER_ORIGIN,
            "subject": self.subject,
            "salt": self.salt,
            "head": self.head.text if self.head else "",
            "signatures": [
                {"name": s.name, "key": _word(s.public_key), "signature": _word(s.signature)}
                for s in self.signatures
            ],
            "leaves": [self._leaf(*one) for one in self.proven],
            "waiting": [_name(leaf) for leaf in self.waiting],
            "lost": [_name(leaf) for leaf in self.lost],
        }
        return json.dumps(plain, ensure_ascii=False, indent=1).encode()

    def _leaf(self, leaf: KeptLeaf, fact: LeafIn, path: Sequence[bytes]) -> dict[str, object]:
        return {
            "index": leaf.index,
            "leaf": leaf.content.decode(),
            "salt": leaf_salt(self.salt, leaf.seq, leaf.kind).hex(),
            "record": json.loads(canonical(fact.record)),
            "path": [_word(one) for one in path],
        }


def proof_of(told: Testimony) -> Proof:
    """Return the proof of what a room says about one of its subjects.

    A leaf whose act the room does not know any more has no record to show, and is named as lost.
    Costs: three statements, and one for each leaf.
    """
    head = latest_head()
    size = head.size if head else 0
    acts = {(fact.kind, fact.seq): fact for fact in told.leaves}
    kept = leaves_of(told.subject)
    leaves = [one for one in kept if (one.kind, one.seq) in acts]
    return Proof(
        subject=told.subject,
        salt=told.salt,
        head=head,
        signatures=signatures_of([size])[size] if head else [],
        proven=[
            (one, acts[one.kind, one.seq], inclusion_of(StreamName.PROMISES, one.index, size))
            for one in leaves
            if one.index is not None and one.index < size
        ],
        waiting=[one for one in leaves if one.index is None or one.index >= size],
        lost=[one for one in kept if (one.kind, one.seq) not in acts],
        is_disputed=bool(compare([told], kept)),
    )


def _name(leaf: KeptLeaf) -> str:
    return f"{leaf.kind}#{leaf.seq}"


def _word(content: bytes) -> str:
    return b64encode(content).decode()
