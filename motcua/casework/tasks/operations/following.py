"""What the giver does: approve, send back, give to somebody else, stop, remind; and talk."""

from datetime import datetime

from motcua.casework.tasks.choices import Act, PartRole, TaskState
from motcua.casework.tasks.errors import MoveNotAllowed
from motcua.casework.tasks.models import Task, TaskPart
from motcua.casework.tasks.permissions import check_gave, check_targets, does, is_giver
from motcua.casework.tasks.rules.giving import PartIn, PartPlan, clean_words, needed
from motcua.foundation.organisation import api as organisation
from motcua.lib import work
from motcua.lib.actor import Actor
from motcua.lib.errors import NotAllowed

from .people import names_of
from .telling import Held, Told, let_see_parts, lock_task, move_part, save_part, tell


@work.story
def approve_part(code: str, seq: int, *, by: Actor, at: datetime, note: str = "") -> Task:
    """Confirm that the part is done; it counts as finished when it was reported, not now.

    Raises: NoSuchTask, NotAllowed, MoveNotAllowed.
    Source: docs/law/tasks.md
    """
    held, part = _given(code, seq, by=by)
    if part.state not in (TaskState.REPORTED, TaskState.WORKING, TaskState.RETURNED):
        label = TaskState(part.state).label
        raise MoveNotAllowed(f"Phần việc đang ở “{label}”: chưa có kết quả để xác nhận.")
    was_reported = part.state == TaskState.REPORTED
    move_part(part, TaskState.DONE, at=at)
    part.finished_at = part.reported_at if was_reported and part.reported_at else at
    part.percent, part.asks_extension = 100, False
    save_part(part, "finished_at", "percent")
    tell(held, Told(Act.APPROVE, part, clean_words(note)), by=by, at=at)
    return held.task


@work.story
def send_back(code: str, seq: int, words: str, *, by: Actor, at: datetime) -> Task:
    """Ask for more work on what was reported done; the report no longer counts.

    Raises: NoSuchTask, NotAllowed, MoveNotAllowed, BadInput.
    """
    text = needed(words, "Xin ghi cần làm tiếp, làm lại điều gì.")
    held, part = _given(code, seq, by=by)
    if held.task.closed_at is not None:
        raise MoveNotAllowed("Nhiệm vụ đã kết thúc. Xin giao nhiệm vụ mới.")
    move_part(part, TaskState.RETURNED, at=at)
    part.finished_at = None
    save_part(part, "finished_at")
    tell(held, Told(Act.SEND_BACK, part, text), by=by, at=at)
    return held.task


@work.story
def reassign_part(  # noqa: PLR0913 -- which part goes to whom, with which words
    code: str,
    seq: int,
    unit_id: int,
    account_id: int | None,
    *,
    by: Actor,
    at: datetime,
    note: str = "",
) -> Task:
    """Give a part to another unit or person, or once more to the same after a refusal.

    Raises: NoSuchTask, NotAllowed, NotOursToGive, MoveNotAllowed, BadInput.
    """
    held, part = _given(code, seq, by=by)
    to = PartIn(unit_id, account_id)
    check_targets([PartPlan(PartRole(part.role), to)], held.task.agency_id, by=by)
    if part.state != TaskState.GIVEN:
        move_part(part, TaskState.GIVEN, at=at)
    tree = organisation.tree()
    names = names_of([(account_id, unit_id)] if account_id else [], by=by, at=at)
    detail = {"from": part.account_name or tree.unit(part.unit_id).name}
    part.unit_id = part.desk_unit_id = unit_id
    part.agency_id = tree.unit(unit_id).agency_id
    part.account_id, part.account_name = account_id, names.get(account_id or 0, "")
    part.accepted_at = part.reported_at = None
    detail["to"] = part.account_name or tree.unit(unit_id).name
    names_of_fields = ("unit_id", "desk_unit_id", "agency_id", "account_id", "account_name")
    save_part(part, *names_of_fields, "accepted_at", "reported_at")
    let_see_parts(held.task, [part])
    tell(held, Told(Act.REASSIGN, part, clean_words(note), detail), by=by, at=at)
    return held.task


@work.story
def cancel_part(code: str, seq: int, reason: str, *, by: Actor, at: datetime) -> Task:
    """Stop one part; the task ends when no lead is left.

    Raises: NoSuchTask, NotAllowed, MoveNotAllowed, BadInput.
    """
    text = needed(reason, "Xin ghi lý do thôi giao.")
    held, part = _given(code, seq, by=by)
    move_part(part, TaskState.CANCELLED, at=at)
    part.asks_extension = False
    save_part(part, "asks_extension")
    tell(held, Told(Act.CANCEL_PART, part, text), by=by, at=at)
    return held.task


@work.story
def cancel_task(code: str, reason: str, *, by: Actor, at: datetime) -> Task:
    """Stop the whole task, with the reason; what is done stays done.

    Raises: NoSuchTask, NotAllowed, MoveNotAllowed, BadInput.
    """
    text = needed(reason, "Xin ghi lý do thôi thực hiện nhiệm vụ.")
    held = lock_task(code)
    check_gave(held.task, by)
    if held.task.closed_at is not None:
        raise MoveNotAllowed("Nhiệm vụ đã kết thúc.")
    for part in held.parts:
        if part.closed_at is None:
            move_part(part, TaskState.CANCELLED, at=at)
            save_part(part)
    tell(held, Told(Act.CANCEL, None, text), by=by, at=at)
    return held.task


@work.story
def remind(code: str, seq: int, words: str, *, by: Actor, at: datetime) -> Task:
    """Press those who have the part (0: every open part) to get on with it.

    Raises: NoSuchTask, NotAllowed, MoveNotAllowed.
    """
    held = lock_task(code)
    check_gave(held.task, by)
    part = held.part(seq) if seq else None
    if held.task.closed_at is not None or (part is not None and part.closed_at is not None):
        raise MoveNotAllowed("Phần việc đã kết thúc, không cần đôn đốc.")
    tell(held, Told(Act.REMIND, part, clean_words(words)), by=by, at=at)
    return held.task


@work.story
def write_note(code: str, words: str, *, by: Actor, at: datetime) -> Task:
    """Say something to everybody who takes part.

    Raises: NoSuchTask, NotAllowed, BadInput.
    """
    text = needed(words, "Xin ghi nội dung trao đổi.")
    held = lock_task(code)
    own = next((part for part in held.parts if does(part, by)), None)
    if own is None and not is_giver(held.task, by):
        raise NotAllowed("Chỉ nơi giao và nơi thực hiện trao đổi được trong nhiệm vụ này.")
    tell(held, Told(Act.NOTE, own, text), by=by, at=at)
    return held.task


def _given(code: str, seq: int, *, by: Actor) -> tuple[Held, TaskPart]:
    held = lock_task(code)
    check_gave(held.task, by)
    return held, held.part(seq)
