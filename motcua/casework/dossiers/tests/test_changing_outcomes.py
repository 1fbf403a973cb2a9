"""An outcome that was issued is corrected, replaced or revoked by a decision."""

from dataclasses import replace
from datetime import date

import pytest

from motcua.casework.dossiers import api as dossiers
from motcua.casework.dossiers.api import Act, OutcomeChange
from motcua.casework.dossiers.errors import OutcomeMissing
from motcua.casework.dossiers.models import DossierMove, DossierOutcome
from motcua.foundation.access.api import Power
from motcua.foundation.signing import api as signing
from motcua.foundation.signing.api import PaperState
from motcua.lib.actor import Actor
from motcua.lib.errors import BadInput, NotAllowed

from .make import MONDAY, get_dossier, make_resolved, make_second_step, open_step
from .test_signing import A_MINUTE, Scene, ask, make_scene, make_to_sign, seal

pytestmark = pytest.mark.django_db
AT = MONDAY + 5 * A_MINUTE
REVOKED = OutcomeChange(PaperState.REVOKED, "12/QĐ-UBND", date(2026, 3, 2), "Cấp nhầm người")


def make_issued(scene: Scene) -> str:
    """Return the code of a dossier whose outcome is signed and sealed."""
    code = make_to_sign(scene)
    seal(scene, ask(scene, code))
    return code


def make_leader(scene: Scene) -> Actor:
    """Return Hoa with the power to take back what her agency issued."""
    units = frozenset({scene.commune.root_id, scene.commune.justice_id})
    powers = {**scene.hoa.powers, Power.REVOKE_PAPERS: units}
    return replace(scene.hoa, powers=powers)


def outcome_seq(code: str) -> int:
    return DossierOutcome.objects.values_list("seq", flat=True).get(dossier__code=code)


def state_of(code: str) -> PaperState:
    return dossiers.signed_papers_of(get_dossier(code), at=AT)[outcome_seq(code)].state


def test_a_revocation_stands_in_the_dossier_with_its_decision_and_reason() -> None:
    scene = make_scene()
    code = make_issued(scene)

    dossiers.change_outcome(code, outcome_seq(code), REVOKED, by=make_leader(scene), at=AT)

    move = DossierMove.objects.filter(dossier__code=code).order_by("seq").last()
    assert move is not None
    assert (move.act, move.by_name) == (Act.CHANGE_OUTCOME, "Nguyễn Thị Hoa")
    basis = "theo quyết định số 12/QĐ-UBND ngày 02/03/2026. Cấp nhầm người"
    assert move.note == f"“{DossierOutcome.objects.get().name}” đã bị thu hồi {basis}"
    assert state_of(code) == PaperState.REVOKED


def test_the_outcome_of_another_dossier_replaces_the_old_one() -> None:
    scene = make_scene()
    old, new = make_issued(scene), make_issued(scene)
    change = replace(REVOKED, state=PaperState.REPLACED, successor=new)

    dossiers.change_outcome(old, outcome_seq(old), change, by=make_leader(scene), at=AT)

    paper = signing.SignedPaper.objects.get(request__owner__contains=old)
    successor = signing.SignedPaper.objects.get(request__owner__contains=new)
    assert (paper.state, paper.successor_token) == (PaperState.REPLACED, successor.token)


@pytest.mark.parametrize("successor", ["", "H18.101-000000-0000", "self"])
def test_nothing_is_replaced_by_what_was_never_signed(successor: str) -> None:
    scene = make_scene()
    code = make_issued(scene)
    named = code if successor == "self" else successor
    change = replace(REVOKED, state=PaperState.REPLACED, successor=named)

    with pytest.raises(BadInput) as refused:
        dossiers.change_outcome(code, outcome_seq(code), change, by=make_leader(scene), at=AT)

    assert (refused.value.field, state_of(code)) == ("successor", PaperState.IN_FORCE)


def test_the_handler_cannot_take_back_what_the_leader_issued() -> None:
    scene = make_scene()
    code = make_issued(scene)

    with pytest.raises(NotAllowed):
        dossiers.change_outcome(code, outcome_seq(code), REVOKED, by=scene.hoa, at=AT)


def test_what_was_signed_on_paper_has_no_state_to_change() -> None:
    scene = make_scene()
    code = make_resolved(scene.commune)

    with pytest.raises(OutcomeMissing):
        dossiers.change_outcome(code, outcome_seq(code), REVOKED, by=make_leader(scene), at=AT)


def test_a_draft_has_no_state_to_change() -> None:
    scene = make_scene()
    code = make_second_step(scene.commune)
    dossiers.complete_step(code, open_step(code).seq, by=scene.commune.hoa, at=MONDAY)

    with pytest.raises(OutcomeMissing):
        dossiers.change_outcome(code, 1, REVOKED, by=make_leader(scene), at=AT)
