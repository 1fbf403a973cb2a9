"""Electronic forms: defined as data, asked page by page, checked once more at filing."""

from .choices import FieldKind
from .errors import BadForm
from .rules import (
    Field,
    Form,
    Option,
    Page,
    check_answers,
    check_fields,
    clean_answers,
    in_words,
    parse_form,
    schema_of,
    searchable_values,
    summary_of,
    visible_fields,
)

__all__ = [
    "BadForm",
    "Field",
    "FieldKind",
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
