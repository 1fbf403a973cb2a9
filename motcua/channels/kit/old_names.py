"""Old names of places in what people search for: what they are called now, and asked again so."""

import re
from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import NamedTuple, Protocol, TypeVar

from django.http import HttpRequest

from motcua.foundation.organisation import api as organisation
from motcua.foundation.places import api as places
from motcua.lib.clock import local_day
from motcua.lib.text import tidy

PAGES = ("sau", "after", "xem")  # where a list goes on: not so for another question


class OldName(NamedTuple):
    """One place somebody named as before: its names, since when, and the question asked anew."""

    old: str
    new: str
    since: date
    question: str
    rest: str
    code: str
    href: str


class Rows(Protocol):
    """What a search brings."""

    @property
    def rows(self) -> Sequence[object]:
        """Return the rows of the page."""


R = TypeVar("R", bound=Rows)


def old_names(request: HttpRequest, text: str, at: datetime, field: str = "q") -> list[OldName]:
    """Return the old names in a question, each with every new one and where it is asked so.

    Costs: nothing without a kind of place in the words, else some eight statements.
    """
    day, text = local_day(at), tidy(text)
    found = []
    for one in places.former_names_in(text, day, below=own_province()):
        words = re.compile(r"\W+".join(map(re.escape, one.typed.split())), re.IGNORECASE)
        rest = " ".join(words.sub(" ", text, count=1).split())
        for name, code in zip(one.new_names, one.new_codes, strict=False):
            question = words.sub(name, text, count=1)
            href = _asked(request, field, question)
            found.append(OldName(one.old_name, name, one.since, question, rest, code, href))
    return found


def own_province() -> str:
    """Return the code of the place whose authority runs this site, if it is known."""
    agencies = organisation.tree().agencies()
    return next((one.place_code for one in agencies if one.parent_id is None), "")


def first_with_rows(
    search: Callable[[str], R], text: str, names: Sequence[OldName]
) -> tuple[R, OldName | None]:
    """Search as typed and, where nothing is found, with the new name of a place, if it is one."""
    found = search(text)
    if found.rows or len(names) != 1:
        return found, None
    again = search(names[0].question)
    return (again, names[0]) if again.rows else (found, None)


def _asked(request: HttpRequest, field: str, question: str) -> str:
    query = request.GET.copy()
    for name in PAGES:
        query.pop(name, None)
    query[field] = question
    return f"{request.path}?{query.urlencode()}"
