"""Places on a day: by code, by name, before and after a change of the map."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Case, IntegerField, Q, Value, When
from django.db.models.functions import Length

from motcua.lib.text import exact, fold, has_tones, tidy

from .choices import PlaceChange
from .models import PlaceSuccession, PlaceVersion
from .rules.naming import Mention, mentions_in

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Kin:
    """A predecessor or successor, as it was on the day of the change, and what the change was."""

    place: PlaceVersion
    change: PlaceChange
    on: date
    basis: str


@dataclass(frozen=True, slots=True)
class Renamed:
    """A name somebody typed that no place bears any more, and the places that came after it.

    `typed` are the words as they stand in the text; `since` the day of the last change.
    """

    typed: str
    old_name: str
    new_names: tuple[str, ...]
    new_codes: tuple[str, ...]
    since: date


def place_on(code: str, day: date) -> PlaceVersion | None:
    """Find the place that had this code on that day."""
    return PlaceVersion.objects.on(day).filter(code=code).first()


def version_on(place_id: int, day: date) -> PlaceVersion | None:
    """Find what one place was on that day; None if it was not yet or no longer there."""
    return PlaceVersion.objects.on(day).filter(place_id=place_id).first()


def parts_of(code: str, day: date) -> list[PlaceVersion]:
    """Return the places right below the one that had this code on that day, by name."""
    above = PlaceVersion.objects.on(day).filter(code=code).values("place_id")
    below = PlaceVersion.objects.on(day).filter(parent_id__in=above)
    return list(below.order_by("sort_key", "code"))


def successors_of(code: str, day: date) -> list[Kin]:
    """Return what came after the place that had this code on that day; nothing if it goes on.

    Costs: three queries.
    """
    place = place_on(code, day)
    if place is None:
        return []
    links = PlaceSuccession.objects.filter(
        from_place=place.place_id, to_place__isnull=False, on__gt=day
    )
    return _kin([(link, link.to_place_id, link.on) for link in links.order_by("on", "id")])


def predecessors_of(code: str, day: date) -> list[Kin]:
    """Return what the place that had this code on that day was made from.

    Costs: three queries.
    """
    place = place_on(code, day)
    if place is None:
        return []
    links = PlaceSuccession.objects.filter(to_place=place.place_id, on__lte=day)
    return _kin(
        [(link, link.from_place_id, link.on - ONE_DAY) for link in links.order_by("on", "id")]
    )


def find_places(words: str, day: date, *, limit: int = 20) -> list[PlaceVersion]:
    """Return the places of that day whose names hold these words.

    Names with exactly these tones come first, then shorter names, then by the alphabet.
    """
    asked = tidy(words)
    if not asked:
        return []
    same_tones = When(name_exact__contains=exact(asked), then=Value(0))
    found = (
        PlaceVersion.objects.on(day)
        .filter(Q(name_folded__contains=fold(asked)))
        .annotate(tones=Case(same_tones, default=Value(1), output_field=IntegerField()))
        .order_by("tones", Length("name_folded"), "sort_key", "code")[:limit]
    )
    return list(found)


def former_names_in(text: str, day: date, *, below: str = "") -> list[Renamed]:
    """Return the names in a text that places bore before that day, with what they are called now.

    A name is recognised behind its kind (“xã Thanh Minh”), the longest first; one that some place
    bears on that day is left alone. Of several places of one name those count whose successors
    lie right below the place with the code `below`, if any do.

    Costs: nothing without such words, else up to four queries for each, two for each change since.
    """
    found = []
    mentions = mentions_in(text)
    above = place_on(below, day) if below and mentions else None
    for mention in mentions:
        typed, old = _bearers(mention, day)
        now = _living(old, day)
        chosen = [one for one in now if above and one.parent_id == above.place_id]
        if chosen := chosen or now:
            names = tuple(dict.fromkeys(one.name for one in chosen))
            codes = tuple(dict.fromkeys(one.code for one in chosen))
            since = max(one.valid_to for one in old if one.valid_to) + ONE_DAY
            found.append(Renamed(typed, old[0].name, names, codes, since))
    return found


def _bearers(mention: Mention, day: date) -> tuple[str, list[PlaceVersion]]:
    """Return the words that are the name and the ended versions that bore it.

    None if some place bears it on that day.
    """
    for name, typed in mention.readings():
        wanted = {"name_exact": exact(name)} if has_tones(typed) else {"name_folded": fold(name)}
        versions = list(PlaceVersion.objects.filter(**wanted))
        if any(one.holds_on(day) for one in versions):
            break
        if ended := [one for one in versions if one.valid_to and one.valid_to < day]:
            return typed, ended
    return "", []


def _living(old: Iterable[PlaceVersion], day: date) -> list[PlaceVersion]:
    """Return what the places are on that day: themselves under another name, or what came after."""
    waiting, seen, found = {one.place_id for one in old}, set[int](), []
    while waiting:
        seen |= waiting
        versions = list(PlaceVersion.objects.on(day).filter(place_id__in=waiting))
        found += versions
        gone = waiting - {one.place_id for one in versions}
        links = PlaceSuccession.objects.filter(from_place__in=gone, to_place__isnull=False)
        waiting = {pk for pk in links.values_list("to_place_id", flat=True) if pk} - seen
    return sorted(found, key=lambda one: (one.sort_key, one.code))


def _kin(links: Sequence[tuple[PlaceSuccession, int | None, date]]) -> list[Kin]:
    """Return the links with the version of the other place on the day asked for."""
    versions = PlaceVersion.objects.filter(place__in=[place_id for _, place_id, _ in links])
    by_place: dict[int, list[PlaceVersion]] = {}
    for version in versions.order_by("valid_from"):
        by_place.setdefault(version.place_id, []).append(version)
    return [
        Kin(version, PlaceChange(link.kind), link.on, link.basis)
        for link, place_id, day in links
        for version in by_place.get(place_id or 0, [])
        if version.holds_on(day)
    ]
