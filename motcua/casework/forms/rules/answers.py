"""Answers: from what was typed to clean values, and what is wrong with them in plain words."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import Any

import jsonschema_rs

from motcua.casework.forms.choices import FieldKind
from motcua.lib.expressions import holds
from motcua.lib.money import in_dong
from motcua.lib.text import tidy
from motcua.lib.tongue import on_day, said, sentence

from .numbers import number_in, number_in_words, plain
from .places import PLACE_COMPLAINT, place_in_words
from .points import POINT_COMPLAINT, point_in_words, point_of
from .reckoning import reckon
from .schema import MOST_GROUPS, schema_of
from .shape import Field, Form, Page

Answers = Mapping[str, Any]
_DAY = re.compile(r"^(\d{1,2})[/.\-\s](\d{1,2})[/.\-\s](\d{4})$")
_NOT_DIGITS = re.compile(r"\D")
_DIGITS_ONLY = frozenset({FieldKind.PERSONAL_ID, FieldKind.PHONE})
_NUMBERS = frozenset({FieldKind.NUMBER, FieldKind.MONEY})
_BEFORE_ANYBODY = 1800
_TRUE = frozenset({"true", "on", "1", "yes", "co"})
_TOO_LONG = sentence("“%(label)s” quá dài; hãy viết ngắn lại.")
_COMPLAINTS: Mapping[FieldKind, str] = {
    FieldKind.PERSONAL_ID: sentence(
        "“%(label)s” phải gồm 12 chữ số (chứng minh nhân dân cũ: 9 chữ số)."
    ),
    FieldKind.TAX_CODE: sentence(
        "“%(label)s” phải gồm 10 hoặc 12 chữ số, đơn vị phụ thuộc: 0123456789-001."
    ),
    FieldKind.PHONE: sentence("“%(label)s” phải gồm 10 chữ số, bắt đầu bằng 0, ví dụ 0912345678."),
    FieldKind.EMAIL: sentence("“%(label)s” phải có dạng ten@vidu.vn."),
    FieldKind.DATE: sentence("“%(label)s” phải là một ngày có thật, ví dụ 07/01/2026."),
    FieldKind.NUMBER: sentence("“%(label)s” phải là một số nguyên, không âm và không quá lớn."),
    FieldKind.MONEY: sentence("“%(label)s” phải là số tiền bằng đồng, không có số lẻ."),
    FieldKind.CHOICE: sentence("Hãy chọn một trong các mục của “%(label)s”."),
    FieldKind.CHOICES: sentence("Hãy chọn trong các mục của “%(label)s”."),
    FieldKind.MAP_POINT: POINT_COMPLAINT,
    FieldKind.DECLARATION: sentence("Hãy đánh dấu “%(label)s” để tiếp tục."),
}


def visible_fields(page: Page, answers: Answers) -> list[Field]:
    """Return the fields of the page that the answers so far leave visible."""
    if not holds(page.show_when, answers):
        return []
    return [field for field in page.fields if holds(field.show_when, answers)]


def clean_answers(fields: Sequence[Field], typed: Mapping[str, Any]) -> dict[str, Any]:
    """Return clean values of what was typed or sent; empty answers are left out.

    Days become ISO text, numbers integers where they are whole, digits lose their spaces; what
    cannot be understood is kept as typed so that it can be shown again beside the complaint.
    """
    found = {}
    for field in fields:
        value = _clean(field, typed.get(field.name))
        if value not in (None, "", []):
            found[field.name] = value
    return found


def check_answers(
    form: Form, answers: Answers, *, pages: Sequence[Page] | None = None
) -> dict[str, str]:
    """Return a complaint for each field that is missing or wrong; nothing means all is well.

    With `pages` only those are looked at. Fields inside a group are named “group.0.field”.
    """
    complaints: dict[str, str] = {}
    for page in form.pages if pages is None else pages:
        for field in visible_fields(page, answers):
            complaints.update(_check(field, answers.get(field.name), answers, field.name))
    return complaints


def check_fields(fields: Sequence[Field], answers: Answers) -> dict[str, str]:
    """Return a complaint for each of these fields that is missing or wrong."""
    complaints: dict[str, str] = {}
    for field in fields:
        if holds(field.show_when, answers):
            complaints.update(_check(field, answers.get(field.name), answers, field.name))
    return complaints


def strange_parts(form: Form, answers: Answers) -> list[str]:
    """Return what of the answers the schema does not know or allow, as paths."""
    return ["/".join(map(str, e.instance_path)) for e in _validator(form).iter_errors(answers)]


def searchable_values(form: Form, answers: Answers) -> Iterator[tuple[Field, Any]]:
    """Yield the answers by which dossiers of this form can be found."""
    for field in form.all_fields():
        if field.searchable and answers.get(field.name) is not None:
            yield field, answers[field.name]


def summary_of(form: Form, answers: Answers) -> list[tuple[str, list[tuple[Field, str]]]]:
    """Return what was answered, page by page, as text for people."""
    pages = []
    for page in form.pages:
        rows = [
            (field, in_words(field, answers[field.name]))
            for field in visible_fields(page, answers)
            if field.name in answers
        ]
        if rows:
            pages.append((page.title, rows))
    return pages


def in_words(field: Field, value: Any) -> str:
    """Return one answer as people read it; what is of another shape stands as it was sent."""
    if not _has_shape(field, value):
        return str(value)
    if field.kind == FieldKind.TABLE:
        return "\n".join(_row_in_words(field, n, row) for n, row in enumerate(value, start=1))
    if field.kind == FieldKind.GROUP:
        rows = [
            ", ".join(in_words(f, row[f.name]) for f in field.fields if f.name in row)
            for row in value
        ]
        return "; ".join(rows)
    if field.kind == FieldKind.CHOICES:
        return ", ".join(_label(field, one) for one in value)
    spoken = _WORDS.get(field.kind)
    return spoken(field, value) if spoken else str(value)


def _has_shape(field: Field, value: Any) -> bool:
    """Say whether a value is a list where there must be one, of tables where each is a row."""
    if field.kind.has_rows:
        return isinstance(value, list) and all(isinstance(row, Mapping) for row in value)
    return isinstance(value, list) if field.kind == FieldKind.CHOICES else True


def _row_in_words(field: Field, number: int, row: Mapping[str, Any]) -> str:
    cells = [f"{f.label}: {in_words(f, row[f.name])}" for f in field.fields if f.name in row]
    return f"{number}. {'; '.join(cells)}"


def _label(field: Field, value: Any) -> str:
    return next((o.label for o in field.options if o.value == value), str(value))


def _day_in_words(_: Field, value: Any) -> str:
    try:
        day = date.fromisoformat(value)
        return on_day(f"{day:%d/%m/%Y}", day)
    except (TypeError, ValueError):
        return str(value)


_WORDS: Mapping[FieldKind, Callable[[Field, Any], str]] = {
    FieldKind.CHOICE: _label,
    FieldKind.DATE: _day_in_words,
    FieldKind.MAP_POINT: lambda _, value: point_in_words(str(value)),
    FieldKind.PLACE: lambda field, value: place_in_words(str(value)) if field.as_of else str(value),
    FieldKind.NUMBER: lambda _, value: number_in_words(value),
    FieldKind.MONEY: lambda _, value: in_dong(value) if isinstance(value, int) else str(value),
    FieldKind.YES_NO: lambda _, value: said("Có") if value else said("Không"),
    FieldKind.DECLARATION: lambda _, value: said("Đã xác nhận") if value else "",
}


def _clean(field: Field, value: Any) -> Any:
    if value is None or field.kind == FieldKind.FILE:
        return None
    if field.kind.has_rows:
        rows = value[: _most_rows(field) + 1] if isinstance(value, list | tuple) else ()
        cleaned = [clean_answers(field.fields, row) for row in rows if isinstance(row, Mapping)]
        return [row for row in cleaned if row]
    if field.kind == FieldKind.CHOICES:
        return list(value) if isinstance(value, list | tuple) else [value]
    if field.kind in {FieldKind.YES_NO, FieldKind.DECLARATION}:
        return _truth(field, value)
    if isinstance(value, str):
        return _clean_text(field, value)
    return plain(value) if field.kind in _NUMBERS and isinstance(value, float) else value


def _truth(field: Field, value: Any) -> bool | None:
    if isinstance(value, bool):
        return value
    told = str(value).strip().lower()
    if not told:
        return None
    return told in _TRUE if field.kind == FieldKind.YES_NO else (told in _TRUE or None)


def _clean_text(field: Field, typed: str) -> Any:
    if field.kind == FieldKind.LONG_TEXT:
        return "\n".join(tidy(line) for line in typed.strip().splitlines())
    text = tidy(typed)
    if field.kind == FieldKind.MAP_POINT:
        return point_of(text) or text
    if field.kind == FieldKind.DATE:
        return _iso_day(text)
    if field.kind in _DIGITS_ONLY:
        return text.replace(" ", "").replace(".", "")
    if field.kind in _NUMBERS:
        number = number_in(text.removesuffix("đồng"), field.decimals)
        return text if number is None else number
    return text


def _iso_day(text: str) -> str:
    found = _DAY.match(text)
    if found is None:
        return text
    day, month, year = map(int, found.groups())
    return f"{year:04d}-{month:02d}-{day:02d}"


def _check(field: Field, value: Any, answers: Answers, name: str) -> dict[str, str]:
    if field.kind == FieldKind.FILE:
        return {}
    if field.computed:
        return _check_computed(field, value, answers, name)
    if value in (None, "", []):
        needed = holds(field.required, answers)
        return {name: _missing(field)} if needed else {}
    if not _has_shape(field, value) or (field.kind == FieldKind.DATE and not _is_day(value)):
        return {name: _complaint(field)}
    if field.kind.has_rows:
        return _check_group(field, value, name)
    return {} if _validator(field).is_valid(value) else {name: _complaint(field)}


def _check_computed(field: Field, value: Any, answers: Answers, name: str) -> dict[str, str]:
    if value == reckon(field, answers):
        return {}
    return {
        name: said(
            "“%(label)s” do hệ thống tự tính; hãy lưu lại trang này để tính lại.", label=field.label
        )
    }


def _check_group(field: Field, rows: Any, name: str) -> dict[str, str]:
    complaints: dict[str, str] = {}
    for index, row in enumerate(rows[: _most_rows(field) + 1]):
        for inner in field.fields:
            if holds(inner.show_when, row):
                path = f"{name}.{index}.{inner.name}"
                complaints.update(_check(inner, row.get(inner.name), row, path))
    most = _most_rows(field)
    if len(rows) < (field.minimum or 0):
        complaints[name] = said(
            "“%(label)s” cần ít nhất %(count)s dòng.", label=field.label, count=field.minimum
        )
    if len(rows) > most:
        complaints[name] = said(
            "“%(label)s” chỉ ghi được tối đa %(count)s dòng.", label=field.label, count=most
        )
    return complaints


def _most_rows(field: Field) -> int:
    return MOST_GROUPS if field.maximum is None else field.maximum


def _is_day(value: Any) -> bool:
    try:
        return date.fromisoformat(value).year > _BEFORE_ANYBODY
    except (TypeError, ValueError):
        return False


def _missing(field: Field) -> str:
    if field.kind == FieldKind.DECLARATION:
        return _complaint(field)
    if field.options or field.kind == FieldKind.YES_NO:
        return said("Hãy chọn “%(label)s”.", label=field.label)
    return said("Hãy nhập “%(label)s”.", label=field.label)


def _complaint(field: Field) -> str:
    if field.kind == FieldKind.NUMBER and (field.maximum is not None or field.decimals):
        return _number_complaint(field)
    if field.kind == FieldKind.PLACE and field.as_of:
        return said(PLACE_COMPLAINT, label=field.label)
    return said(_COMPLAINTS.get(field.kind, _TOO_LONG), label=field.label)


def _number_complaint(field: Field) -> str:
    limits: str = ""
    if field.maximum is not None:
        limits = said(
            ", từ %(least)s đến %(most)s", least=str(field.minimum or 0), most=str(field.maximum)
        )
    if field.decimals:
        return said(
            "“%(label)s” phải là một số%(limits)s; tối đa %(places)s chữ số sau dấu phẩy.",
            label=field.label,
            limits=limits,
            places=field.decimals,
        )
    return said("“%(label)s” phải là một số nguyên%(limits)s.", label=field.label, limits=limits)


@lru_cache(maxsize=8192)
def _validator(of: Form | Field) -> jsonschema_rs.Draft202012Validator:
    schema = schema_of(of) if isinstance(of, Form) else _field_schema(of)
    return jsonschema_rs.Draft202012Validator(
        schema, offline=True, mask="***", pattern_options=jsonschema_rs.RegexOptions()
    )


def compile_form(form: Form) -> None:
    """Make ready every check of the form's answers, so that the first citizen need not wait."""
    _validator(form)
    for field in form.all_fields():
        for one in (field, *field.fields):
            if one.kind != FieldKind.FILE:
                _validator(one)


def _field_schema(field: Field) -> dict[str, Any]:
    whole = schema_of(Form("x", "x", (Page("x", (field,)),)))
    found: dict[str, Any] = whole["properties"][field.name]
    return found
