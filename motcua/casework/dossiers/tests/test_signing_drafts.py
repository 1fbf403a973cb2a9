"""The owner of a draft signs the application and its papers; later changes make that void."""

from datetime import timedelta
from io import BytesIO

import pytest

from motcua.casework.dossiers import api as dossiers
from motcua.casework.dossiers.models import DossierPaper, Draft
from motcua.casework.procedures.tests.make import TEXT
from motcua.foundation.files import api as files
from motcua.foundation.files.tests.make import make_pdf
from motcua.foundation.signing import api as signing
from motcua.foundation.signing.api import PushState
from motcua.foundation.signing.tests.make import (
    PUSH,
    FakePhone,
    begin_here,
    carry,
    open_services,
)
from motcua.foundation.trust.api import ServiceKind
from motcua.foundation.trust.tests.make import make_leaf, make_trusted_world
from motcua.lib.errors import BadInput

from .make import ANSWERS, LAN, MONDAY, Commune, get_dossier, make_all

pytestmark = pytest.mark.django_db
PAPER = "{code: to-khai, name: Tờ khai theo mẫu, originals: 1}"
SIGNED = PAPER.replace("originals: 1", "originals: 1, must_be_signed: true")
A_MINUTE = timedelta(minutes=1)
NUMBER = "011198000123"
PEOPLE = {
    "parties": [{"role": "applicant", "full_name": "Lò Thị Lan"}],
    "submitter": {"name": "Lò Thị Lan", "authority": "self"},
}


@pytest.fixture
def phone(monkeypatch: pytest.MonkeyPatch) -> FakePhone:
    """A service that asks Lan's telephone, where she says yes."""
    made = FakePhone(make_leaf("Lò Thị Lan"))
    made.says = PushState.SIGNED
    begin_here(monkeypatch)
    monkeypatch.setitem(signing.push_signers, "push", lambda _: made)
    make_trusted_world()
    open_services(ServiceKind.PUSH)
    return made


@pytest.fixture
def commune() -> Commune:
    return make_all(text_change=(TEXT, TEXT.replace(PAPER, SIGNED)))


def make_draft(commune: Commune) -> Draft:
    """Return Lan's draft with one paper that lacks its signature."""
    draft = dossiers.begin_draft("1.004873", by=LAN, at=MONDAY)
    token, by, at = draft.token, LAN, MONDAY
    dossiers.choose_draft_case(token, draft.case_code, commune.agency_id, by=by, at=at)
    dossiers.set_draft_parties(token, PEOPLE, by=by, at=at)
    dossiers.save_draft_page(token, ANSWERS, 0, by=by, at=at)
    stored = files.keep_file("to khai.pdf", BytesIO(make_pdf()), by=by, at=at)
    return dossiers.attach_to_draft(token, "to-khai", stored.pk, "to khai.pdf", by=by, at=at)


def sign(draft: Draft, *, with_papers: bool = True) -> Draft:
    """Let Lan sign the application, and her paper."""
    ids = [one["file_id"] for one in draft.papers] if with_papers else []
    given = dossiers.SigningIn(PUSH, NUMBER, ids, has_application=True)
    dossiers.sign_draft(draft.token, given, by=LAN, at=MONDAY)
    carry()
    carry(A_MINUTE)
    dossiers.take_own_signed(dossiers.owner_of_draft(draft), at=MONDAY + A_MINUTE)
    return dossiers.draft_for(LAN, draft.token)


@pytest.mark.usefixtures("phone")
def test_the_signed_paper_takes_the_place_of_the_unsigned(commune: Commune) -> None:
    draft = make_draft(commune)
    before = draft.papers[0]["file_id"]

    (paper,) = sign(draft).papers

    assert paper["file_id"] != before
    assert (paper["signed_by"], paper["file_name"]) == ("Lò Thị Lan", "to khai.pdf")


@pytest.mark.usefixtures("phone")
def test_the_application_and_its_paper_are_signed_with_one_confirmation(commune: Commune) -> None:
    draft = sign(make_draft(commune))

    owner = dossiers.owner_of_draft(draft)
    assert (dossiers.is_application_signed(draft), len(signing.own_signed(owner))) == (True, 2)
    assert not dossiers.is_application_stale(draft, MONDAY + timedelta(days=3))


@pytest.mark.usefixtures("phone")
def test_changed_answers_make_the_signature_of_the_application_void(commune: Commune) -> None:
    draft = sign(make_draft(commune))
    people = {**PEOPLE, "submitter": {**PEOPLE["submitter"], "phone": "0912000009"}}  # type: ignore[dict-item]  # -- plain data

    dossiers.set_draft_parties(draft.token, people, by=LAN, at=MONDAY)

    assert dossiers.is_application_stale(dossiers.draft_for(LAN, draft.token), MONDAY)


@pytest.mark.usefixtures("phone")
def test_what_is_signed_is_filed_with_the_application(commune: Commune) -> None:
    draft = sign(make_draft(commune))

    code = dossiers.file_draft(draft.token, by=LAN, at=MONDAY + A_MINUTE)

    rows = DossierPaper.objects.filter(dossier_id=get_dossier(code).pk).order_by("seq")
    found = [(one.spec_code, one.file.bears_signature) for one in rows if one.file]
    assert found == [("to-khai", True), ("to-khai-ky-so", True)]


@pytest.mark.usefixtures("phone")
def test_an_old_signature_does_not_count_for_what_was_changed_and_frozen_anew(
    commune: Commune,
) -> None:
    draft = sign(make_draft(commune))
    dossiers.set_draft_parties(
        draft.token, {**PEOPLE, "return_address": "Bản Co Mận"}, by=LAN, at=MONDAY
    )
    given = dossiers.SigningIn(PUSH, NUMBER, (), has_application=True)
    dossiers.sign_draft(draft.token, given, by=LAN, at=MONDAY + A_MINUTE)

    dossiers.take_own_signed(dossiers.owner_of_draft(draft), at=MONDAY + A_MINUTE)

    assert not dossiers.is_application_signed(dossiers.draft_for(LAN, draft.token))


@pytest.mark.usefixtures("phone")
def test_a_void_signature_is_not_filed(commune: Commune) -> None:
    draft = sign(make_draft(commune))
    people = {**PEOPLE, "summary": "", "return_address": "Bản Co Mận"}
    dossiers.set_draft_parties(draft.token, people, by=LAN, at=MONDAY)

    code = dossiers.file_draft(draft.token, by=LAN, at=MONDAY + A_MINUTE)

    rows = DossierPaper.objects.filter(dossier_id=get_dossier(code).pk)
    assert [one.spec_code for one in rows] == ["to-khai"]


@pytest.mark.usefixtures("phone")
def test_an_unsigned_paper_waits_in_the_draft_but_is_not_filed(commune: Commune) -> None:
    draft = make_draft(commune)

    with pytest.raises(BadInput, match="“Tờ khai theo mẫu” phải được ký số"):
        dossiers.file_draft(draft.token, by=LAN, at=MONDAY)


@pytest.mark.usefixtures("phone")
def test_a_paper_that_was_removed_meanwhile_does_not_come_back(commune: Commune) -> None:
    draft = make_draft(commune)
    given = dossiers.SigningIn(PUSH, NUMBER, [draft.papers[0]["file_id"]])
    dossiers.sign_draft(draft.token, given, by=LAN, at=MONDAY)
    dossiers.detach_from_draft(draft.token, 0, by=LAN, at=MONDAY)
    carry()
    carry(A_MINUTE)

    dossiers.take_own_signed(dossiers.owner_of_draft(draft), at=MONDAY)

    assert dossiers.draft_for(LAN, draft.token).papers == []


@pytest.mark.usefixtures("phone")
def test_a_draft_thrown_away_takes_what_was_signed_with_it(commune: Commune) -> None:
    draft = sign(make_draft(commune))

    dossiers.discard_draft(draft.token, by=LAN, at=MONDAY)

    assert files.StoredFile.objects.count() == 0


def test_without_who_applies_there_is_nothing_to_sign(phone: FakePhone, commune: Commune) -> None:
    draft = dossiers.begin_draft("1.004873", by=LAN, at=MONDAY)
    given = dossiers.SigningIn(PUSH, NUMBER, (), has_application=True)

    with pytest.raises(BadInput, match="người nộp"):
        dossiers.sign_draft(draft.token, given, by=LAN, at=MONDAY)

    assert (phone.orders, commune.agency_id > 0) == ([], True)
