"""Documents are written: drafts, their versions, what people say of them, the chain of approval.

Source: docs/law/documents.md
"""

from collections.abc import Iterable
from contextlib import suppress
from datetime import date, datetime

from motcua.casework.documents.choices import (
    Act,
    Direction,
    ScopeRole,
    State,
    StepKind,
    StepResult,
    Way,
)
from motcua.casework.documents.errors import DocumentError
from motcua.casework.documents.models import (
    Document,
    DocumentStep,
    DraftVersion,
    Opinion,
    Recipient,
)
from motcua.casework.documents.queries.letterheads import notation_of
from motcua.casework.documents.queries.one import get_document_for
from motcua.casework.documents.rules.drafts import (
    DraftBody,
    DraftIn,
    RecipientIn,
    check_body,
    check_draft,
    check_due,
)
from motcua.casework.documents.rules.names import new_code
from motcua.foundation.access.api import Power
from motcua.foundation.ledger import api as ledger
from motcua.foundation.organisation import api as organisation
from motcua.foundation.papers import api as papers
from motcua.foundation.signing import api as signing
from motcua.lib import work
from motcua.lib.actor import Actor
from motcua.lib.clock import local_day
from motcua.lib.errors import BadInput, NotAllowed
from motcua.lib.text import tidy

from .changing import changed_document
from .enveloping import recipients_now
from .finding import remember
from .stepping import RouteIn, close_step, get_open_step, is_hand, open_step, open_steps
from .telling import let_see, lock_document, part_seq, tell


@work.story
def begin_draft(draft: DraftIn, *, by: Actor, at: datetime) -> Document:
    """Begin to write a document; its drafter works on it until it is submitted.

    Raises: NotAllowed, BadInput.
    """
    by.require(Power.DRAFT_DOCUMENTS, unit_id=draft.unit_id)
    check_draft(draft)
    check_due(draft.due_on, local_day(at))
    agency = organisation.tree().agency(draft.agency_id)
    answered, replaced, amended = _answered(draft), _replaced(draft), _amended(draft)
    document = Document(
        id=work.new_id(Document),
        code=new_code(),
        direction=Direction.OUTGOING,
        state=State.DRAFT,
        agency_id=draft.agency_id,
        unit_id=draft.unit_id,
        sort_at=at,
        kind=draft.kind,
        kind_name=papers.DocumentKind(draft.kind).label,
        notation=draft.notation
        or notation_of(draft.agency_id, draft.unit_id, draft.kind, draft.profile),
        issuer_name=agency.name,
        issuer_code=agency.code,
        subject=tidy(draft.subject),
        urgency=draft.urgency,
        due_on=draft.due_on,
        secrecy=draft.secrecy,
        drafter_id=by.id,
        drafter_name=by.name,
        profile=draft.profile,
        answers_id=answered.pk if answered else None,
        replaces_id=replaced.pk if replaced else None,
        amends_id=amended.pk if amended else None,
        change_reason=tidy(draft.change_reason)[:1000],
        promise_salt=ledger.new_salt(),
    )
    _add_version(document, draft.body, draft.file_id, draft.file_name, "", by=by, at=at)
    write_recipients(document, draft.recipients or _as_before(replaced or amended), at)
    _rework(document, by=by, at=at)
    tell(document, Act.DRAFT, by=by, at=at, was="", unit_id=draft.unit_id, is_new=True)
    let_see(document, [(draft.unit_id, ScopeRole.DRAFTING), (-by.id, ScopeRole.DRAFTING)])
    remember(document)
    return document


def _answered(draft: DraftIn) -> Document | None:
    """Return the incoming document the draft answers. Raises: BadInput if there is none such."""
    if not draft.answers:
        return None
    found = Document.objects.filter(code=draft.answers, agency_id=draft.agency_id).first()
    if found is None or found.direction != Direction.INCOMING:
        raise BadInput("Không tìm thấy văn bản đến cần trả lời.", field="answers")
    return found


def _replaced(draft: DraftIn) -> Document | None:
    """Return the document the draft replaces: of the same kind, as the law wants it.

    Raises: BadInput.
    """
    if not draft.replaces:
        return None
    found = changed_document(draft.replaces, draft.agency_id)
    if found.kind != draft.kind:
        message = f"Văn bản thay thế phải cùng loại với văn bản cũ ({found.kind_name})."
        raise BadInput(message, field="kind")
    return found


def _amended(draft: DraftIn) -> Document | None:
    return changed_document(draft.amends, draft.agency_id) if draft.amends else None


def _as_before(older: Document | None) -> list[RecipientIn]:
    """Return to whom the document goes that is replaced or corrected."""
    rows = recipients_now(older) if older is not None else []
    return [RecipientIn(one.name, Way(one.way), one.agency_id, one.code) for one in rows]


def _add_version(  # noqa: PLR0913 -- one row, told whole
    document: Document,
    body: DraftBody | None,
    file_id: int | None,
    file_name: str,
    note: str,
    *,
    by: Actor,
    at: datetime,
) -> None:
    work.add(
        DraftVersion(
            document_id=document.pk,
            seq=part_seq(document),
            at=at,
            by_id=by.id,
            by_name=by.name,
            file_id=file_id,
            file_name=file_name[:500],
            body=body.kept() if body else None,
            note=tidy(note)[:1000],
        )
    )


def write_recipients(document: Document, recipients: Iterable[RecipientIn], at: datetime) -> None:
    work.add(
        *(
            Recipient(
                document_id=document.pk,
                seq=part_seq(document, index),
                agency_id=one.agency_id,
                code=one.code,
                name=one.name,
                way=one.way,
                added_at=at,
            )
            for index, one in enumerate(recipients)
        )
    )


def _rework(document: Document, *, by: Actor, at: datetime, words: str = "") -> DocumentStep:
    """Let the draft wait for its drafter."""
    to = RouteIn(document.unit_id, document.drafter_id, document.drafter_name, words)
    return open_step(document, StepKind.REWORK, to, by=by, at=at)


@work.story
def revise(  # noqa: PLR0913 -- what may be changed, each by its name
    code: str,
    *,
    by: Actor,
    at: datetime,
    due_on: date | None,
    body: DraftBody | None = None,
    file_id: int | None = None,
    file_name: str = "",
    subject: str = "",
    note: str = "",
) -> Document:
    """Write another version; all before it stay readable. Without a day nobody has to answer.

    Raises: NoSuchDocument, NotAllowed, DocumentError unless it is being written, BadInput.
    """
    document = lock_document(code)
    _check_writes(document, by)
    if body is None and file_id is None:
        raise BadInput("Hãy viết nội dung hoặc gửi tệp Word.", field="text")
    if body is not None:
        check_body(body)
    _add_version(document, body, file_id, file_name, note, by=by, at=at)
    document.subject = tidy(subject) or document.subject
    if due_on != document.due_on:
        check_due(due_on, local_day(at))
        document.due_on = due_on
    changed = ("subject", "due_on")
    tell(document, Act.REVISE, by=by, at=at, was=document.state, changed=changed, note=note)
    remember(document)
    return document


def _check_writes(document: Document, by: Actor) -> None:
    """Raises: NotAllowed, DocumentError."""
    if document.drafter_id != by.id and not by.can(
        Power.APPROVE_DOCUMENTS, unit_id=document.unit_id
    ):
        raise NotAllowed("Chỉ người soạn hoặc lãnh đạo đơn vị soạn sửa được dự thảo này.")
    if document.state not in (State.DRAFT, State.SUBMITTED):
        message = f"Văn bản đang ở “{State(document.state).label}”, không sửa dự thảo được nữa."
        raise DocumentError(message)


@work.story
def set_recipients(
    code: str, recipients: Iterable[RecipientIn], *, by: Actor, at: datetime
) -> Document:
    """Say anew to whom the document will go.

    Raises: NoSuchDocument, NotAllowed, DocumentError once it is signed, BadInput.
    """
    document = lock_document(code)
    _check_writes(document, by)
    wanted = list(recipients)
    names = [one.code or one.name.casefold() for one in wanted]
    if len(names) != len(set(names)):
        raise BadInput("Mỗi nơi nhận chỉ ghi một lần.", field="recipients")
    work.put(_REMOVED, [at, document.pk, part_seq(document)])
    write_recipients(document, wanted, at)
    note = "; ".join(one.name for one in wanted)
    detail = {"recipients": len(wanted)}
    tell(document, Act.REVISE, by=by, at=at, was=document.state, note=note, detail=detail)
    return document


_REMOVED = (
    "UPDATE documents_recipient SET removed_at = %s"
    " WHERE document_id = %s AND seq < %s AND removed_at IS NULL"
)


@work.story
def comment(code: str, words: str, *, by: Actor, at: datetime) -> Document:
    """Say something of the newest version, as anybody who may see it; the drafter answers it.

    Raises: NoSuchDocument, DocumentError unless it is being written, BadInput without words.
    """
    get_document_for(by, code)
    document = lock_document(code)
    if document.state not in (State.DRAFT, State.SUBMITTED):
        raise DocumentError("Văn bản không còn là dự thảo; không góp ý được nữa.")
    if not words.strip():
        raise BadInput("Hãy ghi ý kiến góp ý.", field="words")
    _give_opinion(document, words, by=by, at=at)
    tell(document, Act.COMMENT, by=by, at=at, was=document.state, note=words)
    return document


def _give_opinion(document: Document, words: str, *, by: Actor, at: datetime) -> None:
    latest = DraftVersion.objects.filter(document=document).order_by("-seq").first()
    work.add(
        Opinion(
            document_id=document.pk,
            seq=part_seq(document),
            version_seq=latest.seq if latest else 0,
            at=at,
            by_id=by.id,
            by_name=by.name,
            by_title=by.title,
            words=words.strip()[:2000],
        )
    )


@work.story
def settle_opinion(
    code: str, seq: int, answer: str, *, is_taken: bool, by: Actor, at: datetime
) -> Document:
    """Say what came of an opinion: taken, or why not.

    Raises: NoSuchDocument, NotAllowed, DocumentError, BadInput without a reason for not taking it.
    """
    document = lock_document(code)
    _check_writes(document, by)
    opinion = Opinion.objects.filter(document=document, seq=seq, settled_at=None).first()
    if opinion is None:
        raise DocumentError("Ý kiến này đã được giải trình rồi.")
    if not is_taken and not answer.strip():
        raise BadInput("Không tiếp thu thì hãy giải trình lý do.", field="answer")
    opinion.answer, opinion.is_taken = answer.strip()[:2000], is_taken
    opinion.settled_at, opinion.settled_by_name = at, by.name
    work.update(opinion, "answer", "is_taken", "settled_at", "settled_by_name")
    tell(document, Act.COMMENT, by=by, at=at, was=document.state, note=answer)
    return document


@work.story
def submit(code: str, to: RouteIn, *, by: Actor, at: datetime) -> Document:
    """Submit the draft to who approves it first.

    Raises: NoSuchDocument, NotAllowed, MoveNotAllowed, DocumentError with open opinions.
    """
    document = lock_document(code)
    _check_writes(document, by)
    waiting = Opinion.objects.filter(document=document, settled_at=None).count()
    if waiting:
        raise DocumentError(f"Còn {waiting} ý kiến góp ý chưa giải trình; hãy trả lời trước.")
    was = document.state
    document.move_to(State.SUBMITTED)
    for step in open_steps(document):
        close_step(step, StepResult.DONE, by=by, at=at)
    _bring(document, StepKind.APPROVE, to, by=by, at=at)
    tell(document, Act.SUBMIT, by=by, at=at, was=was, note=to.words, detail={"to": to.name})
    return document


def _bring(document: Document, kind: StepKind, to: RouteIn, *, by: Actor, at: datetime) -> None:
    open_step(document, kind, to, by=by, at=at)
    person = [(-to.account_id, ScopeRole.DIRECTING)] if to.account_id else []
    let_see(document, [(to.unit_id, ScopeRole.DIRECTING), *person])


@work.story
def approve(  # noqa: PLR0913 -- one approval, told whole
    code: str, step_seq: int, words: str, *, to: RouteIn, is_last: bool, by: Actor, at: datetime
) -> Document:
    """Approve the draft and bring it before the next one, or before who signs.

    Raises: NoSuchDocument, NotAllowed, DocumentError.
    """
    document = lock_document(code)
    step = _approving(document, step_seq, by)
    close_step(step, StepResult.DONE, by=by, at=at, comment=words)
    _bring(document, StepKind.SIGN if is_last else StepKind.APPROVE, to, by=by, at=at)
    if is_last:
        _let_registry_see(document, at)
    detail = {"to": to.name, "to_sign": is_last}
    tell(document, Act.APPROVE, by=by, at=at, was=document.state, note=words, detail=detail)
    return document


def _let_registry_see(document: Document, at: datetime) -> None:
    """Let the clerk find what is to be signed: if it is signed by pen, he numbers it."""
    with suppress(signing.SigningError):  # an agency without a clerk: nobody to show it to
        registry = signing.registry_unit(document.agency_id, at)
        let_see(document, [(registry, ScopeRole.REGISTRY)])


def _approving(document: Document, step_seq: int, by: Actor) -> DocumentStep:
    """Return the step of approval or signing that waits for the actor.

    Raises: NotAllowed, DocumentError.
    """
    step = get_open_step(document, step_seq)
    if step.kind not in (StepKind.APPROVE, StepKind.SIGN):
        raise DocumentError("Dự thảo này không chờ duyệt.")
    by.require(Power.APPROVE_DOCUMENTS, unit_id=step.unit_id)
    if step.assignee_id is not None and not is_hand(step, by):
        raise NotAllowed(f"Dự thảo này đang trình {step.assignee_name}.")
    return step


@work.story
def send_back(code: str, step_seq: int, words: str, *, by: Actor, at: datetime) -> Document:
    """Return the draft to its drafter; what is to be changed becomes an opinion to be answered.

    Raises: NoSuchDocument, NotAllowed, DocumentError, BadInput without words.
    """
    document = lock_document(code)
    step = _approving(document, step_seq, by)
    if not words.strip():
        raise BadInput("Hãy ghi điều cần sửa.", field="words")
    was = document.state
    document.move_to(State.DRAFT)
    close_step(step, StepResult.RETURNED, by=by, at=at, comment=words)
    _give_opinion(document, words, by=by, at=at)
    _rework(document, by=by, at=at, words=words)
    tell(document, Act.SEND_BACK, by=by, at=at, was=was, note=words)
    return document


@work.story
def take_back(code: str, *, by: Actor, at: datetime) -> Document:
    """Take a submitted draft back, before anybody signs it.

    Raises: NoSuchDocument, NotAllowed, MoveNotAllowed.
    """
    document = lock_document(code)
    _check_writes(document, by)
    was = document.state
    document.move_to(State.DRAFT)
    for step in open_steps(document):
        close_step(step, StepResult.SKIPPED, by=by, at=at)
    _rework(document, by=by, at=at)
    tell(document, Act.WITHDRAW, by=by, at=at, was=was)
    return document


@work.story
def drop_draft(code: str, reason: str, *, by: Actor, at: datetime) -> Document:
    """Give a draft up; it stays readable.

    Raises: NoSuchDocument, NotAllowed, MoveNotAllowed, BadInput without a reason.
    """
    document = lock_document(code)
    _check_writes(document, by)
    if not reason.strip():
        raise BadInput("Hãy ghi lý do hủy dự thảo.", field="reason")
    was = document.state
    document.move_to(State.DROPPED)
    document.ended_reason = reason.strip()[:1000]
    for step in open_steps(document):
        close_step(step, StepResult.SKIPPED, by=by, at=at)
    tell(document, Act.DROP, by=by, at=at, was=was, changed=("ended_reason",), note=reason)
    return document


def ways_of(agency_id: int | None, code: str) -> Way:
    """Return how a document best goes to a recipient."""
    if agency_id is not None:
        return Way.INSIDE
    return Way.AXIS if code else Way.PAPER
