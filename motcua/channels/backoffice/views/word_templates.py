"""Word templates of a procedure's outcomes: which are in use, trying one, using it, ending it."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime
from itertools import groupby

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from motcua.casework.procedures import api as procedures
from motcua.channels.backoffice.doing import done, tried
from motcua.channels.backoffice.forms.procedures import UseTemplateForm, WordTemplateForm
from motcua.channels.backoffice.frame import page
from motcua.channels.backoffice.staff_files import keep_for_later
from motcua.channels.backoffice.views.procedures import FORM, crumbs, publishers, readers
from motcua.channels.kit.downloads import file_response
from motcua.channels.kit.requests import ActorRequest
from motcua.foundation.files import api as files
from motcua.foundation.organisation import api as organisation
from motcua.lib.clock import local_day, now
from motcua.lib.errors import Anticipated, BadInput, NotAllowed, NotFound

PDF = "application/pdf"


def address(code: str) -> str:
    return reverse("backoffice:word_templates", args=[code])


@require_GET
@readers
def templates(request: ActorRequest, code: str) -> HttpResponse:
    """Show each outcome with its templates, and the fields that a template may use.

    Costs: four statements.
    """
    found = procedures.get_procedure(code)
    definition = procedures.latest_definition(found.pk)
    today = local_day(now())
    fields = procedures.merge_fields(definition)
    known = list(procedures.templates_of(found.pk))
    in_use = keys_in_use(known, today)
    context = {
        "title": "Mẫu Word của kết quả",
        "crumbs": crumbs(found),
        "procedure": found,
        "outcomes": [
            (spec, [(one, standing(one, in_use, today)) for one in known if is_of(one, spec)])
            for spec in procedures.outcome_specs(definition)
        ],
        "groups": [(name, list(group)) for name, group in groupby(fields, key=lambda f: f.group)],
    }
    return page(request, "word_templates", context, current="procedures")


def is_of(one: procedures.OutcomeTemplate, spec: procedures.OutcomeSpec) -> bool:
    return one.outcome_code == spec.code


def keys_in_use(known: Iterable[procedures.OutcomeTemplate], today: date) -> set[int]:
    """Return the keys of the templates that are used today: one for each outcome and agency."""
    begun = [one for one in known if one.withdrawn_at is None and one.valid_from <= today]
    begun.sort(key=lambda one: (one.valid_from, one.number))
    return set({(one.outcome_code, one.agency_id): one.pk for one in begun}.values())


def standing(
    one: procedures.OutcomeTemplate, in_use: Collection[int], today: date
) -> tuple[str, str]:
    """Return in a word and its tone whether a template is used."""
    if one.withdrawn_at is not None:
        return "Đã bỏ", "neutral"
    if one.valid_from > today:
        return "Chưa đến ngày", "info"
    return ("Đang dùng", "ok") if one.pk in in_use else ("Đã thay", "neutral")


@require_http_methods(FORM)
@publishers
def rehearse(request: ActorRequest, code: str, outcome: str) -> HttpResponse:
    """Take a template and try it with invented answers; nothing is in use yet."""
    found = procedures.get_procedure(code)
    spec = spec_of(found, outcome)
    form = WordTemplateForm(request.POST or None, request.FILES or None)
    tried_so_far: dict[str, object] = {}
    if form.is_valid():
        try:
            tried_so_far = tried_template(form, request, found)
        except (NotAllowed, NotFound):
            raise
        except Anticipated as error:
            form.blame(str(error), "file")
    use_form = UseTemplateForm(initial={"valid_from": local_day(now())})
    return try_page(request, found, spec, (form, use_form), tried_so_far)


def try_page(
    request: ActorRequest,
    found: procedures.Procedure,
    spec: procedures.OutcomeSpec,
    forms: tuple[WordTemplateForm, UseTemplateForm],
    tried_so_far: Mapping[str, object],
) -> HttpResponse:
    """Return the page on which a template is chosen, tried, and put in use."""
    form, use_form = forms
    context: dict[str, object] = {
        "title": f"Đưa lên mẫu Word: {spec.name}",
        "crumbs": [*crumbs(found), ("Mẫu Word", address(found.code))],
        "procedure": found,
        "outcome": spec.code,
        "form": form,
        "use_form": use_form,
        **tried_so_far,
    }
    status = 422 if form.errors or use_form.errors else 200
    return page(request, "word_template_try", context, current="procedures", status=status)


def spec_of(found: procedures.Procedure, outcome: str) -> procedures.OutcomeSpec:
    """Return the outcome with this code. Raises: NoSuchTemplate."""
    specs = procedures.outcome_specs(procedures.latest_definition(found.pk))
    for spec in specs:
        if spec.code == outcome:
            return spec
    raise procedures.NoSuchTemplate("Thủ tục không có kết quả này.")


def tried_template(
    form: WordTemplateForm, request: ActorRequest, found: procedures.Procedure
) -> dict[str, object]:
    """Return what came of trying the file, and its token. Raises: Anticipated."""
    at = now()
    token = keep_for_later(form.cleaned_data["file"][0], by=request.actor, at=at)
    return {"trial": trial_of(request, found, token, at), "token": token}


def trial_of(
    request: ActorRequest, found: procedures.Procedure, token: str, at: datetime
) -> procedures.Trial:
    """Raises: UploadNotFound, FileRefused, TemplateRefused."""
    stored = files.finish_upload(token, by=request.actor, at=at)
    with files.open_file(stored) as content:
        written = content.read()
    definition = procedures.latest_definition(found.pk)
    return procedures.try_template(definition, written, local_day(at))


@require_GET
@publishers
def trial_pdf(request: ActorRequest, code: str, token: str) -> HttpResponse:
    """Show a template that was tried as a citizen would get it."""
    trial = trial_of(request, procedures.get_procedure(code), token, now())
    return pdf(trial, f"{code}-ban-thu.pdf")


def pdf(trial: procedures.Trial, name: str) -> HttpResponse:
    """Return the PDF of a trial. Raises: BadTemplate if there is none."""
    if not trial.is_good:
        raise procedures.BadTemplate("Mẫu còn chỗ phải sửa nên chưa có bản PDF.")
    answer = HttpResponse(trial.pdf, content_type=PDF)
    answer.headers["Content-Disposition"] = f'inline; filename="{name}"'
    return answer


@require_POST
@publishers
def carry_out(request: ActorRequest, code: str, outcome: str) -> HttpResponse:
    """Use a template that was tried."""
    token = request.POST.get("token", "")
    form = UseTemplateForm(request.POST)

    def act(at: datetime) -> str:
        upload = files.get_upload(token, by=request.actor, at=at)
        procedures.add_template(
            code,
            outcome,
            files.finish_upload(token, by=request.actor, at=at),
            upload.name,
            valid_from=form.cleaned_data["valid_from"],
            agency_id=agency_of(form.cleaned_data["agency"]),
            by=request.actor,
            at=at,
        )
        return address(code)

    if answer := tried(request, form, act, "Mẫu được dùng từ ngày đã ghi."):
        return answer
    found = procedures.get_procedure(code)
    trial = trial_of(request, found, token, now())
    forms = (WordTemplateForm(), form)
    return try_page(
        request, found, spec_of(found, outcome), forms, {"trial": trial, "token": token}
    )


def agency_of(code: str) -> int | None:
    """Return the agency that is meant, none for everybody. Raises: BadInput."""
    if not code.strip():
        return None
    agency = organisation.tree().agency_by_code(code.strip().upper())
    if agency is None:
        raise BadInput(f"Không có cơ quan mang mã “{code}”.", field="agency")
    return agency.id


@require_GET
@readers
def download(request: ActorRequest, code: str, outcome: str, number: int) -> HttpResponseBase:  # noqa: ARG001 -- a view takes a request
    """Hand out the Word file of a template."""
    template = procedures.get_template(procedures.get_procedure(code).pk, outcome, number)
    return file_response(template.file, template.file_name)


@require_GET
@readers
def look(request: ActorRequest, code: str, outcome: str, number: int) -> HttpResponse:  # noqa: ARG001 -- a view takes a request
    """Show a template filled with invented answers, as PDF."""
    found = procedures.get_procedure(code)
    template = procedures.get_template(found.pk, outcome, number)
    content = procedures.content_of_template(template)
    definition = procedures.latest_definition(found.pk)
    trial = procedures.try_template(definition, content, local_day(now()))
    return pdf(trial, f"{code}-{outcome}-{number}.pdf")


@require_http_methods(FORM)
@publishers
def withdraw(request: ActorRequest, code: str, outcome: str, number: int) -> HttpResponse:
    """Ask once more, then offer a template no more."""
    found = procedures.get_procedure(code)
    template = procedures.get_template(found.pk, outcome, number)

    def act(at: datetime) -> str:
        procedures.withdraw_template(code, outcome, number, by=request.actor, at=at)
        return address(code)

    if request.method == "POST":
        return done(request, act, "Đã bỏ mẫu.")
    context = {
        "title": "Bỏ mẫu Word",
        "crumbs": [*crumbs(found), ("Mẫu Word", address(code))],
        "question": f"Bỏ mẫu “{template.file_name}”, lần {number}?",
        "consequence": "Mẫu trước đó, nếu có, được dùng lại. Dự thảo đã lập từ mẫu này giữ nguyên.",
        "button": "Bỏ mẫu",
        "back": address(code),
    }
    return page(request, "confirm", context, current="procedures")
