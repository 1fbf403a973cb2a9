"""The progress sheet (06) and the closed register (07) are signed where policy asks for it."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from motcua.casework.dossiers import api as dossiers
from motcua.casework.dossiers.choices import IssuedForm
from motcua.casework.dossiers.errors import DossierError
from motcua.casework.dossiers.models import ClosedRegister, IssuedPaper
from motcua.casework.dossiers.operations.signing_books import sign_book
from motcua.casework.dossiers.queries.signed_books import owner_of_book, signed_book
from motcua.foundation.access.api import Power
from motcua.foundation.identity.api import Account
from motcua.foundation.identity.tests.make import make_officer_account
from motcua.foundation.organisation.api import PostRole, Unit
from motcua.foundation.organisation.tests.make import make_post
from motcua.foundation.signing import api as signing
from motcua.foundation.signing.api import Capacity, DocumentKind, Indication, TurnRole
from motcua.foundation.signing.tests.make import run_signer
from motcua.foundation.trust.tests.make import QUANG, make_server_certificate
from motcua.lib.actor import Actor
from motcua.lib.errors import NotAllowed

from .make import LAN, MONDAY, make_received, make_received_at_desk, make_resolved
from .test_signing import A_MINUTE, Scene, make_scene
from .test_signing_papers import AT, ask_for, signatures_in, stopped, work_off

pytestmark = pytest.mark.django_db
FIRST, LATEST = date(2026, 3, 2), date(2026, 3, 6)
AFTER = MONDAY + timedelta(days=7)
BOTH = (TurnRole.LEADER, TurnRole.SEAL)


def make_head(scene: Scene, *, is_certified: bool = True) -> Actor:
    """Return the head of the desk, who may sign."""
    account = make_officer_account("Vì Thị Oanh", username="oanh")
    if is_certified:
        make_server_certificate("Vì Thị Oanh", officer_id=account.officer_id)
    oanh = scene.commune.oanh
    powers = {**oanh.powers, Power.SIGN_DOCUMENTS: frozenset({scene.commune.desk_id})}
    return replace(oanh, id=account.pk, powers=powers)


def close(scene: Scene, by: Actor) -> ClosedRegister:
    make_received_at_desk(scene.commune)
    return dossiers.close_register(scene.commune.desk_id, FIRST, LATEST, by=by, at=AFTER)


def sign_and_seal(scene: Scene, book: ClosedRegister, by: Actor) -> None:
    code = signing.requests_of(owner_of_book(book))[0].code
    signing.begin_attempt(code, by=by, at=AFTER)
    run_signer(AFTER + A_MINUTE)
    signing.number_and_seal(code, by=scene.van, at=AFTER + 2 * A_MINUTE)
    run_signer(AFTER + 3 * A_MINUTE)


def test_the_progress_sheet_is_sealed_once_the_dossier_is_returned() -> None:
    scene = make_scene()
    ask_for(DocumentKind.PROGRESS, TurnRole.SEAL)
    code, binh = make_resolved(scene.commune), scene.commune.binh
    before = dossiers.paper_pdf(binh, code, IssuedForm.PROGRESS)
    dossiers.return_outcome(code, handed_to="Lan", handed_how="Thẻ căn cước", by=binh, at=MONDAY)

    work_off()
    run_signer(AT)

    after = dossiers.paper_pdf(binh, code, IssuedForm.PROGRESS)
    assert (signatures_in(before), signatures_in(after)) == (0, 1)


def test_a_dossier_that_is_stopped_has_its_sheet_sealed_one_withdrawn_unreceived_has_none() -> None:
    scene = make_scene()
    ask_for(DocumentKind.PROGRESS, TurnRole.SEAL)

    code = stopped(scene)

    forms = IssuedPaper.objects.filter(dossier__code=code).values_list("form", flat=True)
    assert sorted(forms) == [IssuedForm.FILED, IssuedForm.SLIP, IssuedForm.STOP, "06"]


def test_without_a_policy_no_sheet_is_issued_and_it_is_drawn_as_of_now() -> None:
    scene = make_scene()
    code = make_received(scene.commune)
    dossiers.withdraw(code, by=LAN, at=MONDAY)

    assert not IssuedPaper.objects.filter(form=IssuedForm.PROGRESS).exists()
    assert dossiers.paper_pdf(scene.commune.binh, code, IssuedForm.PROGRESS).startswith(b"%PDF")


def test_a_closed_register_is_signed_by_who_closed_it_and_sealed_by_the_clerk() -> None:
    scene = make_scene()
    ask_for(DocumentKind.REGISTER, *BOTH)
    oanh = make_head(scene)
    book = close(scene, oanh)

    sign_book(book.pk, oanh.id, at=AFTER)
    waits = dossiers.signing_of_book(book, oanh, AFTER).waits_for
    sign_and_seal(scene, book, oanh)

    shown = dossiers.signing_of_book(book, oanh, AFTER).paper
    content = dossiers.register_pdf(oanh, scene.commune.desk_id, FIRST, LATEST)
    assert waits == "Vì Thị Oanh ký"
    names = [one.name for one in shown.signers] if shown else []
    assert names == ["Vì Thị Oanh", "UBND xã Mường Phăng"]
    assert (content == signed_book(book), signatures_in(content)) == (True, 2)


def test_the_register_examined_passes_and_says_that_no_number_was_filled_in() -> None:
    scene = make_scene()
    ask_for(DocumentKind.REGISTER, *BOTH)
    oanh = make_head(scene)
    book = close(scene, oanh)
    sign_book(book.pk, oanh.id, at=AFTER)
    sign_and_seal(scene, book, oanh)

    report = signing.examine(signed_book(book) or b"", at=AFTER + 4 * A_MINUTE)

    changes = [one.changes for one in report.signatures]
    assert (report.verdict.indication, len(report.signatures)) == (Indication.PASSED, 2)
    assert not any("số" in words for told in changes for words in told)


def test_a_register_is_asked_for_once_however_often_the_fact_is_told() -> None:
    scene = make_scene()
    ask_for(DocumentKind.REGISTER, *BOTH)
    oanh = make_head(scene)
    book = close(scene, oanh)

    sign_book(book.pk, oanh.id, at=AFTER)
    sign_book(book.pk, oanh.id, at=AFTER)

    assert len(signing.requests_of(owner_of_book(book))) == 1


def test_who_closes_a_register_without_a_certificate_signs_it_on_paper() -> None:
    scene = make_scene()
    ask_for(DocumentKind.REGISTER, *BOTH)

    oanh = make_head(scene, is_certified=False)

    book = close(scene, oanh)

    assert book.signer_name == ""
    with pytest.raises(DossierError, match="in và ký trên giấy"):
        dossiers.submit_book(book.pk, by=oanh, at=AFTER)


def test_a_register_that_was_refused_is_submitted_anew_by_its_head_only() -> None:
    scene = make_scene()
    ask_for(DocumentKind.REGISTER, *BOTH)
    oanh = make_head(scene)
    book = close(scene, oanh)
    sign_book(book.pk, oanh.id, at=AFTER)
    first = signing.requests_of(owner_of_book(book))[0].code
    signing.refuse_turn(first, "Thiếu dòng", by=oanh, at=AFTER)

    with pytest.raises(NotAllowed):
        dossiers.submit_book(book.pk, by=scene.commune.binh, at=AFTER)
    shown = dossiers.signing_of_book(book, oanh, AFTER)
    dossiers.submit_book(book.pk, by=oanh, at=AFTER)
    sign_book(book.pk, oanh.id, at=AFTER)

    assert (shown.refused_why, shown.can_submit) == ("Thiếu dòng", True)
    assert len(signing.requests_of(owner_of_book(book))) == 2


def test_where_the_head_of_the_desk_may_not_sign_the_leader_who_may_does() -> None:
    scene = make_scene()
    ask_for(DocumentKind.REGISTER, *BOTH)
    oanh, commune = make_head(scene), scene.commune
    hoa = Account.objects.get(pk=scene.hoa.id).officer
    root = Unit.objects.get(pk=commune.root_id)
    chair = make_post(root, PostRole.AGENCY_LEADER, title="Chủ tịch", holder=hoa)
    own = signing.RightIn(commune.agency_id, chair.pk, Capacity.OWN, date(2026, 1, 1))
    signing.give_right(own, by=QUANG, at=MONDAY)

    book = close(scene, oanh)
    sign_book(book.pk, scene.hoa.id, at=AFTER)

    shown = dossiers.signing_of_book(book, oanh, AFTER)
    assert (book.signer_name, book.signer_title) == ("Nguyễn Thị Hoa", "Chủ tịch")
    assert shown.waits_for == "Nguyễn Thị Hoa ký"
