"""What a form asks of other rooms: the places of a day."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from motcua.foundation.places import api as places

from .rules.places import place_code, place_in_words, place_value
from .rules.references import TODAY
from .rules.shape import Field

FEW = 8


def settle_places(
    fields: Sequence[Field], answers: Mapping[str, Any], *, on: date
) -> dict[str, Any]:
    """Return the answers with places named as they were on their day, where it is clear which.

    What several places were called, or none, stays as typed: the form then asks to choose.
    Costs: two to four statements for each place that is asked as of a day.
    """
    settled = dict(answers)
    for field in fields:
        value = settled.get(field.name)
        if field.kind.has_rows and any(inner.as_of for inner in field.fields):
            settled[field.name] = [_settled_row(field, row, settled, on) for row in value or ()]
        elif field.as_of and value:
            settled[field.name] = _settled(str(value), day_of(field, settled, on))
    return settled


def _settled_row(
    field: Field, row: Mapping[str, Any], around: Mapping[str, Any], on: date
) -> dict[str, Any]:
    found = settle_places(field.fields, {**around, **row}, on=on)
    return {name: found[name] for name in row}


def places_meant(field: Field, answers: Mapping[str, Any], *, on: date) -> list[str]:
    """Return the places that what was typed may mean on the day, to choose from.

    Costs: one statement, and two for each place found.
    """
    typed = str(answers.get(field.name) or "")
    if not typed or place_code(typed):
        return []
    day = day_of(field, answers, on)
    return [_value(one, day) for one in places.find_places(typed, day, limit=FEW)]


def day_of(field: Field, answers: Mapping[str, Any], on: date) -> date:
    """Return the day on which a place is meant; today where that is not answered yet."""
    if field.as_of in {"", TODAY}:
        return on
    try:
        return date.fromisoformat(str(answers.get(field.as_of)))
    except ValueError:
        return on


def _settled(typed: str, day: date) -> str:
    code = place_code(typed)
    if code:
        found = places.place_on(code, day)
        if found and _value(found, day) == typed:
            return typed
        typed = place_in_words(typed).partition(",")[0]
    meant = places.find_places(typed, day, limit=2)
    return _value(meant[0], day) if len(meant) == 1 else typed


def _value(place: places.PlaceVersion, day: date) -> str:
    return place_value(place.code, _full_name(place.name, place.parent_id, day))


def _full_name(name: str, parent_id: int | None, day: date) -> str:
    names = [name]
    while parent_id is not None and len(names) < len(places.PlaceKind):
        above = places.version_on(parent_id, day)
        names += [above.name] if above else []
        parent_id = above.parent_id if above else None
    return ", ".join(names)
