"""Applying on-line: begin, who applies, the pages of the form, the return."""

from http import HTTPStatus

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render

from motcua.casework.dossiers import api as dossiers
from motcua.casework.forms.api import Page, check_answers, visible_fields
from motcua.casework.procedures import api as procedures
from motcua.channels.kit.agents import for_agents
from motcua.channels.kit.decorators import shows_errors
from motcua.channels.kit.fields import KitForm
from motcua.channels.kit.questions import Shown, questions_of, typed_into
from motcua.channels.kit.requests import ActorRequest
from motcua.channels.kit.tongues import said_by
from motcua.channels.kit.tongues import translate as _
from motcua.channels.portal import parties
from motcua.channels.portal.applying import (
    PEOPLE,
    RETURN,
    after,
    facts_of,
    known_of,
    pages_of,
    steps_of,
)
from motcua.channels.portal.desks import chosen_place
from motcua.channels.portal.drafting import (
    Desk,
    is_village_helper,
    posted,
    require_citizen,
    show,
    with_draft,
)
from motcua.channels.portal.forms import PartiesForm, ReturnForm, StartForm
from motcua.channels.portal.guide import CASE, case_for, facts_from
from motcua.foundation.organisation import api as organisation
from motcua.foundation.people import api as people
from motcua.lib.clock import local_day, now
from motcua.lib.errors import BadInput, NotFound

SAVE, REDRAW = "luu", "xem"


@for_agents()
def drafts(request: ActorRequest) -> HttpResponse:
    """List the applications that are being written."""
    mine = dossiers.drafts_for(request.actor)
    rows = [
        {"draft": draft, "name": procedures.definition_of(draft.procedure_version_id).name}
        for draft in mine
    ]
    return render(request, "portal/drafts.html", {"rows": rows})


@for_agents()
@shows_errors("portal:procedure")
def start(request: ActorRequest, code: str) -> HttpResponse:
    """Ask for the case and the agency, then begin the draft."""
    require_citizen(request.actor)
    at = now()
    reading = procedures.read_procedure(code, local_day(at))
    procedure, definition = reading.procedure, reading.definition
    if not reading.is_fileable_online:
        raise procedures.NotForFiling(_("Thủ tục này chưa nộp trực tuyến được tại cổng của tỉnh."))
    form = _start_form(request, procedure, definition)
    if request.method == "POST" and form.is_valid():
        chosen = form.cleaned_data
        draft = dossiers.begin_draft(code, by=request.actor, at=at)
        dossiers.choose_draft_case(
            draft.token, chosen["case"], int(chosen["agency"]), by=request.actor, at=at
        )
        return redirect("portal:draft_people", draft.token)
    begun = [d for d in dossiers.drafts_for(request.actor) if d.procedure_id == procedure.pk]
    context = {"form": form, "definition": definition, "begun": begun[:3]}
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    return render(request, "portal/apply.html", context, status=status)


def _start_form(
    request: ActorRequest, procedure: procedures.Procedure, definition: procedures.Definition
) -> StartForm:
    agencies = procedures.competent_agencies(procedure)
    case = case_for(definition, facts_from(definition, request.GET), request.GET.get(CASE, ""))
    near = chosen_place(request)
    initial = {
        "case": case.code if case else "",
        "agency": next((str(a.id) for a in agencies if a.code == near), ""),
    }
    return StartForm(
        posted(request),
        initial=initial,
        cases=[(case.code, case.name) for case in definition.cases],
        agencies=[(str(agency.id), agency.name) for agency in agencies],
    )


@for_agents()
@with_draft
def case(request: ActorRequest, desk: Desk) -> HttpResponseBase:
    """Change the case or the agency of a draft."""
    draft, definition = desk.draft, desk.definition
    procedure = procedures.Procedure.objects.get(pk=draft.procedure_id)
    form = StartForm(
        posted(request),
        initial={"case": draft.case_code, "agency": str(draft.agency_id or "")},
        cases=[(case.code, case.name) for case in definition.cases],
        agencies=[(str(a.id), a.name) for a in procedures.competent_agencies(procedure)],
    )
    if request.method == "POST" and form.is_valid():
        chosen = form.cleaned_data
        dossiers.choose_draft_case(
            draft.token, chosen["case"], int(chosen["agency"]), by=request.actor, at=now()
        )
        is_begun = bool(draft.parties.get("parties"))
        return redirect("portal:draft_check" if is_begun else "portal:draft_people", draft.token)
    context = {"form": form, "definition": definition, "begun": []}
    return render(request, "portal/apply.html", context, status=_status(form))


@for_agents()
@with_draft
def who(request: ActorRequest, desk: Desk) -> HttpResponseBase:
    """Ask who applies, for whom, and by what right."""
    draft = desk.draft
    if request.method == "POST" and SAVE in request.GET:
        kept = parties.with_typed_people(draft.parties, _posted(request, PartiesForm))
        dossiers.set_draft_parties(draft.token, kept, by=request.actor, at=now())
        return HttpResponse(status=HTTPStatus.NO_CONTENT)
    initial = parties.people_typed(draft.parties) or _first_facts(request)
    is_helper = is_village_helper(request.actor)
    client = request.actor if request.actor.agent else None
    form = PartiesForm(posted(request), initial=initial, only_helps=is_helper, client=client)
    if request.method == "POST" and form.is_valid() and _keep_people(request, desk, form):
        return redirect(after(steps_of(*_fresh(request, desk)), PEOPLE))
    applicant: dict[str, str] = next(iter(draft.parties.get("parties", [])), {})
    more = {"form": form, "number_hint": applicant.get("number_hint", "")}
    return show(request, desk, PEOPLE, more, status=_status(form))


def _first_facts(request: ActorRequest) -> dict[str, str]:
    """Return what the page begins with: the account's name, and the first body it acts for."""
    actor = request.actor
    if is_village_helper(actor):
        return {"authority": str(dossiers.Authority.HELPER)}
    first = {"authority": str(dossiers.Authority.SELF), "full_name": actor.name}
    if actor.person_id is None:
        return first
    found = people.memberships_of(actor.person_id, on=local_day(now()))
    bodies = [membership.enterprise for membership in found]
    return first | (
        {"organisation": bodies[0].name, "tax_code": bodies[0].tax_code} if bodies else {}
    )


def _keep_people(request: ActorRequest, desk: Desk, form: PartiesForm) -> bool:
    """Keep who applies; an applicant given with a number is remembered as a person."""
    answers, actor, at = form.cleaned_data, request.actor, now()
    try:
        kept = parties.with_people(desk.draft.parties, answers, _applicant(request, form), actor)
        dossiers.set_draft_parties(desk.draft.token, kept, by=actor, at=at)
    except BadInput as error:
        form.blame(said_by(error), error.field)
        return False
    return True


def _applicant(request: ActorRequest, form: PartiesForm) -> parties.Known:
    """Return the person or body that applies, where a number says who that is."""
    answers, actor = form.cleaned_data, request.actor
    if answers["authority"] == dossiers.Authority.SELF:
        return people.get_person(actor.person_id) if actor.person_id is not None else None
    if answers["authority"] == dossiers.Authority.STAFF:
        return _organisation(request, form) if answers["tax_code"] else None
    if not answers["personal_id"]:
        return None
    facts = people.PersonFacts(
        full_name=answers["full_name"],
        personal_id=answers["personal_id"],
        birth_date=answers["birth_date"],
    )
    return people.remember_person(facts, by=actor, at=now())


def _organisation(request: ActorRequest, form: PartiesForm) -> people.Enterprise:
    answers = form.cleaned_data
    facts = people.EnterpriseFacts(tax_code=answers["tax_code"], name=answers["organisation"])
    return people.remember_enterprise(facts, by=request.actor, at=now())


@for_agents()
@with_draft
def page(request: ActorRequest, desk: Desk, number: int) -> HttpResponseBase:
    """Ask one group of questions of the form; what is typed is kept, right or wrong."""
    pages = dict(pages_of(desk.draft, desk.definition))
    if number not in pages:
        raise NotFound(_("Tờ khai không có trang này."))
    if request.method != "POST":
        return _draw(request, desk, number, {})
    shown_before = _names(pages[number], desk)
    sent = typed_into(pages[number].fields, request.POST)
    dossiers.save_draft_page(desk.draft.token, sent, number - 1, by=request.actor, at=now())
    if SAVE in request.GET:
        return HttpResponse(status=HTTPStatus.NO_CONTENT)
    desk = Desk(*_fresh(request, desk))
    more_rows = request.POST.get("them", "")
    if REDRAW in request.GET or more_rows:
        return _draw(request, desk, number, {}, more_rows=more_rows)
    complaints = _complaints(desk, pages[number])
    if not complaints:
        return redirect(after(steps_of(desk.draft, desk.definition), f"page-{number}"))
    seen = {name: text for name, text in complaints.items() if name.split(".")[0] in shown_before}
    return _draw(request, desk, number, seen, has_new=not seen)


@for_agents()
@with_draft
def discard(request: ActorRequest, desk: Desk) -> HttpResponseBase:
    """Ask once more, then throw the draft away."""
    if request.method == "POST":
        dossiers.discard_draft(desk.draft.token, by=request.actor, at=now())
        messages.success(request, _("Đã bỏ bản nháp “%(name)s”.", name=desk.definition.short_name))
        return redirect("portal:drafts")
    context = {"draft": desk.draft, "definition": desk.definition}
    return render(request, "portal/draft_discard.html", context)


def _names(page: Page, desk: Desk) -> set[str]:
    return {one.name for one in visible_fields(page, facts_of(desk.draft))}


def _complaints(desk: Desk, page: Page) -> dict[str, str]:
    form, draft = desk.definition.form, desk.draft
    if form is None:
        return {}
    old = dossiers.too_old(desk.definition, draft.case_code, draft.answers, local_day(now()))
    here = {one.name for one in page.fields}
    found = check_answers(form, facts_of(draft), pages=[page])
    return {name: words for name, words in old.items() if name in here} | found


def _draw(
    request: ActorRequest,
    desk: Desk,
    number: int,
    complaints: dict[str, str],
    *,
    more_rows: str = "",
    has_new: bool = False,
) -> HttpResponse:
    page = dict(pages_of(desk.draft, desk.definition))[number]
    shown = Shown(facts_of(desk.draft), complaints, known_of(request.actor, desk.draft), more_rows)
    more = {
        "page": page,
        "questions": questions_of(page, shown),
        "problems": [{"text": text, "href": f"#id_{name}"} for name, text in complaints.items()],
        "has_new": has_new,
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if complaints else HTTPStatus.OK
    return show(request, desk, f"page-{number}", more, status=status)


@for_agents()
@with_draft
def return_way(request: ActorRequest, desk: Desk) -> HttpResponseBase:
    """Ask how to reach the applicant and how the outcome gets there."""
    draft = desk.draft
    if request.method == "POST" and SAVE in request.GET:
        kept = parties.with_typed_contact(draft.parties, _posted(request, ReturnForm))
        dossiers.set_draft_parties(draft.token, kept, by=request.actor, at=now())
        return HttpResponse(status=HTTPStatus.NO_CONTENT)
    initial = parties.contact_typed(draft.parties) or _known_contact(request, desk)
    on_paper_only = desk.definition.names_on_paper_only(facts_of(draft))
    form = ReturnForm(posted(request), initial=initial, on_paper_only=on_paper_only)
    if request.method == "POST" and form.is_valid():
        kept = parties.with_contact(draft.parties, form.cleaned_data)
        dossiers.set_draft_parties(draft.token, kept, by=request.actor, at=now())
        return redirect(after(steps_of(draft, desk.definition), RETURN))
    desks = organisation.tree().desk_of(draft.agency_id) if draft.agency_id else None
    more = {"form": form, "desk_name": desks.name if desks else ""}
    return show(request, desk, RETURN, more, status=_status(form))


def _known_contact(request: ActorRequest, desk: Desk) -> dict[str, object]:
    known = known_of(request.actor, desk.draft)
    contact = {name: known.get(f"person.{name}") or "" for name in ("phone", "email", "address")}
    return {**contact, "return_way": str(dossiers.ReturnWay.COUNTER)}


def _posted(request: ActorRequest, form: type[KitForm]) -> dict[str, str]:
    """Return the raw words of a form that is still being filled in."""
    names = {*form.base_fields, *(name for name in request.POST if name.startswith("other_"))}
    typed = {name: request.POST.get(name, "") for name in names}
    return {name: value or typed_day(request, name) for name, value in typed.items()}


def typed_day(request: ActorRequest, name: str) -> str:
    """Return a day typed in three boxes as it was typed."""
    parts = [request.POST.get(f"{name}_{part}", "") for part in ("day", "month", "year")]
    return "/".join(parts) if any(parts) else ""


def _fresh(request: ActorRequest, desk: Desk) -> tuple[dossiers.Draft, procedures.Definition]:
    """Return the draft as it has just been saved."""
    return dossiers.draft_for(request.actor, desk.draft.token), desk.definition


def _status(form: KitForm) -> int:
    return HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
