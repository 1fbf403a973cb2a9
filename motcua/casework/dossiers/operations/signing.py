"""Sign outcomes digitally: asked by the leader, sealed by the clerk, taken back when complete.

The step of the decision stays open, and the clock runs on, until the outcome is sealed.

Source: docs/law/signatures.md
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.conf import settings

from motcua.casework.dossiers.choices import Act, OutcomeKind, SubState
from motcua.casework.dossiers.errors import DossierError
from motcua.casework.dossiers.models import Dossier, DossierOutcome, DossierStep
from motcua.casework.dossiers.queries.deciding import deciding
from motcua.casework.dossiers.queries.merging import content_of, word_to_sign
from motcua.casework.dossiers.queries.outcomes import outcome_paper
from motcua.casework.dossiers.queries.placed import check_placed, check_signer
from motcua.casework.dossiers.queries.signing import is_signable, owner_of, policy_of, signers_of
from motcua.casework.dossiers.rules.months import months_after
from motcua.casework.procedures import api as procedures
from motcua.casework.procedures.api import Definition
from motcua.casework.processes.api import StepKind, StepResult
from motcua.foundation.papers import api as papers
from motcua.foundation.signing import api as signing
from motcua.foundation.signing.api import Expected, TurnRole, Wanted
from motcua.lib import work
from motcua.lib.actor import Actor
from motcua.lib.clock import local_day

from .file_drafts import notation_of
from .finishing import fill_in
from .handling import decide, is_refusal, open_decision, to_be_decided, write_block
from .initialling import initial_turns
from .placing import draft_outcome
from .proposing import Proposal, drafted, drafted_or_proposed
from .stepping import WENT_ON, Opened, begin, close, go_on
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
    digitally that was chosen (see `signing.hands_for`). A file that is brought is kept as a draft
    first; with all its places it goes on at once.

    Raises: NoSuchDossier, NotAllowed, StepNotOpen, NoCertificate, PlacesMissing, DocumentUnfit.
    """
    if proposal is not None and proposal.has_file:
        draft_outcome(code, step_seq, proposal, comment=comment, by=by, at=at)
        proposal = None
    if not signers_of(code, by, at):
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

    Where policy asks for initials they come first, and the leader's turn after them.

    Raises: NoSuchDossier, NotAllowed, StepNotOpen, DossierError, NoCertificate, SigningError.
    """
    opened = open_decision(code, step_seq, by=by)
    agency_id = deciding(opened.dossier).agency_id
    block = signing.block_for(by, agency_id, signing.DocumentKind.OUTCOME, at)
    said = Said(by, Expected(by.id, block), comment, proposal)
    for asked, is_initialled in _submitted(opened, said, at=at):
        if not is_initialled:
            signing.begin_attempt(asked, by=by, at=at, hand=hand)
    return opened.dossier


@work.story
def submit(code: str, step_seq: int, signer: Expected, *, by: Actor, at: datetime) -> Dossier:
    """Fix the outcomes for a leader's signature and ask for their initials.

    Raises: NoSuchDossier, StepNotOpen, DossierError, BadInput, BlankSpent, SigningError.
    """
    opened = to_be_decided(code, step_seq)
    _submitted(opened, Said(by, signer), at=at)
    return opened.dossier


@dataclass(frozen=True, slots=True)
class Said:
    """Who submits for whose signature, with which opinion and proposal."""

    by: Actor
    signer: Expected
    comment: str = ""
    proposal: Proposal | None = None


def _submitted(opened: Opened, said: Said, *, at: datetime) -> list[tuple[str, bool]]:
    """Ask for the signatures of all outcomes; return the requests, and whether initials come."""
    dossier, step, _ = opened
    by, signer = said.by, said.signer
    definition = procedures.definition_of(dossier.procedure_version_id)
    outcomes, were_drafted = drafted_or_proposed(dossier, definition, said.proposal, by=by, at=at)
    was = begin(dossier)
    _fix(dossier, definition, outcomes, signer, were_drafted=were_drafted, at=at)
    step.assignee_id, step.assignee_name = signer.account_id, signer.block.name
    step.comment = said.comment
    work.update(step, "assignee_id", "assignee_name", "comment")
    dossier.sub_state = SubState.SIGNING
    asked = [_ask(dossier, definition, step, outcome, said, at=at) for outcome in outcomes]
    detail = {"step": step.code, "outcomes": [outcome.seq for outcome in outcomes]}
    tell(
        dossier,
        Act.SEND_TO_SIGN,
        by=by,
        at=at,
        was=was,
        unit_id=step.unit_id,
        note=said.comment,
        detail=detail,
    )
    return asked


def _fix(
    dossier: Dossier,
    definition: Definition,
    outcomes: Sequence[DossierOutcome],
    signer: Expected,
    *,
    were_drafted: bool,
    at: datetime,
) -> None:
    """Write the signer into the drafts, as printed. Raises: DossierError, BadInput, BlankSpent."""
    if not all(is_signable(definition, outcome) for outcome in outcomes):
        message = "Kết quả này có tệp riêng hoặc chỉ cấp bản giấy; hãy ký trên bản giấy."
        raise DossierError(message)
    check_placed(outcomes)
    fill_in(dossier, definition, outcomes)
    months = {spec.code: spec.validity_months for spec in definition.outcomes}
    for outcome in outcomes:
        check_signer(outcome, signer.block.name)
        write_block(outcome, signer.block)
        if outcome.kind == OutcomeKind.GRANTED and months.get(outcome.spec_code):
            outcome.valid_until = months_after(local_day(at), months[outcome.spec_code])
        if were_drafted:
            work.update(outcome, *BLOCK)


def _ask(
    dossier: Dossier,
    definition: Definition,
    step: DossierStep,
    outcome: DossierOutcome,
    said: Said,
    *,
    at: datetime,
) -> tuple[str, bool]:
    """Ask for the signatures of one outcome; return the code, and whether it is initialled."""
    policy = policy_of(dossier, definition, at)
    token, signer = signing.new_token(), said.signer
    initials = initial_turns(dossier, policy, signer.account_id, at) if policy else ()
    leader = signing.leader_turn(step.unit_id, signer.account_id, signer.block, signer.why)
    agency_id = deciding(dossier).agency_id
    seal = signing.TurnIn(TurnRole.SEAL, signing.registry_unit(agency_id, at))
    check_url = f"{settings.SITE_ADDRESS}/giay/{token}/"
    wanted = signing.Wanted(
        kind=signing.DocumentKind.OUTCOME,
        owner=owner_of(dossier, outcome),
        title=outcome.name,
        about=f"{dossier.code} · {dossier.applicant_name}",
        pdf=drawn_to_sign(dossier, definition, outcome, check_url, len(initials), at),
        agency_id=agency_id,
        unit_id=step.unit_id,
        turns=(*initials, leader, seal),
        level=policy.level if policy else signing.Level.B_B,
        token=token,
        number_series=f"outcome:{agency_id}",
        notation=notation_of(definition),
        valid_until=outcome.valid_until,
        secrecy=dossier.secrecy,
        is_apart=policy.is_apart if policy else True,
    )
    wanted = _as_placed(wanted, outcome, len(initials))
    return signing.request_signatures(wanted, by=said.by, at=at).code, bool(initials)


def _as_placed(wanted: Wanted, outcome: DossierOutcome, initials: int) -> Wanted:
    """Return what is wanted of a file: its own places, and number and day if they are printed."""
    if not outcome.placing:
        return wanted
    placed = signing.placed_file_of(outcome.placing)
    return replace(
        wanted,
        notation=placed.notation,
        placing=signing.with_initials(placed.placing, initials).plain(),
        number_series="" if placed.printed_number else wanted.number_series,
        printed_number=placed.printed_number,
        printed_on=placed.printed_on,
    )


def drawn_to_sign(
    dossier: Dossier,
    definition: Definition,
    outcome: DossierOutcome,
    check_url: str,
    initials: int,
    at: datetime,
) -> bytes:
    """Return the outcome as it will be signed: a file, or the version's own text."""
    notation = notation_of(definition)
    if outcome.placing and outcome.file is not None:
        return content_of(outcome.file)
    if outcome.file_id is not None:
        day = local_day(at)
        return word_to_sign(outcome, notation, check_url, day, initials=initials)
    paper = outcome_paper(dossier, outcome, notation=notation, check_url=check_url)
    return papers.render_outcome_pdf(paper, has_fields=True, initials=initials)


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
    refused = is_refusal([outcome for outcome, _ in signed])
    go_on(dossier, definition, steps, at=at, is_refused=refused)
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
