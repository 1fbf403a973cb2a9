"""Leaders direct what was registered; it is passed on, read, finished, opened again, given back.

Source: docs/law/documents.md
"""

from datetime import datetime

from motcua.casework.documents.choices import Act, ScopeRole, State, StepKind, StepResult
from motcua.casework.documents.errors import DocumentError
from motcua.casework.documents.models import Directive, DirectiveLine, Document, DocumentStep
from motcua.casework.documents.rules.directing import DirectiveIn, LineIn, check_directive
from motcua.casework.documents.rules.names import in_words
from motcua.casework.tasks import api as tasks
from motcua.foundation.access.api import Power, Secrecy
from motcua.lib import work
from motcua.lib.actor import Actor
from motcua.lib.errors import BadInput, NotAllowed

from .following import OVER, PREFIX
from .stepping import RouteIn, close_step, get_open_step, is_hand, open_step, open_steps
from .telling import let_see, lock_document, part_seq, tell

_LINES_FROM = 100
_TITLE = 300
_DIRECTABLE = frozenset({State.REGISTERED, State.DIRECTED})


@work.story
def direct(
    code: str, step_seq: int, directive: DirectiveIn, *, by: Actor, at: datetime
) -> Document:
    """Write a directive on the document: lead and help become one task, the others are told.

    Raises: NoSuchDocument, NotAllowed, DocumentError if somebody directed it meanwhile, BadInput,
    and what giving a task raises.
    """
    document = lock_document(code)
    step = get_open_step(document, step_seq)
    _check_directs(step, by)
    check_directive(directive, at)
    was = document.state
    task = _task(document, directive, by=by, at=at)
    document.move_to(State.DIRECTED if task else State.DONE)
    document.due_at = directive.due_at or document.due_at
    if task is None:
        document.done_at = at
    close_step(step, StepResult.DONE, by=by, at=at, comment=_open_words(directive))
    _write(document, directive, task.code if task else "", by=by, at=at)
    _tell_readers(document, directive, by=by, at=at)
    tell(
        document,
        Act.DIRECT,
        by=by,
        at=at,
        was=was,
        changed=("due_at", "done_at"),
        note=_open_words(directive),
        unit_id=step.unit_id,
        detail={"lines": len(directive.lines), "secret": directive.is_secret},
    )
    let_see(document, [_interest(line) for line in directive.lines])
    return document


def _check_directs(step: DocumentStep, by: Actor) -> None:
    """Raises: NotAllowed unless the step waits for the actor, or for one he may direct for."""
    if step.kind != StepKind.DIRECT:
        raise DocumentError("Bước này không phải là bước cho ý kiến chỉ đạo.")
    by.require(Power.DIRECT_DOCUMENTS, unit_id=step.unit_id)
    if not is_hand(step, by) and step.assignee_id is not None:
        message = f"Văn bản này đang trình {step.assignee_name}."
        raise NotAllowed(message)


def _open_words(directive: DirectiveIn) -> str:
    """Return what everybody who sees the document may read of the directive."""
    return "(ý kiến chỉ gửi người có tên)" if directive.is_secret else directive.words


def _interest(line: LineIn) -> tuple[int, ScopeRole]:
    return (-line.account_id if line.account_id else line.unit_id, line.part)


def _task(
    document: Document, directive: DirectiveIn, *, by: Actor, at: datetime
) -> tasks.Task | None:
    """Give the task that follows from a directive; none where nobody is to do anything."""
    leads = directive.of(ScopeRole.LEAD)
    if not leads:
        return None
    named = in_words(document.number, document.notation)
    facts = tasks.TaskIn(
        title=document.subject[:_TITLE],
        words=directive.words,
        agency_id=document.agency_id,
        more_leads=[tasks.PartIn(x.unit_id, x.account_id, x.words, x.due_at) for x in leads],
        together=[
            (x.unit_id, x.account_id, x.words, x.due_at) for x in directive.of(ScopeRole.TOGETHER)
        ],
        origin_kind=tasks.Origin.DOCUMENT,
        origin_ref=f"{PREFIX}{document.code}",
        origin_words=f"{document.kind_name} {named} của {document.issuer_name}"[:500],
        due_at=directive.due_at,
        secrecy=Secrecy.NEED_TO_KNOW if directive.is_secret else document.secrecy,
    )
    return tasks.give_task(facts, by=by, at=at)


def _write(
    document: Document, directive: DirectiveIn, task_code: str, *, by: Actor, at: datetime
) -> None:
    seq = part_seq(document)
    work.add(
        Directive(
            document_id=document.pk,
            seq=seq,
            at=at,
            by_id=by.id,
            by_name=by.name,
            by_title=by.title,
            words=directive.words,
            is_secret=directive.is_secret,
            task_code=task_code,
        ),
        *(
            DirectiveLine(
                document_id=document.pk,
                seq=part_seq(document, index),
                directive_seq=seq,
                part=line.part,
                unit_id=line.unit_id,
                account_id=line.account_id,
                name=line.name,
                words=line.words,
                due_at=line.due_at or directive.due_at,
            )
            for index, line in enumerate(directive.lines)
        ),
    )


def _tell_readers(document: Document, directive: DirectiveIn, *, by: Actor, at: datetime) -> None:
    """Open a step of reading for those who are only to know."""
    for index, line in enumerate(directive.of(ScopeRole.KNOW)):
        to = RouteIn(line.unit_id, line.account_id, line.name, line.words)
        open_step(document, StepKind.READ, to, by=by, at=at, index=_LINES_FROM + index)


@work.story
def pass_on(code: str, step_seq: int, to: RouteIn, *, by: Actor, at: datetime) -> Document:
    """Bring the document before somebody else, who directs it in one's place.

    Raises: NoSuchDocument, NotAllowed, DocumentError, BadInput if it would stay where it is.
    """
    document = lock_document(code)
    step = get_open_step(document, step_seq)
    if not by.can(Power.REGISTER_DOCUMENTS, unit_id=document.unit_id):
        _check_directs(step, by)
    if (to.unit_id, to.account_id) == (step.unit_id, step.assignee_id):
        raise BadInput("Văn bản đang ở nơi này rồi; hãy chọn nơi khác.", field="to")
    close_step(step, StepResult.SKIPPED, by=by, at=at, comment=to.words)
    opened = open_step(document, StepKind.DIRECT, to, by=by, at=at, due_at=step.due_at)
    detail = {"to_unit": opened.unit_id, "to": to.name}
    was = document.state
    tell(document, Act.ROUTE, by=by, at=at, was=was, note=to.words, detail=detail)
    person = [(-to.account_id, ScopeRole.DIRECTING)] if to.account_id else []
    let_see(document, [(to.unit_id, ScopeRole.DIRECTING), *person])
    return document


@work.story
def bring_before(code: str, to: RouteIn, *, by: Actor, at: datetime) -> Document:
    """Bring a registered document before who directs it, once more or for the first time.

    Raises: NoSuchDocument, NotAllowed, DocumentError where it is directed already or not open.
    """
    document = lock_document(code)
    by.require(Power.REGISTER_DOCUMENTS, unit_id=document.unit_id)
    if document.state not in _DIRECTABLE:
        message = f"Văn bản đang ở “{State(document.state).label}”, không trình được nữa."
        raise DocumentError(message)
    if any(step.kind == StepKind.DIRECT for step in open_steps(document)):
        raise DocumentError("Văn bản đang chờ ý kiến chỉ đạo; hãy dùng “Chuyển người khác”.")
    opened = open_step(document, StepKind.DIRECT, to, by=by, at=at)
    detail = {"to_unit": opened.unit_id, "to": to.name}
    was = document.state
    tell(document, Act.ROUTE, by=by, at=at, was=was, note=to.words, detail=detail)
    person = [(-to.account_id, ScopeRole.DIRECTING)] if to.account_id else []
    let_see(document, [(to.unit_id, ScopeRole.DIRECTING), *person])
    return document


@work.story
def mark_read(code: str, step_seq: int, *, by: Actor, at: datetime) -> Document:
    """Say that what was only to be known has been read.

    Raises: NoSuchDocument, NotAllowed, DocumentError.
    """
    document = lock_document(code)
    step = get_open_step(document, step_seq)
    if step.kind != StepKind.READ or not is_hand(step, by):
        raise NotAllowed("Văn bản này không chuyển ông/bà để biết.")
    close_step(step, StepResult.DONE, by=by, at=at)
    tell(document, Act.READ, by=by, at=at, was=document.state, unit_id=step.unit_id)
    return document


@work.story
def finish(code: str, comment: str, *, by: Actor, at: datetime) -> Document:
    """End the handling: by whom it was brought before, or by the registry, saying what came of it.

    Raises: NoSuchDocument, NotAllowed, MoveNotAllowed, DocumentError while a task runs, BadInput.
    """
    document = lock_document(code)
    waiting = [step for step in open_steps(document) if step.kind != StepKind.READ]
    _check_ends(document, waiting, by)
    if not comment.strip():
        raise BadInput("Hãy ghi kết quả xử lý hoặc lý do kết thúc.", field="comment")
    running = [one for one in tasks.tasks_of(f"{PREFIX}{code}") if one.state not in OVER]
    if running:
        message = f"Nhiệm vụ “{running[0].title}” của văn bản này chưa xong."
        raise DocumentError(message)
    was = document.state
    document.move_to(State.DONE)
    document.done_at, document.ended_reason = at, comment.strip()[:1000]
    for step in waiting:
        close_step(step, StepResult.DONE, by=by, at=at, comment=comment)
    changed = ("done_at", "ended_reason")
    tell(document, Act.FINISH, by=by, at=at, was=was, changed=changed, note=comment)
    return document


def _check_ends(document: Document, waiting: list[DocumentStep], by: Actor) -> None:
    """Raises: NotAllowed."""
    if by.can(Power.REGISTER_DOCUMENTS, unit_id=document.unit_id):
        return
    if any(is_hand(step, by) for step in waiting):
        return
    agency_leads = by.can(Power.DIRECT_DOCUMENTS, unit_id=document.unit_id)
    if not agency_leads:
        raise NotAllowed("Văn bản này không chờ ông/bà xử lý.")


@work.story
def reopen(code: str, reason: str, *, by: Actor, at: datetime) -> Document:
    """Open a finished document again, before the registry's leader directs it anew.

    Raises: NoSuchDocument, NotAllowed, MoveNotAllowed, BadInput without a reason.
    """
    document = lock_document(code)
    if not by.can(Power.REGISTER_DOCUMENTS, unit_id=document.unit_id):
        by.require(Power.DIRECT_DOCUMENTS, unit_id=document.unit_id)
    if not reason.strip():
        raise BadInput("Hãy ghi lý do mở lại.", field="reason")
    was = document.state
    document.move_to(State.DIRECTED)
    document.done_at = None
    tell(document, Act.REOPEN, by=by, at=at, was=was, changed=("done_at",), note=reason)
    return document


@work.story
def give_back(code: str, reason: str, *, by: Actor, at: datetime) -> Document:
    """Return a registered document that was not for us; its number stays in the book.

    Raises: NoSuchDocument, NotAllowed, MoveNotAllowed, BadInput without a reason.
    """
    document = lock_document(code)
    by.require(Power.REGISTER_DOCUMENTS, unit_id=document.unit_id)
    if not reason.strip():
        raise BadInput("Hãy ghi lý do trả lại; nơi gửi sẽ đọc lý do này.", field="reason")
    was = document.state
    document.move_to(State.RETURNED)
    document.ended_reason = reason.strip()[:1000]
    for step in open_steps(document):
        close_step(step, StepResult.SKIPPED, by=by, at=at, comment=reason)
    tell(document, Act.RETURN, by=by, at=at, was=was, changed=("ended_reason",), note=reason)
    return document
