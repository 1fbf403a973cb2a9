"""Submit what was drafted for signing by itself, and draw it again for another signer.

Source: docs/law/signing.md
"""

import logging
from datetime import datetime

from django.conf import settings

from motcua.casework.dossiers.choices import SubState
from motcua.casework.dossiers.models import (
    Dossier,
    DossierMove,
    DossierOutcome,
    DossierStep,
    IssuedPaper,
)
from motcua.casework.dossiers.queries.papers import official_paper
from motcua.casework.dossiers.queries.placed import check_signer, signer_of_drafts
from motcua.casework.dossiers.queries.signing import are_signable, policy_of
from motcua.casework.procedures import api as procedures
from motcua.casework.processes.api import StepKind
from motcua.foundation.papers import api as papers
from motcua.foundation.signing import api as signing
from motcua.foundation.signing.api import Expected, TurnRole
from motcua.lib import work
from motcua.lib.actor import Actor
from motcua.lib.errors import Anticipated

from .handling import write_block
from .signing import drawn_to_sign, submit
from .unsigning import BLOCK

_ACT = 1000
logger = logging.getLogger(__name__)


def submit_for_initials(code: str, step_seq: int, *, at: datetime) -> bool:
    """Prepare the outcomes of a decision for their initials; say whether that was done.

    What is not ready for it (a value is missing, somebody has to sign on paper) is left to the
    leader, who then sees why.
    """
    try:
        return _submit(code, step_seq, at=at)
    except Anticipated as error:
        logger.info("outcome_not_submitted", extra={"dossier": code, "why": str(error)})
        return False


def _submit(code: str, step_seq: int, *, at: datetime) -> bool:
    dossier = Dossier.objects.get(code=code)
    step = DossierStep.objects.get(dossier=dossier, seq=step_seq)
    definition = procedures.definition_of(dossier.procedure_version_id)
    policy = policy_of(dossier, definition, at)
    is_over = step.closed_at is not None or dossier.sub_state != SubState.NONE
    if is_over or policy is None or not are_signable(dossier, definition):
        return False
    signer = signer_of_drafts(dossier, step.unit_id, at)
    holds_one = signing.certificates_for(Actor(signer.account_id, signer.block.name), at)
    if not (policy.is_required or holds_one):
        return False
    move = DossierMove.objects.get(dossier=dossier, seq=step_seq // _ACT)
    by = Actor(move.by_id, move.by_name, title=move.by_title)
    submit(code, step_seq, signer, by=by, at=at)
    return True


def redraw_outcome(owner: str, token: str, signer: Expected, at: datetime) -> bytes:
    """Return an outcome drawn again with another signer, who is written into its draft.

    Raises: DossierError for a file that prints somebody else's name.
    """
    code, _, seq = owner.removeprefix("dossier:").partition("#")
    outcome = DossierOutcome.objects.select_related("dossier", "file").get(
        dossier__code=code, seq=seq
    )
    check_signer(outcome, signer.block.name)
    write_block(outcome, signer.block)
    work.update(outcome, *BLOCK)
    dossier = outcome.dossier
    _give_decision(dossier, signer)
    definition = procedures.definition_of(dossier.procedure_version_id)
    check_url = f"{settings.SITE_ADDRESS}/giay/{token}/"
    return drawn_to_sign(dossier, definition, outcome, check_url, _initials(owner), at)


def _give_decision(dossier: Dossier, signer: Expected) -> None:
    """Let the open decision be of who is to sign, so that it can be sent back by them."""
    steps = DossierStep.objects.filter(dossier=dossier, closed_at=None, kind=StepKind.DECISION)
    for step in steps:
        step.assignee_id, step.assignee_name = signer.account_id, signer.block.name
        work.update(step, "assignee_id", "assignee_name")


def redraw_paper(owner: str, token: str, signer: Expected, at: datetime) -> bytes:
    """Return a notice drawn again with another signer, who is written into its row.

    Its QR mark leads to the dossier, so neither token nor moment stand in it.
    """
    del token, at
    block = signer.block
    code, _, seq = owner.removeprefix("paper:").partition("#")
    issued = IssuedPaper.objects.select_related("dossier").get(dossier__code=code, seq=seq)
    issued.data |= {"title": block.title, "signer": block.name, "capacity": block.printed}
    work.update(issued, "data")
    paper = official_paper(issued.dossier, issued)
    return papers.render_paper(paper, has_fields=True, initials=_initials(owner))


def _initials(owner: str) -> int:
    """Return how many initials the open request of an owner has."""
    found = signing.find_request(signing.requests_of(owner)[0].code)
    turns = found.turns if found else ()
    return sum(turn.role == TurnRole.INITIAL for turn in turns)
