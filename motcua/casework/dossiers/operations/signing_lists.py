"""Sign a decision for a list digitally: one file, one number, one seal; then every dossier ends.

Source: docs/law/field-work.md
"""

from collections.abc import Sequence
from datetime import datetime

from motcua.casework.dossiers.choices import Act, Status, SubState
from motcua.casework.dossiers.models import CollectedDecision, Dossier
from motcua.casework.dossiers.queries.collected import (
    codes_in,
    list_in,
    list_takes_signatures,
    owner_of_list,
)
from motcua.casework.dossiers.queries.collected_papers import lines_as_signed, list_to_sign
from motcua.casework.dossiers.queries.signing import policy_of
from motcua.casework.dossiers.rules.months import months_after
from motcua.casework.procedures import api as procedures
from motcua.casework.processes.api import StepKind, StepResult
from motcua.foundation.audit import api as audit
from motcua.foundation.signing import api as signing
from motcua.foundation.signing.api import Expected, TurnIn, TurnRole
from motcua.lib import work
from motcua.lib.actor import Actor
from motcua.lib.clock import local_day

from .collecting import (
    check_not_asked,
    decide_collected,
    keep_lines,
    locked_draft,
    open_listed,
)
from .file_drafts import notation_of
from .handling import drafted_for_list
from .initialling import initial_turns
from .proposing import drafted
from .stepping import WENT_ON, Opened, begin, close, go_on
from .steps import steps_of
from .telling import lock_dossier, tell

_BLOCK = ("signed_by_name", "signed_by_title", "signed_by_capacity")
_TAKEN = ("number", "decided_at", "valid_until", *_BLOCK)


def sign_collected(
    decision_id: int, comment: str = "", *, by: Actor, at: datetime, hand: str = ""
) -> CollectedDecision:
    """Sign a list as the policy in force says: digitally where it asks for it, else on paper.

    Raises: NotFound, NotAllowed, StepNotOpen, DossierError, AlreadyAnswered, SigningError.
    """
    if not list_takes_signatures(decision_id, by, at):
        return decide_collected(decision_id, comment, by=by, at=at)
    return _ask(decision_id, comment, by=by, at=at, hand=hand)


@work.story
def _ask(
    decision_id: int, comment: str, *, by: Actor, at: datetime, hand: str
) -> CollectedDecision:
    """Fix the list as it will be issued and let the leader's certificate sign it."""
    decision = locked_draft(decision_id)
    check_not_asked(decision)
    opened = open_listed(decision, by)
    block = signing.block_for(by, decision.agency_id, signing.DocumentKind.OUTCOME, at)
    signer = Expected(by.id, block)
    _print_signer(decision, block)
    for one in opened:
        drafted_for_list(one.dossier, decision.spec_code)
        _send(one, decision, signer, comment, by=by, at=at)
    code, is_initialled = _request(decision, opened, signer, by=by, at=at)
    if not is_initialled:
        signing.begin_attempt(code, by=by, at=at, hand=hand)
    audit.record("dossiers.sign_collected", f"collected:{decision.pk}", by=by, at=at)
    return decision


def _send(
    opened: Opened,
    decision: CollectedDecision,
    signer: Expected,
    comment: str,
    *,
    by: Actor,
    at: datetime,
) -> None:
    """Let one dossier of the list wait for its signature."""
    dossier, step, _ = opened
    was = begin(dossier)
    step.assignee_id, step.assignee_name = signer.account_id, signer.block.name
    step.comment = comment
    work.update(step, "assignee_id", "assignee_name", "comment")
    dossier.sub_state = SubState.SIGNING
    detail = {"step": step.code, "list": decision.pk}
    tell(
        dossier,
        Act.SEND_TO_SIGN,
        by=by,
        at=at,
        was=was,
        unit_id=step.unit_id,
        note=decision.title,
        detail=detail,
    )


def _request(
    decision: CollectedDecision,
    opened: Sequence[Opened],
    signer: Expected,
    *,
    by: Actor,
    at: datetime,
) -> tuple[str, bool]:
    """Ask for the signatures; return the code of the request, and whether initials come first."""
    first = opened[0].dossier
    definition = procedures.definition_of(first.procedure_version_id)
    policy = policy_of(first, definition, at)
    initials = initial_turns(first, policy, signer.account_id, at) if policy else ()
    leader = signing.leader_turn(decision.unit_id, signer.account_id, signer.block, signer.why)
    seal = TurnIn(TurnRole.SEAL, signing.registry_unit(decision.agency_id, at))
    wanted = signing.Wanted(
        kind=signing.DocumentKind.OUTCOME,
        owner=owner_of_list(decision.pk),
        title=decision.title,
        about=f"Quyết định chung cho {len(opened)} hồ sơ",
        pdf=list_to_sign(decision, keep_lines(decision), len(initials)),
        agency_id=decision.agency_id,
        unit_id=decision.unit_id,
        turns=(*initials, leader, seal),
        level=policy.level if policy else signing.Level.B_B,
        token=signing.new_token(),
        number_series=f"outcome:{decision.agency_id}",
        notation=notation_of(definition),
        is_apart=policy.is_apart if policy else True,
    )
    return signing.request_signatures(wanted, by=by, at=at).code, bool(initials)


def _print_signer(decision: CollectedDecision, block: signing.SignerBlock) -> None:
    decision.signed_by_name, decision.signed_by_title = block.name, block.title
    decision.signed_by_capacity = block.printed
    work.update(decision, *_BLOCK)


@work.story
def take_signed_list(decision_id: int, *, at: datetime) -> CollectedDecision:
    """Take a sealed list: its number is that of every dossier in it.

    The file with the whole list stays with the list: nobody who applied gets it (ADR 98).

    What was taken before is left as it is.

    Raises: CollectedDecision.DoesNotExist.
    """
    decision = work.lock(CollectedDecision, id=decision_id)
    done = signing.completed_of(owner_of_list(decision_id))
    if decision.decided_at is not None or done is None:
        return decision
    for code in codes_in(decision_id):
        _take(lock_dossier(code), decision, done, at=at)
    decision.number, decision.decided_at = done.number_words, done.sealed_at
    decision.is_digital = True
    work.update(decision, "number", "decided_at", "is_digital")
    audit.record("dossiers.decide_collected", f"collected:{decision.pk}", by=done.leader, at=at)
    return decision


def _take(
    dossier: Dossier, decision: CollectedDecision, done: signing.Completed, *, at: datetime
) -> None:
    """Let one dossier of the list go on as decided."""
    steps = steps_of(dossier)
    still_open = (s for s in steps if s.closed_at is None and s.kind == StepKind.DECISION)
    step = next(still_open, None)
    if dossier.sub_state != SubState.SIGNING or step is None:
        return
    definition = procedures.definition_of(dossier.procedure_version_id)
    months = {spec.code: spec.validity_months for spec in definition.outcomes}
    for outcome in drafted(dossier):
        outcome.number, outcome.decided_at = done.number_words, done.sealed_at
        outcome.signed_by_name = decision.signed_by_name
        outcome.signed_by_title = decision.signed_by_title
        outcome.signed_by_capacity = decision.signed_by_capacity
        if months.get(outcome.spec_code):
            sealed = local_day(done.sealed_at)
            outcome.valid_until = months_after(sealed, months[outcome.spec_code])
        work.update(outcome, *_TAKEN)
    was = begin(dossier)
    dossier.sub_state = SubState.NONE
    close(step, StepResult.APPROVED, step.comment, by=done.leader, at=at)
    go_on(dossier, definition, steps, at=at, is_refused=False)
    detail = {"step": step.code, "outcomes": [done.number_words]}
    tell(
        dossier,
        Act.DECIDE,
        by=done.leader,
        at=at,
        was=was,
        unit_id=step.unit_id,
        note=step.comment,
        changed=WENT_ON,
        detail=detail,
    )


@work.story
def return_refused_list(owner: str, request_code: str, turn_id: int, *, at: datetime) -> None:
    """Free a list when somebody refused to sign or seal it; it can be signed anew, or taken apart.

    If it was asked for anew since, nothing is done.
    """
    decision = work.lock(CollectedDecision, id=list_in(owner))
    if decision.decided_at is not None or signing.requests_of(owner)[0].code != request_code:
        return
    signer, reason = signing.signer_of(turn_id), signing.reason_of(turn_id)
    for code in codes_in(decision.pk):
        dossier = lock_dossier(code)
        if dossier.sub_state == SubState.SIGNING:
            dossier.sub_state = SubState.NONE
            was = Status(dossier.status)
            tell(dossier, Act.REFUSE_TO_SIGN, by=signer, at=at, was=was, note=reason)
    decision.signed_by_name = decision.signed_by_title = decision.signed_by_capacity = ""
    work.update(decision, *_BLOCK)


def redraw_list(owner: str, token: str, signer: Expected, at: datetime) -> bytes:
    """Return a list drawn again with another signer, who is written into its row."""
    del token, at
    decision = CollectedDecision.objects.get(pk=list_in(owner))
    _print_signer(decision, signer.block)
    newest = signing.requests_of(owner)[0]
    found = signing.find_request(newest.code)
    turns = found.turns if found else ()
    initials = sum(turn.role == TurnRole.INITIAL for turn in turns)
    return list_to_sign(decision, lines_as_signed(decision), initials)
