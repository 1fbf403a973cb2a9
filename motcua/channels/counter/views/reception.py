"""The reception screen: one form, posted again with another button for every change."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from django.core import signing
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from motcua.casework.dossiers import api as dossiers
from motcua.casework.dossiers.api import AnswersWrong, IssuedForm
from motcua.casework.procedures import api as procedures
from motcua.channels.counter.applying import application_from
from motcua.channels.counter.beginning import begun_anew, person_of
from motcua.channels.counter.fees import fees_taken
from motcua.channels.counter.forms import ReceptionForm
from motcua.channels.counter.frame import desk_of, page
from motcua.channels.counter.sheet import Sheet, choices_for, fill, find_chosen, place_name
from motcua.channels.kit.decorators import shows_errors
from motcua.channels.kit.requests import ActorRequest
from motcua.channels.kit.words import short_day
from motcua.foundation.access.api import Power
from motcua.foundation.organisation import api as organisation
from motcua.foundation.people import api as people
from motcua.lib.actor import Actor
from motcua.lib.clock import now
from motcua.lib.errors import Anticipated, NotAllowed

_SALT = "motcua.counter.known"
_DIGITS = 12
Act = Callable[[Sheet], str]


@require_http_methods(["GET", "HEAD", "POST"])
@shows_errors("counter:receive")
def receive(request: ActorRequest) -> HttpResponse:
    """Show the reception screen, or take the next step on it."""
    data = request.POST if request.method == "POST" else begun(request)
    act = data.get("act", "")
    sheet = with_card(request, data) if act == "card" else read(request, data, is_final=act in ACTS)
    fill(sheet)
    if only := only_one_found(sheet):
        data = data.copy()
        data["choose"] = only
        sheet = read(request, data)
        fill(sheet)
    show_earlier(sheet)
    sheet.focus = focus_of(sheet, data)
    if act in ACTS and not sheet.errors and sheet.form.is_valid():
        answer = carry_out(sheet, ACTS[act])
        if answer is not None:
            return answer
    is_wrong = act in ACTS or bool(sheet.errors)
    return page(
        request, "reception", {"sheet": sheet}, current="receive", status=422 if is_wrong else 200
    )


def only_one_found(sheet: Sheet) -> str:
    """Return the procedure that was asked for, if the words fit no other."""
    return sheet.results[0].code if sheet.query and len(sheet.results) == 1 else ""


def focus_of(sheet: Sheet, data: QueryDict) -> str:
    """Return where the officer types next, empty where the page is to leave the cursor alone."""
    act = data.get("act", "")
    if sheet.errors or act in ACTS:
        return ""
    if data.get("choose"):
        return "papers"
    if sheet.query:
        return "results" if sheet.results else "q"
    if act == "card":
        return "q" if sheet.found is None else "papers"
    if sheet.request.method == "POST":
        return ""
    return "q" if data.get("full_name") else "card"


def begun(request: ActorRequest) -> QueryDict:
    """Return the screen as a link opens it: with a procedure, or with the person of a dossier."""
    data = QueryDict(mutable=True)
    data["procedure"] = request.GET.get("procedure", "")
    data["q"] = request.GET.get("q", "")
    redo = request.GET.get("redo", "")
    if redo:
        return begun_anew(dossiers.whole(dossiers.get_dossier_for(request.actor, redo)))
    code = request.GET.get("same_as", "")
    if code:
        for name, value in person_of(dossiers.get_dossier_for(request.actor, code)).items():
            data[name] = value
    return data


def read(request: ActorRequest, data: QueryDict, *, is_final: bool = False) -> Sheet:
    """Return the screen with what was typed; complaints show only after an act."""
    at, desk = now(), desk_of(request)
    found = find_chosen(data.get("choose") or data.get("procedure", ""), at)
    choices = choices_for(found, desk)
    typed = data.dict()
    typed["procedure"] = found.definition.code if found else ""
    probe = ReceptionForm({**first_choices(choices), **typed}, choices=choices, at=at)
    probe.is_valid()
    shown = {name: field.initial for name, field in probe.fields.items() if field.initial}
    form = probe if is_final else ReceptionForm(initial={**shown, **typed}, choices=choices, at=at)
    query = "" if data.get("choose") else data.get("q", "")
    sheet = Sheet(request, data, desk, at, form, probe.legal_at(), query)
    sheet.found = None if query and not is_final else found
    return sheet


def first_choices(choices: Mapping[str, list[tuple[str, str]]]) -> dict[str, str]:
    return {name: options[0][0] for name, options in choices.items() if options}


def with_card(request: ActorRequest, data: QueryDict) -> Sheet:
    """Return the screen with the person filled in: of a scanned card, or known by the number."""
    typed = data.get("card", "").strip()
    try:
        found, warnings = on_card(typed, by=request.actor, at=now())
    except Anticipated as error:
        sheet = read(request, data)
        sheet.errors.append({"text": str(error), "href": "#id_card"})
        return sheet
    data = data.copy()
    data["applicant_kind"], data["same_as"], data["known"] = "citizen", "", ""
    for name, value in found.items():
        data[name] = value
    sheet = read(request, data)
    sheet.warnings = warnings
    return sheet


def on_card(typed: str, *, by: Actor, at: datetime) -> tuple[dict[str, str], Sequence[str]]:
    """Return what the desk types of a person, and what looks odd; a search is logged.

    Raises: BadInput for what is neither the QR of a card nor a personal number.
    """
    if len(typed) == _DIGITS and typed.isdecimal() and by.can(Power.SEARCH_PEOPLE):
        found = people.search_people(typed, by=by, at=at, purpose="Tiếp nhận hồ sơ")
        if not found:
            return {"personal_id": typed}, ["Chưa có người này trong hệ thống; hãy nhập họ tên."]
        person = found[0]
        known = signing.dumps([person.id, typed[-3:]], salt=_SALT)
        return {
            "full_name": person.full_name,
            "personal_id": typed,
            "birth_date": "",
            "sex": person.sex,
            "address": person.address,
            "known": known,
        }, []
    card = people.parse_card_qr(typed)
    return {
        "full_name": card.full_name,
        "personal_id": card.personal_id,
        "birth_date": short_day(card.birth_date) if card.birth_date else "",
        "sex": card.sex or "",
        "address": card.address,
    }, card.warnings


def show_earlier(sheet: Sheet) -> None:
    """Find the person's earlier dossiers; the search is logged once and kept on the page."""
    actor, same_as = sheet.request.actor, str(sheet.typed.get("same_as", ""))
    number = str(sheet.typed.get("personal_id", "")).replace(" ", "")
    person_id = remembered(str(sheet.typed.get("known", "")), number)
    if same_as and not number:
        person_id = dossiers.get_dossier_for(actor, same_as).applicant_person_id
    elif person_id is None and len(number) == _DIGITS and actor.can(Power.SEARCH_PEOPLE):
        found = people.search_people(number, by=actor, at=sheet.at, purpose="Tiếp nhận hồ sơ")
        person_id = found[0].id if found else None
    if person_id is not None:
        sheet.known = signing.dumps([person_id, number[-3:]], salt=_SALT) if number else ""
        sheet.earlier = dossiers.earlier_dossiers(actor, person_id, limit=5)


def remembered(mark: str, number: str) -> int | None:
    try:
        person_id, hint = signing.loads(mark, salt=_SALT) if mark else (None, "")
    except signing.BadSignature:
        return None
    return person_id if number and hint == number[-3:] else None


def carry_out(sheet: Sheet, act: Act) -> HttpResponse | None:
    """Do the act and go on; a refusal stays on the screen beside its field."""
    try:
        return redirect(act(sheet))
    except AnswersWrong as error:
        sheet.answer_errors = error.complaints
        sheet.blame(error)
    except NotAllowed:
        raise
    except Anticipated as error:
        field = getattr(error, "field", "")
        sheet.form.blame(str(error), field) if field in sheet.form.fields else sheet.blame(error)
    return None


def take_in(sheet: Sheet) -> str:
    redo = sheet.form.cleaned_data["redo"]
    if redo:
        return take_in_anew(sheet, redo)
    code = dossiers.receive_in_person(
        application_from(sheet),
        desk_unit_id=sheet.desk.id,
        by=sheet.request.actor,
        at=sheet.at,
        fees=fees_taken(sheet.fees),
        key=sheet.typed.get("request_key", ""),
    )
    return address("received", code)


def take_in_anew(sheet: Sheet, redo: str) -> str:
    """Stop the dossier that was received by mistake and receive this one in its place."""
    dossiers.get_dossier_for(sheet.request.actor, redo)
    reason = sheet.form.cleaned_data["redo_reason"]
    code = dossiers.redo_reception(
        redo, application_from(sheet), reason, by=sheet.request.actor, at=sheet.at
    )
    return address("received", code)


def note(sheet: Sheet) -> str:
    """Note what cannot be received, then refuse."""
    return dossiers.note_at_desk(
        application_from(sheet),
        desk_unit_id=sheet.desk.id,
        by=sheet.request.actor,
        at=sheet.at,
        key=sheet.typed.get("request_key", ""),
    )


def note_and_refuse(sheet: Sheet) -> str:
    return address("refuse", note(sheet))


def note_and_guide(sheet: Sheet) -> str:
    return address("guide", note(sheet))


def address(name: str, code: str) -> str:
    return reverse(f"counter:{name}", args=[code])


ACTS: Mapping[str, Act] = {"receive": take_in, "guide": note_and_guide, "refuse": note_and_refuse}


@require_GET
@shows_errors("counter:start")
def received(request: ActorRequest, code: str) -> HttpResponse:
    """Show what was received: the code, the promised moment and why, what to do next."""
    dossier = dossiers.get_dossier_for(request.actor, code)
    definition = procedures.definition_of(dossier.procedure_version_id)
    context = {
        "dossier": dossier,
        "definition": definition,
        "agency": organisation.tree().agency(dossier.agency_id),
        "reason": dossiers.due_reason(dossier),
        "slip": dossiers.whole(dossier).latest_issued(IssuedForm.SLIP),
        "return_place": place_name(organisation.tree().unit(dossier.return_unit_id)),
    }
    return page(request, "received", context, current="receive")
