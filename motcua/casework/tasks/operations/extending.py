"""More time: asked for by who has the part, decided by the giver; the first limit stays."""

from datetime import datetime
from typing import NamedTuple

from motcua.casework.processes.api import NO_LIMIT
from motcua.casework.tasks.choices import Act, ExtensionState, PartRole, TaskState
from motcua.casework.tasks.errors import MoveNotAllowed
from motcua.casework.tasks.models import ExtensionRequest, Task, TaskPart
from motcua.casework.tasks.permissions import check_does, check_gave
from motcua.casework.tasks.rules.giving import check_due, clean_words, needed
from motcua.lib import work
from motcua.lib.actor import Actor
from motcua.lib.clock import local
from motcua.lib.errors import BadInput

from .telling import Held, Told, lock_task, save_part, seq_of, tell

_TAKEN = (TaskState.REPORTED, TaskState.REFUSED)


class Decision(NamedTuple):
    """What the giver says to a request; without a moment of his own, the one asked for."""

    is_granted: bool
    words: str = ""
    due_at: datetime | None = None


@work.story
def ask_extension(
    code: str, seq: int, due_asked: datetime, reason: str, *, by: Actor, at: datetime
) -> Task:
    """Ask the giver for more time.

    Raises: NoSuchTask, NotAllowed, MoveNotAllowed, BadInput.
    Source: docs/law/tasks.md
    """
    text = needed(reason, "Xin ghi lý do xin gia hạn.", name="reason")
    held = lock_task(code)
    part = held.part(seq)
    check_does(part, by)
    if part.closed_at is not None or part.state in _TAKEN:
        raise MoveNotAllowed("Phần việc không còn chạy hạn, không xin gia hạn được.")
    if part.due_at == NO_LIMIT:
        raise MoveNotAllowed("Phần việc này không có hạn, không cần xin gia hạn.")
    if part.asks_extension:
        raise MoveNotAllowed("Đã xin gia hạn, đang chờ người giao quyết định.")
    if due_asked <= part.due_at:
        raise BadInput("Hạn mới phải sau hạn đang có.", field="due")
    check_due(due_asked, at=at)
    part.asks_extension = True
    save_part(part, "asks_extension")
    request = ExtensionRequest(
        task=held.task,
        seq=seq_of(held.task),
        part_seq=seq,
        state=ExtensionState.ASKED,
        asked_at=at,
        by_id=by.id,
        by_name=by.name,
        due_was=part.due_at,
        due_asked=due_asked,
        reason=text,
    )
    work.add(request)
    told = Told(Act.ASK_EXTENSION, part, text, {"due_asked": due_asked.isoformat()})
    tell(held, told, by=by, at=at)
    return held.task


@work.story
def decide_extension(code: str, seq: int, decision: Decision, *, by: Actor, at: datetime) -> Task:
    """Grant or refuse the open request for this part.

    Raises: NoSuchTask, NotAllowed, MoveNotAllowed, BadInput.
    Source: docs/law/tasks.md
    """
    held = lock_task(code)
    check_gave(held.task, by)
    part = held.part(seq)
    open_ones = ExtensionRequest.objects.select_for_update().filter(
        task=held.task, part_seq=seq, state=ExtensionState.ASKED
    )
    request = open_ones.first()
    if request is None or part.closed_at is not None:
        raise MoveNotAllowed("Không có đề nghị gia hạn nào đang chờ.")
    words = clean_words(decision.words)
    if not decision.is_granted:
        words = needed(words, "Xin ghi lý do không cho gia hạn.")
    request.decided_at, request.decided_by_name, request.decision = at, by.name, words
    request.state = ExtensionState.REFUSED
    if decision.is_granted:
        request.state, request.due_now = (
            ExtensionState.GRANTED,
            decision.due_at or request.due_asked,
        )
        check_due(request.due_now, at=at)
        _set_due(held, part, request.due_now)
    part.asks_extension = False
    work.update(request, "state", "decided_at", "decided_by_name", "decision", "due_now")
    save_part(part, "asks_extension", "due_at")
    act = Act.GRANT_EXTENSION if decision.is_granted else Act.REFUSE_EXTENSION
    tell(held, Told(act, part, words), by=by, at=at, changed=["due_at"])
    return held.task


@work.story
def change_due(
    code: str, seq: int, due_at: datetime, reason: str, *, by: Actor, at: datetime
) -> Task:
    """Set another limit without being asked; it is a row like any other change of it.

    Raises: NoSuchTask, NotAllowed, MoveNotAllowed, BadInput.
    """
    text = needed(reason, "Xin ghi lý do điều chỉnh hạn.", name="reason")
    held = lock_task(code)
    check_gave(held.task, by)
    part = held.part(seq)
    if part.closed_at is not None:
        raise MoveNotAllowed("Phần việc đã kết thúc, không điều chỉnh hạn được.")
    if part.asks_extension:
        raise MoveNotAllowed("Đang có đề nghị gia hạn. Xin quyết định đề nghị ấy trước.")
    check_due(due_at, at=at)
    change = ExtensionRequest(
        task=held.task,
        seq=seq_of(held.task),
        part_seq=seq,
        state=ExtensionState.CHANGED,
        asked_at=at,
        by_id=by.id,
        by_name=by.name,
        due_was=part.due_at,
        due_asked=due_at,
        due_now=due_at,
        reason=text,
        decided_at=at,
        decided_by_name=by.name,
    )
    work.add(change)
    _set_due(held, part, due_at)
    save_part(part, "due_at")
    told = Told(Act.CHANGE_DUE, part, text, {"due_was": f"{local(change.due_was):%d/%m/%Y %H:%M}"})
    tell(held, told, by=by, at=at, changed=["due_at"])
    return held.task


def _set_due(held: Held, part: TaskPart, due_at: datetime) -> None:
    """Set the part's limit; the task's follows the latest of those who lead."""
    part.due_at = due_at
    held.task.due_at = max(p.due_at for p in held.parts if p.role == PartRole.LEAD)
