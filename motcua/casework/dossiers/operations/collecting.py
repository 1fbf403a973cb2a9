"""One decision for a list of people: collected, signed once with one number, each dossier ends.

Source: docs/law/field-work.md
"""

from collections.abc import Sequence
from datetime import datetime

from motcua.casework.dossiers.choices import OutcomeKind
from motcua.casework.dossiers.errors import AlreadyAnswered, DossierError
from motcua.casework.dossiers.models import (
    CollectedDecision,
    CollectedDossier,
    Dossier,
    DossierOutcome,
    DossierStep,
)
from motcua.casework.procedures import api as procedures
from motcua.casework.processes.api import StepKind
from motcua.foundation.access.api import Power
from motcua.foundation.audit import api as audit
from motcua.foundation.signing import api as signing
from motcua.lib import work
from motcua.lib.actor import Actor
from motcua.lib.errors import BadInput, NotFound
from motcua.lib.text import tidy

from .handling import decide_as_listed, next_number, open_decision, series_of
from .telling import lock_dossier

MOST = 200


@work.story
def collect(codes: Sequence[str], title: str, *, by: Actor, at: datetime) -> CollectedDecision:
    """Put dossiers that wait for a signature into one decision, in the order of their names.

    All are of one procedure and one agency, drafted as granted, and in no other list. Who handles
    or signs them may collect them.

    Raises: NoSuchDossier, NotAllowed, DossierError, BadInput.
    """
    wanted = list(dict.fromkeys(codes))
    if not 1 < len(wanted) <= MOST:
        raise BadInput(f"Hãy chọn từ 2 đến {MOST} hồ sơ cho một quyết định.", field="codes")
    if not tidy(title):
        raise BadInput("Hãy ghi trích yếu của quyết định.", field="title")
    found = [_collectable(code) for code in sorted(wanted)]
    first, _, spec_code = found[0]
    for dossier, step, spec in found:
        same = (dossier.procedure_id, dossier.agency_id, spec)
        if same != (first.procedure_id, first.agency_id, spec_code):
            raise DossierError(f"Hồ sơ {dossier.code} thuộc thủ tục, cơ quan hoặc kết quả khác.")
        _check_hand(step, by)
    decision = CollectedDecision(
        id=work.new_id(CollectedDecision),
        agency_id=first.agency_id,
        unit_id=found[0][1].unit_id,
        procedure_id=first.procedure_id,
        spec_code=spec_code,
        title=tidy(title),
        made_at=at,
        made_by_name=by.name,
    )
    work.add(decision)
    by_name = sorted((dossier for dossier, _, _ in found), key=lambda one: one.applicant_name)
    for place, dossier in enumerate(by_name, start=1):
        work.add(CollectedDossier(decision_id=decision.pk, dossier_id=dossier.pk, place=place))
    audit.record("dossiers.collect", f"collected:{decision.pk}", by=by, at=at)
    return decision


def _collectable(code: str) -> tuple[Dossier, DossierStep, str]:
    """Return a dossier with the step that waits and what is drafted.

    Raises: NoSuchDossier, DossierError.
    """
    dossier = lock_dossier(code)
    step = DossierStep.objects.filter(
        dossier_id=dossier.pk, kind=StepKind.DECISION, closed_at=None
    ).first()
    drafts = list(DossierOutcome.objects.filter(dossier_id=dossier.pk, decided_at=None))
    definition = procedures.definition_of(dossier.procedure_version_id)
    listed = {spec.code for spec in definition.outcomes if spec.is_collected}
    specs = {draft.spec_code for draft in drafts}
    is_granted = all(draft.kind == OutcomeKind.GRANTED for draft in drafts)
    if step is None or len(specs) != 1 or not specs <= listed or not is_granted:
        message = f"Hồ sơ {code} không chờ ký một kết quả ra quyết định theo danh sách."
        raise DossierError(message)
    if CollectedDossier.objects.filter(dossier_id=dossier.pk).exists():
        raise DossierError(f"Hồ sơ {code} đã nằm trong một danh sách khác.")
    return dossier, step, specs.pop()


def _check_hand(step: DossierStep, by: Actor) -> None:
    """Raises: NotAllowed unless the actor signs there or handles for that agency."""
    if not by.can(Power.APPROVE_DOSSIERS, unit_id=step.unit_id):
        dossier = Dossier.objects.get(pk=step.dossier_id)
        by.require(Power.HANDLE_DOSSIERS, unit_id=dossier.competent_unit_id)


@work.story
def leave_out(decision_id: int, code: str, *, by: Actor, at: datetime) -> CollectedDecision:
    """Take a dossier out of a list that is not signed yet; it is decided alone, or in another.

    Raises: NotFound, NotAllowed, AlreadyAnswered.
    """
    decision = _locked_draft(decision_id)
    dossier = lock_dossier(code)
    step = DossierStep.objects.filter(
        dossier_id=dossier.pk, kind=StepKind.DECISION, closed_at=None
    ).first()
    if step is not None:
        _check_hand(step, by)
    work.put(_LEAVE, [decision.pk, dossier.pk])
    audit.record("dossiers.leave_out", f"collected:{decision.pk}", by=by, at=at)
    return decision


_LEAVE = "DELETE FROM dossiers_collecteddossier WHERE decision_id = %s AND dossier_id = %s"


def _locked_draft(decision_id: int) -> CollectedDecision:
    """Raises: NotFound, AlreadyAnswered."""
    try:
        decision = work.lock(CollectedDecision, id=decision_id)
    except CollectedDecision.DoesNotExist as error:
        raise NotFound("Không tìm thấy quyết định này.") from error
    if decision.decided_at is not None:
        raise AlreadyAnswered(f"Quyết định đã ký, số {decision.number}.")
    return decision


@work.story
def decide_collected(
    decision_id: int, comment: str = "", *, by: Actor, at: datetime
) -> CollectedDecision:
    """Sign a list once: one number for all, and every dossier in it is decided; or none is.

    Raises: NotFound, NotAllowed, StepNotOpen, DossierError naming the dossier, AlreadyAnswered.
    """
    decision = _locked_draft(decision_id)
    codes = list(
        CollectedDossier.objects.filter(decision_id=decision.pk)
        .order_by("dossier__code")
        .values_list("dossier__code", flat=True)
    )
    if not codes:
        raise DossierError("Danh sách không còn hồ sơ nào.")
    definition = procedures.definition_of(
        Dossier.objects.values_list("procedure_version_id", flat=True).get(code=codes[0])
    )
    opened = [open_decision(code, _open_step(code), by=by) for code in codes]
    number = next_number(series_of(decision.agency_id, at), definition)
    for one in opened:
        decide_as_listed(one, decision.spec_code, number, comment, by=by, at=at)
    block = signing.block_for(by, decision.agency_id, signing.DocumentKind.OUTCOME, at)
    decision.number, decision.decided_at = number, at
    decision.signed_by_name, decision.signed_by_title = block.name, block.title
    decision.signed_by_capacity = block.printed
    work.update(decision, *_SIGNED)
    audit.record("dossiers.decide_collected", f"collected:{decision.pk}", by=by, at=at)
    return decision


_SIGNED = ("number", "decided_at", "signed_by_name", "signed_by_title", "signed_by_capacity")


def _open_step(code: str) -> int:
    """Return the number of the step that waits. Raises: DossierError."""
    seq = (
        DossierStep.objects.filter(dossier__code=code, kind=StepKind.DECISION, closed_at=None)
        .values_list("seq", flat=True)
        .first()
    )
    if seq is None:
        raise DossierError(f"Hồ sơ {code} không còn ở bước ký; hãy bỏ khỏi danh sách.")
    return int(seq)
