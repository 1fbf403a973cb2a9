"""Filling the form of a version with test data: what follows is shown, and kept only if asked."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from motcua.casework.fees import api as fees
from motcua.casework.forms import api as forms
from motcua.casework.procedures import api as procedures
from motcua.channels.backoffice.forms.form_design import SampleForm
from motcua.channels.backoffice.frame import page
from motcua.channels.backoffice.guard import holds
from motcua.channels.backoffice.views import procedures as records
from motcua.channels.kit.answers import questions_of, read_answers
from motcua.channels.kit.requests import ActorRequest
from motcua.foundation.access.api import Power
from motcua.lib.clock import now
from motcua.lib.errors import Conflict
from motcua.lib.money import in_dong

CHANNEL = procedures.FilingChannel.PORTAL
KEEP = "keep"


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
    if not definition.cases:
        messages.error(request, "Chưa có trường hợp nào: thêm ở trang “Nội dung” rồi mới điền thử.")
        return redirect(records.address(code, number))
    typed = request.POST if request.method == "POST" else QueryDict()
    answers = read_answers(definition.form, typed)
    errors = forms.check_answers(definition.form, answers) if typed else {}
    may_keep = version.state == procedures.VersionState.DRAFT and holds(
        request.actor, Power.EDIT_PROCEDURES, everywhere=True
    )
    is_keeping = may_keep and typed.get("do") == KEEP
    sample_form = SampleForm(typed if is_keeping else None)
    if is_keeping and sample_form.is_valid():
        sample = forms.Sample(sample_form.cleaned_data["sample"], answers, tuple(errors))
        return kept(request, version, sample)
    context = {
        "title": f"Thử tờ khai: {definition.form.title}",
        "crumbs": [
            *records.crumbs(version.procedure),
            (f"Phiên bản {number}", records.address(code, number)),
        ],
        "pages": questions_of(definition.form, answers, errors),
        "problems": [
            {"text": text, "href": f"#id_a_{name.partition('.')[0]}"}
            for name, text in errors.items()
        ],
        "result": outcome(definition, answers) if typed else None,
        "sample_form": sample_form if may_keep and typed else None,
    }
    return page(request, "try_form", context, current="procedures", status=422 if errors else 200)


def kept(
    request: ActorRequest, version: procedures.ProcedureVersion, sample: forms.Sample
) -> HttpResponse:
    """Keep answers as test data of the draft's form."""
    try:
        procedures.change_part(
            version.pk,
            "form",
            lambda data: forms.put_sample(data, sample),
            by=request.actor,
            at=now(),
        )
    except (Conflict, forms.BadForm) as error:
        messages.error(request, str(error))
    else:
        messages.success(request, f"Đã giữ dữ liệu thử “{sample.name}”.")
    return redirect(
        reverse("backoffice:form_samples", args=[version.procedure.code, version.number])
    )


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
