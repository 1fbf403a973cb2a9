"""Compare the leaves with what the rooms' own rows say, both ways.

A leaf without its act: the act was deleted, edited or back-dated. An act without its leaf: it was
slipped in.
"""

import json
from collections.abc import Iterator, Mapping, Sequence

from motcua.foundation.ledger.choices import LeafKind
from motcua.foundation.ledger.ports import LeafIn, Testimony, Witness, witnesses
from motcua.foundation.ledger.rules.leaves import commitment, leaf_salt, public_part
from motcua.lib import work

from .leaves import KeptLeaf, leaves_of

AT_ONCE = 500
_COUNT = "SELECT count(*) FROM ledger_leaf WHERE kind <> %s"
_SUBJECTS = """
SELECT subject FROM ledger_leaf WHERE kind <> %s GROUP BY subject ORDER BY min(id)
"""
_PAST_WORDS = ("a", "p")  # codes that may have changed since
Wrong = tuple[int | None, str]


def witness_findings() -> Iterator[Wrong]:
    """Yield what the rooms' rows and the leaves do not agree on: the leaf's place, and in words.

    The leaves come first, in the order of the tree.
    """
    found: list[Wrong] = []
    matched, known = 0, set[str]()
    for told in _told():
        leaves = leaves_of(*(one.subject for one in told))
        matched += len(leaves)
        known.update(one.subject for one in told)
        found += compare(told, leaves)
    if matched != _number_of_leaves():
        found += _unknown(known)
    yield from sorted(found, key=lambda one: (one[0] is None, one[0] or 0, one[1]))


def _told() -> Iterator[Sequence[Testimony]]:
    for witness in witnesses.values():
        yield from _told_by(witness)


def _told_by(witness: Witness) -> Iterator[Sequence[Testimony]]:
    after = 0
    while told := witness.testimonies(after, AT_ONCE):
        yield told
        after = told[-1].id


def compare(told: Sequence[Testimony], leaves: Sequence[KeptLeaf]) -> list[Wrong]:
    """Return what these subjects' own rows and their leaves do not agree on."""
    kept: dict[str, dict[tuple[str, int], KeptLeaf]] = {}
    found: list[Wrong] = []
    for leaf in leaves:
        own = kept.setdefault(leaf.subject, {})
        if (leaf.kind, leaf.seq) in own:
            found.append((leaf.index, f"{_words(leaf)}: lá này có hai lần"))
        own[leaf.kind, leaf.seq] = leaf
    for one in told:
        found += _of_subject(one, kept.get(one.subject, {}))
    return found


def _of_subject(told: Testimony, kept: Mapping[tuple[str, int], KeptLeaf]) -> Iterator[Wrong]:
    if told.wrong:
        yield None, f"{told.subject}: {told.wrong}"
    acts = {(str(fact.kind), fact.seq): fact for fact in told.leaves}
    for key, leaf in kept.items():
        fact = acts.get(key)
        if fact is None:
            yield leaf.index, f"{_words(leaf)}: việc này không còn trong hồ sơ"
        elif not _agree(leaf, fact, told.salt):
            yield leaf.index, f"{_words(leaf)}: hồ sơ nay nói khác"
    for key, fact in acts.items():
        if key not in kept:
            words = f"{LeafKind(fact.kind).label} (lần {fact.seq})"
            yield None, f"{told.subject}: {words} được chèn vào hồ sơ, không có trong sổ"


def _agree(leaf: KeptLeaf, fact: LeafIn, salt: str) -> bool:
    bound = commitment(leaf_salt(salt, fact.seq, fact.kind), fact.record)
    return bound == leaf.commitment and _shown(leaf.public) == _shown(public_part(fact, salt))


def _shown(public: bytes) -> dict[str, object]:
    plain: dict[str, object] = json.loads(public)
    return {key: value for key, value in plain.items() if key not in _PAST_WORDS}


def _number_of_leaves() -> int:
    ((count,),) = work.fetch(_COUNT, [LeafKind.ANCHOR])
    return int(count)


def _unknown(known: set[str]) -> Iterator[Wrong]:
    """Yield the leaves of subjects that no room knows any more."""
    rows = work.fetch(_SUBJECTS, [LeafKind.ANCHOR])
    lost = [subject for (subject,) in rows if subject not in known]
    for leaf in leaves_of(*lost):
        yield leaf.index, f"{_words(leaf)}: hồ sơ không còn"


def _words(leaf: KeptLeaf) -> str:
    return f"{leaf.subject}, {LeafKind(leaf.kind).label} (lần {leaf.seq})"
