"""Find procedures by everyday words: pure, over an index kept in memory.

Rare words count more than common ones, neighbours more than strangers, short names more than long
ones. A word with tones means those tones; only where no name has it are the tones left aside, and
only where that finds nothing is one wrong letter forgiven.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from math import log, log10

from motcua.casework.procedures.choices import CompetentLevel
from motcua.lib.text import exact, fold, has_tones, words

from .wishes import is_asking, readings

MORE = 0.5  # a word of the sector or a keyword, beside one of the name
TONES_ASIDE, BEGUN, SLIPPED, OTHER_TONES = 0.6, 0.7, 0.5, 0.4
ASKED = 0.1  # of the weight of a word that only asks
NEIGHBOURS = 0.6
SHORT, LONG, LONGEST = 0.65, 0.35, 1.6
LEAST_COVER, LEAST_OF_BEST, LEAST_OF_MEANT = 0.6, 0.8, 0.7
USUAL, USUAL_STEP = 1.3, 0.005
AGAIN = 0.1  # what a second reading adds that finds the same
MEANT = 1.15  # an official reading of a wish is surer than the words themselves
MOST_WORDS = 16
SHORTEST_SLIP, SHORTEST_BEGUN = 3, 2
_ASIDE = re.compile(r"\([^()]*\)")


@dataclass(frozen=True, slots=True)
class Findable:
    """One procedure to be found: its names, what else describes it, and how near it is."""

    id: int
    code: str
    names: str
    more: str
    nearness: float = 1.0


def nearness_of(code: str, level: CompetentLevel, *, is_open: bool, filed: int = 0) -> float:
    """Return how near a procedure is to people: who decides, whether it is filed here, how often.

    An agency's own edition of a national procedure comes after the national one.
    """
    near = _NEAR[level] * (_OPEN if is_open else 1.0) * (1 + log10(1 + filed) / 20)
    return near * (_SOMEBODY_ELSES if code.count(".") > 1 else 1.0)


_NEAR = {CompetentLevel.COMMUNE: 1.1, CompetentLevel.PROVINCE: 1.05, CompetentLevel.CENTRAL: 0.9}
_OPEN, _SOMEBODY_ELSES = 1.25, 0.8


@dataclass(slots=True)
class _Asked:
    """One word of the question: the words of the index it may mean, and what it weighs."""

    meant: dict[str, float]
    weight: float
    folds: frozenset[str]


@dataclass(slots=True)
class Index:
    """Words to procedures, ready to be asked."""

    entries: Sequence[Findable]
    places: dict[str, dict[int, float]] = field(default_factory=dict)
    by_fold: dict[str, set[str]] = field(default_factory=dict)
    pairs: list[frozenset[tuple[str, str]]] = field(default_factory=list)
    norms: list[float] = field(default_factory=list)
    codes: dict[str, int] = field(default_factory=dict)


def build_index(entries: Iterable[Findable]) -> Index:
    """Return the index over the entries."""
    index = Index(list(entries))
    places: dict[str, dict[int, float]] = defaultdict(dict)
    by_fold: dict[str, set[str]] = defaultdict(set)
    lengths = []
    for place, entry in enumerate(index.entries):
        names, more = words(entry.names), words(entry.more)
        for told, share in ((more, MORE), (names, 1.0)):
            for word in told:
                places[exact(word)][place] = share
                by_fold[fold(word)].add(exact(word))
        index.pairs.append(frozenset(pairwise(map(fold, names + more))))
        index.codes[entry.code] = place
        lengths.append(len(words(_ASIDE.sub(" ", entry.names))))
    mean = max(sum(lengths) / len(lengths), 1.0) if lengths else 1.0
    index.norms = [SHORT + LONG * min(length / mean, LONGEST) for length in lengths]
    index.places, index.by_fold = dict(places), dict(by_fold)
    return index


def find(index: Index, text: str, *, first: Sequence[int] = ()) -> list[int]:
    """Return the ids of the procedures that fit the words, the best first.

    Those in `first` come before others that fit about as well, in that order.
    """
    code = index.codes.get(text.strip())
    if code is not None:
        return [index.entries[code].id]
    asked = words(text)[:MOST_WORDS]
    is_toned = any(map(has_tones, asked))
    found = [_scores(index, asked, is_toned=is_toned, is_meant=False)]
    for reading in readings(asked):
        among = _scores(index, reading.among, is_toned=is_toned, is_meant=True)
        alone = _scores(index, reading.alone, is_toned=is_toned, is_meant=True)
        found.append(among or alone)
    best: dict[int, float] = defaultdict(float)
    for number, scores in enumerate(found):
        for place, score in scores.items():
            worth = score * MEANT if number else score
            best[place] = max(best[place], worth) + AGAIN * min(best[place], worth)
    usual = {key: USUAL - USUAL_STEP * place for place, key in enumerate(first)}
    for place in best:
        best[place] *= usual.get(index.entries[place].id, 1.0)
    order = sorted(best, key=lambda place: (-best[place], index.entries[place].names, place))
    return [index.entries[place].id for place in order]


def _scores(
    index: Index, asked: Sequence[str], *, is_toned: bool, is_meant: bool
) -> Mapping[int, float]:
    """Return a score for each place that covers enough of what was asked."""
    looked = [
        _look(index, word, is_toned=is_toned, is_open=place == len(asked) - 1 and not is_meant)
        for place, word in enumerate(asked)
    ]
    total = sum(one.weight for one in looked)
    covered: dict[int, float] = defaultdict(float)
    scores: dict[int, float] = defaultdict(float)
    for one in looked:
        for place, (share, factor) in _hits(index, one).items():
            covered[place] += one.weight * factor
            scores[place] += one.weight * factor * share
    if not covered or not total:
        return {}
    floor = LEAST_OF_MEANT if is_meant else LEAST_COVER
    least = max(floor, LEAST_OF_BEST * max(covered.values()) / total) * total
    kept = [place for place, weight in covered.items() if weight >= least]
    return {place: _judged(index, place, scores[place], looked) / total for place in kept}


def _hits(index: Index, one: _Asked) -> dict[int, tuple[float, float]]:
    """Return where the word stands: the share of the place and how sure the meaning is."""
    found: dict[int, tuple[float, float]] = {}
    for meant, factor in one.meant.items():
        for place, share in index.places[meant].items():
            known = found.get(place, (0.0, 0.0))
            if share * factor > known[0] * known[1]:
                found[place] = (share, factor)
    return found


def _judged(index: Index, place: int, score: float, looked: Sequence[_Asked]) -> float:
    pairs = index.pairs[place]
    for left, right in pairwise(looked):
        if any((a, b) in pairs for a in left.folds for b in right.folds):
            score += NEIGHBOURS * min(left.weight, right.weight)
    return score * index.entries[place].nearness / index.norms[place]


def _look(index: Index, word: str, *, is_toned: bool, is_open: bool) -> _Asked:
    meant = _meanings(index, word, is_toned=is_toned, is_open=is_open)
    count = len(index.entries)
    known = max((len(index.places[one]) for one in meant), default=0)
    weight = log(1 + count / known) if known else log(1 + count)
    if is_asking(word, is_toned_query=is_toned):
        weight *= ASKED
    folds = {fold(word)} if fold(word) in index.by_fold else set()
    if not folds:
        folds = {bare for bare, toned in index.by_fold.items() if toned & meant.keys()}
    return _Asked(meant, weight, frozenset(folds))


def _meanings(index: Index, word: str, *, is_toned: bool, is_open: bool) -> dict[str, float]:
    """Return the words of the index that the typed one may mean, and how surely."""
    spelt, bare = exact(word), fold(word)
    alike = index.by_fold.get(bare, set())
    if has_tones(word):
        found = {spelt: 1.0} if spelt in index.places else dict.fromkeys(alike, TONES_ASIDE)
    else:
        found = dict.fromkeys(alike, OTHER_TONES if is_toned and spelt in alike else 1.0)
        if spelt in alike:
            found[spelt] = 1.0
    if is_open and len(word) >= SHORTEST_BEGUN:
        found |= _begun(index, spelt, bare, known=found, is_toned=has_tones(word))
    if not found and len(bare) >= SHORTEST_SLIP:
        slips = [b for b in index.by_fold if _is_slip(bare, b)]
        found = {one: SLIPPED for b in slips for one in index.by_fold[b]}
    return found


def _begun(
    index: Index, spelt: str, bare: str, *, known: Mapping[str, float], is_toned: bool
) -> dict[str, float]:
    """Return words that begin so: the last word may still be on its way."""
    if is_toned:
        return {one: BEGUN for one in index.places if one.startswith(spelt) and one not in known}
    longer = (toned for b, toned in index.by_fold.items() if b.startswith(bare) and b != bare)
    return {one: BEGUN for toned in longer for one in toned if one not in known}


def _is_slip(typed: str, meant: str) -> bool:
    """Say whether one letter was left out, added, mistaken, or changed places with the next."""
    if abs(len(typed) - len(meant)) > 1 or typed[:1] != meant[:1]:
        return False
    start = next((i for i, (a, b) in enumerate(zip(typed, meant, strict=False)) if a != b), -1)
    if start < 0:
        return True
    one, other = typed[start:], meant[start:]
    swapped = one[:2] == other[1::-1] and one[2:] == other[2:]
    return swapped or one[1:] == other[1:] or one[1:] == other or one == other[1:]
