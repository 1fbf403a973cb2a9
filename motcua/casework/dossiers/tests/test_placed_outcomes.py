"""Outcomes handed in as files: their places are found, moved, checked; then signed like others."""

import io
from dataclasses import replace
from typing import Any

import pypdf
import pytest
from pypdf import PdfReader

from motcua.casework.dossiers import api as dossiers
from motcua.casework.dossiers.api import Move, PlacesMissing, Status, SubState
from motcua.casework.dossiers.errors import DossierError
from motcua.casework.dossiers.models import DossierOutcome
from motcua.foundation.files import api as files
from motcua.foundation.signing import api as signing
from motcua.foundation.signing.api import DocumentUnfit, InitialBy
from motcua.foundation.signing.tests.make import (
    make_decision,
    make_scan,
    run_signer,
    why_unfit,
)
from motcua.lib.actor import Actor
from motcua.lib.errors import BadInput, NotAllowed

from .make import MONDAY, get_dossier, make_received, open_step
from .test_initialling import BOTH, Office, make_office, sign, whole_of
from .test_signing import A_MINUTE, work_off
from .test_word_outcomes import add_template

pytestmark = pytest.mark.django_db
PDF = "application/pdf"
PRINTED = {"number": "12/QĐ-UBND", "day": "ngày 02 tháng 3 năm 2026"}


@pytest.fixture(autouse=True)
def _engine_agrees(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ask in this process whether the engine can take a file; test_fitting asks another."""
    monkeypatch.setattr("motcua.foundation.signing.operations.placing.fits_apart", why_unfit)


def brought(by: Actor, content: bytes, **changes: Any) -> dossiers.Proposal:
    stored = files.keep_bytes(content, PDF, by=by, at=MONDAY)
    return dossiers.Proposal(file_id=stored.pk, file_name="quyet-dinh.pdf", **changes)


def drafted(office: Office, content: bytes, **changes: Any) -> str:
    """Let Mai draft the outcome from a file; return the code of the dossier."""
    code = make_received(office.scene.commune, at=MONDAY)
    proposal = brought(office.mai, content, **changes)
    step = open_step(code).seq
    dossiers.draft_outcome(code, step, proposal, comment="Đủ", by=office.mai, at=MONDAY)
    return code


def outcome_of(code: str) -> DossierOutcome:
    return DossierOutcome.objects.select_related("file").get(dossier__code=code)


def passed_on(office: Office, code: str) -> None:
    """Let Mai finish her step and Thu approve."""
    thu = replace(office.thu, powers={**office.scene.commune.hoa.powers})
    for by in (office.mai, thu):
        dossiers.complete_step(code, open_step(code).seq, by=by, at=MONDAY)


def asked(office: Office, code: str) -> str:
    """Let the draft go on to Hoa, who signs; return the code of the request."""
    passed_on(office, code)
    dossiers.sign_outcome(code, open_step(code).seq, by=office.hoa, at=MONDAY)
    return whole_of(code).request.code


def sealed(office: Office, request: str) -> None:
    run_signer(MONDAY + A_MINUTE)
    signing.number_and_seal(request, by=office.scene.van, at=MONDAY + 2 * A_MINUTE)
    run_signer(MONDAY + 3 * A_MINUTE)
    work_off()


def content_of(code: str) -> bytes:
    stored = outcome_of(code).file
    assert stored is not None
    with files.open_file(stored) as content:
        return content.read()


def test_a_pdf_outcome_is_signed_numbered_sealed_and_passes() -> None:
    office = make_office()
    code = drafted(office, make_decision())

    sealed(office, asked(office, code))

    pdf = content_of(code)
    report = signing.examine(pdf, at=MONDAY + 4 * A_MINUTE)
    fields = PdfReader(io.BytesIO(pdf)).get_form_text_fields()
    assert (get_dossier(code).status, outcome_of(code).number) == (Status.RESOLVED, "01/QĐ-UBND")
    assert fields == {"so": "01", "ngay_d": "02", "ngay_m": "3"}
    assert [one.verdict.indication for one in report.signatures] == ["TOTAL-PASSED"] * 2


def test_a_pdf_outcome_has_a_page_that_says_it_is_in_force() -> None:
    office = make_office()
    code = drafted(office, make_decision())
    request = asked(office, code)

    sealed(office, request)

    found = signing.find_request(request)
    assert found is not None
    paper = signing.paper_by_token(found.request.paper_token, on=MONDAY.date())
    assert paper is not None
    assert (paper.number, paper.state) == ("01/QĐ-UBND", "in_force")


def test_a_pdf_outcome_is_initialled_before_its_leader_signs() -> None:
    office = make_office(*BOTH)
    code = drafted(office, make_decision())
    passed_on(office, code)
    assert dossiers.submit_for_initials(code, open_step(code).seq, at=MONDAY)
    request = whole_of(code).request.code

    sign(request, office.mai, office.thu, office.hoa)
    sealed(office, request)

    fields = PdfReader(io.BytesIO(content_of(code))).get_fields() or {}
    signed = sorted(name for name in fields if name.startswith("SIG_"))
    assert signed == ["SIG_INITIAL_1", "SIG_INITIAL_2", "SIG_LEADER_1", "SIG_ORG"]


def test_whose_name_is_printed_is_asked_to_sign() -> None:
    office = make_office(InitialBy.DRAFTER)
    code = drafted(office, make_decision(name="Lường Văn Nam"))
    passed_on(office, code)

    dossiers.submit_for_initials(code, open_step(code).seq, at=MONDAY)

    leader = whole_of(code).turns[-2]
    assert (leader.role, leader.signer_name) == ("leader", "Lường Văn Nam")


def test_nobody_signs_above_the_name_of_somebody_else() -> None:
    office = make_office()
    code = drafted(office, make_decision(name="Lường Văn Nam"))
    passed_on(office, code)

    with pytest.raises(DossierError, match="in tên người ký Lường Văn Nam, không phải Nguyễn"):
        dossiers.sign_outcome(code, open_step(code).seq, by=office.hoa, at=MONDAY)


def test_a_file_that_prints_its_number_keeps_it() -> None:
    office = make_office()
    code = drafted(office, make_decision(**PRINTED))

    sealed(office, asked(office, code))

    assert outcome_of(code).number == "12/QĐ-UBND"
    assert PdfReader(io.BytesIO(content_of(code))).get_form_text_fields() == {}


def test_what_lacks_a_place_does_not_go_on() -> None:
    office = make_office()
    code = drafted(office, make_scan())

    with pytest.raises(PlacesMissing, match="Chỗ ký"):
        dossiers.complete_step(code, open_step(code).seq, by=office.mai, at=MONDAY)


def test_places_in_a_scan_are_given_by_hand() -> None:
    office = make_office()
    code = drafted(office, make_scan())
    seq = outcome_of(code).seq
    for name, x, y in (("so", 90, 100), ("ngay", 320, 100), ("SIG_LEADER_1", 400, 600)):
        dossiers.move_place(code, seq, Move(name, 0, x, y), by=office.mai, at=MONDAY)

    sealed(office, asked(office, code))

    fields = PdfReader(io.BytesIO(content_of(code))).get_form_text_fields()
    assert fields == {"so": "01/G15-HT", "ngay": "ngày 02 tháng 3 năm 2026"}


def test_only_who_works_on_it_moves_a_place() -> None:
    office = make_office()
    code = drafted(office, make_decision())
    dung = replace(office.scene.commune.binh, id=777, name="Cà Văn Dũng")

    with pytest.raises(NotAllowed):
        dossiers.move_place(code, outcome_of(code).seq, Move("so", 0, 90, 100), by=dung, at=MONDAY)


def test_nothing_moves_while_it_is_being_signed() -> None:
    office = make_office()
    code = drafted(office, make_decision())
    asked(office, code)
    assert get_dossier(code).sub_state == SubState.SIGNING

    with pytest.raises(DossierError, match="đang được ký số"):
        dossiers.move_place(
            code, outcome_of(code).seq, Move("so", 0, 90, 300), by=office.hoa, at=MONDAY
        )


def encrypted(user: str, owner: str) -> bytes:
    made = io.BytesIO()
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(make_decision()))
    writer.encrypt(user, owner, algorithm="AES-256")
    writer.write(made)
    return made.getvalue()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (lambda: encrypted(user="mat-khau", owner="mat-khau"), "có mật khẩu nên không mở được"),
        (lambda: encrypted(user="", owner="mat-khau"), "bị khóa sửa"),
        (lambda: make_decision()[:2_000], "bị hỏng"),
        (lambda: b"%PDF-1.7 brought", "bị hỏng"),
        (lambda: make_decision(number="12/QĐ-UBND"), "chưa ghi đủ ngày"),
    ],
)
def test_what_cannot_be_taken_is_said_with_advice(content: Any, words: str) -> None:
    office = make_office()

    with pytest.raises(DocumentUnfit, match=words) as refused:
        drafted(office, content())

    assert refused.value.field == "file"


def test_what_somebody_has_signed_already_is_not_taken() -> None:
    office = make_office()
    code = drafted(office, make_decision())
    sealed(office, asked(office, code))

    with pytest.raises(DocumentUnfit, match="đã có chữ ký số"):
        drafted(office, content_of(code))


def test_a_file_that_cannot_be_taken_may_be_signed_on_paper() -> None:
    office = make_office()
    code = drafted(office, b"%PDF-1.7 brought", on_paper=True)
    passed_on(office, code)

    signed = dossiers.sign_outcome(code, open_step(code).seq, by=office.hoa, at=MONDAY)

    assert (signed.status, outcome_of(code).paper_why) == (
        Status.RESOLVED,
        "Người lập dự thảo chọn ký trên bản giấy.",
    )


def test_where_policy_insists_paper_is_only_for_what_cannot_be_signed() -> None:
    office = make_office()
    signing.SigningPolicy.objects.update(is_required=True)
    signing.forget_policies()

    with pytest.raises(BadInput, match="phải ký số"):
        drafted(office, make_decision(), on_paper=True)
    assert outcome_of(drafted(office, b"%PDF- no", on_paper=True)).paper_why


def test_who_finds_no_room_for_the_places_chooses_paper() -> None:
    office = make_office()
    code = drafted(office, make_scan())

    dossiers.sign_on_paper(code, outcome_of(code).seq, by=office.mai, at=MONDAY)

    passed_on(office, code)
    signed = dossiers.sign_outcome(code, open_step(code).seq, by=office.hoa, at=MONDAY)
    assert signed.status == Status.RESOLVED


def test_a_word_file_without_marks_becomes_a_pdf_with_places() -> None:
    office = make_office()
    add_template("Một văn bản không có chỗ ký")
    code = make_received(office.scene.commune, at=MONDAY)
    proposal = dossiers.Proposal(from_template=True)

    dossiers.draft_outcome(
        code, open_step(code).seq, proposal, comment="", by=office.mai, at=MONDAY
    )

    outcome = outcome_of(code)
    assert (outcome.file_name[-4:], content_of(code)[:5]) == (".pdf", b"%PDF-")
    assert signing.missing_in_file(outcome.placing) == ["so", "ngay", "SIG_LEADER_1", "SIG_ORG"]


def test_a_word_file_with_half_of_its_marks_says_why_it_goes_on_paper() -> None:
    office = make_office()
    add_template("Số {{ ky.so }}, {{ ky.ngay }}")
    code = make_received(office.scene.commune, at=MONDAY)

    dossiers.draft_outcome(
        code,
        open_step(code).seq,
        dossiers.Proposal(from_template=True),
        comment="",
        by=office.mai,
        at=MONDAY,
    )

    assert "thiếu số, ngày hoặc người ký" in outcome_of(code).paper_why
