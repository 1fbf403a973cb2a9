"""Fields of an electronic form as inputs, and what was typed into them."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.http import QueryDict

from motcua.casework.forms.api import (
    Field,
    FieldKind,
    Page,
    in_words,
    number_in_words,
    place_code,
    place_in_words,
    places_meant,
    point_in_words,
    point_of,
    visible_fields,
)
from motcua.lib.clock import local_day, now
from motcua.lib.expressions import holds, names_in

from .tongues import translate as _

Answers = Mapping[str, Any]
Look = dict[str, Any]
FEW = 6
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_REDRAW = {
    "hx-post": "?xem=1",
    "hx-trigger": "change",
    "hx-target": "#cac-o",
    "hx-select": "#cac-o",
    "hx-swap": "outerHTML",
    "hx-sync": "closest form:replace",
}
_WITHOUT_ATTRS = frozenset({"date_input", "group", "table", "file"})
CHOSEN, MEANT = "_chon", "_la"


@dataclass(frozen=True, slots=True)
class Asked:
    """One question as the page shows it: which component, with which parameters."""

    macro: str
    parameters: Look
    rows: Sequence[Sequence["Asked"]] = field(default=())


@dataclass(frozen=True, slots=True)
class Shown:
    """What a page is drawn from: answers so far, complaints, what is known of the person."""

    answers: Answers
    complaints: Mapping[str, str]
    known: Answers
    more_rows: str = ""


def questions_of(page: Page, shown: Shown) -> list[Asked]:
    """Return the questions of the page that the answers so far leave visible."""
    fields = visible_fields(page, shown.answers)
    asked_by_others = _asked_by_others(page)
    return [_asked(one, one.name, shown, redraws=one.name in asked_by_others) for one in fields]


def _asked_by_others(page: Page) -> set[str]:
    conditions = [
        text for one in page.fields for text in (one.show_when, one.required, one.computed)
    ]
    return {name.partition(".")[0] for text in conditions for name in names_in(text)}


def _asked(one: Field, name: str, shown: Shown, *, redraws: bool = False) -> Asked:
    if one.kind.has_rows:
        return _group(one, name, shown, redraws=redraws)
    value = shown.answers.get(one.name)
    if value is None and one.prefill:
        value = shown.known.get(one.prefill)
    look: Look = {
        "name": name,
        "hint": " ".join(text for text in (one.hint, one.why) if text),
        "error": shown.complaints.get(name, ""),
    }
    if one.computed:
        return Asked("text_input", look | _reckoned(one, value))
    macro, special = _LOOKS.get(one.kind, _text)(one, "" if value is None else value)
    if one.as_of:
        macro, special = _place_of_day(one, value, shown)
    if one.kind != FieldKind.DECLARATION:
        look["optional"] = not holds(one.required, shown.answers)
    if redraws and macro not in _WITHOUT_ATTRS:
        look["attrs"] = _REDRAW
    return Asked(macro, look | special)


def _reckoned(one: Field, value: Any) -> Look:
    """Return the look of what the form reckons: to be read, not typed."""
    shown = "" if value is None else in_words(one, value)
    hint = " ".join(text for text in (one.hint, _("Hệ thống tự tính, không cần nhập.")) if text)
    return {"label": one.label, "value": shown, "hint": hint, "attrs": {"readonly": ""}}


def _place_of_day(one: Field, value: Any, shown: Shown) -> tuple[str, Look]:
    """Return a place as it was on its day: settled, or with the places that may be meant."""
    text = str(value or "")
    meant = places_meant(one, shown.answers, on=local_day(now()))
    return "place", {
        "label": one.label,
        "value": place_in_words(text),
        "settled": text if place_code(text) else "",
        "options": [(place, place_in_words(place)) for place in meant],
    }


def _group(one: Field, name: str, shown: Shown, *, redraws: bool) -> Asked:
    rows = list(shown.answers.get(one.name) or ())
    if shown.more_rows == one.name or len(rows) < (one.minimum or 1):
        rows.append({})
    draw = _cell if one.kind == FieldKind.TABLE else _asked
    drawn = [
        [
            draw(inner, f"{name}.{index}.{inner.name}", _row_of(shown, row), redraws=redraws)
            for inner in one.fields
            if one.kind == FieldKind.TABLE or holds(inner.show_when, row)
        ]
        for index, row in enumerate(rows)
    ]
    look = {
        "name": name,
        "legend": one.label,
        "hint": " ".join(text for text in (one.hint, one.why) if text),
        "error": shown.complaints.get(name, ""),
        "can_grow": one.maximum is None or len(rows) < one.maximum,
        "heads": [inner.label for inner in one.fields],
    }
    return Asked(str(one.kind), look, rows=drawn)


def _cell(one: Field, name: str, shown: Shown, *, redraws: bool = False) -> Asked:
    """Return one field as a cell of a table: one line, its label for who cannot see the head."""
    asked = _asked(one, name, shown, redraws=redraws)
    value = shown.answers.get(one.name)
    look = {key: asked.parameters.get(key) for key in ("name", "error", "attrs")}
    look = {key: found for key, found in look.items() if found} | {"hide_label": True}
    if one.options or one.kind == FieldKind.YES_NO:
        options = [(o.value, o.label) for o in one.options] or [
            ("true", _("Có")),
            ("false", _("Không")),
        ]
        chosen = str(value).lower() if isinstance(value, bool) else value or ""
        return Asked(
            "select", look | {"label": one.label, "options": [("", ""), *options], "value": chosen}
        )
    text = "" if value is None else value
    if one.kind == FieldKind.DATE and (iso := _ISO.fullmatch(str(text))):
        text = "/".join(iso.groups()[::-1])
    return Asked("text_input", look | {"label": one.label, "value": text})


def _row_of(shown: Shown, row: Answers) -> Shown:
    return Shown(answers=row, complaints=shown.complaints, known={})


def _text(one: Field, value: Any) -> tuple[str, Look]:
    look = {"label": one.label, "value": value, "autocomplete": one.autocomplete}
    return "text_input", look | ({"maxlength": one.max_length} if one.max_length else {})


def _long_text(one: Field, value: Any) -> tuple[str, Look]:
    look = {"label": one.label, "value": value}
    return "textarea", look | ({"maxlength": one.max_length} if one.max_length else {})


def _number(one: Field, value: Any) -> tuple[str, Look]:
    return "text_input", {
        "label": one.label,
        "value": number_in_words(value),
        "inputmode": "decimal" if one.decimals else "numeric",
        "width": "10" if one.decimals else "5",
    }


def _money(one: Field, value: Any) -> tuple[str, Look]:
    # As it is typed and read again, in every language.
    shown = f"{value:,}".replace(",", ".") if isinstance(value, int) else value
    return "text_input", {
        "label": one.label,
        "value": shown,
        "inputmode": "numeric",
        "width": "10",
        "suffix": _("đồng"),
    }


def _date(one: Field, value: Any) -> tuple[str, Look]:
    text = str(value)
    found = _ISO.fullmatch(text)
    day, month, year = found.groups()[::-1] if found else (*text.split("/"), "", "", "")[:3]
    return "date_input", {"legend": one.label, "day": day, "month": month, "year": year}


def _choice(one: Field, value: Any) -> tuple[str, Look]:
    options = [(option.value, option.label) for option in one.options]
    if len(options) > FEW:
        first = ("", _("Hãy chọn"))
        return "select", {"label": one.label, "options": [first, *options], "value": value}
    return "radios", {"legend": one.label, "options": options, "value": value}


def _choices(one: Field, value: Any) -> tuple[str, Look]:
    options = [(option.value, option.label) for option in one.options]
    return "checkboxes", {"legend": one.label, "options": options, "values": value or ()}


def _yes_no(one: Field, value: Any) -> tuple[str, Look]:
    return "radios", {
        "legend": one.label,
        "options": [("true", _("Có")), ("false", _("Không"))],
        "value": str(value).lower(),
        "inline": True,
    }


def _map_point(one: Field, value: Any) -> tuple[str, Look]:
    point = str(value)
    shown = point.replace(",", ", ") if point_of(point) else point
    return "map_point", {"label": one.label, "value": shown, "where": _where(point)}


def _where(point: str) -> str:
    return point_in_words(point) if point_of(point) else ""


def _file(one: Field, _value: Any) -> tuple[str, Look]:
    return "file", {"label": one.label}


def _declaration(one: Field, value: Any) -> tuple[str, Look]:
    return "checkbox", {"label": one.label, "checked": value is True}


def _of_type(kind: str, inputmode: str, width: str) -> Callable[[Field, Any], tuple[str, Look]]:
    def look(one: Field, value: Any) -> tuple[str, Look]:
        shape = {"type": kind, "inputmode": inputmode, "width": width}
        return "text_input", _text(one, value)[1] | shape

    return look


_LOOKS: Mapping[FieldKind, Callable[[Field, Any], tuple[str, Look]]] = {
    FieldKind.LONG_TEXT: _long_text,
    FieldKind.NUMBER: _number,
    FieldKind.MONEY: _money,
    FieldKind.DATE: _date,
    FieldKind.CHOICE: _choice,
    FieldKind.CHOICES: _choices,
    FieldKind.YES_NO: _yes_no,
    FieldKind.MAP_POINT: _map_point,
    FieldKind.FILE: _file,
    FieldKind.DECLARATION: _declaration,
    FieldKind.PERSONAL_ID: _of_type("text", "numeric", "10"),
    FieldKind.TAX_CODE: _of_type("text", "numeric", "10"),
    FieldKind.PHONE: _of_type("tel", "tel", "10"),
    FieldKind.EMAIL: _of_type("email", "email", ""),
}


def typed_into(fields: Sequence[Field], sent: QueryDict, prefix: str = "") -> dict[str, Any]:
    """Return what was typed into the fields, as plain data for `clean_answers`."""
    return {one.name: _typed(one, sent, prefix + one.name) for one in fields}


def _typed(one: Field, sent: QueryDict, name: str) -> Any:
    if one.kind == FieldKind.DATE:
        return _typed_day(sent, name)
    if one.kind == FieldKind.CHOICES:
        return sent.getlist(name)
    if one.as_of:
        return typed_place(sent, name)
    if one.kind.has_rows:
        return [typed_into(one.fields, sent, f"{name}.{row}.") for row in _rows_sent(sent, name)]
    return sent.get(name)


def typed_place(sent: QueryDict, name: str) -> str:
    """Return the place that was meant: the one settled before, one chosen from a list, or words."""
    words_typed, settled = sent.get(name, "").strip(), sent.get(name + MEANT, "")
    if settled and words_typed == place_in_words(settled):
        return settled
    return sent.get(name + CHOSEN, "") or words_typed


def _typed_day(sent: QueryDict, name: str) -> str | None:
    parts = [sent.get(f"{name}_{part}", "").strip() for part in ("day", "month", "year")]
    return "/".join(parts) if any(parts) else sent.get(name)


def _rows_sent(sent: QueryDict, name: str) -> list[int]:
    found = (re.match(rf"{re.escape(name)}\.(\d{{1,3}})\.", key) for key in sent)
    return sorted({int(match[1]) for match in found if match})
