"""Running dossiers onto a new version: which, what changes for each, by which decision."""

from datetime import datetime

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from motcua.casework.dossiers import api as dossiers
from motcua.casework.procedures import api as procedures
from motcua.channels.backoffice.doing import done, tried, troubled
from motcua.channels.backoffice.forms.rebasing import ChooseForm, DecideForm
from motcua.channels.backoffice.frame import page
from motcua.channels.backoffice.views.procedures import FORM, crumbs, publishers
from motcua.channels.backoffice.views.word_templates import agency_of
from motcua.channels.kit.requests import ActorRequest
from motcua.lib.clock import local_day, now
from motcua.lib.errors import BadInput, Conflict

CURRENT = "procedures"
STATES = {
    dossiers.RebasedState.WAITING: "soon",
    dossiers.RebasedState.MOVED: "ok",
    dossiers.RebasedState.KEPT: "late",
    dossiers.RebasedState.FAILED: "late",
}
RUNS = {dossiers.RebasingState.RUNNING: "soon", dossiers.RebasingState.DONE: "ok"}


def address(code: str, rebasing_id: int | None = None) -> str:
    if rebasing_id is None:
        return reverse("backoffice:rebase", args=[code])
    return reverse("backoffice:rebasing", args=[code, rebasing_id])


@require_http_methods(FORM)
@publishers
def rebase(request: ActorRequest, code: str) -> HttpResponse:
    """Choose dossiers, see what the new version changes for each, and decide.

    Costs: a statement for each version, and seven for the dossiers.
    """
    found, at = procedures.get_procedure(code), now()
    running = procedures.find_in_force(code, local_day(at))
    versions = [
        (one, is_used)
        for one, is_used in dossiers.versions_left(found.pk, by=request.actor)
        if running and one.pk != running.version_id
    ]
    form = choosing(request, versions, running)
    decide = DecideForm(request.POST or None, initial={"decision_on": local_day(at)})
    chosen = chosen_by(form, versions, running) if form.is_bound and form.is_valid() else None

    def act(moment: datetime) -> str:
        if chosen is None:
            raise BadInput("Hãy chọn hồ sơ và xem trước rồi mới quyết định.")
        if request.POST.get("seen") != str(chosen.version_now_id):
            message = "Phiên bản đang có hiệu lực vừa đổi sau khi ông/bà xem; hãy xem lại ở dưới."
            raise Conflict(message)
        data = decide.cleaned_data
        given = dossiers.RebasingIn(
            chosen,
            data["decision_number"],
            data["decision_on"],
            data["reason"],
            form.step_map(),
        )
        begun = dossiers.begin_rebasing(code, given, by=request.actor, at=moment)
        return address(code, begun.pk)

    if request.method == "POST" and (
        answer := tried(request, decide, act, "Đã ghi quyết định; hồ sơ được chuyển dần.")
    ):
        return answer
    context: dict[str, object] = {
        "title": "Chuyển hồ sơ sang phiên bản mới",
        "crumbs": crumbs(found),
        "procedure": found,
        "running": running and procedures.find_version(running.version_id),
        "has_old": any(is_used for _, is_used in versions),
        "form": form,
        "decide": decide,
        "asked": form.is_bound,
        "query": request.GET.urlencode(),
        "seen": running.version_id if running else "",
        "runs": [(one, RUNS[dossiers.RebasingState(one.state)]) for one in earlier(request, found)],
    }
    if chosen is not None:
        context |= looked_at(request, chosen, form, at)
    status = 422 if form.errors or decide.errors else 200
    return page(request, "rebase", context, current=CURRENT, status=status)


def earlier(request: ActorRequest, found: procedures.Procedure) -> list[dossiers.Rebasing]:
    return dossiers.rebasings_of(found.pk, by=request.actor)


def choosing(
    request: ActorRequest,
    versions: list[tuple[procedures.ProcedureVersion, bool]],
    running: procedures.InForce | None,
) -> ChooseForm:
    """Return the form of the choice, with a question for each step that is gone."""
    old = next((one for one, _ in versions if str(one.number) == request.GET.get("tu")), None)
    gone, there = [], []
    if old is not None and running is not None:
        gone = dossiers.steps_gone(procedures.definition_of(old.pk), running.definition)
        there = list(running.definition.process.steps) if running.definition.process else []
    return ChooseForm(request.GET or None, versions=versions, gone=gone, there=there)


def chosen_by(
    form: ChooseForm,
    versions: list[tuple[procedures.ProcedureVersion, bool]],
    running: procedures.InForce | None,
) -> dossiers.Choice | None:
    """Return which dossiers are meant; None with a complaint beside the field."""
    number = form.cleaned_data["tu"]
    old = next((one for one, _ in versions if str(one.number) == number), None)
    if old is None or running is None:
        return None
    try:
        agency_id = agency_of(form.cleaned_data["co_quan"])
    except BadInput as error:
        form.blame(str(error), "co_quan")
        return None
    return dossiers.Choice(old.pk, running.version_id, agency_id, form.codes())


def looked_at(
    request: ActorRequest, chosen: dossiers.Choice, form: ChooseForm, at: datetime
) -> dict[str, object]:
    """Return what the page says of the dossiers that are looked at."""
    word = request.GET.get("after", "")
    after = int(word) if word.isdecimal() and len(word) < 18 else 0  # noqa: PLR2004 -- fits a key
    found = dossiers.look_at(chosen, form.step_map(), by=request.actor, at=at, after=after)
    more = len(found) == dossiers.MOST_LOOKED_AT
    return {
        "looked": found,
        "stay": sum(bool(one.plan.obstacles) for one in found),
        "news": sum(one.plan.is_news for one in found),
        "after": found[-1].dossier.pk if more else "",
        "is_later": bool(after),
    }


@require_GET
@publishers
def rebasing(request: ActorRequest, code: str, rebasing_id: int) -> HttpResponse:
    """Show one decision and what became of each dossier.

    Costs: five statements.
    """
    found = dossiers.get_rebasing(code, rebasing_id, by=request.actor)
    word, after = request.GET.get("state", ""), request.GET.get("after", "")
    known = word in dossiers.RebasedState.values
    rows = dossiers.rebased_dossiers(
        found,
        dossiers.RebasedState(word) if known else None,
        after=int(after) if after.isdecimal() and len(after) < 18 else 0,  # noqa: PLR2004 -- fits a key
    )
    most = dossiers.MOST_LOOKED_AT
    context = {
        "title": f"Chuyển hồ sơ theo {found.decision_number}",
        "crumbs": [*crumbs(found.procedure), ("Chuyển hồ sơ", address(code))],
        "rebasing": found,
        "tone": RUNS[dossiers.RebasingState(found.state)],
        "failed": dossiers.failures_in(found),
        "troubled": troubled("dossiers.rebase") if found.ended_at is None else None,
        "rows": [
            (row, name, STATES[dossiers.RebasedState(row.state)]) for row, name in rows[:most]
        ],
        "state": word if known else "",
        "states": [("", "Tất cả"), *dossiers.RebasedState.choices],
        "after": rows[most - 1][0].dossier_id if len(rows) > most else "",
        "is_later": bool(after),
    }
    return page(request, "rebasing", context, current=CURRENT)


@require_POST
@publishers
def retry(request: ActorRequest, code: str, rebasing_id: int) -> HttpResponse:
    """Have those dossiers tried again that failed though nobody foresaw it."""

    def act(at: datetime) -> str:
        dossiers.retry_rebasing(code, rebasing_id, by=request.actor, at=at)
        return address(code, rebasing_id)

    return done(request, act, "Các hồ sơ gặp lỗi được chuyển lại ngay sau đây.")
