"""Work on a received dossier: take, assign, complete a step, propose, approve, decide.

Source: docs/law/one-stop.md
"""

from collections.abc import Sequence
from datetime import datetime

from motcua.casework.dossiers.choices import Act, OutcomeKind, ScopeRole
from motcua.casework.dossiers.errors import DossierError, StepNotOpen
from motcua.casework.dossiers.models import Dossier, DossierOutcome, DossierStep
from motcua.casework.dossiers.queries.deciding import deciding
from motcua.casework.dossiers.queries.placed import check_placed
from motcua.casework.dossiers.queries.signing import is_signable, policy_of
from motcua.casework.dossiers.rules.months import months_after
from motcua.casework.procedures import api as procedures
from motcua.casework.procedures.api import Definition
from motcua.casework.processes.api import StepKind, StepResult
from motcua.foundation.access.api import Power
from motcua.foundation.numbering import api as numbering
from motcua.foundation.signing import api as signing
from motcua.lib import work
from motcua.lib.actor import Actor
from motcua.lib.clock import local_day
from motcua.lib.errors import BadInput

from .amending import check_drafted_anew
from .finishing import check_finished, fill_in
from .given import Given, note_given
from .initialling import announce_signing
from .proposing import Proposal, drafted, drafted_or_proposed, propose
from .stepping import (
    WENT_ON,
    Opened,
    begin,
    check_hand,
    close,
    end_wait_of_step,
    go_on,
    open_step,
    power_for,
)
from .telling import let_see, tell
from .unsigning import check_not_signing, end_signing

_LOOKED_AT = frozenset({StepKind.APPROVAL, StepKind.DECISION, StepKind.APPLICANT_CONFIRMS})
_SIGNED = (
    "number",
    "signed_by_name",
    "signed_by_title",
    "signed_by_capacity",
    "decided_at",
    "valid_until",
)


@work.story
def take_step(code: str, step_seq: int | str, *, by: Actor, at: datetime) -> Dossier:
    """Take an open step of one's unit for oneself.

    Raises: NoSuchDossier, NotAllowed, StepNotOpen when somebody else has it.
    """
    dossier, step, _ = open_step(code, step_seq)
    by.require(power_for(step), unit_id=step.unit_id)
    if step.assignee_id not in (None, by.id):
        message = f"Việc này {step.assignee_name} đã nhận."
        raise StepNotOpen(message)
    was = begin(dossier)
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
    dossier, step, _ = open_step(code, step_seq)
    by.require(Power.ASSIGN_DOSSIERS, unit_id=step.unit_id)
    was = begin(dossier)
    _give(dossier, step, to_id, to_name)
    detail = {"to": to_name, "from": step.assignee_name}
    tell(dossier, Act.ASSIGN, by=by, at=at, was=was, unit_id=step.unit_id, note=note, detail=detail)
    return dossier


def _check_places(dossier: Dossier, proposed: Sequence[DossierOutcome], at: datetime) -> None:
    """See that a file which goes on to be signed has all its places.

    Raises: PlacesMissing. Costs: nothing where no policy of signing is in force.
    """
    if signing.has_policy(signing.DocumentKind.OUTCOME, on=local_day(at)):
        check_placed(proposed or drafted(dossier))


def _give(dossier: Dossier, step: DossierStep, to_id: int, to_name: str) -> None:
    step.assignee_id, step.assignee_name = to_id, to_name
    work.update(step, "assignee_id", "assignee_name")
    let_see(dossier, [(-to_id, ScopeRole.ASSIGNED)])


@work.story
def complete_step(  # noqa: PLR0913 -- all that can be said at the end of a step
    code: str,
    step_seq: int | str,
    *,
    by: Actor,
    at: datetime,
    comment: str = "",
    proposal: Proposal | None = None,
    given: Given | None = None,
) -> Dossier:
    """Finish a step that is not a decision; the next ones open.

    `given` is the result of another body, where the step waits for one.

    Raises: NoSuchDossier, NotAllowed, StepNotOpen, StepUnfinished, PlacesMissing, BadInput.
    """
    dossier, step, steps = open_step(code, step_seq)
    check_hand(step, by)
    if step.kind == StepKind.DECISION:
        message = "Bước này là ký quyết định; hãy dùng “Ký kết quả” hoặc “Trả lại”."
        raise StepNotOpen(message)
    check_finished(dossier, step, comment, at=at)
    was = begin(dossier)
    definition = procedures.definition_of(dossier.procedure_version_id)
    is_approval = step.kind == StepKind.APPROVAL
    result = StepResult.APPROVED if is_approval else StepResult.DONE
    close(step, result, comment, by=by, at=at)
    end_wait_of_step(dossier, definition, step, by=by, at=at)
    note_given(dossier, definition, step, given, by=by, at=at)
    proposed: Sequence[DossierOutcome] = ()
    if proposal is not None:
        proposed = propose(dossier, definition, proposal, by=by, at=at)
    opened = go_on(dossier, definition, steps, at=at)
    if any(row.kind in _LOOKED_AT for row in opened):
        _check_places(dossier, proposed, at)
    announce_signing(dossier, definition, opened, by=by, at=at)
    asks_applicant = any(row.kind == StepKind.APPLICANT_CONFIRMS for row in opened)
    if proposal is None and asks_applicant:
        drafts = drafted(dossier)
        check_drafted_anew(steps, drafts)
        if not drafts:
            propose(dossier, definition, Proposal(), by=by, at=at)
    act = Act.APPROVE if is_approval else Act.COMPLETE
    tell(
        dossier,
        act,
        by=by,
        at=at,
        was=was,
        unit_id=step.unit_id,
        note=comment,
        changed=WENT_ON,
        detail={"step": step.code},
    )
    return dossier


@work.story
def return_step(
    code: str, step_seq: int | str, *, comment: str, by: Actor, at: datetime
) -> Dossier:
    """Send an approval or decision back to be done again, with what is wrong.

    Raises: NoSuchDossier, NotAllowed, StepNotOpen, BadInput without a comment.
    """
    dossier, step, steps = open_step(code, step_seq)
    check_hand(step, by)
    if not comment.strip():
        message = "Hãy ghi rõ cần làm lại điều gì."
        raise BadInput(message, field="comment")
    if not can_return(dossier, step):
        message = "Quy trình không cho trả lại từ bước này."
        raise StepNotOpen(message)
    send_back(Opened(dossier, step, steps), comment, by=by, at=at)
    return dossier


def send_back(opened: Opened, comment: str, *, by: Actor, at: datetime) -> None:
    """Close a step as returned; what comes before it opens anew, what is being signed ends."""
    dossier, step, steps = opened
    definition = procedures.definition_of(dossier.procedure_version_id)
    was = begin(dossier)
    end_signing(dossier, comment, by=by, at=at)
    close(step, StepResult.RETURNED, comment, by=by, at=at)
    go_on(dossier, definition, steps, at=at)
    detail = {"step": step.code}
    tell(
        dossier,
        Act.RETURN_STEP,
        by=by,
        at=at,
        was=was,
        unit_id=step.unit_id,
        note=comment,
        changed=WENT_ON,
        detail=detail,
    )


def can_return(dossier: Dossier, step: DossierStep) -> bool:
    """Say whether the process lets a step be sent back."""
    process = procedures.definition_of(dossier.procedure_version_id).process
    known = process.steps if process else ()
    return any(one.return_to for one in known if one.code == step.code)


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
    dossier, step, steps = open_decision(code, step_seq, by=by)
    definition = procedures.definition_of(dossier.procedure_version_id)
    outcomes, were_drafted = drafted_or_proposed(dossier, definition, proposal, by=by, at=at)
    _check_policy(dossier, definition, outcomes, at)
    was = begin(dossier)
    _sign(dossier, definition, outcomes, were_drafted=were_drafted, by=by, at=at)
    _go_on_decided(Opened(dossier, step, steps), outcomes, was, comment, by=by, at=at)
    return dossier


def _go_on_decided(
    opened: Opened,
    outcomes: Sequence[DossierOutcome],
    was: str,
    comment: str,
    *,
    by: Actor,
    at: datetime,
) -> None:
    """Close the step of the decision and let the dossier go on."""
    dossier, step, steps = opened
    definition = procedures.definition_of(dossier.procedure_version_id)
    close(step, StepResult.APPROVED, comment, by=by, at=at)
    go_on(dossier, definition, steps, at=at, is_refused=is_refusal(outcomes))
    detail = {"step": step.code, "outcomes": [outcome.number for outcome in outcomes]}
    tell(
        dossier,
        Act.DECIDE,
        by=by,
        at=at,
        was=was,
        unit_id=step.unit_id,
        note=comment,
        changed=WENT_ON,
        detail=detail,
    )


def decide_as_listed(
    opened: Opened, spec_code: str, number: str, comment: str, *, by: Actor, at: datetime
) -> None:
    """Decide one dossier of a list with the list's number.

    Raises: DossierError where it is not drafted as granted, or is to be signed digitally.
    """
    dossier = opened.dossier
    definition = procedures.definition_of(dossier.procedure_version_id)
    outcomes = drafted_for_list(dossier, spec_code)
    _check_policy(dossier, definition, outcomes, at)
    was = begin(dossier)
    _sign(dossier, definition, outcomes, were_drafted=True, by=by, at=at, given=number)
    _go_on_decided(opened, outcomes, was, comment, by=by, at=at)


def drafted_for_list(dossier: Dossier, spec_code: str) -> list[DossierOutcome]:
    """Return the drafts of a dossier that a list grants. Raises: DossierError for any other."""
    outcomes = list(drafted(dossier))
    fits = [o for o in outcomes if o.spec_code == spec_code and o.kind == OutcomeKind.GRANTED]
    if not fits or len(fits) != len(outcomes):
        message = f"Hồ sơ {dossier.code} không còn dự thảo để đưa vào danh sách."
        raise DossierError(message)
    return outcomes


def open_decision(code: str, step_seq: int | str, *, by: Actor) -> Opened:
    """Return the locked dossier, its step of signing, and all its steps, for who may sign.

    Raises: NoSuchDossier, NotAllowed, StepNotOpen, DossierError while the dossier waits for
    somebody else or the outcome is being signed.
    """
    opened = open_step(code, step_seq)
    check_hand(opened.step, by)
    return _decidable(opened)


def to_be_decided(code: str, step_seq: int | str) -> Opened:
    """Return the same for who submits it. Raises: as `open_decision`, but for NotAllowed."""
    return _decidable(open_step(code, step_seq))


def _decidable(opened: Opened) -> Opened:
    dossier = opened.dossier
    if opened.step.kind != StepKind.DECISION:
        message = "Bước này không phải là bước ký quyết định."
        raise StepNotOpen(message)
    if dossier.paused_at is not None:
        ground = procedures.Ground(dossier.pause_ground).label
        message = f"Hồ sơ đang {ground}; hãy kết thúc thời gian chờ trước khi ký."
        raise DossierError(message)
    check_not_signing(dossier)
    return opened


def _check_policy(
    dossier: Dossier, definition: Definition, outcomes: Sequence[DossierOutcome], at: datetime
) -> None:
    """Raises: DossierError where the policy in force insists on digital signatures."""
    policy = policy_of(dossier, definition, at)
    if policy is None or not policy.is_required:
        return
    if all(is_signable(definition, outcome) for outcome in outcomes):
        raise DossierError("Kết quả này phải ký số; hãy dùng “Ký số”.")


def _sign(  # noqa: PLR0913 -- what is signed, by whom, with which number
    dossier: Dossier,
    definition: Definition,
    outcomes: Sequence[DossierOutcome],
    *,
    were_drafted: bool,
    by: Actor,
    at: datetime,
    given: str = "",
) -> None:
    """Number, date and sign the drafts; those of a list all bear the number `given`."""
    day = local_day(at)
    agency_id = deciding(dossier).agency_id
    block = signing.block_for(by, agency_id, signing.DocumentKind.OUTCOME, at)
    fill_in(dossier, definition, outcomes)
    months = {spec.code: spec.validity_months for spec in definition.outcomes}
    series = series_of(agency_id, at)
    for outcome in outcomes:
        outcome.number = given or next_number(series, definition)
        write_block(outcome, block)
        outcome.decided_at = at
        if outcome.kind == OutcomeKind.GRANTED and months.get(outcome.spec_code):
            outcome.valid_until = months_after(day, months[outcome.spec_code])
    if were_drafted:
        for outcome in outcomes:
            work.update(outcome, *_SIGNED)


def is_refusal(outcomes: Sequence[DossierOutcome]) -> bool:
    """Say whether what was signed refuses what was asked for."""
    return any(outcome.kind == OutcomeKind.REFUSED for outcome in outcomes)


def series_of(agency_id: int, at: datetime) -> str:
    """Return the series from which an agency numbers what it decides that year."""
    return numbering.series_of_year("outcome", str(agency_id), local_day(at).year)


def next_number(series: str, definition: Definition) -> str:
    """Return the next number of a series, with the notation of the sector."""
    return f"{numbering.allocate_number(series):02d}/{definition.sector_code or 'KQ'}"


def write_block(outcome: DossierOutcome, block: signing.SignerBlock) -> None:
    """Write into an outcome who signs it in which capacity, as printed. Does not save."""
    outcome.signed_by_name, outcome.signed_by_title = block.name, block.title
    outcome.signed_by_capacity = block.printed
