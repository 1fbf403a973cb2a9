"""Who an applicant is: by the personal number, or as somebody has answered; never by likeness.

A name and a day of birth, of one place where both are known, make a question for people.

Source: docs/law/migration.md
"""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from motcua.casework.migration.choices import LikenessState
from motcua.casework.migration.models import Likeness, Source
from motcua.foundation.people import api as people
from motcua.foundation.people.api import Person
from motcua.lib.errors import Anticipated
from motcua.lib.text import fold

_HINT, _MOST_LIKE, _TOLD = 3, 5, 400
_BODIES = (
    "cong ty ",
    "doanh nghiep ",
    "hop tac xa ",
    "ho kinh doanh ",
    "chi nhanh ",
    "ngan hang ",
    "uy ban nhan dan ",
    "ubnd ",
)


class Asked(NamedTuple):
    """What a row says of its applicant; `place_code` is today's commune, "" where unknown."""

    ref: str
    name: str
    number: str = ""
    born: date | None = None
    place_code: str = ""
    place: str = ""

    @property
    def told(self) -> str:
        """Return the applicant in words, as people are asked; an answer holds for these words."""
        born = f"sinh {self.born:%d/%m/%Y}" if self.born else ""
        return ", ".join(filter(None, (self.name, born, self.place)))[:_TOLD]


class Like(NamedTuple):
    """Somebody we know who may be an applicant."""

    person_id: int
    ref: str
    told: str


def is_body(name: str) -> bool:
    """Say whether a name is surely not a human being's."""
    return fold(name).startswith(_BODIES)


class Matcher:
    """Knows of the next rows whose numbers they bear, whom they resemble, what was answered."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._names: dict[str, str] = {}
        self._like: dict[tuple[str, date], list[Person]] = {}
        self._answers: dict[tuple[str, int], Likeness] = {}

    def look_up(self, asked: Sequence[Asked]) -> None:
        """Learn what is needed for these rows. Costs: three queries at most."""
        self._names = people.names_by_number(sorted({one.number for one in asked} - {""}))
        births = {(fold(one.name), one.born) for one in asked if one.born and one.name}
        self._like = people.people_born_as(births)
        refs = [one.ref for one in asked] if self._like else []
        found = Likeness.objects.filter(source=self._source, ref__in=refs) if refs else ()
        self._answers = {(one.ref, one.person_id): one for one in found}

    def checked_number(self, asked: Asked) -> tuple[str, str]:
        """Return the number if it is surely the applicant's, else "" and why not."""
        if not asked.number:
            return "", ""
        try:
            people.check_personal_id(asked.number, None, asked.born)
        except Anticipated as error:
            return "", f"không ghép theo số định danh: {str(error).rstrip('.')}"
        known = self._names.get(asked.number)
        if known is not None and not people.is_same_name(asked.name, known):
            return "", "số định danh đã có với tên khác, không ghép; hãy xem lại"
        return asked.number, ""

    def person_of(self, asked: Asked) -> tuple[int | None, list[Like]]:
        """Return whom somebody has said the applicant to be, and whom to ask about."""
        like = list(self._resembling(asked))
        answers = [self._answered(one, asked) for one in like]
        if LikenessState.SAME in answers:
            return like[answers.index(LikenessState.SAME)].pk, []
        open_ones = [one for one, said in zip(like, answers, strict=True) if not said]
        return None, [Like(one.pk, asked.ref, asked.told) for one in open_ones]

    def _resembling(self, asked: Asked) -> Iterable[Person]:
        if asked.born is None:
            return []
        found = self._like.get((fold(asked.name), asked.born), [])
        places = ("", asked.place_code)
        return [
            one
            for one in found
            if people.is_same_name(asked.name, one.full_name)
            and (not asked.place_code or one.place_code in places)
        ][:_MOST_LIKE]

    def _answered(self, one: Person, asked: Asked) -> str:
        """Return what was answered about just this, "" for nothing."""
        found = self._answers.get((asked.ref, one.pk))
        is_about_this = found is not None and found.told == asked.told
        return found.state if found and is_about_this and found.state in _SAID else ""


_SAID = frozenset({LikenessState.SAME, LikenessState.OTHER})


def hint_of(number: str) -> str:
    """Return the last digits, by which people tell one number from another."""
    return number[-_HINT:]
