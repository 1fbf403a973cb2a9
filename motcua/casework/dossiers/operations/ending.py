"""End a dossier without an outcome: withdrawn by its applicant, or stopped by the office.

Source: docs/law/one-stop.md
"""

from datetime import datetime

from motcua.casework.dossiers.choices import Act, IssuedForm, Status
from motcua.casework.dossiers.models import Dossier
from motcua.casework.processes.api import StepResult
from motcua.foundation.access.api import Power
from motcua.foundation.signing import api as signing
from motcua.lib import work
from motcua.lib.actor import Actor, ActorKind
from motcua.lib.clock import local_day
from motcua.lib.errors import BadInput, NotAllowed
from motcua.lib.tongue import said

from .issuing import close_sheet, give_back_originals, issue_numbered
from .money import settle_money
from .paying import words_on_fees
from .rights import is_applicant, may_take_back, require_applicant_or_desk
from .telling import lock_dossier, tell
from .unsigning import end_signing

PAUSE = ("paused_at", "pause_ground")
_WITHDRAWN = "Người nộp hồ sơ yêu cầu rút hồ sơ"
_DESK = "Bộ phận Tiếp nhận và Trả kết quả"
_AUTOMATIC = "(lập tự động theo yêu cầu rút hồ sơ)"
_ORIGINALS_BACK = "Bản chính đã nộp được trả lại tại nơi tiếp nhận hồ sơ."


@work.story
def withdraw(code: str, reason: str = "", *, by: Actor, at: datetime) -> Dossier:
    """Take the application back, by its applicant or at the desk for them; originals return.

    Once it was received its handling ends with paper 05; before that there is nothing to end.

    Raises: NoSuchDossier, NotAllowed, MoveNotAllowed once it is resolved or ended.
    """
    dossier = lock_dossier(code)
    require_applicant_or_desk(dossier, by)
    if by.kind == ActorKind.CITIZEN and not may_take_back(dossier, by):
        raise NotAllowed(
            said("Chỉ người đã nộp hoặc người quản lý tài khoản của tổ chức rút hồ sơ này.")
        )
    was = Status(dossier.status)
    dossier.move_to(Status.WITHDRAWN)
    end_signing(dossier, reason or _WITHDRAWN, by=by, at=at)
    back = settle_money(dossier, _WITHDRAWN, by=by, at=at)
    if dossier.received_at is not None:
        _issue_withdrawal(dossier, reason, back, by=by, at=at)
    end_work(dossier, by=by, at=at)
    tell(dossier, Act.WITHDRAW, by=by, at=at, was=was, changed=PAUSE, note=reason)
    return dossier


def _issue_withdrawal(
    dossier: Dossier, reason: str, back_vnd: int, *, by: Actor, at: datetime
) -> None:
    """Issue paper 05 for a withdrawal; the one that nobody at the office wrote says so."""
    is_own = is_applicant(dossier, by)
    why = reason.strip().rstrip(".")
    data = {
        "reason": f"{_WITHDRAWN}: {why}." if why else f"{_WITHDRAWN}.",
        "basis": f"Yêu cầu rút hồ sơ ngày {local_day(at):%d/%m/%Y} của {dossier.submitter_name}",
        "title": _DESK if is_own else by.title,
        "signer": _AUTOMATIC if is_own else by.name,
        "fees": words_on_fees(dossier, back_vnd),
        "originals": _ORIGINALS_BACK,
    }
    issue_numbered(dossier, IssuedForm.STOP, dossier.competent_unit_id, by=by, at=at, data=data)


@work.story
def stop(code: str, ground: str, basis: str, *, by: Actor, at: datetime) -> Dossier:
    """Stop the handling for a ground in law, with paper 05 to the applicant.

    Raises: NoSuchDossier, NotAllowed, MoveNotAllowed, BadInput.
    """
    dossier = lock_dossier(code)
    by.require(Power.STOP_DOSSIERS, unit_id=_stopping_unit(dossier))
    stop_with_notice(dossier, ground, basis, by=by, at=at)
    return dossier


def _stopping_unit(dossier: Dossier) -> int:
    """Return whose head stops it: the desk's before receipt, the competent unit's after it."""
    is_received = dossier.received_at is not None
    return dossier.competent_unit_id if is_received else dossier.receiving_unit_id


def stop_with_notice(dossier: Dossier, ground: str, basis: str, *, by: Actor, at: datetime) -> None:
    """Stop a locked dossier and issue the notice.

    Raises: MoveNotAllowed, NoSigningRight, BadInput.
    """
    if not ground.strip() or not basis.strip():
        message = "Dừng giải quyết phải nêu lý do và căn cứ pháp lý."
        raise BadInput(message, field="basis" if ground.strip() else "ground")
    block = signing.block_for(by, dossier.agency_id, signing.DocumentKind.STOP, at)
    was = Status(dossier.status)
    dossier.move_to(Status.STOPPED)
    end_signing(dossier, ground, by=by, at=at)
    back = settle_money(dossier, f"Dừng giải quyết: {ground}", by=by, at=at)
    data = {
        "reason": ground,
        "basis": basis,
        "title": block.title,
        "signer": block.name,
        "capacity": block.printed,
        "fees": words_on_fees(dossier, back),
        "originals": _ORIGINALS_BACK,
    }
    issue_numbered(dossier, IssuedForm.STOP, dossier.competent_unit_id, by=by, at=at, data=data)
    end_work(dossier, by=by, at=at)
    changed = (*PAUSE, "replaced_by_id")
    detail = {"basis": basis}
    tell(dossier, Act.STOP, by=by, at=at, was=was, changed=changed, note=ground, detail=detail)


def end_work(dossier: Dossier, *, by: Actor, at: datetime) -> None:
    """Close what is open of a dossier that ends: steps, waits, postings, sheet; originals go."""
    work.put(_END_STEPS, [at, by.id, by.name, StepResult.ENDED, dossier.pk])
    work.put(_END_WAITS, [at, dossier.pk])
    work.put(_END_POSTINGS, [at, by.name, _ENDED_WITH_IT, dossier.pk])
    give_back_originals(dossier, at=at)
    close_sheet(dossier, by=by, at=at)
    dossier.paused_at, dossier.pause_ground = None, ""


_END_STEPS = (
    "UPDATE dossiers_dossierstep SET closed_at = %s, closed_by_id = %s, closed_by_name = %s,"
    " result = %s WHERE dossier_id = %s AND closed_at IS NULL"
)
_END_WAITS = (
    "UPDATE dossiers_dossierwait SET supplied_at = %s WHERE dossier_id = %s AND supplied_at IS NULL"
)
_END_POSTINGS = (
    "UPDATE dossiers_posting SET ended_at = %s, ended_by_name = %s, end_note = %s"
    " WHERE dossier_id = %s AND ended_at IS NULL"
)
_ENDED_WITH_IT = "Hồ sơ kết thúc trước khi hết thời gian niêm yết."
