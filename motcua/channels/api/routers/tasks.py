"""Tasks: given, taken on, reported, approved."""

from datetime import datetime
from typing import Any

from ninja import Schema, Status
from ninja.params import functions as params
from pydantic import Field

from motcua.casework.tasks import api as tasks
from motcua.channels.api.door import AFTER, LIMIT, NUMBER, Door, listed, plain_json, row_of
from motcua.channels.api.naming import agency_of, officer_of, unit_code, unit_of
from motcua.channels.api.shapes import Filed
from motcua.channels.kit.requests import ActorRequest
from motcua.foundation.clients.api import Scope
from motcua.lib import paging
from motcua.lib.clock import now

_MINE: Any = params.Query(False)  # noqa: FBT003 -- the default of a parameter
door = Door("tasks")


class TaskRowOut(Schema):
    """One task as a list shows it."""

    code: str
    title: str
    state: str
    given_at: datetime
    given_by_name: str
    due_at: datetime


class TaskListOut(Schema):
    """One page of tasks; the cursors lead on, there is no total."""

    rows: list[TaskRowOut]
    next: str = ""
    previous: str = ""


class TaskWorkOut(Schema):
    """One open part as a work list shows it."""

    code: str
    seq: int
    title: str
    role: str
    unit_code: str
    account_name: str
    state: str
    percent: int
    due_at: datetime


class TaskWorkPage(Schema):
    """One page of open parts, the nearest limit first."""

    rows: list[TaskWorkOut]
    next: str = ""
    previous: str = ""


class TaskPartOut(Schema):
    """Who takes part, and how far that is."""

    seq: int
    role: str
    unit_name: str
    account_name: str
    words: str
    state: str
    percent: int
    due_at: datetime


class TaskMoveOut(Schema):
    """One act on a task."""

    seq: int
    at: datetime
    act: str
    part_seq: int
    was: str
    state: str
    by_name: str
    note: str


class TaskOut(Schema):
    """One task with its parts and its history."""

    code: str
    title: str
    words: str
    state: str
    given_by_name: str
    given_at: datetime
    due_at: datetime
    parts: list[TaskPartOut]
    moves: list[TaskMoveOut]


class PartBody(Schema):
    """Who leads or helps, and what is asked of them."""

    unit_code: str = Field(max_length=35)
    words: str = Field("", max_length=4000)
    due_at: datetime | None = None


class TaskBody(Schema):
    """A task to be given."""

    title: str = Field(min_length=1, max_length=300)
    words: str = Field("", max_length=8000)
    agency_code: str = Field(max_length=35)
    lead_unit_code: str = Field(max_length=35)
    together: list[PartBody] = Field([], max_length=100)
    due_at: datetime | None = None


class AssignPartBody(Schema):
    """To which unit of the agency a part goes, or to which person of it."""

    unit_code: str = Field(max_length=35)
    username: str = Field("", max_length=150)
    note: str = Field("", max_length=1000)


class MorePartsBody(Schema):
    """Who else leads or helps."""

    leads: list[PartBody] = Field([], max_length=200)
    together: list[PartBody] = Field([], max_length=100)


class OtherLimitBody(Schema):
    """Another limit, and why."""

    due_at: datetime
    reason: str = Field(min_length=1, max_length=1000)


class WordsBody(Schema):
    """What is said."""

    words: str = Field(min_length=1, max_length=8000)


class ProgressBody(Schema):
    """How far a part is."""

    percent: int = Field(ge=0, le=100)
    words: str = Field(min_length=1, max_length=8000)


class MoreTimeBody(Schema):
    """More time asked for."""

    due_asked: datetime
    reason: str = Field(min_length=1, max_length=1000)


class ExtensionDecisionBody(Schema):
    """What the giver says to a request for more time."""

    is_granted: bool
    words: str = Field("", max_length=1000)
    due_at: datetime | None = None


@door.reads("/tasks", Scope.READ_TASKS, TaskListOut, "Danh sách nhiệm vụ")
def list_tasks(request: ActorRequest, after: str = AFTER, limit: int = LIMIT) -> Any:
    """Return every task one may see, ended ones too, the newest first."""
    page = tasks.tasks_for(request.actor, after=paging.decode(after), limit=limit)
    return listed(page, lambda row: row_of(TaskRowOut, row))


@door.reads("/task-work", Scope.READ_TASKS, TaskWorkPage, "Phần việc đang mở")
def list_task_work(
    request: ActorRequest, *, mine: bool = _MINE, after: str = AFTER, limit: int = LIMIT
) -> Any:
    """Return the open parts of one's units (`mine`: one's own), the nearest limit first."""
    only = tasks.WorkFilter(mine=True) if mine else None
    page = tasks.open_tasks_for(request.actor, only=only, after=paging.decode(after), limit=limit)
    return listed(page, lambda row: row_of(TaskWorkOut, row, unit_code=unit_code(row.unit_id)))


@door.reads("/tasks/{code}", Scope.READ_TASKS, TaskOut, "Đọc một nhiệm vụ")
def read_task(request: ActorRequest, code: str) -> Any:
    """Return one task with its parts and its history."""
    found = tasks.task_page(request.actor, code)
    parts = [row_of(TaskPartOut, one.part, unit_name=one.unit_name) for one in found.parts]
    moves = [row_of(TaskMoveOut, one) for one in found.moves]
    return plain_json(row_of(TaskOut, found.task, parts=parts, moves=moves))


@door.makes("/tasks", Scope.ACT_ON_TASKS, Filed, "Giao nhiệm vụ")
def give_task(request: ActorRequest, body: TaskBody) -> Any:
    """Give a task to a unit that leads and others that help."""
    agency = agency_of(body.agency_code)
    lead = unit_of(body.lead_unit_code, "lead_unit_code")
    together = [
        (unit_of(one.unit_code, "together").id, None, one.words, one.due_at)
        for one in body.together
    ]
    facts = tasks.TaskIn(
        title=body.title,
        agency_id=agency.id,
        lead_unit_id=lead.id,
        words=body.words,
        together=together,
        due_at=body.due_at,
    )
    return Status(201, Filed(code=tasks.give_task(facts, by=request.actor, at=now()).code))


@door.acts("/tasks/{code}/parts/{seq}/accept", Scope.ACT_ON_TASKS, Filed, "Nhận phần việc")
def accept(request: ActorRequest, code: str, seq: int = NUMBER) -> Any:
    """Take a part on."""
    return tasks.accept_part(code, seq, by=request.actor, at=now())


@door.acts("/tasks/{code}/parts/{seq}/refuse", Scope.ACT_ON_TASKS, Filed, "Trả lại phần việc")
def refuse(request: ActorRequest, code: str, body: WordsBody, seq: int = NUMBER) -> Any:
    """Give a part back untaken, with the reason."""
    return tasks.refuse_part(code, seq, body.words, by=request.actor, at=now())


@door.acts("/tasks/{code}/parts", Scope.ACT_ON_TASKS, Filed, "Giao thêm đơn vị")
def add_parts(request: ActorRequest, code: str, body: MorePartsBody) -> Any:
    """Let more units lead or help; those who take part already are left as they are."""
    leads, together = _parts(body.leads, "leads"), _parts(body.together, "together")
    return tasks.add_parts(code, leads, together, by=request.actor, at=now())


@door.acts("/tasks/{code}/parts/{seq}/assign", Scope.ACT_ON_TASKS, Filed, "Chia phần việc")
def assign(request: ActorRequest, code: str, body: AssignPartBody, seq: int = NUMBER) -> Any:
    """Pass a part to a unit of one's agency, or to one person of it; taking it is implied."""
    by = request.actor
    to = officer_of(body.username, by=by).pk if body.username else None
    unit = unit_of(body.unit_code)
    return tasks.assign_part(code, seq, unit.id, to, by=by, at=now(), note=body.note)


@door.acts("/tasks/{code}/parts/{seq}/due", Scope.ACT_ON_TASKS, Filed, "Điều chỉnh hạn")
def change_due(request: ActorRequest, code: str, body: OtherLimitBody, seq: int = NUMBER) -> Any:
    """Set another limit of a part without being asked, as who gave it."""
    return tasks.change_due(code, seq, body.due_at, body.reason, by=request.actor, at=now())


@door.acts("/tasks/{code}/parts/{seq}/remind", Scope.ACT_ON_TASKS, Filed, "Đôn đốc phần việc")
def remind(request: ActorRequest, code: str, body: WordsBody, seq: int = NUMBER) -> Any:
    """Remind who does a part."""
    return tasks.remind(code, seq, body.words, by=request.actor, at=now())


@door.acts("/tasks/{code}/parts/{seq}/progress", Scope.ACT_ON_TASKS, Filed, "Báo tiến độ")
def progress(request: ActorRequest, code: str, body: ProgressBody, seq: int = NUMBER) -> Any:
    """Say how far a part is; the first report starts the work."""
    return tasks.report_progress(code, seq, body.percent, body.words, by=request.actor, at=now())


@door.acts("/tasks/{code}/parts/{seq}/finish", Scope.ACT_ON_TASKS, Filed, "Báo đã xong")
def finish(request: ActorRequest, code: str, body: WordsBody, seq: int = NUMBER) -> Any:
    """Report a part done: a lead then waits for the giver, who helps is done at once."""
    return tasks.ask_to_finish(code, seq, body.words, by=request.actor, at=now())


@door.acts("/tasks/{code}/parts/{seq}/approve", Scope.ACT_ON_TASKS, Filed, "Xác nhận đã xong")
def approve(request: ActorRequest, code: str, seq: int = NUMBER) -> Any:
    """Confirm that a part is done; it counts as finished when it was reported, not now."""
    return tasks.approve_part(code, seq, by=request.actor, at=now())


@door.acts("/tasks/{code}/parts/{seq}/return", Scope.ACT_ON_TASKS, Filed, "Yêu cầu làm thêm")
def send_back(request: ActorRequest, code: str, body: WordsBody, seq: int = NUMBER) -> Any:
    """Ask for more work on what was reported done."""
    return tasks.send_back(code, seq, body.words, by=request.actor, at=now())


@door.acts("/tasks/{code}/parts/{seq}/extension", Scope.ACT_ON_TASKS, Filed, "Xin gia hạn")
def ask_extension(request: ActorRequest, code: str, body: MoreTimeBody, seq: int = NUMBER) -> Any:
    """Ask the giver for more time."""
    return tasks.ask_extension(code, seq, body.due_asked, body.reason, by=request.actor, at=now())


@door.acts(
    "/tasks/{code}/parts/{seq}/extension/decision", Scope.ACT_ON_TASKS, Filed, "Trả lời gia hạn"
)
def decide_extension(
    request: ActorRequest, code: str, body: ExtensionDecisionBody, seq: int = NUMBER
) -> Any:
    """Grant or refuse the open request for more time."""
    decision = tasks.Decision(body.is_granted, body.words, body.due_at)
    return tasks.decide_extension(code, seq, decision, by=request.actor, at=now())


@door.acts("/tasks/{code}/notes", Scope.ACT_ON_TASKS, Filed, "Trao đổi trong nhiệm vụ")
def write_note(request: ActorRequest, code: str, body: WordsBody) -> Any:
    """Say something to everybody who takes part."""
    return tasks.write_note(code, body.words, by=request.actor, at=now())


@door.acts("/tasks/{code}/cancel", Scope.ACT_ON_TASKS, Filed, "Hủy nhiệm vụ")
def cancel(request: ActorRequest, code: str, body: WordsBody) -> Any:
    """Stop the whole task, with the reason; what is done stays done."""
    return tasks.cancel_task(code, body.words, by=request.actor, at=now())


def _parts(bodies: list[PartBody], field: str) -> list[tasks.PartIn]:
    return [
        tasks.PartIn(unit_of(one.unit_code, field).id, None, one.words, one.due_at)
        for one in bodies
    ]
