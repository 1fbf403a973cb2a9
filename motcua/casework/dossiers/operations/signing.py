"""Sign outcomes digitally: asked by the leader, sealed by the clerk, taken back when complete.

The step of the decision stays open, and the clock runs on, until the outcome is sealed.

Source: docs/law/signatures.md
"""

from collections.abc import Sequence
from datetime import datetime

from django.conf import settings

from motcua.casework.dossiers.choices import Act, OutcomeKind, SubState
from motcua.casework.dossiers.errors import DossierError
from motcua.casework.dossiers.models import Dossier, DossierOutcome, DossierStep
from motcua.casework.dossiers.queries.merging import word_to_sign
from motcua.casework.dossiers.queries.outcomes import outcome_paper
from motcua.casework.dossiers.queries.signing import is_signable, owner_of, policy_of, signers_of
from motcua.casework.procedures import api as procedures
from motcua.casework.procedures.api import Definition
from motcua.casework.processes.api import StepKind, StepResult
from motcua.foundation.papers import api as papers
from motcua.foundation.signing import api as signing
from motcua.lib import work
from motcua.lib.actor import Actor
from motcua.lib.clock import local_day

from .finishing import fill_in
from .handling import decide, months_after, open_decision
from .proposing import Proposal, drafted, drafted_or_proposed
from .stepping import WENT_ON, begin, close, go_on
from .steps import steps_of
from .telling import lock_dossier, tell
from .unsigning import BLOCK

_TAKEN = ("number", "decided_at", "file_id", "file_name")


def sign_outcome(  # noqa: PLR0913 -- the leader's whole say, every word of it by name
    code: str,
    step_seq: int | str,
    *,
    by: Actor,
    at: datetime,
    comment: str = "",
    proposal: Proposal | None = None,
    hand: str = "",
) -> Dossier:
    """Sign as the policy in force says: digitally where it asks for it, else as on paper.

    Where it does not insist, who has no certificate signs on paper. `hand` is the way of signing
    digitally that was chosen (see `signing.hands_for`).

    Raises: NoSuchDossier, NotAllowed, StepNotOpen, NoCertificate.
    """
    has_file = proposal is not None and (proposal.file_id or proposal.from_template)
    if has_file or not signers_of(code, by, at):
        return decide(code, step_seq, by=by, at=at, comment=comment, proposal=proposal)
    return ask_signatures(
        code, step_seq, by=by, at=at, comment=comment, proposal=proposal, hand=hand
    )


@work.story
def ask_signatures(  # noqa: PLR0913 -- the leader's whole say, every word of it by name
    code: str,
    step_seq: int | str,
    *,
    by: Actor,
    at: datetime,
    comment: str = "",
    proposal: Proposal | None = None,
    hand: str = "",
) -> Dossier:
    """Fix the outcomes as they will be issued and let the leader's certificate sign them.

    Raises: NoSuchDossier, NotAllowed, StepNotOpen, DossierError, NoCertificate, SigningError.
    """
    dossier, step, _ = open_decision(code, step_seq, by=by)
    definition = procedures.definition_of(dossier.procedure_version_id)
    outcomes, were_drafted = drafted_or_proposed(dossier, definition, proposal, by=by, at=at)
    was = begin(dossier)
    _fix(dossier, definition, outcomes, were_drafted=were_drafted, by=by, at=at)
    step.assignee_id, step.assignee_name, step.comment = by.id, by.name, comment
    work.update(step, "assignee_id", "assignee_name", "comment")
    dossier.sub_state = SubState.SIGNING
    for outcome in outcomes:
        asked = _ask(dossier, definition, step, outcome, by=by, at=at)
        signing.begin_attempt(asked, by=by, at=at, hand=hand)
    detail = {"step": step.code, "outcomes": [outcome.seq for outcome in outcomes]}
    tell(
        dossier,
        Act.SEND_TO_SIGN,
        by=by,
        at=at,
        was=was,
        unit_id=step.unit_id,
        note=comment,
        detail=detail,
    )
    return dossier


def _fix(
    dossier: Dossier,
    definition: Definition,
    outcomes: Sequence[DossierOutcome],
    *,
    were_drafted: bool,
    by: Actor,
    at: datetime,
) -> None:
    """Write the signer into the drafts, as printed. Raises: DossierError, BadInput, BlankSpent."""
    if not all(is_signable(definition, outcome) for outcome in outcomes):
        message = "Kết quả này có tệp riêng hoặc chỉ cấp bản giấy; hãy ký trên bản giấy."
        raise DossierError(message)
    fill_in(dossier, definition, outcomes)
    months = {spec.code: spec.validity_months for spec in definition.outcomes}
    for outcome in outcomes:
        outcome.signed_by_name, outcome.signed_by_title = by.name, by.title
        if outcome.kind == OutcomeKind.GRANTED and months.get(outcome.spec_code):
            outcome.valid_until = months_after(local_day(at), months[outcome.spec_code])
        if were_drafted:
            work.update(outcome, *BLOCK)


def _ask(
    dossier: Dossier,
    definition: Definition,
    step: DossierStep,
    outcome: DossierOutcome,
    *,
    by: Actor,
    at: datetime,
) -> str:
    """Ask for the signatures of one outcome; return the code of the request."""
    policy = policy_of(dossier, definition, at)
    token, notation = signing.new_token(), definition.sector_code or "KQ"
    check_url = f"{settings.SITE_ADDRESS}/giay/{token}/"
    leader = signing.TurnIn(signing.TurnRole.LEADER, step.unit_id, by.id, by.name, by.title)
    registry = signing.registry_unit(dossier.agency_id, at)
    seal = signing.TurnIn(signing.TurnRole.SEAL, registry)
    wanted = signing.Wanted(
        kind=signing.DocumentKind.OUTCOME,
        owner=owner_of(dossier, outcome),
        title=outcome.name,
        about=f"{dossier.code} · {dossier.applicant_name}",
        pdf=_to_sign(dossier, outcome, notation, check_url, at),
        agency_id=dossier.agency_id,
        unit_id=step.unit_id,
        turns=(leader, seal),
        level=policy.level if policy else signing.Level.B_B,
        token=token,
        number_series=f"outcome:{dossier.agency_id}",
        notation=notation,
        valid_until=outcome.valid_until,
        secrecy=dossier.secrecy,
    )
    return signing.request_signatures(wanted, by=by, at=at).code


def _to_sign(
    dossier: Dossier, outcome: DossierOutcome, notation: str, check_url: str, at: datetime
) -> bytes:
    """Return the outcome as it will be signed: a Word draft, or the version's own text."""
    if outcome.file_id is not None:
        return word_to_sign(outcome, notation, check_url, local_day(at))
    paper = outcome_paper(dossier, outcome, notation=notation, check_url=check_url)
    return papers.render_outcome_pdf(paper, has_fields=True)


@work.story
def take_signed(code: str, *, at: datetime) -> Dossier:
    """Take the sealed outcomes of a dossier when all are there; it goes on as decided.

    What was taken before, or ended meanwhile, is left as it is.

    Raises: NoSuchDossier.
    """
    dossier = lock_dossier(code)
    outcomes = drafted(dossier) if dossier.sub_state == SubState.SIGNING else []
    found = [(outcome, signing.completed_of(owner_of(dossier, outcome))) for outcome in outcomes]
    steps = steps_of(dossier) if found else []
    still_open = (s for s in steps if s.closed_at is None and s.kind == StepKind.DECISION)
    step = next(still_open, None)
    if step is None or any(done is None for _, done in found):
        return dossier
    definition = procedures.definition_of(dossier.procedure_version_id)
    signed = [(outcome, done) for outcome, done in found if done is not None]
    for outcome, done in signed:
        outcome.number, outcome.decided_at = done.number_words, done.sealed_at
        outcome.file_id, outcome.file_name = done.file_id, f"{code}-{outcome.seq}.pdf"
        work.update(outcome, *_TAKEN)
    leader = signed[0][1].leader
    was = begin(dossier)
    dossier.sub_state = SubState.NONE
    close(step, StepResult.APPROVED, step.comment, by=leader, at=at)
    go_on(dossier, definition, steps, at=at)
    detail = {"step": step.code, "outcomes": [outcome.number for outcome, _ in signed]}
    tell(
        dossier,
        Act.DECIDE,
        by=leader,
        at=at,
        was=was,
        unit_id=step.unit_id,
        note=step.comment,
        changed=WENT_ON,
        detail=detail,
    )
    return dossier
