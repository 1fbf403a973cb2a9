"""Work on a received dossier: take, assign, complete a step, propose, approve, decide.

Source: docs/law/one-stop.md
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from motcua.casework.dossiers.choices import Act, OutcomeKind, ScopeRole, Status
from motcua.casework.dossiers.errors import DossierError, StepNotOpen
from motcua.casework.dossiers.models import (
    Dossier,
    DossierAnswers,
    DossierOutcome,
    DossierStep,
)
from motcua.casework.procedures import api as procedures
from motcua.casework.procedures.api import Definition, OutcomeSpec
from motcua.casework.processes.api import StepKind, StepResult, is_finished
from motcua.foundation.access.api import Power
from motcua.foundation.numbering import api as numbering
from motcua.lib import work
from motcua.lib.actor import Actor
from motcua.lib.clock import local_day
from motcua.lib.errors import BadInput

from .steps import done_codes, open_next, steps_of
from .telling import let_see, lock_dossier, part_seq, tell

_APPROVING = frozenset({StepKind.APPROVAL, StepKind.DECISION})
_WORKABLE = frozenset({Status.RECEIVED, Status.PROCESSING})
_CLOSED = ("closed_at", "closed_by_id", "closed_by_name", "result", "comment")
_MONTHS = 12


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a handler proposes as the outcome; no file means the version's own template."""

    kind: OutcomeKind = OutcomeKind.GRANTED
    reason: str = ""
    file_id: int | None = None
    file_name: str = ""
    spec_codes: tuple[str, ...] = ()
    serial: str = ""


@work.story
def take_step(code: str, step_seq: int | str, *, by: Actor, at: datetime) -> Dossier:
    """Take an open step of one's unit for oneself.

    Raises: NoSuchDossier, NotAllowed, StepNotOpen when somebody else has it.
    """
    dossier, step, _ = _open_step(code, step_seq)
    by.require(_power_for(step), unit_id=step.unit_id)
    if step.assignee_id not in (None, by.id):
        message = f"Việc này {step.assignee_name} đã nhận."
        raise StepNotOpen(message)
    was = _begin(dossier)
    _give(dossier, step, by.id, by.name)
    tell(dossier, Act.TAKE, by=by, at=at, was=was, unit_id=step.unit_id)
    return dossier


@work.story
def assign_step(  # noqa: PLR0913 -- to whom is two words
    code: str,
    step_seq: int | str,
    *,
    to_id: int,
    to_name: str,
    by: Actor,
    at: datetime,
    note: str = "",
) -> Dossier:
    """Give an open step to an officer, or to another one than before.

    Raises: NoSuchDossier, NotAllowed, StepNotOpen.
    """
    dossier, step, _ = _open_step(code, step_seq)
    by.require(Power.ASSIGN_DOSSIERS, unit_id=step.unit_id)
    was = _begin(dossier)
    _give(dossier, step, to_id, to_name)
    detail = {"to": to_name, "from": step.assignee_name}
    tell(dossier, Act.ASSIGN, by=by, at=at, was=was, unit_id=step.unit_id, note=note, detail=detail)
    return dossier


def _give(dossier: Dossier, step: DossierStep, to_id: int, to_name: str) -> None:
    step.assignee_id, step.assignee_name = to_id, to_name
    work.update(step, "assignee_id", "assignee_name")
    let_see(dossier, [(-to_id, ScopeRole.ASSIGNED)])


@work.story
def complete_step(
    code: str,
    step_seq: int | str,
    *,
    by: Actor,
    at: datetime,
    comment: str = "",
    proposal: Proposal | None = None,
) -> Dossier:
    """Finish a step that is not a decision; the next ones open.

    Raises: NoSuchDossier, NotAllowed, StepNotOpen, BadInput.
    """
    dossier, step, steps = _open_step(code, step_seq)
    _check_hand(step, by)
    if step.kind == StepKind.DECISION:
        message = "Bước này là ký quyết định; hãy dùng “Ký kết quả” hoặc “Trả lại”."
        raise StepNotOpen(message)
    was = _begin(dossier)
    definition = procedures.definition_of(dossier.procedure_version_id)
    is_approval = step.kind == StepKind.APPROVAL
    result = StepResult.APPROVED if is_approval else StepResult.DONE
    _close(step, result, comment, by=by, at=at)
    if proposal is not None:
        propose(dossier, definition, proposal, by=by, at=at)
    _go_on(dossier, definition, steps, at=at)
    act = Act.APPROVE if is_approval else Act.COMPLETE
    detail = {"step": step.code}
    tell(dossier, act, by=by, at=at, was=was, unit_id=step.unit_id, note=comment, detail=detail)
    return dossier


@work.story
def return_step(
    code: str, step_seq: int | str, *, comment: str, by: Actor, at: datetime
) -> Dossier:
    """Send an approval or decision back to be done again, with what is wrong.

    Raises: NoSuchDossier, NotAllowed, StepNotOpen, BadInput without a comment.
    """
    dossier, step, steps = _open_step(code, step_seq)
    _check_hand(step, by)
    if not comment.strip():
        message = "Hãy ghi rõ cần làm lại điều gì."
        raise BadInput(message, field="comment")
    definition = procedures.definition_of(dossier.procedure_version_id)
    if definition.process is None or not definition.process.step(step.code).return_to:
        message = "Quy trình không cho trả lại từ bước này."
        raise StepNotOpen(message)
    was = _begin(dossier)
    _close(step, StepResult.RETURNED, comment, by=by, at=at)
    _go_on(dossier, definition, steps, at=at)
    detail = {"step": step.code}
    tell(
        dossier,
        Act.RETURN_STEP,
        by=by,
        at=at,
        was=was,
        unit_id=step.unit_id,
        note=comment,
        detail=detail,
    )
    return dossier


@work.story
def decide(
    code: str,
    step_seq: int | str,
    *,
    by: Actor,
    at: datetime,
    comment: str = "",
    proposal: Proposal | None = None,
) -> Dossier:
    """Sign the outcome; the dossier is resolved when nothing of its process is left.

    Raises: NoSuchDossier, NotAllowed, StepNotOpen.
    """
    dossier, step, steps = _open_step(code, step_seq)
    _check_hand(step, by)
    if step.kind != StepKind.DECISION:
        message = "Bước này không phải là bước ký quyết định."
        raise StepNotOpen(message)
    definition = procedures.definition_of(dossier.procedure_version_id)
    outcomes = _drafted(dossier)
    if not outcomes:
        outcomes = propose(dossier, definition, proposal or Proposal(), by=by, at=at)
    was = _begin(dossier)
    _sign(dossier, definition, outcomes, by=by, at=at)
    _close(step, StepResult.APPROVED, comment, by=by, at=at)
    _go_on(dossier, definition, steps, at=at)
    detail = {"step": step.code, "outcomes": [outcome.number for outcome in outcomes]}
    tell(
        dossier,
        Act.DECIDE,
        by=by,
        at=at,
        was=was,
        unit_id=step.unit_id,
        note=comment,
        changed=("resolved_at",),
        detail=detail,
    )
    return dossier


def propose(
    dossier: Dossier, definition: Definition, proposal: Proposal, *, by: Actor, at: datetime
) -> list[DossierOutcome]:
    """Hand over drafts of the outcomes in place of earlier ones. Raises: BadInput."""
    if proposal.kind == OutcomeKind.REFUSED and not proposal.reason.strip():
        message = "Từ chối giải quyết phải nêu lý do."
        raise BadInput(message, field="reason")
    needs_facts = any(spec.when for spec in definition.outcomes)
    specs = _wanted(definition, proposal, _facts(dossier) if needs_facts else {})
    work.put(_DROP_DRAFTS, [dossier.pk, dossier.version + 1])
    drafts = [_draft(dossier, i, spec, proposal, by=by, at=at) for i, spec in enumerate(specs)]
    work.add(*drafts)
    return drafts


def _wanted(
    definition: Definition, proposal: Proposal, facts: dict[str, object]
) -> list[OutcomeSpec]:
    if proposal.kind == OutcomeKind.REFUSED:
        return [OutcomeSpec("tu-choi", "Văn bản từ chối giải quyết", title="THÔNG BÁO")]
    specs = definition.outcomes_for(facts)
    chosen = [spec for spec in specs if spec.code in proposal.spec_codes] or specs
    if not chosen:
        chosen = [OutcomeSpec("khong-giay", "Kết thúc, không có kết quả giấy")]
    return chosen


def _draft(
    dossier: Dossier,
    index: int,
    spec: OutcomeSpec,
    proposal: Proposal,
    *,
    by: Actor,
    at: datetime,
) -> DossierOutcome:
    return DossierOutcome(
        dossier_id=dossier.pk,
        seq=part_seq(dossier, index),
        spec_code=spec.code,
        name=spec.name,
        result_code=spec.result_code,
        kind=proposal.kind,
        reason=proposal.reason,
        serial=proposal.serial,
        file_id=proposal.file_id if index == 0 else None,
        file_name=proposal.file_name if index == 0 else "",
        drafted_by_name=by.name,
        drafted_at=at,
    )


def _sign(
    dossier: Dossier,
    definition: Definition,
    outcomes: Sequence[DossierOutcome],
    *,
    by: Actor,
    at: datetime,
) -> None:
    """Number, date and sign the drafts."""
    day = local_day(at)
    months = {spec.code: spec.validity_months for spec in definition.outcomes}
    series = numbering.series_of_year("outcome", str(dossier.agency_id), day.year)
    for outcome in outcomes:
        number = numbering.allocate_number(series)
        outcome.number = f"{number:02d}/{definition.sector_code or 'KQ'}"
        outcome.signed_by_name, outcome.signed_by_title = by.name, by.title
        outcome.decided_at = at
        if outcome.kind == OutcomeKind.GRANTED and months.get(outcome.spec_code):
            outcome.valid_until = months_after(day, months[outcome.spec_code])
        if outcome.drafted_at != at:
            work.update(
                outcome, "number", "signed_by_name", "signed_by_title", "decided_at", "valid_until"
            )


def months_after(day: date, months: int) -> date:
    """Return the same day so many months later, or that month's last day."""
    year, month = divmod(day.month - 1 + months, _MONTHS)
    first = date(day.year + year, month + 1, 1)
    following = date(first.year + first.month // _MONTHS, first.month % _MONTHS + 1, 1)
    return first.replace(day=min(day.day, (following - first).days))


def _drafted(dossier: Dossier) -> list[DossierOutcome]:
    rows = work.fetch(_DRAFTS, [dossier.pk])
    return [work.from_row(DossierOutcome, row) for row in rows]


class Opened(NamedTuple):
    """A locked dossier, the step asked for (still open), and all its steps."""

    dossier: Dossier
    step: DossierStep
    steps: list[DossierStep]


def _open_step(code: str, step_seq: int | str) -> Opened:
    """Lock the dossier and find its open step, by number or by the code of the process."""
    dossier = lock_dossier(code)
    if dossier.status not in _WORKABLE:
        message = f"Hồ sơ {code} đang ở “{Status(dossier.status).label}”, chưa xử lý tiếp được."
        raise DossierError(message)
    steps = steps_of(dossier)
    still_open = [step for step in steps if step.closed_at is None]
    step = next((one for one in still_open if step_seq in (one.seq, one.code)), None)
    if step is None:
        message = "Việc này đã có người xử lý xong; hãy tải lại hồ sơ."
        raise StepNotOpen(message)
    return Opened(dossier, step, steps)


def _power_for(step: DossierStep) -> Power:
    return Power.APPROVE_DOSSIERS if step.kind in _APPROVING else Power.HANDLE_DOSSIERS


def _check_hand(step: DossierStep, by: Actor) -> None:
    """Raises: NotAllowed, or StepNotOpen where the step is another officer's."""
    by.require(_power_for(step), unit_id=step.unit_id)
    mine = step.assignee_id in (None, by.id)
    if not mine and not by.can(Power.ASSIGN_DOSSIERS, unit_id=step.unit_id):
        message = f"Việc này đang do {step.assignee_name} xử lý."
        raise StepNotOpen(message)


def _begin(dossier: Dossier) -> Status:
    """Return the status before; the first act of a unit turns “received” into “processing”."""
    was = Status(dossier.status)
    if was == Status.RECEIVED:
        dossier.move_to(Status.PROCESSING)
    return was


def _close(step: DossierStep, result: StepResult, comment: str, *, by: Actor, at: datetime) -> None:
    step.closed_at, step.closed_by_id, step.closed_by_name = at, by.id, by.name
    step.result, step.comment = result, comment
    work.update(step, *_CLOSED)


def _go_on(
    dossier: Dossier, definition: Definition, steps: Sequence[DossierStep], *, at: datetime
) -> None:
    """Open what comes next; a dossier with nothing left to do and a signed outcome is resolved."""
    process = definition.process
    if process is None:
        return
    facts = _facts(dossier) if _is_conditional(definition) else {}
    opened = open_next(dossier, process, steps, facts, at=at)
    still = {s.code for s in steps if s.closed_at is None} | {row.code for row in opened}
    if not is_finished(process, done_codes(process, steps), still, facts):
        return
    dossier.move_to(Status.RESOLVED)
    dossier.resolved_at = at


def _is_conditional(definition: Definition) -> bool:
    process = definition.process
    return process is not None and any(step.when for step in process.steps)


def _facts(dossier: Dossier) -> dict[str, object]:
    """Return the answers of the dossier, for the conditions of its process and outcomes."""
    rows = DossierAnswers.objects.filter(dossier_id=dossier.pk)
    found = rows.values_list("answers", flat=True).first()
    return dict(found or {})


_DROP_DRAFTS = (
    f'DELETE FROM "{DossierOutcome._meta.db_table}"'  # noqa: S608 -- our own table
    " WHERE dossier_id = %s AND decided_at IS NULL AND seq / 1000 < %s"
)
_DRAFTS = (
    f"SELECT {work.columns(DossierOutcome, 'o')} FROM dossiers_dossieroutcome o"  # noqa: S608 -- our own columns
    " WHERE o.dossier_id = %s AND o.decided_at IS NULL ORDER BY o.seq"
)
