"""Change the promise: apologise and appoint anew, once; extend where the law of the version does.

Source: docs/law/one-stop.md
"""

from datetime import datetime

from motcua.casework.dossiers.choices import Act, DueChangeKind, IssuedForm, Status
from motcua.casework.dossiers.errors import DossierError, ReappointedBefore
from motcua.casework.dossiers.models import Consultation, Dossier, DueChange
from motcua.casework.dossiers.queries.clock import clock_rows, facts_of_unit, recompute
from motcua.casework.procedures import api as procedures
from motcua.foundation.access.api import Power
from motcua.foundation.calendar import api as calendar
from motcua.foundation.signing import api as signing
from motcua.lib import work
from motcua.lib.actor import Actor
from motcua.lib.clock import local_day
from motcua.lib.errors import BadInput

from .clock import add_due_change
from .issuing import issue_numbered
from .stepping import WORKABLE
from .steps import follow_promise
from .telling import lock_dossier, part_seq, tell


@work.story
def apologise(code: str, new_due_at: datetime, reason: str, *, by: Actor, at: datetime) -> Dossier:
    """Apologise for being late and promise a new moment (paper 04); the first one stays visible.

    Once in a dossier's life. In time until the last working moment a full day before the due
    day; later it still can be done, and is marked late.

    Raises: NoSuchDossier, NotAllowed, ReappointedBefore, DossierError, BadInput.
    """
    dossier = lock_dossier(code)
    by.require(Power.ISSUE_APOLOGIES, unit_id=dossier.competent_unit_id)
    due_was = _running_promise(dossier)
    if dossier.reappointed_at is not None:
        message = f"Hồ sơ {code} đã được xin lỗi và hẹn lại một lần; không hẹn lại lần nữa."
        raise ReappointedBefore(message)
    facts = facts_of_unit(dossier.receiving_unit_id)
    _check_new_moment(new_due_at, max(due_was, at), facts)
    if not reason.strip():
        message = "Hãy nêu lý do chậm trong văn bản xin lỗi."
        raise BadInput(message, field="reason")
    dossier.reappointed_at = at
    dossier.reappointed_late = at > calendar.latest_apology_moment(due_was, facts)
    dossier.due_at = new_due_at
    change = add_due_change(
        dossier, DueChangeKind.REAPPOINTED, due_was, by=by, at=at, ground=reason
    )
    block = signing.block_for(by, dossier.agency_id, signing.DocumentKind.APOLOGY, at)
    unit_id = dossier.competent_unit_id
    data = {"title": block.title, "signer": block.name, "capacity": block.printed}
    paper = issue_numbered(dossier, IssuedForm.APOLOGY, unit_id, by=by, at=at, data=data)
    change.document_number = paper.number
    follow_promise(dossier, procedures.definition_of(dossier.procedure_version_id), ())
    tell(
        dossier,
        Act.APOLOGISE,
        by=by,
        at=at,
        was=Status(dossier.status),
        note=reason,
        changed=("due_at", "reappointed_at", "reappointed_late"),
        detail={"due_was": due_was.isoformat(), "late": dossier.reappointed_late},
    )
    return dossier


def _running_promise(dossier: Dossier) -> datetime:
    """Return the promise of a dossier at work. Raises: DossierError."""
    if dossier.status not in WORKABLE or dossier.due_at is None:
        label = Status(dossier.status).label
        message = f"Hồ sơ {dossier.code} đang ở “{label}” hoặc không có hẹn trả để thay đổi."
        raise DossierError(message)
    return dossier.due_at


def _check_new_moment(new: datetime, after: datetime, facts: calendar.CalendarFacts) -> None:
    """Raises: BadInput."""
    if new <= after:
        message = "Ngày hẹn mới phải sau ngày hẹn cũ và sau hôm nay."
        raise BadInput(message, field="new_due_at")
    if not calendar.is_working_day(local_day(new), facts):
        message = "Ngày hẹn mới phải là ngày làm việc."
        raise BadInput(message, field="new_due_at")


def was_anybody_asked(dossier: Dossier) -> bool:
    """Say whether something was asked of others, as a verification is. Costs: one query."""
    return Consultation.objects.filter(dossier_id=dossier.pk).exists()


@work.story
def extend(code: str, ground: str, *, by: Actor, at: datetime) -> Dossier:
    """Extend the limit as the version of the procedure provides, once, before it ends.

    This is no apology: the ground lies in the law of the procedure.

    Raises: NoSuchDossier, NotAllowed, DossierError, BadInput.
    """
    dossier = lock_dossier(code)
    by.require(Power.APPROVE_DOSSIERS, unit_id=dossier.competent_unit_id)
    due_was = _running_promise(dossier)
    if not ground.strip():
        message = "Hãy nêu căn cứ gia hạn."
        raise BadInput(message, field="ground")
    definition = procedures.definition_of(dossier.procedure_version_id)
    more = definition.extension
    rows = clock_rows(dossier)
    if more is None or any(c.kind == DueChangeKind.EXTENDED for c in rows.changes):
        message = "Thủ tục này không cho gia hạn, hoặc hồ sơ đã được gia hạn."
        raise DossierError(message)
    if definition.extension_after_asking and not was_anybody_asked(dossier):
        message = (
            "Thủ tục này chỉ được gia hạn khi phải xác minh: hãy “Lấy ý kiến” nơi cần xác minh"
            " trước."
        )
        raise DossierError(message)
    if at > due_was:
        message = "Hồ sơ đã quá hạn; hãy dùng “Xin lỗi và hẹn lại”."
        raise DossierError(message)
    change = DueChange(
        dossier_id=dossier.pk,
        seq=part_seq(dossier),
        kind=DueChangeKind.EXTENDED,
        at=at,
        due_was=due_was,
        ground=ground,
        amount=more.amount,
        unit=str(more.unit),
        by_name=by.name,
    )
    rows.changes.append(change)
    result = recompute(dossier, definition, rows.history())
    dossier.due_at = change.due_now = result.due_at if result else due_was
    work.add(change)
    follow_promise(dossier, definition, rows.waits)
    was = Status(dossier.status)
    tell(dossier, Act.EXTEND, by=by, at=at, was=was, note=ground, changed=("due_at",))
    return dossier
