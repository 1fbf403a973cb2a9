"""Find procedures by words, sector, level, agency and life event."""

from collections.abc import Iterator, Mapping, Sequence
from typing import cast

from django.db.models import (
    Case,
    Count,
    Exists,
    IntegerField,
    Max,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
    Value,
    When,
)

from motcua.casework.procedures.choices import CompetentLevel
from motcua.casework.procedures.models import EnglishText, EnglishVersion, OpenAgency, Procedure
from motcua.casework.procedures.rules.english import key_of_text
from motcua.casework.procedures.rules.finding import (
    Findable,
    Index,
    build_index,
    find,
    nearness_of,
)
from motcua.foundation.organisation import api as organisation
from motcua.lib.text import words

from .catalogue import DECIDING_KIND, FOUND, kept

_search: dict[str, object] = {}


def find_procedures(  # noqa: PLR0913 -- all a search may be narrowed by
    text: str = "",
    *,
    sector: str = "",
    level: str = "",
    life_event: str = "",
    fileable: bool = False,
    first: Sequence[int] = (),
    limit: int = FOUND,
) -> Sequence[Procedure]:
    """Return procedures shown to the public that fit the words, the best first.

    Among equals those of the ids in `first` stand before others, in that order.
    """
    found = Procedure.objects.filter(current_version_id__isnull=False)
    if sector:
        found = found.filter(service_field__code=sector)
    if level:
        found = found.filter(level=level)
    if life_event:
        found = found.filter(life_events__contains=[life_event])
    if fileable:
        found = found.filter(can_be_filed=True)
    is_narrowed = bool(sector or level or life_event or fileable)
    return _best(found, text, limit, is_narrowed=is_narrowed, first=first)


def find_procedures_at(
    agency: organisation.AgencyInfo,
    text: str = "",
    *,
    sector: str = "",
    life_event: str = "",
    limit: int = FOUND,
) -> Sequence[Procedure]:
    """Return the published procedures on which the agency decides, the best first."""
    listed = OpenAgency.objects.filter(procedure_id=OuterRef("pk"))
    levels = [level for level, kind in DECIDING_KIND.items() if kind == agency.kind]
    found = Procedure.objects.filter(
        Exists(listed.filter(agency_id=agency.id)) | (Q(level__in=levels) & ~Exists(listed)),
        current_version_id__isnull=False,
    )
    if sector:
        found = found.filter(service_field__code=sector)
    if life_event:
        found = found.filter(life_events__contains=[life_event])
    return _best(found, text, limit, is_narrowed=True)


def _best(
    found: QuerySet[Procedure],
    text: str,
    limit: int,
    *,
    is_narrowed: bool,
    first: Sequence[int] = (),
) -> Sequence[Procedure]:
    """Return the best of what was found: by words from the index, else by name.

    Costs: one query; one more for words in a narrowed search, and every few seconds one that
    looks whether the index is still true.
    """
    found = found.select_related("service_field").defer("words_exact", "words_folded")
    if not words(text):
        if text.strip():
            return []  # signs alone name nothing
        places = [When(pk=key, then=Value(place)) for place, key in enumerate(first)]
        before = Case(*places, default=Value(len(places)), output_field=IntegerField())
        ordered = found.alias(before=before).order_by(
            "before", "-can_be_filed", "-popularity", "name", "id"
        )
        return list(ordered[:limit])
    ranked = find(_search_index(), text, first=first)
    if is_narrowed:
        allowed = set(found.filter(pk__in=ranked).values_list("pk", flat=True))
        ranked = [pk for pk in ranked if pk in allowed]
    rows = found.in_bulk(ranked[:limit])
    return [rows[pk] for pk in ranked[:limit] if pk in rows]


def _search_index() -> Index:
    """Return the index of what is shown, built anew only when something has changed."""
    stamp = kept("search_stamp", _read_search_stamp)
    if _search.get("stamp") != stamp:
        _search["index"] = build_index(_findable())
        _search["stamp"] = stamp
    return cast("Index", _search["index"])


def _read_search_stamp() -> object:
    shown = Procedure.objects.filter(current_version_id__isnull=False)
    english = EnglishVersion.objects.filter(pk=1)
    return shown.aggregate(
        count=Count("pk"),
        versions=Sum("current_version_id"),
        open=Count("pk", filter=Q(can_be_filed=True)),
        filed=Sum("popularity"),
        english=Max(Subquery(english.values("version"))),
    )


def _findable() -> Iterator[Findable]:
    rows = Procedure.objects.filter(current_version_id__isnull=False).order_by("pk")
    values = rows.values_list(
        "pk", "code", "plain_name", "name", "words_exact", "level", "can_be_filed", "popularity"
    )
    english = dict(EnglishText.objects.values_list("key", "english"))
    for pk, code, plain, name, told, level, is_open, filed in values:
        near = nearness_of(code, CompetentLevel(level), is_open=is_open, filed=filed)
        more = " ".join([told, *_english_names(english, plain, name)])
        yield Findable(pk, code, f"{plain} {name}", more, near)


def _english_names(english: Mapping[str, str], *names: str) -> list[str]:
    """Return what the names say in English, so that they are found by it too."""
    found = (english.get(key_of_text(name), "") for name in names if english and name)
    return [one for one in found if one]
