from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from motcua.casework.dossiers import api as dossiers
from motcua.casework.dossiers.models import DossierAnswers, DossierPaper
from motcua.casework.dossiers.operations.drafts import sweep_drafts
from motcua.casework.procedures import api as procedures
from motcua.casework.procedures.api import NoSuchProcedure, NotForFiling
from motcua.casework.procedures.tests.make import EDITOR
from motcua.foundation.audit import api as audit
from motcua.foundation.files import api as files
from motcua.foundation.organisation import api as organisation
from motcua.foundation.organisation.api import AgencyKind
from motcua.foundation.organisation.tests.make import make_agency
from motcua.lib.errors import BadInput

from .make import ANSWERS, DUNG, LAN, MONDAY, Commune, get_dossier, make_all

pytestmark = pytest.mark.django_db
PARTIES: dict[str, Any] = {
    "parties": [{"role": "applicant", "full_name": "Lò Thị Lan", "number_hint": "079123"}],
    "submitter": {"name": "Lò Thị Lan", "phone": "0912345678"},
}


def make_draft(commune: Commune) -> str:
    """Return the token of a draft that lacks nothing."""
    token = dossiers.begin_draft("1.004873", by=LAN, at=MONDAY).token
    dossiers.choose_draft_case(token, "thuong", commune.agency_id, by=LAN, at=MONDAY)
    dossiers.save_draft_page(token, ANSWERS, 0, by=LAN, at=MONDAY)
    dossiers.set_draft_parties(token, PARTIES, by=LAN, at=MONDAY)
    kept = files.keep_bytes(b"%PDF-1.7", "application/pdf", by=LAN, at=MONDAY)
    dossiers.attach_to_draft(token, "to-khai", kept.pk, "to khai.pdf", by=LAN, at=MONDAY)
    return token


def test_a_draft_becomes_a_dossier_with_its_people_and_files() -> None:
    token = make_draft(make_all())

    code = dossiers.file_draft(token, by=LAN, at=MONDAY, key="k")

    dossier, paper = get_dossier(code), DossierPaper.objects.get(dossier__code=code)
    assert (dossier.applicant_name, dossier.applicant_hint, dossier.submitter_account_id) == (
        "Lò Thị Lan",
        "123",
        LAN.id,
    )
    assert (paper.name, paper.kind, paper.file_name) == (
        "Tờ khai theo mẫu",
        "electronic",
        "to khai.pdf",
    )


def test_a_draft_filed_twice_is_one_dossier() -> None:
    token = make_draft(make_all())

    codes = {dossiers.file_draft(token, by=LAN, at=MONDAY, key=key) for key in ("a", "a", "b", "")}

    assert codes == {"H18.101-260302-0001"}


def test_a_draft_is_nobodys_but_its_owners() -> None:
    token = make_draft(make_all())

    with pytest.raises(dossiers.NoSuchDraft):
        dossiers.draft_for(DUNG, token)
    with pytest.raises(dossiers.NoSuchDraft):
        dossiers.file_draft(token, by=DUNG, at=MONDAY)

    assert [draft.token for draft in dossiers.drafts_for(LAN)] == [token]


def test_a_draft_keeps_what_is_wrong_and_drops_what_was_emptied() -> None:
    make_all()
    token = dossiers.begin_draft("1.004873", by=LAN, at=MONDAY).token
    dossiers.save_draft_page(token, {"ho_ten": "Lan", "so_ban": "nhiều"}, 0, by=LAN, at=MONDAY)

    dossiers.save_draft_page(token, {"so_ban": "nhiều"}, 0, by=LAN, at=MONDAY)

    assert dossiers.draft_for(LAN, token).answers == {"so_ban": "nhiều"}


def test_a_page_the_form_has_not_is_refused() -> None:
    make_all()
    token = dossiers.begin_draft("1.004873", by=LAN, at=MONDAY).token

    with pytest.raises(BadInput, match="không có trang này"):
        dossiers.save_draft_page(token, {}, 9, by=LAN, at=MONDAY)


def test_a_file_can_be_taken_away_again() -> None:
    token = make_draft(make_all())

    dossiers.detach_from_draft(token, 0, by=LAN, at=MONDAY)

    assert dossiers.draft_for(LAN, token).papers == []


def test_what_a_draft_holds_is_not_swept_and_what_it_lets_go_of_is() -> None:
    token = make_draft(make_all())
    held = dossiers.draft_for(LAN, token).papers[0]["file_id"]

    kept = files.forget_unused([held])
    dossiers.detach_from_draft(token, 0, by=LAN, at=MONDAY)

    assert (kept, files.StoredFile.objects.filter(pk=held).count()) == (0, 0)


def test_a_draft_thrown_away_is_gone_with_its_files_and_leaves_a_trace() -> None:
    token = make_draft(make_all())
    draft = dossiers.draft_for(LAN, token)

    dossiers.discard_draft(token, by=LAN, at=MONDAY)

    assert list(dossiers.drafts_for(LAN)) == []
    assert files.StoredFile.objects.count() == 0
    trail = [(entry.action, entry.detail) for entry in audit.trail_of(f"draft:{draft.pk}")]
    assert trail == [("dossiers.discard_draft", {"procedure": "1.004873"})]


def test_a_file_that_another_draft_holds_too_stays() -> None:
    commune = make_all()
    tokens = [make_draft(commune), make_draft(commune)]

    dossiers.discard_draft(tokens[0], by=LAN, at=MONDAY)

    assert files.StoredFile.objects.count() == 1


def test_nobody_else_throws_a_draft_away_and_a_filed_one_stays() -> None:
    token = make_draft(make_all())
    with pytest.raises(dossiers.NoSuchDraft):
        dossiers.discard_draft(token, by=DUNG, at=MONDAY)
    code = dossiers.file_draft(token, by=LAN, at=MONDAY)

    with pytest.raises(dossiers.DossierError, match=code):
        dossiers.discard_draft(token, by=LAN, at=MONDAY)


def test_a_file_for_a_paper_the_procedure_does_not_list_is_refused() -> None:
    token = make_draft(make_all())

    with pytest.raises(BadInput, match="không có loại giấy tờ"):
        dossiers.attach_to_draft(token, "so-do", 1, "so do.pdf", by=LAN, at=MONDAY)


@pytest.mark.parametrize("parties", [{"parties": [{"role": "thầy"}]}, {"return_way": "bay"}])
def test_people_that_cannot_be_understood_are_refused(parties: dict[str, Any]) -> None:
    token = make_draft(make_all())

    with pytest.raises(BadInput, match="kiểm tra lại"):
        dossiers.set_draft_parties(token, parties, by=LAN, at=MONDAY)


def test_a_case_or_agency_that_is_not_there_is_refused() -> None:
    commune = make_all()
    department = make_agency("H18.10", "Sở Tư pháp", kind=AgencyKind.DEPARTMENT)
    organisation.forget_tree()
    token = make_draft(commune)

    with pytest.raises(BadInput, match="trường hợp"):
        dossiers.choose_draft_case(token, "la", commune.agency_id, by=LAN, at=MONDAY)
    with pytest.raises(BadInput, match="không giải quyết"):
        dossiers.choose_draft_case(token, "thuong", department.pk, by=LAN, at=MONDAY)


def test_a_draft_without_an_agency_or_people_is_not_filed() -> None:
    commune = make_all()
    token = dossiers.begin_draft("1.004873", by=LAN, at=MONDAY).token
    with pytest.raises(BadInput, match="cơ quan giải quyết"):
        dossiers.file_draft(token, by=LAN, at=MONDAY)
    dossiers.choose_draft_case(token, "thuong", commune.agency_id, by=LAN, at=MONDAY)

    with pytest.raises(BadInput, match="tên chủ hồ sơ"):
        dossiers.file_draft(token, by=LAN, at=MONDAY)


def test_a_filed_draft_changes_no_more() -> None:
    token = make_draft(make_all())
    code = dossiers.file_draft(token, by=LAN, at=MONDAY)

    with pytest.raises(dossiers.DossierError, match=code):
        dossiers.detach_from_draft(token, 0, by=LAN, at=MONDAY)


def test_nothing_can_be_begun_that_is_not_there_or_not_online() -> None:
    make_all(text_change=("portal: 3 working_day", "post: 3 working_day"))

    with pytest.raises(NoSuchProcedure):
        dossiers.begin_draft("9.999999", by=LAN, at=MONDAY)
    with pytest.raises(NotForFiling):
        dossiers.begin_draft("1.004873", by=LAN, at=MONDAY)


def test_forgotten_drafts_are_swept_after_ninety_days() -> None:
    make_draft(make_all())

    swept = [sweep_drafts(at=MONDAY + timedelta(days=days)) for days in (90, 91)]

    assert (swept, files.StoredFile.objects.count()) == ([0, 1], 0)


def test_who_acts_for_somebody_in_writing_attaches_the_authorisation() -> None:
    token = make_draft(make_all())
    submitter = {"name": "Lò Thị Lan", "authority": "written", "authority_until": "2026-12-31"}
    people = {**PARTIES, "submitter": submitter}
    dossiers.set_draft_parties(token, people, by=LAN, at=MONDAY)

    with pytest.raises(dossiers.PapersMissing, match="Văn bản ủy quyền"):
        dossiers.file_draft(token, by=LAN, at=MONDAY)


def test_a_written_authority_has_an_end() -> None:
    token = make_draft(make_all())
    people = {**PARTIES, "submitter": {"name": "Lò Thị Lan", "authority": "written"}}
    dossiers.set_draft_parties(token, people, by=LAN, at=MONDAY)
    kept = files.keep_bytes(b"%PDF-1.7 uq", "application/pdf", by=LAN, at=MONDAY)
    authorisation = dossiers.AUTHORISATION.code
    dossiers.attach_to_draft(token, authorisation, kept.pk, "uq.pdf", by=LAN, at=MONDAY)

    with pytest.raises(BadInput, match="ngày hết giá trị"):
        dossiers.file_draft(token, by=LAN, at=MONDAY)


def republish(change: Callable[[str], str]) -> None:
    text = procedures.get_version("1.004873", 1).source
    day = date(2026, 3, 1)
    draft = procedures.save_draft(change(text), by=EDITOR, at=MONDAY, valid_from=day)
    procedures.publish_version(draft.pk, by=EDITOR, at=MONDAY)


def test_a_version_withdrawn_under_a_draft_is_told_and_nothing_is_lost() -> None:
    token = make_draft(make_all())
    before = dossiers.draft_for(LAN, token)
    republish(lambda text: text.replace("label: Số bản", "label: Xin mấy bản"))

    with pytest.raises(dossiers.DossierError, match="vừa có phiên bản mới nên hồ sơ chưa được nộp"):
        dossiers.file_draft(token, by=LAN, at=MONDAY)
    anew = dossiers.renew_draft(token, by=LAN, at=MONDAY)
    after = dossiers.draft_for(LAN, token)

    assert (anew, dossiers.renew_draft(token, by=LAN, at=MONDAY)) == (["Xin mấy bản"], None)
    assert (after.answers, after.papers) == (before.answers, before.papers)
    assert dossiers.file_draft(token, by=LAN, at=MONDAY)


def test_answers_no_longer_asked_stay_in_the_draft_and_are_not_filed() -> None:
    token = make_draft(make_all())
    before = dossiers.draft_for(LAN, token).answers
    republish(lambda text: text.replace("{name: muc_dich,", "{name: ly_do, required: false,"))
    dossiers.renew_draft(token, by=LAN, at=MONDAY)

    code = dossiers.file_draft(token, by=LAN, at=MONDAY)

    filed = DossierAnswers.objects.get(dossier__code=code).answers
    assert dossiers.draft_for(LAN, token).answers == before
    assert set(before) - set(filed) == {"muc_dich"}
