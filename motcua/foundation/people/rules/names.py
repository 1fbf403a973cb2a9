"""Names: the one spelling that is stored, and the keys by which they are found and sorted."""

from dataclasses import dataclass

from motcua.lib import text

EXACT_MARK = "="


@dataclass(frozen=True, slots=True)
class NameKeys:
    """Everything made from one name."""

    full_name: str
    sort_key: str
    title_sort_key: str
    exact: str
    folded: str
    words: list[str]


@dataclass(frozen=True, slots=True)
class NameQuery:
    """What a typed name asks for: a beginning of the name, or these words anywhere in it."""

    is_exact: bool
    start: str
    words: list[str]


def name_keys(name: str) -> NameKeys:
    """Return the stored forms of a name."""
    tidy = text.tidy(name)
    exact, folded = text.exact(tidy), text.fold(tidy)
    return NameKeys(
        full_name=tidy,
        sort_key=text.person_sort_key(tidy),
        title_sort_key=text.sort_key(tidy),
        exact=exact,
        folded=folded,
        words=sorted({*folded.split(), *(EXACT_MARK + word for word in exact.split())}),
    )


def name_query(typed: str) -> NameQuery:
    """Return what to look for: with tones exactly those tones, without tones every one."""
    tidy = text.tidy(typed)
    if text.has_tones(tidy):
        exact = text.exact(tidy)
        return NameQuery(
            is_exact=True, start=exact, words=[EXACT_MARK + word for word in exact.split()]
        )
    folded = text.fold(tidy)
    return NameQuery(is_exact=False, start=folded, words=folded.split())


def is_same_name(declared: str, seen: str) -> bool:
    """Say whether a typed name is the one on the card; typed without tones, any tones fit."""
    if text.has_tones(text.tidy(declared)):
        return text.exact(text.tidy(declared)) == text.exact(text.tidy(seen))
    return text.fold(text.tidy(declared)) == text.fold(text.tidy(seen))
