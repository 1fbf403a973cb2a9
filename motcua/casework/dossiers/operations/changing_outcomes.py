"""Correct, replace or revoke an outcome that was issued with its signatures.

Source: docs/law/signatures.md
"""

from dataclasses import dataclass
from datetime import date, datetime

from motcua.casework.dossiers.choices import Act, Status
from motcua.casework.dossiers.errors import OutcomeMissing
from motcua.casework.dossiers.models import Dossier, DossierOutcome
from motcua.casework.dossiers.queries.deciding import deciding
from motcua.casework.dossiers.queries.signing import owner_of
from motcua.foundation.access.api import Power
from motcua.foundation.signing import api as signing
from motcua.foundation.signing.api import OwnedPaper, PaperState
from motcua.lib import work
from motcua.lib.actor import Actor
from motcua.lib.clock import local_day
from motcua.lib.errors import BadInput

from .telling import lock_dossier, tell


@dataclass(frozen=True, slots=True)
class OutcomeChange:
    """What a decision does to an outcome; `successor` is the dossier whose outcome replaces it."""

    state: PaperState
    decision_number: str
    decided_on: date
    reason: str
    successor: str = ""


@work.story
def change_outcome(
    code: str, outcome_seq: int, change: OutcomeChange, *, by: Actor, at: datetime
) -> Dossier:
    """Let a decision correct, replace or revoke an outcome; the applicant is told why.

    Raises: NoSuchDossier, NotAllowed, OutcomeMissing, PaperIsOver, BadInput.
    """
    dossier = lock_dossier(code)
    by.require(Power.REVOKE_PAPERS, unit_id=dossier.competent_unit_id)
    outcome = DossierOutcome.objects.filter(dossier=dossier, seq=outcome_seq).first()
    paper = paper_of(dossier, outcome, local_day(at)) if outcome and outcome.decided_at else None
    if outcome is None or paper is None:
        raise OutcomeMissing("Kết quả này chưa được ký số, đóng dấu.")
    given = signing.PaperChangeIn(
        change.state,
        change.decision_number,
        change.decided_on,
        change.reason,
        successor_token=_successor(dossier, change, local_day(at)),
    )
    signing.change_paper(paper.token, given, by=by, at=at)
    basis = f"theo quyết định số {change.decision_number.strip()} ngày {change.decided_on:%d/%m/%Y}"
    note = f"“{outcome.name}” {change.state.label.lower()} {basis}. {change.reason.strip()}"
    detail = {"outcome": outcome.seq, "state": str(change.state), "paper": paper.code}
    was = Status(dossier.status)
    tell(dossier, Act.CHANGE_OUTCOME, by=by, at=at, was=was, note=note, detail=detail)
    return dossier


def paper_of(dossier: Dossier, outcome: DossierOutcome, on: date) -> OwnedPaper | None:
    """Return the signed paper of an outcome. Costs: three queries."""
    owner = owner_of(dossier, outcome)
    return signing.papers_of([owner], on=on).get(owner)


def _successor(dossier: Dossier, change: OutcomeChange, on: date) -> str:
    """Return the mark of what replaces the outcome: the newest signed one of another dossier.

    Raises: BadInput.
    """
    if change.state != PaperState.REPLACED:
        return ""
    place = deciding(dossier).agency_id
    outcomes = DossierOutcome.objects.filter(
        dossier__code=change.successor.strip(),
        decided_at__isnull=False,
    ).exclude(dossier=dossier)
    found_ones = [o for o in outcomes.select_related("dossier") if deciding(o.dossier)[0] == place]
    owners = {owner_of(one.dossier, one): one for one in found_ones}
    found = signing.papers_of(owners, on=on)
    if not found:
        message = "Không có hồ sơ mang mã này với kết quả đã ký số, đóng dấu của cùng cơ quan."
        raise BadInput(message, field="successor")
    newest = max(found, key=lambda owner: owners[owner].seq)
    return found[newest].token
