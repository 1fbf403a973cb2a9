"""Outcomes signed digitally: from the leader's word to the sealed paper in the dossier."""

import json
from dataclasses import dataclass, replace
from datetime import timedelta

import pytest

from motcua.casework.dossiers import api as dossiers
from motcua.casework.dossiers.api import Status, SubState
from motcua.casework.dossiers.errors import DossierError
from motcua.casework.dossiers.models import DossierMove, DossierOutcome
from motcua.casework.dossiers.reactions import (
    leaders_signature_is_noted,
    lifted_outcomes_are_taken,
    refused_outcomes_go_back,
    sealed_outcomes_are_taken,
)
from motcua.foundation.access.api import Power
from motcua.foundation.files import api as files
from motcua.foundation.identity.tests.make import make_officer_account
from motcua.foundation.ledger import api as ledger
from motcua.foundation.organisation.api import PostRole, Unit
from motcua.foundation.organisation.tests.make import make_officer, make_post
from motcua.foundation.outbox import api as outbox
from motcua.foundation.signing import api as signing
from motcua.foundation.signing.tests.make import make_lifted, make_policy, run_signer
from motcua.foundation.trust.tests.make import make_server_certificate, make_trusted_world
from motcua.lib import work
from motcua.lib.actor import Actor

from .make import LAN, MONDAY, Commune, get_dossier, make_all, make_second_step, open_step

pytestmark = pytest.mark.django_db
A_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True)
class Scene:
    """A commune whose leader Hoa and clerk Vân hold certificates."""

    commune: Commune
    hoa: Actor
    van: Actor


def make_scene(*, is_required: bool = False, text_change: tuple[str, str] = ("", "")) -> Scene:
    commune = make_all(text_change=text_change)
    make_trusted_world()
    account = make_officer_account("Nguyễn Thị Hoa", username="hoa")
    make_server_certificate("Nguyễn Thị Hoa", officer_id=account.officer_id)
    make_server_certificate("UBND xã Mường Phăng", agency_id=commune.agency_id)
    office = Unit.objects.get(pk=commune.justice_id)
    make_post(office, PostRole.REGISTRY_CLERK, holder=make_officer("Tòng Thị Vân", code="VT1"))
    make_policy(is_required=is_required)
    units = frozenset({commune.root_id, commune.desk_id, commune.justice_id})
    powers = {**commune.hoa.powers, Power.SIGN_DOCUMENTS: units}
    hoa = replace(commune.hoa, id=account.pk, title="Chủ tịch", powers=powers)
    seal: dict[str, frozenset[int]] = {Power.SEAL_DOCUMENTS: frozenset({commune.justice_id})}
    van = Actor(901, "Tòng Thị Vân", title="Văn thư", agency_id=commune.agency_id, powers=seal)
    return Scene(commune, hoa, van)


def make_to_sign(scene: Scene) -> str:
    """Return the code of a dossier that waits for Hoa's signature."""
    code = make_second_step(scene.commune)
    dossiers.complete_step(code, open_step(code).seq, by=scene.commune.hoa, at=MONDAY)
    return code


def work_off() -> None:
    """Do what the worker does with each fact of signing so far."""
    for row in work.fetch(_FACTS, []):
        fact = outbox.ReadFact(*(*row[:-1], json.loads(row[-1])))
        _HEARD[fact.topic](fact)


_HEARD = {
    "signing.turn_signed": leaders_signature_is_noted,
    "signing.completed": sealed_outcomes_are_taken,
    "signing.turn_refused": refused_outcomes_go_back,
    "signing.lifted": lifted_outcomes_are_taken,
}
_FACTS = (
    "SELECT id, topic, version, aggregate, aggregate_id, seq, at, by_id, is_silent, payload"
    " FROM outbox_fact WHERE topic IN ('signing.turn_signed', 'signing.completed',"
    " 'signing.turn_refused', 'signing.lifted') ORDER BY id"
)


def ask(scene: Scene, code: str) -> str:
    """Let Hoa sign; return the code of the request."""
    dossiers.sign_outcome(code, open_step(code).seq, by=scene.hoa, at=MONDAY)
    return dossiers.signing_of(get_dossier(code))[0].request.code


def seal(scene: Scene, request: str) -> None:
    run_signer(MONDAY + A_MINUTE)
    signing.number_and_seal(request, by=scene.van, at=MONDAY + 2 * A_MINUTE)
    run_signer(MONDAY + 3 * A_MINUTE)
    work_off()


def test_a_sealed_outcome_resolves_the_dossier_in_the_leaders_name() -> None:
    scene = make_scene()
    code = make_to_sign(scene)

    seal(scene, ask(scene, code))

    dossier, outcome = get_dossier(code), DossierOutcome.objects.get(dossier__code=code)
    assert (dossier.status, dossier.sub_state) == (Status.RESOLVED, SubState.NONE)
    assert (outcome.number, outcome.signed_by_name) == ("01/G15-HT", "Nguyễn Thị Hoa")
    assert outcome.decided_at == MONDAY + 3 * A_MINUTE


def test_an_outcome_is_handed_out_in_the_version_that_can_be_proven_for_longest() -> None:
    scene = make_scene()
    code = make_to_sign(scene)
    seal(scene, ask(scene, code))

    make_lifted(b"%PDF- lifted", at=MONDAY + 4 * A_MINUTE)
    work_off()

    outcome = DossierOutcome.objects.select_related("file").get(dossier__code=code)
    assert outcome.file is not None
    with files.open_file(outcome.file) as content:
        assert content.read() == b"%PDF- lifted"


def test_the_ledger_counts_an_outcome_from_its_seal_not_from_the_signature() -> None:
    scene = make_scene()
    code = make_to_sign(scene)

    request = ask(scene, code)
    before = [leaf.kind for leaf in ledger.leaves_of(code)]
    seal(scene, request)

    decided = ledger.leaves_of(code)[-1]
    assert before == ["received", "promised"]
    assert (decided.kind, decided.at) == ("decided", MONDAY + 3 * A_MINUTE)


def test_the_dossier_tells_who_did_what() -> None:
    scene = make_scene()
    code = make_to_sign(scene)

    seal(scene, ask(scene, code))

    moves = DossierMove.objects.filter(dossier__code=code).order_by("seq")
    assert [(move.act, move.by_name) for move in moves][-3:] == [
        ("send_to_sign", "Nguyễn Thị Hoa"),
        ("sign", "Nguyễn Thị Hoa"),
        ("decide", "Nguyễn Thị Hoa"),
    ]
    assert dossiers.verify_moves(list(moves)) is None


def test_who_filed_gets_the_very_bytes_that_were_sealed() -> None:
    scene = make_scene()
    code = make_to_sign(scene)
    request = ask(scene, code)

    seal(scene, request)

    outcome = DossierOutcome.objects.select_related("file").get(dossier__code=code)
    given = dossiers.outcome_pdf(LAN, code, outcome.seq)
    assert outcome.file is not None
    with files.open_file(outcome.file) as content:
        assert given == content.read()
    assert given.count(b"/ByteRange") == 2


def test_a_fact_told_twice_changes_nothing() -> None:
    scene = make_scene()
    code = make_to_sign(scene)
    seal(scene, ask(scene, code))
    version = get_dossier(code).version

    work_off()

    assert get_dossier(code).version == version


def test_until_it_is_sealed_the_step_is_open_and_the_clock_runs() -> None:
    scene = make_scene()
    code = make_to_sign(scene)

    ask(scene, code)

    dossier = get_dossier(code)
    assert (dossier.status, dossier.sub_state) == (Status.PROCESSING, SubState.SIGNING)
    assert (open_step(code).assignee_name, dossier.paused_at) == ("Nguyễn Thị Hoa", None)


def test_a_dossier_that_is_withdrawn_takes_its_request_along() -> None:
    scene = make_scene()
    code = make_to_sign(scene)
    request = ask(scene, code)

    dossiers.withdraw(code, by=LAN, at=MONDAY + A_MINUTE)

    found = signing.find_request(request)
    assert found is not None
    assert found.request.state == "withdrawn"
    assert run_signer(MONDAY + A_MINUTE) == 0


def test_a_sealed_outcome_can_no_longer_be_withdrawn() -> None:
    scene = make_scene()
    code = make_to_sign(scene)
    request = ask(scene, code)
    run_signer(MONDAY + A_MINUTE)
    signing.number_and_seal(request, by=scene.van, at=MONDAY + A_MINUTE)
    run_signer(MONDAY + A_MINUTE)

    with pytest.raises(signing.AlreadyComplete):
        dossiers.withdraw(code, by=LAN, at=MONDAY + A_MINUTE)


def test_what_the_clerk_refuses_can_be_signed_anew() -> None:
    scene = make_scene()
    code = make_to_sign(scene)
    request = ask(scene, code)
    run_signer(MONDAY + A_MINUTE)

    signing.refuse_turn(request, "Thiếu nơi nhận", by=scene.van, at=MONDAY + A_MINUTE)
    work_off()

    assert get_dossier(code).sub_state == SubState.NONE
    seal(scene, ask(scene, code))
    assert get_dossier(code).status == Status.RESOLVED


def test_while_it_is_signed_nothing_more_may_be_asked_of_the_applicant() -> None:
    scene = make_scene()
    code = make_to_sign(scene)
    ask(scene, code)

    with pytest.raises(DossierError, match="đang được ký số"):
        dossiers.decide(code, open_step(code).seq, by=scene.hoa, at=MONDAY)


def test_where_the_policy_insists_nobody_signs_on_paper() -> None:
    scene = make_scene(is_required=True)
    code = make_to_sign(scene)

    with pytest.raises(DossierError, match="phải ký số"):
        dossiers.decide(code, open_step(code).seq, by=scene.hoa, at=MONDAY)


def test_who_has_no_certificate_signs_on_paper_where_the_policy_allows() -> None:
    scene = make_scene()
    code = make_to_sign(scene)
    account = make_officer_account("Lò Văn Phó", username="pho")
    deputy = replace(scene.hoa, id=account.pk, name="Lò Văn Phó")

    signed = dossiers.sign_outcome(code, open_step(code).seq, by=deputy, at=MONDAY)

    assert signed.status == Status.RESOLVED


def test_what_the_leader_brings_for_paper_is_signed_on_paper() -> None:
    scene = make_scene()
    code = make_to_sign(scene)
    stored = files.keep_bytes(b"%PDF-1.7 brought", "application/pdf", by=scene.hoa, at=MONDAY)
    brought = dossiers.Proposal(file_id=stored.pk, file_name="quyet-dinh.pdf", on_paper=True)

    signed = dossiers.sign_outcome(
        code, open_step(code).seq, by=scene.hoa, at=MONDAY, proposal=brought
    )

    assert signed.status == Status.RESOLVED
