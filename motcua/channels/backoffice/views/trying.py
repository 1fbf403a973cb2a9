"""Filling the form of a version with test data: nothing is kept, and what follows is shown."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpResponse, QueryDict
from django.views.decorators.http import require_http_methods

from motcua.casework.fees import api as fees
from motcua.casework.forms import api as forms
from motcua.casework.procedures import api as procedures
from motcua.channels.backoffice.frame import page
from motcua.channels.backoffice.views import procedures as records
from motcua.channels.kit.requests import ActorRequest
from motcua.lib.money import in_dong

CHANNEL = procedures.FilingChannel.PORTAL
SHAPES = {
    forms.FieldKind.LONG_TEXT: "lines",
    forms.FieldKind.CHOICE: "one",
    forms.FieldKind.YES_NO: "yes_no",
    forms.FieldKind.CHOICES: "many",
    forms.FieldKind.DECLARATION: "tick",
    forms.FieldKind.GROUP: "group",
}


@require_http_methods(["GET", "POST"])
@records.readers
def try_form(request: ActorRequest, code: str, number: int) -> HttpResponse:
    """Show the form as it is asked; with answers, the case, papers, fees and results they lead to.

    Costs: one statement.
    """
    version = procedures.get_version(code, number)
    definition = procedures.draft_definition(version)
    if definition.form is None:
        raise procedures.NoSuchProcedure("Phiên bản này không có tờ khai điện tử.")
    typed = request.POST if request.method == "POST" else QueryDict()
    answers = read(definition.form, typed)
    errors = forms.check_answers(definition.form, answers) if typed else {}
    context = {
        "title": f"Thử tờ khai: {definition.form.title}",
        "crumbs": [
            *records.crumbs(version.procedure),
            (f"Phiên bản {number}", records.address(code, number)),
        ],
        "pages": questions(definition.form, answers, errors),
        "problems": [
            {"text": text, "href": f"#id_{name.partition('.')[0]}"} for name, text in errors.items()
        ],
        "result": outcome(definition, answers) if typed else None,
    }
    return page(request, "try_form", context, current="procedures", status=422 if errors else 200)


def read(form: forms.Form, typed: QueryDict) -> dict[str, Any]:
    """Return the clean answers of what was typed; a group is filled as one row."""
    values: dict[str, Any] = {}
    for field in form.all_fields():
        if field.kind == forms.FieldKind.CHOICES:
            values[field.name] = typed.getlist(field.name)
        elif field.kind == forms.FieldKind.GROUP:
            row = {one.name: typed.get(f"{field.name}.{one.name}", "") for one in field.fields}
            values[field.name] = [row] if any(row.values()) else []
        else:
            values[field.name] = typed.get(field.name)
    return forms.clean_answers(list(form.all_fields()), values)


def questions(
    form: forms.Form, answers: Mapping[str, Any], errors: Mapping[str, str]
) -> list[tuple[str, list[dict[str, Any]]]]:
    """Return the visible questions page by page, as the template draws them."""
    return [
        (one.title, [question(field, answers, errors) for field in shown])
        for one in form.pages
        if (shown := forms.visible_fields(one, answers))
    ]


def question(
    field: forms.Field, answers: Mapping[str, Any], errors: Mapping[str, str]
) -> dict[str, Any]:
    value = answers.get(field.name)
    rows = value if field.kind == forms.FieldKind.GROUP and value else [{}]
    return {
        "field": field,
        "shape": SHAPES.get(field.kind, "text"),
        "value": "" if value is None else value,
        "row": rows[0] if isinstance(rows[0], Mapping) else {},
        "error": errors.get(field.name, ""),
        "errors": {one.name: errors.get(f"{field.name}.0.{one.name}", "") for one in field.fields},
        "options": [(one.value, one.label) for one in field.options],
    }


def outcome(definition: procedures.Definition, answers: Mapping[str, Any]) -> dict[str, Any]:
    """Return what the answers lead to: the case, the papers, the fees, the results."""
    case = definition.find_case(answers)
    return {
        "case": case.name,
        "papers": [one.name for one in definition.required_papers(case.code, answers)],
        "fees": [
            (due.line.name, in_dong(due.amount_vnd), due.trouble or due.reason)
            for due in fees.fees_due(definition, case.code, CHANNEL, answers)
        ],
        "outcomes": [one.name for one in definition.outcomes_for(answers)],
    }
