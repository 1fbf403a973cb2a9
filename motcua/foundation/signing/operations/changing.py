"""Correct, replace or revoke an issued paper by a decision.

Source: docs/law/signatures.md
"""

from dataclasses import dataclass
from datetime import date, datetime

from motcua.foundation.access.api import Power
from motcua.foundation.signing.choices import DocumentKind, PaperState
from motcua.foundation.signing.errors import NoSuchPaper
from motcua.foundation.signing.events import PaperStateChanged
from motcua.foundation.signing.models import PaperChange, SignedPaper, SigningRequest
from motcua.foundation.signing.rules.paper_states import REISSUED, can_change, check_change
from motcua.lib import work
from motcua.lib.actor import SYSTEM, Actor
from motcua.lib.clock import local_day
from motcua.lib.errors import BadInput

from .telling import tell

_LATEST = ("state", "successor_token", "basis_number", "basis_on")


@dataclass(frozen=True, slots=True)
class PaperChangeIn:
    """What a decision does to a paper; `reason` is for officers and for whose paper it is."""

    state: PaperState
    decision_number: str
    decided_on: date
    reason: str
    successor_token: str = ""


@work.story
def change_paper(token: str, change: PaperChangeIn, *, by: Actor, at: datetime) -> SignedPaper:
    """Let a decision correct, replace or revoke a paper; whoever scans it sees so at once.

    Raises: NoSuchPaper, NotAllowed, PaperIsOver, BadInput.
    Locks: the request, then the paper.
    """
    request_id = (
        SignedPaper.objects.values_list("request_id", flat=True).filter(token=token).first()
    )
    if request_id is None:
        raise NoSuchPaper("Không có giấy đã ký số nào mang mã này.")
    request = work.lock(SigningRequest, id=request_id)
    by.require(Power.REVOKE_PAPERS, unit_id=request.unit_id)
    paper = work.lock(SignedPaper, token=token)
    check_change(PaperState(paper.state), change.state)
    _check_decision(paper, change, local_day(at))
    paper.state, paper.successor_token = change.state, change.successor_token
    paper.basis_number, paper.basis_on = change.decision_number.strip(), change.decided_on
    work.update(paper, *_LATEST)
    seq = PaperChange.objects.filter(paper=paper).count() + 1
    work.add(
        PaperChange(
            paper_id=paper.pk,
            seq=seq,
            state=change.state,
            basis_number=paper.basis_number,
            basis_on=paper.basis_on,
            successor_token=change.successor_token,
            reason=change.reason.strip(),
            by_id=by.id,
            by_name=by.name,
            at=at,
        )
    )
    event = PaperStateChanged(
        request.pk, request.version + 1, request.code, request.owner, change.state
    )
    detail = {"state": change.state, "decision": paper.basis_number}
    tell(request, "paper_changed", event, by=by, at=at, detail=detail)
    return paper


@work.story
def replace_slip(token: str, successor_token: str, *, at: datetime) -> bool:
    """Let a slip be replaced by the one issued anew in its place; say whether it counted until now.

    A slip is no decision and needs none; nothing else changes so.

    Raises: NoSuchPaper.
    Locks: the request, then the paper.
    """
    newer = SignedPaper.objects.filter(token=successor_token, document_kind=DocumentKind.SLIP)
    found = SignedPaper.objects.filter(token=token, document_kind=DocumentKind.SLIP).first()
    if found is None or not newer.exists():
        raise NoSuchPaper("Không có giấy tiếp nhận đã đóng dấu nào mang mã này.")
    request = work.lock(SigningRequest, id=found.request_id)
    paper = work.lock(SignedPaper, token=token)
    if not can_change(PaperState(paper.state)):
        return False
    paper.state, paper.successor_token = PaperState.REPLACED, successor_token
    paper.basis_number, paper.basis_on = REISSUED, local_day(at)
    work.update(paper, *_LATEST)
    work.add(
        PaperChange(
            paper_id=paper.pk,
            seq=PaperChange.objects.filter(paper=paper).count() + 1,
            state=paper.state,
            basis_number=REISSUED,
            basis_on=paper.basis_on,
            successor_token=successor_token,
            reason="Sửa thông tin tiếp nhận",
            by_id=SYSTEM.id,
            by_name=SYSTEM.name,
            at=at,
        )
    )
    event = PaperStateChanged(
        request.pk, request.version + 1, request.code, request.owner, paper.state
    )
    tell(request, "paper_changed", event, by=SYSTEM, at=at, detail={"state": paper.state})
    return True


def _check_decision(paper: SignedPaper, change: PaperChangeIn, today: date) -> None:
    """Raises: BadInput."""
    if not change.decision_number.strip():
        raise BadInput("Hãy ghi số, ký hiệu của quyết định.", field="decision_number")
    if not change.reason.strip():
        raise BadInput("Hãy ghi lý do.", field="reason")
    if not paper.issued_on <= change.decided_on <= today:
        message = f"Ngày quyết định phải từ {paper.issued_on:%d/%m/%Y} đến hôm nay."
        raise BadInput(message, field="decided_on")
    if (change.state == PaperState.REPLACED) != bool(change.successor_token):
        raise BadInput("Hãy nêu giấy thay thế.", field="successor")
    if change.successor_token == paper.token:
        raise BadInput("Một giấy không thay thế chính nó.", field="successor")
    is_there = SignedPaper.objects.filter(token=change.successor_token).exists()
    if change.successor_token and not is_there:
        raise BadInput("Giấy thay thế chưa được ký, đóng dấu.", field="successor")
