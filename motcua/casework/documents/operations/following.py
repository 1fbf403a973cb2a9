"""What the handling of a document follows from: the tasks that came of its directives.

Source: docs/law/documents.md
"""

from datetime import datetime

from motcua.casework.documents.choices import Act, State, StepKind
from motcua.casework.documents.models import Document
from motcua.casework.tasks import api as tasks
from motcua.lib import work
from motcua.lib.actor import SYSTEM

from .stepping import open_steps
from .telling import lock_document, tell

PREFIX = "document:"
_BEGUN = frozenset({tasks.TaskState.ACCEPTED, tasks.TaskState.WORKING})
OVER = frozenset({tasks.TaskState.DONE, tasks.TaskState.ENDED, tasks.TaskState.CANCELLED})


@work.story
def take_task_move(origin: str, state: str, *, at: datetime) -> Document | None:
    """Note that work on a document began, or that all that was to be done is done.

    What happened already, or concerns no document, changes nothing.
    """
    code = origin.removeprefix(PREFIX)
    if code == origin or state not in _BEGUN | OVER:
        return None
    document = lock_document(code)
    if document.state != State.DIRECTED:
        return None
    if state in _BEGUN:
        return _begin(document, at)
    return _end(document, at)


def _begin(document: Document, at: datetime) -> Document:
    if document.started_at is None:
        document.started_at = at
        tell(
            document,
            Act.START,
            by=SYSTEM,
            at=at,
            was=document.state,
            changed=("started_at",),
        )
    return document


def _end(document: Document, at: datetime) -> Document:
    """End the document once no task of it runs and nobody is asked to direct it."""
    running = [one for one in tasks.tasks_of(f"{PREFIX}{document.code}") if one.state not in OVER]
    asked = [step for step in open_steps(document) if step.kind == StepKind.DIRECT]
    if running or asked:
        return document
    was = document.state
    document.move_to(State.DONE)
    document.done_at = at
    note = "Nhiệm vụ giao từ văn bản đã hoàn thành."
    tell(document, Act.FINISH, by=SYSTEM, at=at, was=was, changed=("done_at",), note=note)
    return document
