"""Migrate without drawing half of all models anew for every step.

Django keeps models of the past in step with each operation by making again every model that is
related to a changed one, however far: where most tables point to agencies and accounts that is
nearly all of them, and four fifths of the time of migrating an empty database. Two kinds of
operations need none of it. A new model is pointed at by nobody yet. An index or a constraint that
comes or goes changes a list beside the model, and no class.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db.migrations.state import ModelState, ProjectState

_LISTS = ("indexes", "constraints")


@contextmanager
def light_steps() -> Iterator[None]:
    """Let the steps of a migration be light while this is open."""
    was = {name: getattr(ProjectState, name) for name in _LIGHT}
    for name, light in _LIGHT.items():
        setattr(ProjectState, name, light)
    try:
        yield
    finally:
        for name, before in was.items():
            setattr(ProjectState, name, before)


def _add_model(state: Any, model_state: ModelState) -> None:
    key = model_state.app_label, model_state.name_lower
    state.models[key] = model_state
    if state._relations is not None:  # noqa: SLF001 -- what Django's own does
        state.resolve_model_relations(key)
    if "apps" in state.__dict__:
        state._reload({key})  # noqa: SLF001 -- the same, for itself only


def _append_option(state: Any, app_label: str, model_name: str, option: str, one: Any) -> None:
    options = state.models[app_label, model_name].options
    options[option] = [*options[option], one]
    _note(state, app_label, model_name, option)


def _remove_option(state: Any, app_label: str, model_name: str, option: str, name: str) -> None:
    options = state.models[app_label, model_name].options
    options[option] = [one for one in options[option] if one.name != name]
    _note(state, app_label, model_name, option)


def _note(state: Any, app_label: str, model_name: str, option: str) -> None:
    """Write the list beside the model that is in use."""
    if option not in _LISTS:
        raise ValueError(option)
    if "apps" in state.__dict__:
        model = state.apps.get_model(app_label, model_name)
        setattr(model._meta, option, state.models[app_label, model_name].options[option])


_LIGHT: dict[str, Callable[..., None]] = {
    "add_model": _add_model,
    "_append_option": _append_option,
    "_remove_option": _remove_option,
}
