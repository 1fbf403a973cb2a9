"""What a document waits for: opened for a unit or person, closed once."""

from dataclasses import dataclass
from datetime import datetime

from motcua.casework.documents.choices import StepKind, StepResult
from motcua.casework.documents.errors import DocumentError
from motcua.casework.documents.models import Document, DocumentStep
from motcua.lib import work
from motcua.lib.actor import Actor

from .clock import next_working_day
from .telling import part_seq


@dataclass(frozen=True, slots=True)
class RouteIn:
    """Before whom a document is brought: a unit, or one person in it, with what is said to them."""

    unit_id: int
    account_id: int | None = None
    name: str = ""
    words: str = ""


def open_step(  # noqa: PLR0913 -- one row, told whole
    document: Document,
    kind: StepKind,
    to: RouteIn,
    *,
    by: Actor,
    at: datetime,
    due_at: datetime | None = None,
    index: int = 0,
) -> DocumentStep:
    """Hand over a step that waits there; without a moment it is due the next working day.

    Call before `tell`: its number is that of the act under way.
    """
    step = DocumentStep(
        document_id=document.pk,
        seq=part_seq(document, index),
        kind=kind,
        unit_id=to.unit_id,
        assignee_id=to.account_id,
        assignee_name=to.name,
        words=to.words,
        opened_at=at,
        opened_by_name=by.name,
        due_at=due_at or next_working_day(to.unit_id, at),
    )
    work.add(step)
    return step


def get_open_step(document: Document, seq: int) -> DocumentStep:
    """Return one open step of a locked document. Raises: DocumentError if it is done."""
    step = DocumentStep.objects.filter(document=document, seq=seq).first()
    if step is None or step.closed_at is not None:
        message = "Việc này đã có người làm xong; hãy mở lại trang."
        raise DocumentError(message)
    return step


def open_steps(document: Document) -> list[DocumentStep]:
    """Return what the document waits for now."""
    found = DocumentStep.objects.filter(document=document, closed_at__isnull=True)
    return list(found.order_by("seq"))


def close_step(
    step: DocumentStep,
    result: StepResult,
    *,
    by: Actor,
    at: datetime,
    comment: str = "",
) -> None:
    """Close a step once, with what came of it."""
    step.closed_at, step.closed_by_id, step.closed_by_name = at, by.id, by.name
    step.result, step.comment = result, comment[:2000]
    work.update(step, "closed_at", "closed_by_id", "closed_by_name", "result", "comment")


def is_hand(step: DocumentStep, actor: Actor) -> bool:
    """Say whether the step waits for this actor: for the person, else for anybody of the unit."""
    if step.assignee_id is not None:
        return step.assignee_id == actor.id
    return step.unit_id in actor.unit_ids
