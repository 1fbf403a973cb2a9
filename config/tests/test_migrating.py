"""The steps of migrations are light, and lead to the same."""

from django.db import models
from django.db.migrations.operations import (
    AddConstraint,
    AddField,
    AddIndex,
    CreateModel,
    RemoveConstraint,
    RemoveIndex,
)
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState

from config.migrating import light_steps

KEY = ("id", models.BigAutoField(primary_key=True))
POSITIVE = models.CheckConstraint(name="ward_size_is_positive", condition=models.Q(size__gt=0))
LARGEST = models.Index(name="ward_largest", fields=["-size"])
STEPS: list[Operation] = [
    CreateModel("Ward", [KEY, ("size", models.IntegerField())]),
    CreateModel("Desk", [KEY, ("ward", models.ForeignKey("halls.Ward", models.PROTECT))]),
    AddConstraint("ward", POSITIVE),
    AddIndex("ward", LARGEST),
    AddField("ward", "name", models.CharField(max_length=100, default="")),
    RemoveIndex("ward", "ward_largest"),
    AddIndex("ward", LARGEST),
    RemoveConstraint("ward", "ward_size_is_positive"),
]


def drawn(steps: list[Operation]) -> ProjectState:
    """Return the state after these steps, its models drawn from the first on."""
    state = ProjectState()
    assert state.apps.get_models() == []
    for step in steps:
        before = state.clone()
        step.state_forwards("halls", state)
        assert before.apps is not state.apps
    return state


def shown(state: ProjectState) -> dict[str, object]:
    """Return what a schema is made of."""
    return {
        model.__name__: (
            [(field.name, type(field).__name__) for field in model._meta.get_fields()],
            [one.name for one in model._meta.constraints],
            [one.name for one in model._meta.indexes],
        )
        for model in state.apps.get_models()
    }


def test_light_steps_lead_to_the_same_models() -> None:
    plain = [shown(drawn(STEPS[:count])) for count in range(len(STEPS) + 1)]

    with light_steps():
        light = [shown(drawn(STEPS[:count])) for count in range(len(STEPS) + 1)]

    assert light == plain


def test_keys_point_to_the_model_in_use() -> None:
    with light_steps():
        apps = drawn(STEPS).apps

    desk, ward = apps.get_model("halls", "Desk"), apps.get_model("halls", "Ward")
    assert desk._meta.get_field("ward").related_model is ward


def test_afterwards_steps_are_djangos_own() -> None:
    before = ProjectState.add_model

    with light_steps():
        within = ProjectState.add_model

    assert (within is before, ProjectState.add_model is before) == (False, True)
