"""The end of an application: papers, the last look, filing, the receipt."""

from http import HTTPStatus

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from motcua.casework.dossiers import api as dossiers
from motcua.channels.kit.agents import for_agents
from motcua.channels.kit.downloads import file_response, preview_response
from motcua.channels.kit.paper_signatures import signatures_part as part_of_page
from motcua.channels.kit.paper_signatures import signatures_seen
from motcua.channels.kit.requests import ActorRequest
from motcua.channels.kit.tongues import said_by
from motcua.channels.kit.tongues import translate as _
from motcua.channels.portal import applying, reusing
from motcua.channels.portal.applying import CHECK, PAPERS, after, steps_of
from motcua.channels.portal.drafting import Desk, posted, show, with_draft
from motcua.channels.portal.forms import DeclareForm
from motcua.channels.portal.last_look import contact_in_words, next_steps, people_in_words
from motcua.channels.portal.own_signing import application_shown
from motcua.channels.portal.receiving import ACCEPT, Arrived, arrived_files
from motcua.foundation.files import api as files
from motcua.foundation.organisation import api as organisation
from motcua.foundation.signing import api as signing
from motcua.lib.clock import now
from motcua.lib.errors import Anticipated

PREFIX = "tep."


@for_agents()
@with_draft
def papers(request: ActorRequest, desk: Desk) -> HttpResponseBase:
    """Take the files, paper by paper; one that is refused leaves the others in place."""
    errors: dict[str, str] = {}
    if request.method == "POST":
        errors = _attach_all(request, desk)
        draft = dossiers.draft_for(request.actor, desk.draft.token)
        desk = Desk(draft, desk.definition)
        if not errors and "them" not in request.POST:
            errors = _lacking(desk)
            if not errors:
                return redirect(after(steps_of(draft, desk.definition), PAPERS))
    more = {
        "papers": applying.papers_to_attach(desk.draft, desk.definition),
        "offers": reusing.offers(request.actor, desk.draft),
        "again": reusing.PREFIX,
        "later": applying.brought_later(desk.draft, desk.definition),
        "errors": errors,
        "problems": [{"text": text, "href": f"#id_{PREFIX}{c}"} for c, text in errors.items()],
        "most_bytes": files.most_bytes(),
        "accept": ACCEPT,
        "prefix": PREFIX,
        "can_sign": bool(signing.own_services()),
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if errors else HTTPStatus.OK
    return show(request, desk, PAPERS, more, status=status)


def _attach_all(request: ActorRequest, desk: Desk) -> dict[str, str]:
    """Attach what has arrived or is used again; return a sentence for each paper refused."""
    errors = {}
    for paper in applying.papers_to_attach(desk.draft, desk.definition):
        for arrived in arrived_files(request, f"{PREFIX}{paper.spec.code}"):
            try:
                _attach(request, desk, paper.spec.code, arrived)
            except Anticipated as error:
                errors[paper.spec.code] = said_by(error)
        try:
            reusing.reuse_chosen(request, desk.draft, paper.spec.code)
        except Anticipated as error:
            errors[paper.spec.code] = said_by(error)
    return errors


def _attach(request: ActorRequest, desk: Desk, code: str, arrived: Arrived) -> None:
    at, by = now(), request.actor
    stored, name = arrived.keep(by=by, at=at)
    dossiers.attach_to_draft(desk.draft.token, code, stored.pk, name, by=by, at=at)


def _lacking(desk: Desk) -> dict[str, str]:
    return {
        spec.code: _("Hãy tải lên “%(name)s”.", name=spec.name)
        for spec in applying.missing(desk.draft, desk.definition)
    }


@for_agents()
@require_POST
@with_draft
def detach(request: ActorRequest, desk: Desk, index: int) -> HttpResponseBase:
    """Take one attached file away."""
    dossiers.detach_from_draft(desk.draft.token, index, by=request.actor, at=now())
    return redirect("portal:draft_papers", desk.draft.token)


@for_agents()
@with_draft
def attached(request: ActorRequest, desk: Desk, index: int) -> HttpResponseBase:  # noqa: ARG001 -- a view takes a request
    """Show a file of the own draft."""
    stored, name = _attached(desk, index)
    return file_response(stored, name, inline=True)


@for_agents()
@with_draft
def preview(request: ActorRequest, desk: Desk, index: int) -> HttpResponseBase:  # noqa: ARG001 -- a view takes a request
    """Show the small picture of a file of the own draft."""
    return preview_response(_attached(desk, index)[0])


def _attached(desk: Desk, index: int) -> tuple[files.StoredFile, str]:
    kept = desk.draft.papers
    if index >= len(kept):
        raise Http404(_("Bản nháp không còn tệp này."))
    stored = files.StoredFile.objects.get(pk=kept[index]["file_id"])
    return stored, kept[index]["file_name"]


@for_agents()
@with_draft
def signatures(request: ActorRequest, desk: Desk, index: int) -> HttpResponseBase:
    """Show who signed a file of the own draft, whether trusted and why."""
    stored, name = _attached(desk, index)
    looks = signing.looks_at([stored.pk], at=now())
    seen = signatures_seen(looks, stored.pk, request.path)
    context = {"draft": desk.draft, "name": name, "index": index, "seen": seen}
    return render(request, "portal/draft_signatures.html", context)


@for_agents()
@with_draft
def signatures_part(request: ActorRequest, desk: Desk, index: int) -> HttpResponseBase:
    """Say what is known by now of the signatures in a file of the own draft."""
    stored, _name = _attached(desk, index)
    page = reverse("portal:draft_signatures", args=[desk.draft.token, index])
    return part_of_page(request, stored.pk, page, at=now())


@for_agents()
@with_draft
def check(request: ActorRequest, desk: Desk) -> HttpResponseBase:
    """Show everything once more, then file it."""
    form = DeclareForm(posted(request))
    if request.method == "POST" and form.is_valid():
        return _file(request, desk)
    return _last_look(request, desk, form)


def _file(request: ActorRequest, desk: Desk) -> HttpResponseBase:
    draft = desk.draft
    if applying.unsigned_names(draft, desk.definition):
        messages.error(request, _("Còn giấy tờ phải ký số trước khi nộp."))
        return redirect("portal:draft_check", draft.token)
    if applying.missing(draft, desk.definition):
        messages.error(request, _("Hồ sơ còn thiếu giấy tờ; hãy tải lên đủ rồi nộp."))
        return redirect("portal:draft_papers", draft.token)
    key = request.POST.get("request_key", "")
    try:
        code = dossiers.file_draft(draft.token, by=request.actor, at=now(), key=key)
    except dossiers.AnswersWrong as error:
        number = applying.page_with_complaint(draft, desk.definition, error.complaints)
        messages.error(request, " ".join(error.complaints.values()))
        if number is None:
            return redirect("portal:draft_check", draft.token)
        return redirect("portal:draft_page", draft.token, number)
    return redirect("portal:filed", code)


def _last_look(request: ActorRequest, desk: Desk, form: DeclareForm) -> HttpResponse:
    draft, definition = desk.draft, desk.definition
    fees = applying.fees_of(draft, definition)
    agency = organisation.tree().agency(draft.agency_id) if draft.agency_id else None
    asked = applying.papers_to_attach(draft, definition)
    more = {
        "form": form,
        "case": definition.case(draft.case_code),
        "agency": agency,
        "people_rows": people_in_words(draft.parties, request.actor),
        "contact_rows": contact_in_words(draft),
        "groups": applying.answers_in_words(draft, definition),
        "papers": [{"spec": p.spec, "shown": _without_remove(p)} for p in asked if p.attached],
        "unsigned": applying.unsigned_names(draft, definition),
        "form_signed": application_shown(draft, now()),
        "can_sign": bool(signing.own_services()),
        "lacking": applying.missing(draft, definition),
        "later": applying.brought_later(draft, definition),
        "fees": fees,
        "flags": definition.flags(applying.facts_of(draft)),
        "takes_sheet": dossiers.takes_sheet(definition),
        "total": sum(fee["amount_vnd"] for fee in fees),
        "next_steps": next_steps(draft, definition),
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    return show(request, desk, CHECK, more, status=status)


def _without_remove(paper: applying.PaperAsked) -> list[dict[str, object]]:
    return [{k: v for k, v in file.items() if k != "remove"} for file in paper.attached]
