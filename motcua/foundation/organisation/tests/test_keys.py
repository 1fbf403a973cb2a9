"""Every key to a unit or agency says whether it moves to the heir."""

from django.apps import apps
from django.db import models

from motcua.foundation.organisation.models import (
    Agency,
    CalendarUse,
    HistoricKey,
    LivingKey,
    Post,
    Unit,
)

MARKS = {"living", "historic"}


def test_every_key_from_another_room_is_marked_living_or_historic() -> None:
    unmarked = [
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        if model._meta.app_label != "organisation"
        for field in model._meta.get_fields()
        if isinstance(field, models.ForeignKey)
        and field.related_model in (Unit, Agency)
        and getattr(field, "reorganisation", None) not in MARKS
    ]

    assert unmarked == []


def test_seats_and_calendars_move_to_the_heir() -> None:
    keys = [model._meta.get_field("unit") for model in (Post, CalendarUse)]

    assert [getattr(key, "reorganisation", None) for key in keys] == ["living", "living"]


def test_marked_keys_stand_in_migrations_as_plain_keys() -> None:
    for kind in (LivingKey, HistoricKey):
        key = kind(Unit, on_delete=models.PROTECT)

        assert key.deconstruct()[1] == "django.db.models.ForeignKey"
