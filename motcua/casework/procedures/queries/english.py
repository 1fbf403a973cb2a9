"""What texts of procedures say in English, and how much of each procedure says something."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from motcua.casework.procedures.models import EnglishText, Procedure, ServiceField
from motcua.casework.procedures.rules.english import TextAt, key_of_text, texts_of
from motcua.foundation.organisation import api as organisation
from motcua.lib.tongue import Find, Spoken

from .catalogue import definition_of


@dataclass(frozen=True, slots=True)
class Progress:
    """How many of a procedure's texts have their English."""

    code: str
    name: str
    texts: int
    translated: int

    @property
    def left(self) -> int:
        return self.texts - self.translated


def english_of(texts: Collection[str]) -> Mapping[str, str]:
    """Return the English of those texts that have one. Costs: one statement."""
    wanted: dict[str, list[str]] = {}
    for one in texts:
        wanted.setdefault(key_of_text(one), []).append(one)
    rows = EnglishText.objects.filter(key__in=wanted).values_list("key", "english")
    return {one: said for key, said in rows for one in wanted[key]} if wanted else {}


class Official(Spoken):
    """An official name: in English if somebody has translated it, else as it is."""

    __slots__ = ()

    def in_english(self, _find: Find) -> str:
        return english_of([str(self)]).get(str(self), str(self))


def official(name: str) -> Official:
    return Official(name)


def translations(*, after: str = "", limit: int) -> Sequence[Progress]:
    """Return the progress of the procedures that can be filed here, in the order of their codes.

    Costs: two statements; definitions are kept in memory.
    """
    shown = Procedure.objects.filter(
        current_version_id__isnull=False, can_be_filed=True, code__gt=after
    ).order_by("code")[:limit]
    texts = {one: texts_of(definition_of(one.current_version_id or 0)) for one in shown}
    keys = {text.key for found in texts.values() for text in found}
    kept = set(EnglishText.objects.filter(key__in=keys).values_list("key", flat=True))
    return [
        Progress(one.code, one.name, len(found), sum(text.key in kept for text in found))
        for one, found in texts.items()
    ]


def shared_texts() -> list[TextAt]:
    """Return the official names that stand on many pages: sectors, agencies, desks.

    Costs: one statement.
    """
    tree = organisation.tree()
    names = [
        *(("Lĩnh vực", name) for name in ServiceField.objects.values_list("name", flat=True)),
        *(("Cơ quan", agency.name) for agency in tree.agencies()),
        *(("Bộ phận một cửa", desk.name) for desk in tree.desks()),
    ]
    found = {key_of_text(words): TextAt(place, words) for place, words in reversed(names)}
    return list(reversed(found.values()))
