"""Slips and notices are signed digitally where policy asks for it, and nobody waits for that."""

import io
import json
from dataclasses import replace
from datetime import date, timedelta

import pytest
from pypdf import PdfReader

from motcua.casework.dossiers import api as dossiers
from motcua.casework.dossiers.choices import IssuedForm
from motcua.casework.dossiers.models import IssuedPaper
from motcua.casework.dossiers.operations.ending import stop
from motcua.casework.dossiers.queries.signing import owner_of_paper
from motcua.casework.dossiers.reactions import issued_papers_are_signed
from motcua.foundation.identity.api import find_account
from motcua.foundation.identity.tests.make import make_officer_account
from motcua.foundation.organisation.api import Post, PostRole, Unit
from motcua.foundation.organisation.tests.make import make_post
from motcua.foundation.outbox import api as outbox
from motcua.foundation.signing import api as signing
from motcua.foundation.signing.api import (
    Capacity,
    DocumentKind,
    Level,
    PaperState,
    PolicyIn,
    RequestState,
    RightIn,
    TurnRole,
)
from motcua.foundation.signing.tests.make import run_signer
from motcua.foundation.trust.api import Certificate
from motcua.foundation.trust.tests.make import QUANG
from motcua.lib import work

from .make import LAN, MONDAY, get_dossier, make_received
from .test_signing import A_MINUTE, Scene, make_scene
from .test_signing import work_off as work_off_signing

pytestmark = pytest.mark.django_db
AT = MONDAY + A_MINUTE
_FACTS = (
    "SELECT id, topic, version, aggregate, aggregate_id, seq, at, by_id, is_silent, payload"
    " FROM outbox_fact WHERE topic = 'dossiers.paper_issued' ORDER BY id"
)


def ask_for(kind: DocumentKind, *turns: TurnRole) -> None:
    """Let policy ask for the signatures of papers of a kind."""
    given = PolicyIn(kind, Level.B_B, turns, is_required=False, valid_from=date(2026, 1, 1))
    signing.set_policy(given, by=QUANG, at=MONDAY)


def work_off() -> int:
    """Do what the worker does with papers issued so far; return how many."""
    rows = work.fetch(_FACTS, [])
    for row in rows:
        issued_papers_are_signed(outbox.ReadFact(*(*row[:-1], json.loads(row[-1]))))
    return len(rows)


def paper_of(code: str, form: IssuedForm) -> IssuedPaper:
    return IssuedPaper.objects.get(dossier__code=code, form=form)


def requests_of(code: str, form: IssuedForm) -> list[signing.SigningRequest]:
    return list(signing.requests_of(owner_of_paper(code, paper_of(code, form).seq)))


def signatures_in(pdf: bytes) -> int:
    return pdf.count(b"/ByteRange")


def stopped(scene: Scene) -> str:
    code = make_received(scene.commune)
    stop(code, "Không bổ sung", "Điều 9", by=scene.hoa, at=MONDAY)
    return code


def test_a_slip_is_sealed_without_a_clerk_and_handed_out_sealed() -> None:
    scene = make_scene()
    ask_for(DocumentKind.SLIP, TurnRole.SEAL)
    code = make_received(scene.commune)

    work_off()
    run_signer(AT)

    slip = paper_of(code, IssuedForm.SLIP)
    shown = dossiers.signed_slips_of(get_dossier(code), at=AT)[slip.seq]
    assert [one.name for one in shown.signers] == ["UBND xã Mường Phăng"]
    assert signatures_in(dossiers.paper_pdf(scene.commune.binh, code, IssuedForm.SLIP)) == 1


def test_until_it_is_sealed_the_slip_is_handed_out_as_before() -> None:
    scene = make_scene()
    ask_for(DocumentKind.SLIP, TurnRole.SEAL)
    code = make_received(scene.commune)

    work_off()

    assert signatures_in(dossiers.paper_pdf(scene.commune.binh, code, IssuedForm.SLIP)) == 0


def test_without_a_policy_nothing_is_announced() -> None:
    make_received(make_scene().commune)

    assert work_off() == 0


def test_a_paper_is_asked_for_once_however_often_the_fact_is_told() -> None:
    scene = make_scene()
    ask_for(DocumentKind.SLIP, TurnRole.SEAL)
    code = make_received(scene.commune)

    work_off()
    work_off()

    assert len(requests_of(code, IssuedForm.SLIP)) == 1


def test_an_agency_without_a_seal_issues_its_slips_as_before() -> None:
    scene = make_scene()
    ask_for(DocumentKind.SLIP, TurnRole.SEAL)
    Certificate.objects.filter(agency_id=scene.commune.agency_id).update(state="revoked")
    code = make_received(scene.commune)

    work_off()

    assert requests_of(code, IssuedForm.SLIP) == []


def test_the_receipt_of_a_filing_is_sealed_at_any_hour() -> None:
    scene = make_scene()
    ask_for(DocumentKind.RECEIPT, TurnRole.SEAL)
    code = make_received(scene.commune)

    work_off()
    run_signer(AT + timedelta(hours=14))

    assert signatures_in(dossiers.paper_pdf(LAN, code, IssuedForm.FILED)) == 1


def test_a_notice_of_stopping_is_signed_by_who_stopped_and_sealed_by_the_clerk() -> None:
    scene = make_scene()
    ask_for(DocumentKind.STOP, TurnRole.LEADER, TurnRole.SEAL)
    code = stopped(scene)
    work_off()
    request = requests_of(code, IssuedForm.STOP)[0]

    signing.begin_attempt(request.code, by=scene.hoa, at=AT)
    run_signer(AT)
    signing.number_and_seal(request.code, by=scene.van, at=AT)
    run_signer(AT)

    shown = dossiers.signed_slips_of(get_dossier(code), at=AT)[paper_of(code, IssuedForm.STOP).seq]
    assert [one.name for one in shown.signers] == ["Nguyễn Thị Hoa", "UBND xã Mường Phăng"]


def test_only_slips_are_sealed_without_a_clerk() -> None:
    scene = make_scene()
    ask_for(DocumentKind.STOP, TurnRole.SEAL)
    code = stopped(scene)
    work_off()
    request = requests_of(code, IssuedForm.STOP)[0]

    with pytest.raises(signing.NotYourTurn):
        signing.seal_by_itself(request.code, at=AT)

    assert request.state == RequestState.OPEN


def test_a_slip_issued_anew_replaces_the_one_before() -> None:
    scene = make_scene()
    ask_for(DocumentKind.SLIP, TurnRole.SEAL)
    code = make_received(scene.commune)
    work_off()
    run_signer(AT)
    dossiers.correct_reception(
        code, {"applicant_name": "Lò Thị Lan Anh"}, "Gõ nhầm", by=scene.commune.oanh, at=AT
    )
    work_off()
    run_signer(AT)

    work_off_signing()

    old, new = sorted(dossiers.signed_slips_of(get_dossier(code), at=AT).items())
    seen = signing.paper_by_token(old[1].token, on=AT.date())
    assert seen is not None
    assert (seen.state, seen.successor_token) == (PaperState.REPLACED, new[1].token)
    assert [one.is_by_decision for one in seen.changes] == [False]
    assert new[1].state == PaperState.IN_FORCE


def make_order(scene: Scene) -> tuple[RightIn, Post]:
    """Return by which right the chief of the office signs apologies by order, and his deputy."""
    commune = scene.commune
    chief = make_officer_account("Cà Văn Minh", username="minh")
    unit, root = (Unit.objects.get(pk=pk) for pk in (commune.justice_id, commune.root_id))
    chair = make_post(root, PostRole.AGENCY_LEADER, title="Chủ tịch")
    post = make_post(unit, PostRole.UNIT_HEAD, title="Chánh Văn phòng", holder=chief.officer)
    second = make_officer_account("Lò Thị Son", username="son")
    deputy = make_post(unit, PostRole.HANDLER, title="Phó Chánh Văn phòng", holder=second.officer)
    given = RightIn(
        commune.agency_id,
        post.pk,
        Capacity.BY_ORDER,
        date(2026, 1, 1),
        head_post_id=chair.pk,
        kinds=(DocumentKind.APOLOGY,),
    )
    signing.give_right(given, by=QUANG, at=MONDAY)
    return given, deputy


def apology_words(scene: Scene, username: str, name: str) -> str:
    """Return what an apology says that was issued by one of them."""
    account = find_account(username)
    by = replace(scene.commune.hoa, id=account.pk if account else 0, name=name)
    code = make_received(scene.commune)
    later = MONDAY + timedelta(days=30)
    dossiers.apologise(code, later.replace(hour=16), "Chờ trả lời", by=by, at=MONDAY)
    page = PdfReader(io.BytesIO(dossiers.paper_pdf(by, code, IssuedForm.APOLOGY))).pages[0]
    return " ".join(page.extract_text().split())


def test_an_apology_by_order_says_so() -> None:
    scene = make_scene()
    make_order(scene)

    assert "TL. CHỦ TỊCH CHÁNH VĂN PHÒNG" in apology_words(scene, "minh", "Cà Văn Minh")


def test_an_apology_of_the_deputy_of_who_signs_by_order_says_both() -> None:
    scene = make_scene()
    order, deputy = make_order(scene)
    given = replace(order, post_id=deputy.pk, capacity=Capacity.DEPUTY, head_post_id=order.post_id)
    signing.give_right(given, by=QUANG, at=MONDAY)

    said = apology_words(scene, "son", "Lò Thị Son")

    assert "TL. CHỦ TỊCH KT. CHÁNH VĂN PHÒNG PHÓ CHÁNH VĂN PHÒNG" in said
