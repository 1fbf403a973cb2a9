"""What the ward writes: drafts at every stage, documents issued, numbered and sent."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime

from motcua.casework.documents import api as documents
from motcua.casework.documents.api import (
    Direction,
    Document,
    DraftBody,
    DraftIn,
    PaperIssueIn,
    RecipientIn,
    State,
    Way,
)
from motcua.foundation.organisation import api as organisation
from motcua.foundation.papers.api import DocumentKind
from motcua.lib.actor import Actor
from motcua.lib.clock import local_day

from .cast import Cast
from .letters import Draft, Pace, outgoing
from .moments import morning_before
from .press import Sheet, kept
from .registry import AN_HOUR, Scene, home, told_already

TO_SUBMIT, TO_APPROVE, TO_ISSUE, TO_SEND = 2 * AN_HOUR, 4 * AN_HOUR, 7 * AN_HOUR, 8 * AN_HOUR
CHAIR = "Chủ tịch UBND"
CAPACITY = "TM. ỦY BAN NHÂN DÂN"


def fill_outgoing(cast: Cast, at: datetime, drafts: Iterable[Draft] | None = None) -> int:
    """Let the ward write; what is there is left. Return how many were written."""
    stage, told = Scene(cast, at), told_already(Direction.OUTGOING)
    wanted = outgoing() if drafts is None else drafts
    new = [one for one in wanted if (one.subject, False) not in told]
    for one in new:
        _live(stage, one, morning_before(at, one.days_ago, 25))
    return len(new)


def _live(stage: Scene, one: Draft, at: datetime) -> None:
    doer = stage.acts(one.doer)
    document = documents.begin_draft(_draft(stage, one), by=doer, at=at)
    _PACES[one.pace](stage, one, document.code, at)


def _draft(stage: Scene, one: Draft) -> DraftIn:
    """Return what is written, with what it answers and to whom it goes."""
    asked = Document.objects.filter(
        agency_id=home().id, subject=one.answers, direction=Direction.INCOMING
    ).exclude(state__in=[State.REFUSED, State.LINKED])
    first = asked.first() if one.answers else None
    body = DraftBody(
        f"Ủy ban nhân dân phường Điện Biên Phủ gửi {one.to} nội dung sau:\n"
        "1. Kết quả thực hiện đến ngày lập văn bản.\n"
        "2. Khó khăn, vướng mắc và kiến nghị.\n"
        "Trân trọng./.",
        addressees=(one.to,),
        recipients=("Như trên", f"Lưu: VT, {one.unit}"),
        capacity=CAPACITY,
    )
    return DraftIn(
        agency_id=home().id,
        unit_id=stage.unit(one.unit),
        kind=one.kind,
        subject=one.subject,
        body=body,
        answers=first.code if first else "",
        recipients=(recipient(one.to),),
    )


def recipient(name: str) -> RecipientIn:
    """Return an agency of the province by its name, or somebody who gets it on paper."""
    for agency in organisation.tree().agencies():
        if name in (agency.name, agency.short_name):
            return RecipientIn(agency.name, Way.INSIDE, agency.id, agency.code)
    return RecipientIn(name, Way.PAPER)


def step_of(code: str) -> int:
    """Return the number of the step a document waits for."""
    steps = documents.DocumentStep.objects.filter(document__code=code, closed_at=None)
    return int(steps.order_by("seq").first().seq)  # type: ignore[union-attr]  # -- one always waits


def _submitted(stage: Scene, one: Draft, code: str, at: datetime) -> Actor:
    """Let the drafter bring it before the head of the division; return that head."""
    to = stage.route(f"{one.unit}-01", "Kính trình trưởng phòng duyệt")
    documents.submit(code, to, by=stage.acts(one.doer), at=stage.later(at, TO_SUBMIT))
    return stage.acts(f"{one.unit}-01")


def _approved(stage: Scene, one: Draft, code: str, at: datetime) -> None:
    head = _submitted(stage, one, code, at)
    to = stage.route("LD-01", "Kính trình Chủ tịch ký")
    documents.approve(
        code,
        step_of(code),
        "Nhất trí",
        to=to,
        is_last=True,
        by=head,
        at=stage.later(at, TO_APPROVE),
    )


def _issued(stage: Scene, one: Draft, code: str, at: datetime) -> None:
    """Let Hoa sign by pen, and Vân number it and keep the scan."""
    _approved(stage, one, code, at)
    signed = stage.later(at, TO_ISSUE)
    hoa = stage.acts("LD-01")
    document = Document.objects.get(code=code)
    issue_by_pen(document, hoa, CHAIR, by=stage.van(), at=signed)


def issue_by_pen(
    document: Document, signer: Actor, title: str, *, by: Actor, at: datetime
) -> Document:
    """Number a document that was signed on paper, with a scan of it."""
    issued = Document.objects.filter(
        agency_id=document.agency_id, direction=Direction.OUTGOING, ordinal__isnull=False
    )
    sheet = Sheet(
        issuer=document.issuer_name,
        number=str(issued.filter(issued_on__year=at.year).count() + 1),
        notation=document.notation,
        day=local_day(at),
        kind=DocumentKind(document.kind),
        subject=document.subject,
        signer=signer.name,
        title=title,
        profile=document.profile,
    )
    paper = PaperIssueIn(signer.name, title, kept(sheet, at))
    return documents.issue_on_paper(document.code, step_of(document.code), paper, by=by, at=at)


def _sent(stage: Scene, one: Draft, code: str, at: datetime) -> None:
    _issued(stage, one, code, at)
    documents.send(code, by=stage.van(), at=stage.later(at, TO_SEND))


def _sealing(stage: Scene, one: Draft, code: str, at: datetime) -> None:
    _approved(stage, one, code, at)
    documents.sign_draft(code, step_of(code), by=stage.acts("LD-01"), at=stage.at)


def _sent_back(stage: Scene, one: Draft, code: str, at: datetime) -> None:
    head = _submitted(stage, one, code, at)
    words = "Bổ sung phân công từng phòng và kinh phí thực hiện."
    documents.send_back(code, step_of(code), words, by=head, at=stage.later(at, TO_APPROVE))


def _writing(stage: Scene, one: Draft, code: str, at: datetime) -> None:
    words = "Nên dẫn chiếu văn bản của Sở ở phần mở đầu."
    head = stage.acts(f"{one.unit}-01")
    documents.comment(code, words, by=head, at=stage.later(at, TO_SUBMIT))


def _dropped(stage: Scene, one: Draft, code: str, at: datetime) -> None:
    words = "Đã hoàn thành đúng hạn, không cần xin lùi."
    documents.drop_draft(code, words, by=stage.acts(one.doer), at=stage.later(at, TO_APPROVE))


def _left(stage: Scene, one: Draft, code: str, at: datetime) -> None:
    _submitted(stage, one, code, at)


_PACES: Mapping[Pace, Callable[[Scene, Draft, str, datetime], None]] = {
    Pace.SENT: _sent,
    Pace.TO_SEND: _issued,
    Pace.SEALING: _sealing,
    Pace.TO_SIGN: _approved,
    Pace.TO_APPROVE: _left,
    Pace.SENT_BACK: _sent_back,
    Pace.WRITING: _writing,
    Pace.DROPPED: _dropped,
}
