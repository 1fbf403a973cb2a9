"""What a decision does to an outcome that was issued: corrected, replaced, revoked."""

from collections.abc import Mapping
from typing import Any

from motcua.casework.dossiers import api as dossiers
from motcua.casework.dossiers.api import DossierOutcome, OutcomeChange
from motcua.channels.kit.requests import ActorRequest
from motcua.channels.office.forms import OutcomeChangeForm
from motcua.foundation.access.api import Power
from motcua.foundation.signing.api import PaperState

from .situation import Act, Facts, Situation

SLUG = "doi-hieu-luc"


def outcome_of(one: Situation) -> DossierOutcome | None:
    return next((found for found in one.whole.outcomes if found.seq == one.item), None)


def can_be_changed(one: Situation) -> bool:
    """Say whether the outcome was issued with its signatures and still counts."""
    outcome = outcome_of(one)
    if outcome is None or outcome.decided_at is None:
        return False
    paper = dossiers.signed_papers_of(one.dossier, at=one.at).get(outcome.seq)
    return paper is not None and paper.can_change


def may_change(one: Situation) -> bool:
    return one.actor.can(Power.REVOKE_PAPERS, unit_id=one.dossier.competent_unit_id)


def facts(one: Situation) -> Facts:
    outcome = outcome_of(one)
    if outcome is None:
        return []
    return [{"key": "Kết quả", "value": f"{outcome.name}, số {outcome.number}"}]


def change(one: Situation, data: Mapping[str, Any], _request: ActorRequest) -> str:
    given = OutcomeChange(
        PaperState(data["state"]),
        data["decision_number"],
        data["decided_on"],
        data["reason"],
        data["successor"],
    )
    dossiers.change_outcome(one.dossier.code, one.item, given, by=one.actor, at=one.at)
    return f"{given.state.label}. Ai quét mã QR trên giấy đều thấy; người nộp đã được báo."


OUTCOME_ACTS = (
    Act(
        SLUG,
        "Đính chính, thay thế, thu hồi",
        fits=can_be_changed,
        may=may_change,
        ask=lambda _one, data, _files: OutcomeChangeForm(data),
        run=change,
        facts=facts,
        note="Việc này theo một quyết định đã ban hành và không hoàn tác được.",
        is_warning=True,
        is_per_item=True,
        button="Ghi thay đổi hiệu lực",
    ),
)
