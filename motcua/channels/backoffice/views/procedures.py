"""Procedures: the list, versions, differences, editing as structured text, publishing, ending."""

from collections.abc import Mapping
from datetime import datetime

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from motcua.casework.procedures import api as procedures
from motcua.channels.backoffice import versions
from motcua.channels.backoffice.asking import Sheet, Way, asked
from motcua.channels.backoffice.doing import done, tried
from motcua.channels.backoffice.forms.procedures import SourceForm, WithdrawForm
from motcua.channels.backoffice.frame import form_page, page
from motcua.channels.backoffice.guard import holds, needs
from motcua.channels.kit.requests import ActorRequest
from motcua.foundation.access.api import Power
from motcua.lib.clock import local_day, now

FORM = ["GET", "POST"]
ROWS = 50
STATES = [("", "Tất cả"), *procedures.VersionState.choices]
BLANK = """code: "1.000000"
name:
plain_name:
sector_name:
level: commune
decided_by:
legal_basis:
  - {number: "", title: ""}
cases:
  - code: chung
    name: Trường hợp chung
    limits: {counter: 3 working_day, portal: 3 working_day}
fees: []
papers:
  - {code: to-khai, name: Tờ khai theo mẫu, originals: 1}
outcomes:
  - {code: ket-qua, name: ""}
"""
readers = needs(Power.EDIT_PROCEDURES, Power.PUBLISH_PROCEDURES, everywhere=True)
editors = needs(Power.EDIT_PROCEDURES, everywhere=True)
publishers = needs(Power.PUBLISH_PROCEDURES, everywhere=True)


def address(code: str, number: int | None = None) -> str:
    if number is None:
        return reverse("backoffice:procedure", args=[code])
    return reverse("backoffice:version", args=[code, number])


def crumbs(procedure: procedures.Procedure | None = None) -> list[tuple[str, str]]:
    """Return the way from the list to the procedure."""
    words = [("Thủ tục", reverse("backoffice:procedures"))]
    if procedure is not None:
        words.append((procedure.code, address(procedure.code)))
    return words


@require_GET
@readers
def procedure_list(request: ActorRequest) -> HttpResponse:
    """List all procedures with how they stand.

    Costs: one statement.
    """
    text, word = request.GET.get("q", ""), request.GET.get("state", "")
    after = request.GET.get("after", "")
    state = procedures.VersionState(word) if word in procedures.VersionState.values else None
    found = procedures.procedures_on_record(text, state=state, after=after, limit=ROWS + 1)
    context = {
        "title": "Thủ tục hành chính",
        "text": text,
        "state": state or "",
        "states": STATES,
        "procedures": found[:ROWS],
        "after": found[ROWS - 1].code if len(found) > ROWS else "",
        "is_later": bool(after),
    }
    return page(request, "procedures", context, current="procedures")


@require_GET
@readers
def procedure(request: ActorRequest, code: str) -> HttpResponse:
    """Show one procedure with its versions.

    Costs: two statements.
    """
    found = procedures.get_procedure(code)
    today = local_day(now())
    all_of_it = procedures.versions_of(found.pk)
    rows = [
        (one, versions.TONES[procedures.VersionState(one.state)], is_in_force(one, found))
        for one in all_of_it
    ]
    context = {
        "title": found.name,
        "crumbs": crumbs(),
        "procedure": found,
        "versions": rows,
        "is_public": any(one.state == procedures.VersionState.PUBLISHED for one in all_of_it),
        "today": today,
    }
    return page(request, "procedure", context, current="procedures")


def is_in_force(one: procedures.ProcedureVersion, found: procedures.Procedure) -> bool:
    """Say whether the version is the one in force, not only the one shown."""
    is_published = one.state == procedures.VersionState.PUBLISHED
    return is_published and one.pk == found.current_version_id


def summary(definition: procedures.Definition) -> dict[str, object]:
    """Return what a preview of a version shows."""
    return {
        "definition": definition,
        "facts": versions.facts_of(definition),
        "limits": versions.limits_of(definition),
        "fees": versions.fees_of(definition),
        "papers": versions.papers_of(definition),
        "steps": versions.steps_of(definition),
    }


@require_GET
@readers
def version(request: ActorRequest, code: str, number: int) -> HttpResponse:
    """Show one version: what a citizen sees, what is unclear, what differs from the one in force.

    Costs: four statements.
    """
    found = procedures.get_version(code, number)
    context: dict[str, object] = {
        "title": found.procedure.name,
        "crumbs": crumbs(found.procedure),
        "version": found,
        "tone": versions.TONES[procedures.VersionState(found.state)],
        "doubts": versions.doubts_of(found),
        "original": list(dict(found.original.get("words", {})).items()),
        "changes": changes_of(found),
        "complaint": "",
        "findings": (),
        "may_publish": may_be_published(found)
        and holds(request.actor, Power.PUBLISH_PROCEDURES, everywhere=True),
    }
    try:
        context |= summary(procedures.draft_definition(found))
        context["findings"] = procedures.lint_version(found, at=now())
    except procedures.BadDefinition as error:
        context["complaint"] = str(error)
    return page(request, "version", context, current="procedures")


def may_be_published(found: procedures.ProcedureVersion) -> bool:
    """Say whether the version waits for somebody to put it in force."""
    waiting = {procedures.VersionState.DRAFT, procedures.VersionState.UNCLEAR}
    return found.state in waiting and not found.unclear


def changes_of(found: procedures.ProcedureVersion) -> list[list[versions.Line]]:
    """Return what the version changes against the one in force, if that is another one."""
    current_id = found.procedure.current_version_id
    if current_id is None or current_id == found.pk:
        return []
    current = procedures.find_version(current_id)
    return versions.differences(current.source, found.source) if current else []


@require_http_methods(FORM)
@editors
def edit(request: ActorRequest, code: str = "") -> HttpResponse:
    """Edit the latest version as structured text; checking it shows the place of an error."""
    found = procedures.get_procedure(code) if code else None
    latest = procedures.latest_version(found.pk) if found else None
    initial = {
        "source": latest.source if latest else BLANK,
        "valid_from": local_day(now()),
    }
    form = SourceForm(request.POST or None, initial=initial)

    def act(at: datetime) -> str:
        made = keep_draft(request, form, at, latest)
        return address(made.procedure.code, made.number)

    preview = checked(form) if request.POST.get("do") == "check" else {}
    if request.POST.get("do") != "check" and (
        answer := tried(request, form, act, "Đã lưu bản thảo; chưa công khai.")
    ):
        return answer
    return form_page(
        request,
        form,
        {
            "title": f"Soạn thủ tục {code}" if found else "Thêm thủ tục",
            "back": address(code) if found else reverse("backoffice:procedures"),
            "crumbs": crumbs(found),
            "doubts": versions.doubts_of(latest) if latest else [],
            "place": place_of_error(form),
            "seen": latest.digest if latest else "",
            "theirs": theirs(request, form, latest),
            "preview": preview,
        },
        current="procedures",
        template="procedure_edit",
    )


def theirs(
    request: ActorRequest, form: SourceForm, latest: procedures.ProcedureVersion | None
) -> list[list[versions.Line]]:
    """Return where the text just sent is not what somebody else has saved meanwhile."""
    seen = request.POST.get("seen", "")
    if latest is None or not seen or seen == latest.digest:
        return []
    typed = str(form["source"].value() or "").replace("\r\n", "\n")
    return versions.differences(latest.source, typed)


def keep_draft(
    request: ActorRequest,
    form: SourceForm,
    at: datetime,
    latest: procedures.ProcedureVersion | None,
) -> procedures.ProcedureVersion:
    """Keep the text as the draft. Raises: BadDefinition, which belongs beside the text."""
    source, valid_from = form.cleaned_data["source"], form.cleaned_data["valid_from"]
    seen = request.POST.get("seen", "") if latest else procedures.NOTHING
    try:
        return procedures.save_draft(
            source, by=request.actor, at=at, valid_from=valid_from, seen=seen
        )
    except procedures.BadDefinition as error:
        raise procedures.BadDefinition(str(error), field="source") from error


def checked(form: SourceForm) -> Mapping[str, object]:
    """Return the preview of the text, or nothing and a complaint beside the field."""
    if not form.is_valid():
        return {}
    try:
        definition = procedures.parse_text(form.cleaned_data["source"])
        procedures.check_tables(definition, form.cleaned_data["valid_from"])
        return summary(definition)
    except procedures.BadDefinition as error:
        form.blame(str(error), "source")
        return {}


def place_of_error(form: SourceForm) -> object:
    """Return the lines around the error that the form complains about."""
    complaint = " ".join(str(error) for error in form.errors.get("source", []))
    source = str(form["source"].value() or "").replace("\r\n", "\n")
    return versions.place_of(complaint, source) if complaint else ()


@require_http_methods(FORM)
@publishers
def publish(request: ActorRequest, code: str, number: int) -> HttpResponse:
    """Ask once more, then put a draft in force from its first day."""
    found = procedures.get_version(code, number)

    def act(at: datetime) -> str:
        seen = request.POST.get("seen", "")
        procedures.publish_version(found.pk, by=request.actor, at=at, seen=seen)
        return address(code)

    if request.method == "POST":
        try:
            return done(request, act, "Đã công khai phiên bản.")
        except (procedures.BadDefinition, procedures.DraftMoved) as error:
            messages.error(request, str(error))
            return redirect(address(code, number))
    lacks = lacking_in(found)
    context = {
        "title": "Công khai phiên bản",
        "crumbs": crumbs(found.procedure),
        "question": f"Công khai phiên bản {number} của thủ tục {code}?",
        "consequence": f"Có hiệu lực từ ngày {found.valid_from:%d/%m/%Y}; phiên bản trước hết hiệu "
        "lực vào ngày trước đó. Hồ sơ đã nộp vẫn theo phiên bản của ngày nộp."
        + (f" Chưa nơi nào nhận được hồ sơ: {' '.join(lacks)}" if lacks else ""),
        "seen": request.GET.get("da-xem", found.digest),
        "button": "Công khai",
        "back": address(code, number),
    }
    return page(request, "confirm", context, current="procedures")


def lacking_in(found: procedures.ProcedureVersion) -> list[str]:
    """Return what keeps the version from being filed; nothing of a text that cannot be read."""
    try:
        return procedures.draft_definition(found).lacks
    except procedures.BadDefinition:
        return []


@require_http_methods(FORM)
@publishers
def withdraw(request: ActorRequest, code: str) -> HttpResponse:
    """End a procedure: nothing is filed any more, running dossiers go on."""
    found = procedures.get_procedure(code)
    form = WithdrawForm(request.POST or None)

    def act(at: datetime) -> str:
        on = form.cleaned_data["on"]
        procedures.withdraw_procedure(found.pk, on=on, by=request.actor, at=at)
        return address(code)

    sheet = Sheet(
        f"Bãi bỏ thủ tục {code}",
        "Ghi ngày bãi bỏ",
        "Đã ghi ngày bãi bỏ.",
        intro="Sau ngày này không nhận hồ sơ mới; hồ sơ đang giải quyết vẫn tiếp tục.",
        warning=True,
    )
    return asked(request, form, act, sheet, Way(address(code), crumbs(found), "procedures"))
