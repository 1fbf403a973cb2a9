"""What a form is, what it asks, and whether its answers are right."""

from .answers import (
    check_answers,
    check_fields,
    clean_answers,
    compile_form,
    in_words,
    searchable_values,
    summary_of,
    visible_fields,
)
from .definition import parse_form
from .designing import (
    FIELD_ACTS,
    act_on_field,
    act_on_page,
    add_field,
    add_page,
    blank_form,
    complaint_about,
    fields_in,
    find_field,
    mark_of,
    name_from,
    page_at,
    page_mark,
    pages_in,
    put_field,
    put_head,
    put_page,
)
from .differing import Difference, differences_between
from .exchanging import read_schema, schema_with_form
from .languages import in_language, untranslated
from .numbers import number_in_words
from .places import place_code, place_in_words
from .plain import data_of
from .points import point_in_words, point_of
from .reckoning import with_reckoned
from .samples import Sample, drop_sample, failing, put_sample, samples_of
from .schema import schema_of
from .shape import Field, Form, Option, Page

__all__ = [
    "FIELD_ACTS",
    "Difference",
    "Field",
    "Form",
    "Option",
    "Page",
    "Sample",
    "act_on_field",
    "act_on_page",
    "add_field",
    "add_page",
    "blank_form",
    "check_answers",
    "check_fields",
    "clean_answers",
    "compile_form",
    "complaint_about",
    "data_of",
    "differences_between",
    "drop_sample",
    "failing",
    "fields_in",
    "find_field",
    "in_language",
    "in_words",
    "mark_of",
    "name_from",
    "number_in_words",
    "page_at",
    "page_mark",
    "pages_in",
    "parse_form",
    "place_code",
    "place_in_words",
    "point_in_words",
    "point_of",
    "put_field",
    "put_head",
    "put_page",
    "put_sample",
    "read_schema",
    "samples_of",
    "schema_of",
    "schema_with_form",
    "searchable_values",
    "summary_of",
    "untranslated",
    "visible_fields",
    "with_reckoned",
]
