"""Outcomes initialled by those who answer for them, then signed, by the leader or for her."""

import io
import json
from dataclasses import dataclass, replace
from datetime import date

import pytest
from pypdf import PdfReader

from motcua.casework.dossiers import api as dossiers
from motcua.casework.dossiers.api import Act, Status, SubState
from motcua.casework.dossiers.models import DossierMove, DossierOutcome, DossierStep
from motcua.casework.dossiers.reactions import outcomes_are_initialled
from motcua.foundation.access import api as access
from motcua.foundation.identity import api as identity
from motcua.foundation.identity.tests.make import make_officer_account
from motcua.foundation.organisation.api import Post, PostRole, Unit
from motcua.foundation.organisation.tests.make import make_post
from motcua.foundation.outbox import api as outbox
from motcua.foundation.signing import api as signing
from motcua.foundation.signing.api import (
    AbsenceIn,
    Capacity,
    InitialBy,
    RightIn,
    TurnRole,
    TurnState,
    WholeRequest,
)
from motcua.foundation.signing.tests.make import make_policy, run_signer
from motcua.foundation.trust.tests.make import QUANG, make_server_certificate
from motcua.lib import work
from motcua.lib.actor import Actor

from .make import MONDAY, get_dossier, make_received, open_step
from .test_signing import A_MINUTE, Scene, make_scene, work_off

pytestmark = pytest.mark.django_db
BOTH = (InitialBy.DRAFTER, InitialBy.UNIT_HEAD)
_FACTS = (
    "SELECT id, topic, version, aggregate, aggregate_id, seq, at, by_id, is_silent, payload"
    " FROM outbox_fact WHERE topic = 'dossiers.outcome_to_sign' ORDER BY id"
)


@dataclass(frozen=True)
class Office:
    """The scene of signing: Mai drafts, Thu approves, Hoa signs, Nam is her deputy."""

    scene: Scene
    mai: Actor
    thu: Actor
    hoa: Actor
    nam: Actor
    chair: Post
    deputy: Post


def make_office(*initials: InitialBy) -> Office:
    scene = make_scene()
    justice = Unit.objects.get(pk=scene.commune.justice_id)
    root = Unit.objects.get(pk=scene.commune.root_id)

    def seat(name: str, user: str, title: str, unit: Unit, role: PostRole) -> tuple[Actor, Post]:
        account = make_officer_account(name, username=user)
        post = make_post(unit, role, title=title, holder=account.officer)
        make_server_certificate(name, officer_id=account.officer_id)
        return access.actor_now(account.pk, at=MONDAY).actor, post

    leader = PostRole.AGENCY_LEADER
    mai, _ = seat("Quàng Thị Mai", "mai", "Công chức", justice, PostRole.HANDLER)
    thu, _ = seat("Cà Thị Thu", "thu", "Trưởng phòng", justice, PostRole.UNIT_HEAD)
    officer = identity.get_account(scene.hoa.id).officer
    chair = make_post(root, leader, title="Chủ tịch", holder=officer)
    hoa = access.actor_now(scene.hoa.id, at=MONDAY).actor
    nam, deputy = seat("Lường Văn Nam", "nam", "Phó Chủ tịch", root, leader)
    signing.SigningPolicy.objects.all().delete()
    signing.forget_policies()
    make_policy(initials=initials)
    agency = scene.commune.agency_id
    for given in (
        RightIn(agency, chair.pk, Capacity.ON_BEHALF, date(2026, 1, 1), collective="UBND"),
        RightIn(agency, deputy.pk, Capacity.DEPUTY, date(2026, 1, 1), head_post_id=chair.pk),
    ):
        signing.give_right(given, by=QUANG, at=MONDAY)
    return Office(scene, mai, thu, hoa, nam, chair, deputy)


def submitted(office: Office) -> tuple[str, str]:
    """Let Mai draft and Thu approve; return the codes of the dossier and of its request."""
    commune = office.scene.commune
    code = make_received(commune, at=MONDAY)
    for by in (office.mai, replace(office.thu, powers={**commune.hoa.powers})):
        dossiers.complete_step(code, open_step(code).seq, by=by, at=MONDAY)
    for row in work.fetch(_FACTS, []):
        outcomes_are_initialled(outbox.ReadFact(*(*row[:-1], json.loads(row[-1]))))
    return code, whole_of(code).request.code


def whole_of(code: str) -> WholeRequest:
    return dossiers.signing_of(get_dossier(code))[0]


def sign(request: str, *people: Actor) -> None:
    for minutes, by in enumerate(people, start=1):
        signing.begin_attempt(request, by=by, at=MONDAY + minutes * A_MINUTE)
        run_signer(MONDAY + minutes * A_MINUTE)
    work_off()


def text_of(request: str) -> str:
    found = signing.find_request(request)
    assert found is not None
    pages = PdfReader(io.BytesIO(signing.document_of(found.request))).pages
    return " ".join("".join(page.extract_text() for page in pages).split())


def test_what_was_approved_waits_for_the_initials_of_who_drafted_and_approved() -> None:
    office = make_office(*BOTH)

    code, _ = submitted(office)

    assert [(one.role, one.account_id, one.signer_name) for one in whole_of(code).turns] == [
        (TurnRole.INITIAL, office.mai.id, "Quàng Thị Mai"),
        (TurnRole.INITIAL, office.thu.id, "Cà Thị Thu"),
        (TurnRole.LEADER, office.hoa.id, "Nguyễn Thị Hoa"),
        (TurnRole.SEAL, None, ""),
    ]
    assert get_dossier(code).sub_state == SubState.SIGNING


def test_the_order_is_kept() -> None:
    office = make_office(*BOTH)
    _, request = submitted(office)

    for early in (office.thu, office.hoa):
        with pytest.raises(signing.NotYourTurn, match="Quàng Thị Mai ký"):
            signing.begin_attempt(request, by=early, at=MONDAY)


def test_an_initialled_outcome_is_signed_and_sealed_in_one_file() -> None:
    office = make_office(*BOTH)
    code, request = submitted(office)

    sign(request, office.mai, office.thu, office.hoa)
    signing.number_and_seal(request, by=office.scene.van, at=MONDAY + 5 * A_MINUTE)
    run_signer(MONDAY + 6 * A_MINUTE)
    work_off()

    found = signing.find_request(request)
    assert found is not None
    assert signing.document_of(found.request).count(b"/ByteRange") == 4
    assert (get_dossier(code).status, found.request.state) == (Status.RESOLVED, "completed")


def test_the_dossier_tells_who_initialled() -> None:
    office = make_office(*BOTH)
    code, request = submitted(office)

    sign(request, office.mai, office.thu, office.hoa)

    moves = DossierMove.objects.filter(dossier__code=code).order_by("seq")
    assert [(one.act, one.by_name) for one in moves][-4:] == [
        (Act.SEND_TO_SIGN, "Cà Thị Thu"),
        (Act.INITIAL, "Quàng Thị Mai"),
        (Act.INITIAL, "Cà Thị Thu"),
        (Act.SIGN, "Nguyễn Thị Hoa"),
    ]
    assert dossiers.verify_moves(list(moves)) is None


def test_who_would_not_initial_sends_the_work_back_with_the_reason() -> None:
    office = make_office(*BOTH)
    code, request = submitted(office)

    signing.refuse_turn(request, "Sai năm sinh", by=office.mai, at=MONDAY)
    work_off()

    latest = DossierMove.objects.filter(dossier__code=code).order_by("-seq")[0]
    assert (latest.act, latest.note, latest.by_name) == (
        Act.RETURN_STEP,
        "Sai năm sinh",
        "Quàng Thị Mai",
    )
    assert (open_step(code).code, get_dossier(code).sub_state) == ("tham-dinh", SubState.NONE)


def test_who_drafted_and_approved_initials_once() -> None:
    office = make_office(*BOTH)
    commune = office.scene.commune
    both = replace(office.thu, powers={**commune.mai.powers, **commune.hoa.powers})
    code = make_received(commune, at=MONDAY)
    for _ in range(2):
        dossiers.complete_step(code, open_step(code).seq, by=both, at=MONDAY)

    dossiers.submit_for_initials(code, open_step(code).seq, at=MONDAY)

    assert [one.role for one in whole_of(code).turns] == ["initial", "leader", "seal"]


def test_a_leader_whose_policy_asks_for_initials_cannot_go_before_them() -> None:
    office = make_office(*BOTH)
    commune = office.scene.commune
    code = make_received(commune, at=MONDAY)
    for by in (office.mai, replace(office.thu, powers={**commune.hoa.powers})):
        dossiers.complete_step(code, open_step(code).seq, by=by, at=MONDAY)

    dossiers.sign_outcome(code, open_step(code).seq, by=office.hoa, at=MONDAY)

    assert [(one.role, one.state) for one in whole_of(code).turns] == [
        (TurnRole.INITIAL, TurnState.READY),
        (TurnRole.INITIAL, TurnState.WAITING),
        (TurnRole.LEADER, TurnState.WAITING),
        (TurnRole.SEAL, TurnState.WAITING),
    ]


def test_a_deputy_who_signs_is_printed_as_deputy() -> None:
    office = make_office()
    code = approved(office)

    dossiers.sign_outcome(code, open_step(code).seq, by=office.nam, at=MONDAY)

    request = whole_of(code).request.code
    outcome = DossierOutcome.objects.get(dossier__code=code)
    assert "KT. CHỦ TỊCH PHÓ CHỦ TỊCH" in text_of(request)
    assert (outcome.signed_by_capacity, outcome.signed_by_name) == (
        "KT. Chủ tịch",
        "Lường Văn Nam",
    )


def approved(office: Office) -> str:
    """Return the code of a dossier that waits for a decision, without initials."""
    commune = office.scene.commune
    code = make_received(commune, at=MONDAY)
    for by in (office.mai, replace(office.thu, powers={**commune.hoa.powers})):
        dossiers.complete_step(code, open_step(code).seq, by=by, at=MONDAY)
    return code


def test_on_paper_too_the_deputy_is_printed_as_deputy() -> None:
    office = make_office()
    code = approved(office)

    dossiers.decide(code, open_step(code).seq, by=office.nam, at=MONDAY)

    outcome = DossierOutcome.objects.get(dossier__code=code)
    text = PdfReader(io.BytesIO(dossiers.outcome_pdf(office.nam, code, outcome.seq)))
    assert "KT. CHỦ TỊCH" in " ".join(text.pages[0].extract_text().split())


def test_who_has_no_right_signs_nothing() -> None:
    office = make_office()
    code = approved(office)
    thu = replace(office.thu, powers={**office.hoa.powers})

    with pytest.raises(signing.NoSigningRight):
        dossiers.sign_outcome(code, open_step(code).seq, by=thu, at=MONDAY)


def test_before_anybody_has_signed_the_deputy_takes_the_turn_and_the_paper_is_drawn_anew() -> None:
    office = make_office()
    code = approved(office)
    dossiers.sign_outcome(code, open_step(code).seq, by=office.hoa, at=MONDAY)
    request = whole_of(code).request.code
    failed(request)

    signing.take_over(request, by=office.nam, at=MONDAY)
    sign(request, office.nam)

    assert "KT. CHỦ TỊCH PHÓ CHỦ TỊCH" in text_of(request)
    assert "Nguyễn Thị Hoa" not in text_of(request)
    leader = whole_of(code).turns[0]
    assert (leader.state, leader.done_by_name, leader.capacity) == ("done", "Lường Văn Nam", "KT")


def failed(request: str) -> None:
    """Let the signature that is underway come to nothing."""
    signing.SigningAttempt.objects.filter(turn__request__code=request).update(
        asked_at=MONDAY, expires_at=MONDAY
    )
    run_signer(MONDAY)


def test_after_the_first_signature_nobody_else_can_be_printed() -> None:
    office = make_office(*BOTH)
    _, request = submitted(office)
    sign(request, office.mai, office.thu)

    with pytest.raises(signing.SignedAlready, match="đã có chữ ký của Quàng Thị Mai, Cà Thị Thu"):
        signing.take_over(request, by=office.nam, at=MONDAY)
    with pytest.raises(signing.SignedAlready):
        signing.hand_on(request, office.nam.id, "Đi công tác", by=office.hoa, at=MONDAY)


def test_an_initial_is_handed_on_with_the_reason() -> None:
    office = make_office(*BOTH)
    code, request = submitted(office)
    sign(request, office.mai)
    justice = Unit.objects.get(pk=office.scene.commune.justice_id)
    account = make_officer_account("Lò Văn Tâm", username="tam")
    make_post(justice, PostRole.HANDLER, holder=account.officer)

    signing.hand_on(request, account.pk, "Đi tập huấn", by=office.thu, at=MONDAY)

    turn = whole_of(code).turns[1]
    assert (turn.account_id, turn.note) == (account.pk, "Cà Thị Thu chuyển: Đi tập huấn")


def test_who_has_initialled_does_not_sign_again_for_another() -> None:
    office = make_office(*BOTH)
    _, request = submitted(office)
    sign(request, office.mai)

    with pytest.raises(signing.NotYourTurn, match="đã ký nháy văn bản này"):
        signing.hand_on(request, office.mai.id, "Bận", by=office.thu, at=MONDAY)


def test_a_stranger_gets_no_turn() -> None:
    office = make_office(*BOTH)
    _, request = submitted(office)
    dung = make_officer_account("Vũ Văn Dũng", username="dung")

    with pytest.raises(signing.NoSigningRight, match="không được giao quyền ký"):
        signing.hand_on(request, dung.pk, "Bận", by=office.mai, at=MONDAY)


def test_while_the_leader_is_away_the_deputy_is_asked_and_the_turn_says_why() -> None:
    office = make_office(*BOTH)
    away(office)

    code, request = submitted(office)

    leader = whole_of(code).turns[2]
    assert (leader.account_id, leader.note) == (
        office.nam.id,
        "Nguyễn Thị Hoa vắng đến hết 06/03/2026 (đi công tác); chuyển người ký thay.",
    )
    assert "KT. CHỦ TỊCH" in text_of(request)


def away(office: Office) -> None:
    chair, deputy = (identity.get_account(one.id).officer_id for one in (office.hoa, office.nam))
    assert chair is not None
    assert deputy is not None
    given = AbsenceIn(chair, deputy, date(2026, 3, 2), date(2026, 3, 6), "đi công tác")
    signing.note_absence(given, by=office.hoa, at=MONDAY)


def test_what_waits_already_goes_to_the_deputy_by_itself() -> None:
    office = make_office()
    code = approved(office)
    dossiers.sign_outcome(code, open_step(code).seq, by=office.hoa, at=MONDAY)
    request = whole_of(code).request.code
    failed(request)
    away(office)

    count = signing.pass_on_of_absent(at=MONDAY)

    assert (count, whole_of(code).turns[0].account_id) == (1, office.nam.id)
    step = DossierStep.objects.get(dossier__code=code, closed_at=None)
    assert (step.assignee_id, step.assignee_name) == (office.nam.id, "Lường Văn Nam")


def test_what_was_initialled_stays_with_the_leader_who_is_away() -> None:
    office = make_office(*BOTH)
    code, request = submitted(office)
    sign(request, office.mai, office.thu)
    away(office)

    count = signing.pass_on_of_absent(at=MONDAY)

    assert (count, whole_of(code).turns[2].account_id) == (0, office.hoa.id)


def test_an_authorisation_that_ended_meanwhile_does_not_sign() -> None:
    office = make_office()
    code = approved(office)
    dossiers.sign_outcome(code, open_step(code).seq, by=office.nam, at=MONDAY)
    request = whole_of(code).request.code
    failed(request)
    right = signing.SigningRight.objects.get(post=office.deputy)
    signing.end_right(right.pk, by=QUANG, at=MONDAY)

    with pytest.raises(signing.NoSigningRight):
        signing.begin_attempt(request, by=office.nam, at=MONDAY.replace(day=3))


def test_a_turn_is_not_handed_to_who_has_another_one() -> None:
    office = make_office(*BOTH)
    code, request = submitted(office)
    turn = whole_of(code).turns[0]

    offered = signing.heirs_of(whole_of(code).request, turn, MONDAY)

    assert [one.account_id for one in offered] == []
    with pytest.raises(signing.NotYourTurn, match="đã có một lượt ký khác"):
        signing.hand_on(request, office.thu.id, "Bận", by=office.mai, at=MONDAY)
