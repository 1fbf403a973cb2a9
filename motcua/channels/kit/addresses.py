"""Addresses of views, each found once: a page of fifty rows names a hundred of them."""

from functools import cache
from urllib.parse import quote

from django.urls import NoReverseMatch, reverse

_GAP = "H00.00-000000-0000"
_SAFE = "!$&'()*+,;=~:@"  # what Django leaves as it is


def address(name: str, *args: object) -> str:
    """Return the address of a view, as Django's `reverse` does.

    Addresses without a word to fill in, and those with one, are found once in a process.
    """
    match args:
        case ():
            return _whole(name)
        case (str(word),) if word and (around := _around(name)):
            return f"{around[0]}{quote(word, safe=_SAFE)}{around[1]}"
    return reverse(name, args=args)


@cache
def _whole(name: str) -> str:
    return reverse(name)


@cache
def _around(name: str) -> tuple[str, str] | None:
    """Return what stands before and after the word, None where not every word may stand."""
    try:
        before, _, after = reverse(name, args=[_GAP]).partition(_GAP)
    except NoReverseMatch:
        return None
    return before, after
