"""What those do who have a part: accept or refuse it, pass it to somebody, report, finish."""

from collections.abc import Sequence
from datetime import datetime

from motcua.casework.tasks.choices import Act, PartRole, ReportKind, TaskState
from motcua.casework.tasks.errors import MoveNotAllowed
from motcua.casework.tasks.models import Task, TaskPart, TaskReport
from motcua.casework.tasks.permissions import check_does, check_heads
from motcua.casework.tasks.rules.giving import FileIn, clean_words, needed
from motcua.foundation.access.api import Power
from motcua.foundation.organisation import api as organisation
from motcua.lib import work
from motcua.lib.actor import Actor
from motcua.lib.errors import BadInput

from .giving import files_of
from .people import names_of
from .telling import Held, Told, let_see_parts, lock_task, move_part, save_part, seq_of, tell

_MOST_PERCENT = 100


@work.story
def accept_part(code: str, seq: int, *, by: Actor, at: datetime) -> Task:
    """Take the part on. Raises: NoSuchTask, NotAllowed, MoveNotAllowed."""
    held, part = _open_part(code, seq, by=by)
    move_part(part, TaskState.ACCEPTED, at=at)
    part.accepted_at = at
    save_part(part, "accepted_at")
    tell(held, Told(Act.ACCEPT, part), by=by, at=at)
    return held.task


@work.story
def refuse_part(code: str, seq: int, reason: str, *, by: Actor, at: datetime) -> Task:
    """Give the part back untaken, with the reason; its giver decides what becomes of it.

    Raises: NoSuchTask, NotAllowed, MoveNotAllowed, BadInput.
    Source: docs/law/tasks.md
    """
    words = needed(
        reason, "Xin ghi lý do không nhận, ví dụ: không đúng thẩm quyền, nên giao cho nơi nào."
    )
    held, part = _open_part(code, seq, by=by)
    if part.account_id != by.id or part.accepted_at is not None:
        check_heads(part, by)
    move_part(part, TaskState.REFUSED, at=at)
    save_part(part)
    tell(held, Told(Act.REFUSE, part, words), by=by, at=at)
    return held.task


@work.story
def assign_part(  # noqa: PLR0913 -- which part goes to which person of which unit, with which words
    code: str,
    seq: int,
    unit_id: int,
    account_id: int | None,
    *,
    by: Actor,
    at: datetime,
    note: str = "",
) -> Task:
    """Pass the part to a unit inside the agency, or to one person of it; taking it is implied.

    Raises: NoSuchTask, NotAllowed, MoveNotAllowed, BadInput.
    """
    held = lock_task(code)
    part = held.part(seq)
    check_heads(part, by)
    _check_open(part)
    tree = organisation.tree()
    if tree.unit(unit_id).agency_id != part.agency_id:
        message = "Chỉ phân công trong cơ quan. Giao cho cơ quan khác thì giao tiếp nhiệm vụ."
        raise BadInput(message, field="unit")
    by.require(Power.ASSIGN_TASKS, unit_id=unit_id)
    names = names_of([(account_id, unit_id)] if account_id else [], by=by, at=at)
    detail = {"from": part.account_name or tree.unit(part.desk_unit_id).name}
    part.desk_unit_id, part.account_id = unit_id, account_id
    part.account_name = names.get(account_id or 0, "")
    detail["to"] = part.account_name or tree.unit(unit_id).name
    if part.state == TaskState.GIVEN:
        move_part(part, TaskState.ACCEPTED, at=at)
        part.accepted_at = at
    save_part(part, "desk_unit_id", "account_id", "account_name", "accepted_at")
    let_see_parts(held.task, [part])
    tell(held, Told(Act.ASSIGN, part, clean_words(note), detail), by=by, at=at)
    return held.task


@work.story
def report_progress(  # noqa: PLR0913 -- how far which part is, in words and per cent, with files
    code: str,
    seq: int,
    percent: int,
    words: str,
    *,
    by: Actor,
    at: datetime,
    files: Sequence[FileIn] = (),
) -> Task:
    """Say how far the part is; the first report starts the work.

    Raises: NoSuchTask, NotAllowed, MoveNotAllowed, BadInput.
    """
    text = needed(words, "Xin ghi đã làm được gì, còn vướng gì.")
    if not 0 <= percent <= _MOST_PERCENT:
        raise BadInput("Tiến độ là số từ 0 đến 100 (%).", field="percent")
    held, part = _open_part(code, seq, by=by)
    if part.state not in (TaskState.WORKING, TaskState.RETURNED):
        move_part(part, TaskState.WORKING, at=at)
    part.accepted_at = part.accepted_at or at
    part.started_at = part.started_at or at
    part.percent = percent
    save_part(part, "accepted_at", "started_at", "percent")
    _report(held.task, part, ReportKind.PROGRESS, text, files, by=by, at=at)
    tell(held, Told(Act.PROGRESS, part, text, {"percent": percent}), by=by, at=at)
    return held.task


@work.story
def ask_to_finish(
    code: str,
    seq: int,
    words: str,
    *,
    by: Actor,
    at: datetime,
    files: Sequence[FileIn] = (),
) -> Task:
    """Report the part done: a lead then waits for the giver, who helps is done at once.

    What somebody gave to himself ends without asking anybody.

    Raises: NoSuchTask, NotAllowed, MoveNotAllowed, BadInput.
    Source: docs/law/tasks.md
    """
    text = needed(words, "Xin ghi kết quả thực hiện để người giao xem xét.")
    held, part = _open_part(code, seq, by=by)
    is_own = held.task.given_by_id == by.id and part.account_id == by.id
    at_once = part.role == PartRole.TOGETHER or is_own
    move_part(part, TaskState.DONE if at_once else TaskState.REPORTED, at=at)
    part.accepted_at = part.accepted_at or at
    part.started_at = part.started_at or at
    part.reported_at, part.percent = at, _MOST_PERCENT
    part.finished_at = at if at_once else None
    names = ("accepted_at", "started_at", "reported_at", "percent", "finished_at")
    save_part(part, *names)
    _report(held.task, part, ReportKind.FINAL, text, files, by=by, at=at)
    tell(held, Told(Act.FINISH, part, text), by=by, at=at)
    return held.task


def _open_part(code: str, seq: int, *, by: Actor) -> tuple[Held, TaskPart]:
    held = lock_task(code)
    part = held.part(seq)
    check_does(part, by)
    _check_open(part)
    return held, part


def _check_open(part: TaskPart) -> None:
    if part.closed_at is not None or part.state == TaskState.REFUSED:
        label = TaskState(part.state).label
        raise MoveNotAllowed(f"Phần việc đang ở “{label}”, không làm tiếp được.")


def _report(  # noqa: PLR0913 -- one row of a report with all that is in it
    task: Task,
    part: TaskPart,
    kind: ReportKind,
    words: str,
    files: Sequence[FileIn],
    *,
    by: Actor,
    at: datetime,
) -> None:
    seq = seq_of(task)
    report = TaskReport(
        task=task,
        seq=seq,
        part_seq=part.seq,
        kind=kind,
        at=at,
        by_id=by.id,
        by_name=by.name,
        percent=part.percent,
        words=words,
    )
    work.add(report, *files_of(task, files, seq, by=by, at=at))
