"""A form in the language of whoever reads it; words without a translation stay Vietnamese."""

from dataclasses import replace
from functools import lru_cache

from .shape import Field, Form, Option, Page

ENGLISH = "en"


@lru_cache(maxsize=1024)
def in_language(form: Form, language: str) -> Form:
    """Return the form with its words in that language."""
    if language != ENGLISH:
        return form
    pages = tuple(_page(page) for page in form.pages)
    return replace(form, title=form.title_en or form.title, pages=pages)


def untranslated(form: Form) -> list[str]:
    """Return what of the form has no English yet, as people would look for it."""
    found = [] if form.title_en else [f"tên biểu mẫu “{form.title}”"]
    for page in form.pages:
        found += [] if page.title_en else [f"trang “{page.title}”"]
        for field in page.fields:
            found += [f"ô “{one.label}”" for one in (field, *field.fields) if not one.label_en]
    return found


def _page(page: Page) -> Page:
    return replace(
        page,
        title=page.title_en or page.title,
        why=page.why_en or page.why,
        fields=tuple(_field(field) for field in page.fields),
    )


def _field(field: Field) -> Field:
    return replace(
        field,
        label=field.label_en or field.label,
        hint=field.hint_en or field.hint,
        why=field.why_en or field.why,
        options=tuple(_option(option) for option in field.options),
        fields=tuple(_field(inner) for inner in field.fields),
    )


def _option(option: Option) -> Option:
    return replace(option, label=option.label_en or option.label)
