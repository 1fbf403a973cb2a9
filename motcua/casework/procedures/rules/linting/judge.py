"""All rules over one version."""

from collections.abc import Iterator

from motcua.casework.procedures.rules.definition import Definition

from .findings import Finding, Surroundings, Weight
from .forms import of_form, of_process
from .papers import of_papers
from .wording import of_law, of_limits, of_steps_told, of_what_is_missing

EDITION = 1  # raised with every change of a rule: what was kept before is looked at again


def lint(definition: Definition, around: Surroundings) -> list[Finding]:
    """Return every finding, faults first, each group in the order of the text."""
    found = list(_all(definition, around))
    return sorted(found, key=lambda one: one.weight != Weight.FAULT)


def _all(definition: Definition, around: Surroundings) -> Iterator[Finding]:
    yield from of_what_is_missing(definition)
    yield from of_papers(definition)
    yield from of_form(definition)
    yield from of_process(definition, around)
    yield from of_steps_told(definition)
    yield from of_limits(definition, around)
    yield from of_law(definition, around)
