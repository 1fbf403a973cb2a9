"""Guide before receipt, ask for a supplement after it, and take in what is supplied.

Source: docs/law/one-stop.md
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from motcua.casework.dossiers.choices import Act, IssuedForm, Status, SubState
from motcua.casework.dossiers.errors import DossierError, TooManySupplements
from motcua.casework.dossiers.models import (
    Dossier,
    SupplementItem,
    SupplementRequest,
)
from motcua.casework.dossiers.queries.clock import facts_of_unit
from motcua.casework.dossiers.rules.application import PaperIn
from motcua.casework.dossiers.rules.supplements import SupplementItemIn, check_items
from motcua.casework.procedures import api as procedures
from motcua.casework.procedures.api import Definition, Ground
from motcua.foundation.access.api import Power
from motcua.foundation.calendar import api as calendar
from motcua.lib import work
from motcua.lib.actor import Actor
from motcua.lib.errors import BadInput
from motcua.lib.tongue import said

from .answering import answers_of, put_answers
from .clock import CLOCK, begin_wait, end_waits
from .filing import add_papers, check_due
from .issuing import issue_numbered
from .rights import handling_unit, is_applicant, require_applicant_or_desk
from .signed_papers import check_signed
from .steps import steps_of
from .telling import lock_dossier, part_seq, tell
from .unsigning import check_not_signing

_WORKED_ON = frozenset({Status.RECEIVED, Status.PROCESSING})


@work.story
def guide_applicant(
    code: str,
    items: Sequence[SupplementItemIn],
    *,
    by: Actor,
    at: datetime,
    answer_by: datetime | None = None,
) -> Dossier:
    """Say, before receipt, everything that is still to be added (paper 02); no clock runs yet.

    Raises: NoSuchDossier, NotAllowed, MoveNotAllowed, BadInput.
    """
    dossier = lock_dossier(code)
    by.require(Power.RECEIVE_DOSSIERS, unit_id=dossier.receiving_unit_id)
    check_items(items)
    was = Status(dossier.status)
    if dossier.received_at is not None:
        message = f"Hồ sơ {code} đã được tiếp nhận; hãy dùng “Yêu cầu bổ sung”."
        raise DossierError(message)
    if was != Status.AWAITING_APPLICANT:
        dossier.move_to(Status.AWAITING_APPLICANT)
    dossier.sub_state = SubState.GUIDED
    request = _Request(is_after_receipt=False, until_at=answer_by)
    _ask(dossier, items, request, by=by, at=at)
    tell(dossier, Act.GUIDE, by=by, at=at, was=was, note=_in_words(items))
    return dossier


@work.story
def ask_supplement(
    code: str,
    items: Sequence[SupplementItemIn],
    *,
    by: Actor,
    at: datetime,
    approval_reason: str = "",
    answer_by: datetime | None = None,
) -> Dossier:
    """Ask once, after receipt and within the version's window, for everything that is missing.

    A further or later request needs the head's reasoned approval, and counts as overdue.

    Raises: NoSuchDossier, NotAllowed, DossierError, TooManySupplements, BadInput.
    """
    dossier = lock_dossier(code)
    if dossier.status not in _WORKED_ON:
        message = f"Hồ sơ {code} đang ở “{Status(dossier.status).label}”, chưa yêu cầu được."
        raise DossierError(message)
    check_not_signing(dossier)
    unit_id = _asking_unit(dossier, by)
    check_items(items)
    definition = procedures.definition_of(dossier.procedure_version_id)
    is_extra = _is_beyond_the_rule(dossier, definition, at)
    if is_extra:
        _check_approval(dossier, approval_reason, by)
    was = Status(dossier.status)
    dossier.move_to(Status.AWAITING_APPLICANT)
    dossier.supplements += 1
    request = _Request(
        is_after_receipt=True,
        until_at=answer_by,
        is_extra=is_extra,
        approval_reason=approval_reason if is_extra else "",
    )
    _ask(dossier, items, request, by=by, at=at)
    term = definition.waiting[Ground.SUPPLEMENT]
    begin_wait(dossier, Ground.SUPPLEMENT, term, at=at, until_at=answer_by)
    tell(
        dossier,
        Act.ASK_SUPPLEMENT,
        by=by,
        at=at,
        was=was,
        changed=("supplements", *CLOCK),
        note=_in_words(items),
        unit_id=unit_id,
        detail={"extra": is_extra},
    )
    return dossier


def _asking_unit(dossier: Dossier, by: Actor) -> int:
    """Return for which unit the actor asks: the receiving desk, or one at work on it."""
    if by.can(Power.RECEIVE_DOSSIERS, unit_id=dossier.receiving_unit_id):
        return dossier.receiving_unit_id
    return handling_unit(dossier, steps_of(dossier), by)


def _is_beyond_the_rule(dossier: Dossier, definition: Definition, at: datetime) -> bool:
    """Say whether this is one request too many, or comes after the version's window."""
    if dossier.supplements >= definition.supplements_allowed:
        return True
    window = definition.waiting[Ground.SUPPLEMENT].window
    if window is None or dossier.received_at is None or dossier.supplements:
        return False
    facts = facts_of_unit(dossier.receiving_unit_id)
    return at > calendar.due_at(window, dossier.received_at, (), facts).due_at


def _check_approval(dossier: Dossier, reason: str, by: Actor) -> None:
    """Raises: TooManySupplements unless the head asks, with a reason."""
    may = by.can(Power.ALLOW_MORE_SUPPLEMENT, unit_id=dossier.competent_unit_id)
    if not may or not reason.strip():
        message = (
            "Hồ sơ đã được yêu cầu bổ sung hoặc đã quá thời gian được yêu cầu; "
            "lãnh đạo đơn vị phải duyệt và nêu lý do, và hồ sơ bị tính là quá hạn."
        )
        raise TooManySupplements(message)


class _Request(NamedTuple):
    is_after_receipt: bool
    until_at: datetime | None = None
    is_extra: bool = False
    approval_reason: str = ""


def _ask(
    dossier: Dossier,
    items: Sequence[SupplementItemIn],
    request: _Request,
    *,
    by: Actor,
    at: datetime,
) -> None:
    """Hand over the request, its items and paper 02."""
    seq = part_seq(dossier)
    form, desk = IssuedForm.SUPPLEMENT, dossier.receiving_unit_id
    data: dict[str, Any] = {"request": seq}
    if request.until_at is not None:
        data["answer_by"] = request.until_at.isoformat()
    paper = issue_numbered(dossier, form, desk, by=by, at=at, data=data)
    work.add(
        SupplementRequest(
            dossier_id=dossier.pk,
            seq=seq,
            number=paper.number,
            asked_at=at,
            by_name=by.name,
            approved_by_name=by.name if request.is_extra else "",
            **request._asdict(),
        ),
        *(
            SupplementItem(
                dossier_id=dossier.pk,
                seq=part_seq(dossier, index),
                request_seq=seq,
                spec_code=item.spec_code,
                what=item.what,
                reason=item.reason,
            )
            for index, item in enumerate(items)
        ),
    )


def _in_words(items: Sequence[SupplementItemIn]) -> str:
    return "; ".join(item.what for item in items)[:2000]


@work.story
def supply(
    code: str,
    papers: Sequence[PaperIn],
    answers: Mapping[str, Any] | None = None,
    *,
    by: Actor,
    at: datetime,
) -> Dossier:
    """Take in what was asked for, from the applicant or at the desk; the clock goes on.

    Raises: NoSuchDossier, NotAllowed, DossierError, BadInput, AnswersWrong.
    """
    dossier = lock_dossier(code)
    require_applicant_or_desk(dossier, by)
    was = Status(dossier.status)
    if was != Status.AWAITING_APPLICANT:
        message = said(
            "Hồ sơ %(code)s đang ở “%(label)s”, không chờ bổ sung.", code=code, label=was.label
        )
        raise DossierError(message)
    if not papers and not answers:
        message = said("Hãy gửi ít nhất một giấy tờ hoặc nội dung bổ sung.")
        raise BadInput(message, field="papers")
    definition = procedures.definition_of(dossier.procedure_version_id)
    if is_applicant(dossier, by):
        check_signed([(one.spec_code, one.file_id) for one in papers], definition.papers)
    if answers:
        kept = answers_of(dossier)
        put_answers(dossier, definition, kept, {**(kept.answers if kept else {}), **answers})
    _take_in(dossier, papers, by=by, at=at)
    if dossier.received_at is None:
        dossier.sub_state = SubState.SUPPLIED
        dossier.check_due_at = check_due(dossier, definition, at)
    else:
        dossier.move_to(Status.PROCESSING)
        end_waits(dossier, definition, Ground.SUPPLEMENT, by=by, at=at)
    note = "; ".join(paper.name for paper in papers)[:2000]
    detail = {"papers": len(papers), "by_applicant": is_applicant(dossier, by)}
    changed = ("check_due_at", *CLOCK)
    tell(dossier, Act.SUPPLY, by=by, at=at, was=was, changed=changed, note=note, detail=detail)
    return dossier


def _take_in(dossier: Dossier, papers: Sequence[PaperIn], *, by: Actor, at: datetime) -> None:
    """Hand over the papers and note on the open request that it was answered."""
    rows = work.fetch(_OPEN_REQUEST, [dossier.pk])
    request_seq = rows[0][0] if rows else None
    if papers:
        add_papers(dossier, papers, by=by, at=at, supplement_seq=request_seq)
    if request_seq is not None:
        work.put(_SUPPLIED, [at, dossier.pk, request_seq])


_OPEN_REQUEST = (
    "SELECT seq FROM dossiers_supplementrequest"
    " WHERE dossier_id = %s AND supplied_at IS NULL ORDER BY seq DESC LIMIT 1"
)
_SUPPLIED = (
    "UPDATE dossiers_supplementrequest SET supplied_at = %s WHERE dossier_id = %s AND seq <= %s"
    " AND supplied_at IS NULL"
)
