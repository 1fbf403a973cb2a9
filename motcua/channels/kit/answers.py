"""The form of a procedure on a page of the staff: typed or left out, shown again as typed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict

from motcua.casework.forms.api import (
    Field,
    FieldKind,
    Form,
    Page,
    clean_answers,
    place_code,
    place_in_words,
    places_meant,
    settle_places,
    visible_fields,
    with_reckoned,
)
from motcua.channels.kit.questions import typed_place
from motcua.lib.clock import local_day, now
from motcua.lib.text import whole_number

PREFIX = "a_"
MOST_ROWS = 20


@dataclass(frozen=True, slots=True)
class Question:
    """One field as the page shows it: its name in the form, what was typed, what is wrong."""

    field: Field
    name: str
    value: Any
    error: str
    rows: Sequence[Sequence["Question"]] = ()
    meant: Sequence[tuple[str, str]] = ()
    settled: str = ""

    @property
    def options(self) -> list[tuple[str, str]]:
        """Return what can be chosen, an empty line first."""
        if self.field.kind == FieldKind.YES_NO:
            return [("", ""), ("true", "Có"), ("false", "Không")]
        return [("", ""), *((one.value, one.label) for one in self.field.options)]

    @property
    def shape(self) -> str:
        """Return which control asks for it."""
        if self.field.computed:
            return "reckoned"
        return "place" if self.field.as_of else SHAPES.get(self.field.kind, "text")


SHAPES = {
    FieldKind.LONG_TEXT: "lines",
    FieldKind.CHOICE: "one",
    FieldKind.YES_NO: "one",
    FieldKind.CHOICES: "many",
    FieldKind.DECLARATION: "tick",
    FieldKind.FILE: "file",
    FieldKind.GROUP: "group",
    FieldKind.TABLE: "table",
}


def read_answers(form: Form | None, data: QueryDict) -> dict[str, Any]:
    """Return the clean answers of what was typed; nothing typed gives nothing."""
    if form is None:
        return {}
    fields = list(form.all_fields())
    typed = clean_answers(fields, {field.name: _typed(field, data) for field in fields})
    return _completed(form, typed)


def _completed(form: Form, answers: Mapping[str, Any]) -> dict[str, Any]:
    """Return the answers with places settled and what the form reckons."""
    settled = settle_places(list(form.all_fields()), answers, on=local_day(now()))
    return with_reckoned(form, settled)


def _typed(field: Field, data: QueryDict) -> Any:
    name = PREFIX + field.name
    if field.as_of:
        return typed_place(data, name)
    if field.kind.has_rows:
        return [
            {
                inner.name: _typed_in_row(inner, f"{name}.{row}.{inner.name}", data)
                for inner in field.fields
            }
            for row in range(_rows_typed(name, data))
        ]
    if field.kind == FieldKind.CHOICES:
        return data.getlist(name)
    return data.get(name)


def _typed_in_row(field: Field, name: str, data: QueryDict) -> str:
    return typed_place(data, name) if field.as_of else data.get(name, "")


def _rows_typed(name: str, data: QueryDict) -> int:
    parts = [key[len(name) + 1 :].split(".")[0] for key in data if key.startswith(f"{name}.")]
    numbers = [number for part in parts if (number := whole_number(part)) is not None]
    return min(max(numbers, default=-1) + 1, MOST_ROWS)


def questions_of(
    form: Form | None, answers: Mapping[str, Any], errors: Mapping[str, str]
) -> list[tuple[Page, list[Question]]]:
    """Return the form page by page as it is to be shown with these answers."""
    if form is None:
        return []
    pages = [
        (page, [_question(field, answers, errors) for field in visible_fields(page, answers)])
        for page in form.pages
    ]
    return [(page, questions) for page, questions in pages if questions]


def _question(field: Field, answers: Mapping[str, Any], errors: Mapping[str, str]) -> Question:
    value = answers.get(field.name)
    name = PREFIX + field.name
    rows: list[list[Question]] = []
    if field.kind.has_rows:
        typed = [*(value or ()), {}]
        typed += [{} for _ in range(len(typed), min(field.minimum or 0, MOST_ROWS))]
        most = field.maximum or MOST_ROWS
        rows = [
            [_inner(inner, f"{field.name}.{index}", row, errors) for inner in field.fields]
            for index, row in enumerate(typed[:most])
        ]
    error = errors.get(field.name, "")
    if not field.as_of:
        return Question(field, name, _shown(field, value), error, rows)
    meant = places_meant(field, answers, on=local_day(now()))
    return Question(
        field,
        name,
        _shown(field, value),
        error,
        meant=[(place, place_in_words(place)) for place in meant],
        settled=str(value) if place_code(str(value)) else "",
    )


def _inner(field: Field, path: str, row: Mapping[str, Any], errors: Mapping[str, str]) -> Question:
    name = f"{path}.{field.name}"
    value = _shown(field, row.get(field.name))
    return Question(field, PREFIX + name, value, errors.get(name, ""))


def _shown(field: Field, value: Any) -> Any:
    if field.kind == FieldKind.CHOICES:
        return value or []
    if value is None:
        return ""
    if field.kind == FieldKind.YES_NO:
        return "true" if value else "false"
    if field.kind == FieldKind.DATE and isinstance(value, str) and value.count("-") == 2:  # noqa: PLR2004 -- an ISO day has three parts
        return "/".join(reversed(value.split("-")))
    return place_in_words(str(value)) if field.as_of else value


def forget_known(
    form: Form | None, answers: dict[str, Any], before: Mapping[str, str], known: Mapping[str, str]
) -> None:
    """Drop answers that still say what was known before, where something else is known now."""
    if form is None:
        return
    changed = {key: old for key, old in before.items() if old and old != known.get(key)}
    fields = [field for field in form.all_fields() if field.prefill in changed]
    stale = clean_answers(fields, {field.name: changed[field.prefill] for field in fields})
    for name, value in stale.items():
        if answers.get(name) == value:
            del answers[name]


def prefilled(form: Form | None, answers: dict[str, Any], known: Mapping[str, str]) -> None:
    """Fill empty answers with what is already known of the person."""
    if form is None:
        return
    fields = [f for f in form.all_fields() if f.prefill in known and f.name not in answers]
    answers |= clean_answers(fields, {field.name: known[field.prefill] for field in fields})
    answers |= _completed(form, answers)


def typed_again(form: Form | None, answers: Mapping[str, Any]) -> dict[str, Any]:
    """Return answers as they would have been typed, by the names of their inputs."""
    typed: dict[str, Any] = {}
    for _, questions in questions_of(form, answers, {}):
        for question in questions:
            for one in (question, *(inner for row in question.rows for inner in row)):
                if not one.field.kind.has_rows:
                    typed[one.name] = one.value if isinstance(one.value, list) else str(one.value)
    return typed
