"""What a form is, what it asks, and whether its answers are right."""

from .answers import (
    check_answers,
    check_fields,
    clean_answers,
    in_words,
    searchable_values,
    summary_of,
    visible_fields,
)
from .definition import Field, Form, Option, Page, parse_form
from .schema import schema_of

__all__ = [
    "Field",
    "Form",
    "Option",
    "Page",
    "check_answers",
    "check_fields",
    "clean_answers",
    "in_words",
    "parse_form",
    "schema_of",
    "searchable_values",
    "summary_of",
    "visible_fields",
]
