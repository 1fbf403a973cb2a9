"""The process editor: a table of steps and its picture; each change is kept at once."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from hashlib import sha256
from json import dumps
from typing import Any
from urllib.parse import quote

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from motcua.casework.dossiers import api as dossiers
from motcua.casework.forms import api as forms
from motcua.casework.procedures import api as procedures
from motcua.casework.processes import api as processes
from motcua.casework.processes.api import BadProcess
from motcua.channels.backoffice import content_work
from motcua.channels.backoffice.asking import Sheet, Way, asked
from motcua.channels.backoffice.doing import done, tried
from motcua.channels.backoffice.forms.process_design import BpmnForm, StepForm, initial_of
from motcua.channels.backoffice.frame import form_page, page
from motcua.channels.backoffice.guard import holds
from motcua.channels.backoffice.process_picture import picture_of
from motcua.channels.backoffice.replacing import instead_of_seen
from motcua.channels.backoffice.views.procedures import FORM, crumbs, editors, readers
from motcua.channels.backoffice.views.procedures import address as version_address
from motcua.channels.kit.requests import ActorRequest
from motcua.foundation.access.api import Power
from motcua.foundation.calendar.api import LimitUnit
from motcua.foundation.organisation import api as organisation
from motcua.lib.clock import local, local_day, now
from motcua.lib.errors import Anticipated
from motcua.lib.text import sort_key

CURRENT, PART = "procedures", "process"
A_YEAR = timedelta(days=365)
UNITS = dict(LimitUnit.choices)
USUAL = {"kind": "task", "role": "handler", "unit": LimitUnit.WORKING_DAY}
Plain = Mapping[str, Any]


def address(code: str, number: int, view: str = "design_process", *args: object) -> str:
    return reverse(f"backoffice:{view}", args=[code, number, *args])


def way_down(version: procedures.ProcedureVersion) -> list[tuple[str, str]]:
    """Return the way from the list to the process of a version."""
    code, number = version.procedure.code, version.number
    there = (f"Phiên bản {number}", version_address(code, number))
    content = ("Nội dung", address(code, number, "content"))
    return [*crumbs(version.procedure), there, content, ("Quy trình", address(code, number))]


def budget_words(step: processes.StepDef) -> str:
    """Return how long a step may take."""
    if step.budget is None:
        return "–"
    unit = UNITS[LimitUnit(step.budget.unit)]
    return unit if step.budget.unit == LimitUnit.SAME_DAY else f"{step.budget.amount} {unit}"


@require_POST
@editors
def begin(request: ActorRequest, code: str) -> HttpResponse:
    """Go on with the draft of a procedure, or begin one from the latest version."""
    at = now()
    try:
        draft = procedures.begin_version(code, by=request.actor, at=at, valid_from=local_day(at))
    except procedures.BadDefinition as error:
        messages.error(request, str(error))
        return redirect(version_address(code))
    return redirect(address(code, draft.number))


@require_GET
@readers
def design(request: ActorRequest, code: str, number: int) -> HttpResponse:
    """Show the steps as a table and as a picture, and what is wrong with them.

    Costs: two statements.
    """
    version = procedures.get_version(code, number)
    is_draft = version.state == procedures.VersionState.DRAFT
    context: dict[str, object] = {
        "title": "Quy trình",
        "crumbs": way_down(version)[:-1],
        "version": version,
        "may_edit": is_draft and holds(request.actor, Power.EDIT_PROCEDURES, everywhere=True),
        "complaint": "",
        "rows": [],
        "picture": None,
        "is_whole": False,
    }
    try:
        data = procedures.part_of(version.source, PART)
        if data:
            process = processes.parse_steps(data)
            context["rows"] = [row_of(step, process) for step in process.steps]
            context["picture"] = picture_of(process)
            processes.parse_process(data)
            context["is_whole"] = True
    except Anticipated as error:
        context["complaint"] = str(error)
    return page(request, "process_design", context, current=CURRENT)


def row_of(step: processes.StepDef, process: processes.Process) -> dict[str, Any]:
    """Return what the table says of a step."""
    told = [
        (step.part, f"thuộc phần “{step.part}”"),
        (step.return_to, f"trả về “{name_of(process, step.return_to)}”"),
        (step.silence_is_consent, "im lặng là đồng ý"),
        (step.pause_ground, f"dừng thời hạn: {ground_words(step.pause_ground)}"),
        (step.outside_body, step.outside_body),
        (step.agency, f"do {agency_words(step.agency)} làm"),
    ]
    return {
        "step": step,
        "duty": processes.lane_name(step.duty),
        "budget": budget_words(step),
        "after": ", ".join(name_of(process, code) for code in step.after) or "bước đầu",
        "notes": "; ".join(words for is_so, words in told if is_so),
    }


def name_of(process: processes.Process, code: str) -> str:
    """Return the name of a step; nothing for none."""
    return process.step(code).name if code else ""


def ground_words(ground: str) -> str:
    """Return the words of a ground of waiting; one that is not known as it stands."""
    known = {str(one.value): one.label for one in procedures.Ground}
    return known.get(ground, ground)


def agency_words(code: str) -> str:
    """Return the name of an agency that does a step; its code where there is none."""
    found = organisation.tree().agency_by_code(code)
    return found.name if found else f"cơ quan mã {code}"


def mark_of(step: Plain | None) -> str:
    """Return a short mark of a step as it is, by which a change of it is noticed."""
    told = dumps(step, sort_keys=True, ensure_ascii=False, default=str)
    return sha256(told.encode()).hexdigest()[:16]


@require_http_methods(FORM)
@editors
def edit_step(request: ActorRequest, code: str, number: int, step: str = "") -> HttpResponse:
    """Change one step, or add one; what somebody else did to it meanwhile is told, nothing lost."""
    version = procedures.get_version(code, number)
    back = address(code, number)
    try:
        steps = processes.steps_in(procedures.part_of(version.source, PART))
    except Anticipated as error:
        messages.error(request, str(error))
        return redirect(back)
    found = next((one for one in steps if one["code"] == step), None)
    if step and found is None:
        messages.error(request, f"Bước “{step}” không còn; có lẽ người khác vừa bỏ.")
        return redirect(back)
    latest = [steps[-1]["code"]] if steps else []
    initial = initial_of(found) if found else {**USUAL, "after": latest}
    form = StepForm(
        request.POST or None, initial=initial, steps=steps, code=step, agencies=agencies()
    )

    def act(at: datetime) -> str:
        keep_step(request, version, form, step, at)
        return back

    if answer := tried(request, form, act, "Đã lưu vào bản thảo."):
        return answer
    context = {
        "title": f"Sửa bước “{found['name']}”" if found else "Thêm bước",
        "back": back,
        "crumbs": way_down(version),
        "seen": mark_of(found),
        "names": content_work.names_for("process", procedures.read_text(version.source)),
    }
    return form_page(request, form, context, current=CURRENT, template="process_step")


def agencies() -> list[tuple[str, str]]:
    """Return the agencies that can do a step, by name."""
    found = [one for one in organisation.tree().agencies() if one.is_living]
    return [(one.code, one.name) for one in sorted(found, key=lambda one: sort_key(one.name))]


def keep_step(
    request: ActorRequest,
    version: procedures.ProcedureVersion,
    form: StepForm,
    step: str,
    at: datetime,
) -> None:
    """Keep the step on top of what others kept. Raises: DraftMoved, BadProcess, NotAllowed."""
    between = bool(form.cleaned_data.get("between"))

    def change(data: Any) -> Any:
        there = next((one for one in processes.steps_in(data) if one["code"] == step), None)
        if step and mark_of(there) != request.POST.get("seen", ""):
            who, when = version.edited_by_name, f"{local(version.edited_at):%H:%M}"
            message = (
                f"{who} vừa sửa bước này lúc {when}. Những gì ông/bà điền vẫn còn ở đây; bấm “Lưu” "
                "lần nữa để ghi đè, hoặc “Hủy” để xem bản mới."
            )
            raise procedures.DraftMoved(message)
        return processes.put_step(data, step, form.values(), between=between)

    procedures.change_part(version.pk, PART, change, by=request.actor, at=at)


@require_http_methods(FORM)
@editors
def drop_step(request: ActorRequest, code: str, number: int, step: str) -> HttpResponse:
    """Ask once more, then take a step out; those after it follow what it followed."""
    version = procedures.get_version(code, number)
    if request.method != "POST":
        context = {
            "title": "Bỏ bước",
            "crumbs": way_down(version),
            "question": f"Bỏ bước “{step_name(version, step)}” khỏi bản thảo?",
            "consequence": "Những gì đã khai cho bước này sẽ mất. Các bước theo sau nó sẽ theo "
            "bước đứng trước nó.",
            "button": "Bỏ bước",
            "back": address(code, number),
        }
        return page(request, "confirm", context, current=CURRENT)

    def act(at: datetime) -> str:
        procedures.change_part(
            version.pk,
            PART,
            lambda data: processes.drop_step(data, step),
            by=request.actor,
            at=at,
        )
        return address(code, number)

    try:
        return done(request, act, "Đã bỏ bước khỏi bản thảo.")
    except (BadProcess, procedures.BadDefinition, procedures.DraftMoved) as error:
        messages.error(request, str(error))
        return redirect(address(code, number))


def step_name(version: procedures.ProcedureVersion, code: str) -> str:
    """Return the name of a step of a draft; its code where the draft cannot be read."""
    try:
        steps = processes.steps_in(procedures.part_of(version.source, PART))
    except Anticipated:
        return code
    return next((str(one["name"]) for one in steps if one["code"] == code), code)


@require_http_methods(FORM)
@editors
def bring(request: ActorRequest, code: str, number: int) -> HttpResponse:
    """Replace the process of the draft by that of a BPMN file."""
    version = procedures.get_version(code, number)
    form = BpmnForm(request.POST or None, request.FILES or None)

    def act(at: datetime) -> str:
        file = form.cleaned_data["file"][0]
        content = file.read() if isinstance(file, UploadedFile) else b""
        plain = processes.as_plain(processes.read_bpmn(content))
        change = instead_of_seen(request, version, plain)
        procedures.change_part(version.pk, PART, change, by=request.actor, at=at)
        return address(code, number)

    sheet = Sheet(
        "Nhập quy trình từ tệp BPMN",
        "Nhập",
        "Đã nhập quy trình vào bản thảo.",
        intro="Quy trình trong tệp thay quy trình của bản thảo. Phần tử không dùng được sẽ bị từ "
        "chối kèm mã và dòng; khi ấy bản thảo giữ nguyên.",
        files=True,
        seen=forms.mark_of(procedures.part_of(version.source, PART)),
    )
    return asked(request, form, act, sheet, Way(address(code, number), way_down(version), CURRENT))


@require_GET
@readers
def export(_request: HttpRequest, code: str, number: int) -> HttpResponse:
    """Give the process as a BPMN file. Raises: NoSuchProcedure if there is none."""
    version = procedures.get_version(code, number)
    data = procedures.part_of(version.source, PART)
    if not data:
        message = "Phiên bản này chưa có quy trình."
        raise procedures.NoSuchProcedure(message)
    written = processes.write_bpmn(processes.parse_steps(data), version.procedure.name)
    answer = HttpResponse(written, content_type="application/xml; charset=utf-8")
    name = quote(f"quy-trinh-{code}-{number}.bpmn")
    answer["Content-Disposition"] = f"attachment; filename*=UTF-8''{name}"
    return answer


@require_GET
@readers
def simulate(request: ActorRequest, code: str, number: int) -> HttpResponse:
    """Try the budgets of the version on dossiers of the past year.

    Costs: four statements.
    """
    version = procedures.get_version(code, number)
    back = address(code, number)
    data = procedures.part_of(version.source, PART)
    try:
        process = processes.parse_steps(data)
        found = dossiers.try_budgets(
            version.procedure_id, process, by=request.actor, since=now() - A_YEAR
        )
    except BadProcess as error:
        messages.error(request, str(error))
        return redirect(back)
    context = {
        "title": "Thử thời gian trên hồ sơ đã xong",
        "crumbs": way_down(version),
        "found": found,
        "rows": [(budget_words(one.step), one) for one in found.steps],
        "most": found.most,
        "back": back,
    }
    return page(request, "process_tried", context, current=CURRENT)
