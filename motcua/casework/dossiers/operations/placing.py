"""Draft an outcome as a file to be signed digitally: look at its places, move them, or use paper.

Source: docs/law/signing.md
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from motcua.casework.dossiers.choices import PAPER_CHOSEN, Act
from motcua.casework.dossiers.errors import DossierError, NoSuchDossier, StepNotOpen
from motcua.casework.dossiers.models import DossierOutcome, DossierStep
from motcua.casework.dossiers.queries.merging import content_of
from motcua.casework.dossiers.queries.one import find_dossier
from motcua.casework.dossiers.queries.placed import (
    decides,
    is_paper_choice,
    placed_draft,
)
from motcua.casework.procedures import api as procedures
from motcua.foundation.audit import api as audit
from motcua.foundation.signing import api as signing
from motcua.lib import work
from motcua.lib.actor import Actor
from motcua.lib.errors import NotAllowed

from .proposing import Proposal, propose
from .stepping import begin, check_hand, open_step
from .steps import steps_of
from .telling import lock_dossier, tell
from .unsigning import check_not_signing


@dataclass(frozen=True, slots=True)
class Move:
    """Where a field is to stand: its name, the page from 0, the point from the upper left."""

    name: str
    page: int
    x: float
    y: float


@work.story
def draft_outcome(
    code: str, step_seq: int | str, proposal: Proposal, *, comment: str, by: Actor, at: datetime
) -> Sequence[DossierOutcome]:
    """Keep drafts of the outcomes and the opinion; the step stays open until they were looked at.

    Raises: NoSuchDossier, NotAllowed, StepNotOpen, DossierError, BadInput, DocumentUnfit.
    Costs: up to four processes of their own for a file that is signed digitally.
    """
    dossier, step, _ = open_step(code, step_seq)
    check_hand(step, by)
    check_not_signing(dossier)
    definition = procedures.definition_of(dossier.procedure_version_id)
    drafts = propose(dossier, definition, proposal, by=by, at=at, is_last=decides(step))
    was = begin(dossier)
    step.comment = comment
    work.update(step, "comment")
    detail = {"step": step.code, "outcomes": [one.seq for one in drafts]}
    tell(dossier, Act.DRAFT_OUTCOME, by=by, at=at, was=was, unit_id=step.unit_id, detail=detail)
    return drafts


def move_place(code: str, seq: int, to: Move, *, by: Actor, at: datetime) -> DossierOutcome:
    """Let a field of a draft stand where somebody pointed, if nothing is written there.

    Raises: NoSuchDossier, NotAllowed, OutcomeMissing, DossierError, DocumentUnfit.
    Costs: a process of its own, some 0.5 s, before anything is locked.
    """
    dossier = find_dossier(code)
    if dossier is None:
        raise NoSuchDossier(f"Không tìm thấy hồ sơ {code}.")
    check_any_hand(steps_of(dossier), by)
    outcome = placed_draft(dossier, seq)
    content = content_of(outcome.file) if outcome.file else b""
    made = signing.moved_in_file(outcome.placing, content, to.name, page=to.page, x=to.x, y=to.y)
    return _keep(code, outcome, made, by=by, at=at)


@work.story
def _keep(
    code: str, seen: DossierOutcome, made: dict[str, object], *, by: Actor, at: datetime
) -> DossierOutcome:
    outcome = _in_hand(code, seen.seq, by)
    if outcome.placing != seen.placing or outcome.file_id != seen.file_id:
        raise DossierError("Dự thảo vừa được người khác sửa; hãy tải lại trang rồi đặt lại.")
    outcome.placing = made
    work.update(outcome, "placing")
    audit.record("dossiers.place_moved", f"dossier:{code}", by=by, at=at, detail={"seq": seen.seq})
    return outcome


@work.story
def sign_on_paper(code: str, seq: int, *, by: Actor, at: datetime) -> DossierOutcome:
    """Let a draft that is a file be signed on paper.

    Where policy insists on digital signatures only a file without room for its fields may be.

    Raises: NoSuchDossier, NotAllowed, OutcomeMissing, DossierError.
    """
    outcome = _in_hand(code, seq, by)
    dossier = outcome.dossier
    definition = procedures.definition_of(dossier.procedure_version_id)
    is_whole = not signing.missing_in_file(outcome.placing)
    if is_whole and not is_paper_choice(dossier, definition, at):
        raise DossierError("Kết quả này phải ký số và tệp đã đủ chỗ ký; không chọn ký giấy được.")
    outcome.placing, outcome.paper_why = {}, PAPER_CHOSEN
    work.update(outcome, "placing", "paper_why")
    audit.record("dossiers.paper_chosen", f"dossier:{code}", by=by, at=at, detail={"seq": seq})
    return outcome


def _in_hand(code: str, seq: int, by: Actor) -> DossierOutcome:
    """Return a draft with places of a locked dossier, for who works on one of its steps.

    Raises: NoSuchDossier, NotAllowed, StepNotOpen, OutcomeMissing, DossierError.
    """
    dossier = lock_dossier(code)
    check_not_signing(dossier)
    check_any_hand(steps_of(dossier), by)
    outcome = placed_draft(dossier, seq)
    outcome.dossier = dossier
    return outcome


def check_any_hand(steps: Sequence[DossierStep], by: Actor) -> None:
    """Raises: NotAllowed, StepNotOpen unless an open step is in the actor's hand."""
    refused: Exception = StepNotOpen("Việc này đã có người xử lý xong; hãy tải lại hồ sơ.")
    for step in steps:
        if step.closed_at is None:
            try:
                check_hand(step, by)
            except (StepNotOpen, NotAllowed) as error:
                refused = error
            else:
                return
    raise refused
