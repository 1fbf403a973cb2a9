from datetime import timedelta

import pytest

from motcua.casework.dossiers import api as dossiers
from motcua.casework.dossiers.choices import IssuedForm
from motcua.casework.dossiers.models import DossierOutcome, IssuedPaper
from motcua.casework.dossiers.queries.outcomes import outcome_paper
from motcua.casework.dossiers.queries.papers import official_paper
from motcua.casework.dossiers.queries.sheets import progress_sheet
from motcua.foundation.papers import api as papers

from .make import (
    DUNG,
    LAN,
    MONDAY,
    get_dossier,
    make_all,
    make_commune,
    make_filed,
    make_received,
    make_received_at_desk,
    make_resolved,
)
from .test_ending import BASIS
from .test_supplements import ITEMS, PAPERS, closing

pytestmark = pytest.mark.django_db


def paper_of(code: str, form: IssuedForm) -> papers.OfficialPaper:
    issued = IssuedPaper.objects.filter(dossier__code=code, form=form).latest("seq")
    return official_paper(get_dossier(code), issued)


def test_the_slip_says_what_was_received_and_promised() -> None:
    code = make_received_at_desk(make_all())

    slip = paper_of(code, IssuedForm.SLIP)

    assert isinstance(slip, papers.ReceptionSlip)
    assert (slip.letterhead.superior, slip.letterhead.issuer, slip.code) == (
        "UBND xã Mường Phăng",
        "Trung tâm Phục vụ hành chính công",
        code,
    )
    assert (slip.due_at, slip.time_limit, [paper.name for paper in slip.papers]) == (
        closing(5),
        "3 ngày làm việc",
        ["Tờ khai theo mẫu"],
    )
    assert slip.lookup_url.endswith(f"/tra-cuu/{code}/")
    assert slip.due_reason.startswith("Nhận 09:00 thứ Hai 02/03/2026")


def test_a_slip_printed_later_is_the_slip_of_its_day() -> None:
    commune = make_all()
    code = make_received(commune)
    first = dossiers.paper_pdf(LAN, code, IssuedForm.SLIP)
    dossiers.ask_supplement(code, ITEMS, by=commune.mai, at=MONDAY + timedelta(days=1))
    dossiers.supply(code, PAPERS, by=LAN, at=MONDAY + timedelta(days=4))

    again = dossiers.paper_pdf(commune.binh, code, IssuedForm.SLIP)

    assert (again == first, again[:5]) == (True, b"%PDF-")


def test_the_receipt_of_an_online_filing_promises_no_outcome() -> None:
    code = make_filed(make_all())

    receipt = paper_of(code, IssuedForm.FILED)

    assert isinstance(receipt, papers.SubmissionReceipt)
    assert (receipt.submitted_at, receipt.submitter_name) == (MONDAY, "Lò Thị Lan")


def test_the_supplement_slip_lists_every_item() -> None:
    commune = make_all()
    code = make_filed(commune)
    until = MONDAY + timedelta(days=5)
    dossiers.guide_applicant(code, ITEMS, by=commune.binh, at=MONDAY, answer_by=until)

    paper = paper_of(code, IssuedForm.SUPPLEMENT)

    assert isinstance(paper, papers.SupplementRequestPaper)
    assert [(item.name, item.reason) for item in paper.items] == [
        ("Bản sao quyết định ly hôn", "Chưa rõ tình trạng hôn nhân")
    ]
    assert (paper.letterhead.number, paper.answer_by, paper.guide_name) == (
        1,
        until,
        "Trần Văn Bình",
    )


def test_refusal_and_stop_say_reason_and_basis() -> None:
    commune = make_all()
    refused, stopped = make_filed(commune), make_received(commune)
    dossiers.refuse_dossier(refused, reason="Sai nơi", basis=BASIS, by=commune.binh, at=MONDAY)
    dossiers.stop(stopped, "Trùng hồ sơ", BASIS, by=commune.hoa, at=MONDAY)

    refusal, notice = paper_of(refused, IssuedForm.REFUSAL), paper_of(stopped, IssuedForm.STOP)

    assert isinstance(refusal, papers.RefusalPaper)
    assert isinstance(notice, papers.StopNotice)
    assert (refusal.reason, refusal.legal_basis) == ("Sai nơi", (BASIS,))
    assert (notice.reason, notice.signer.name, notice.letterhead.issuer) == (
        "Trùng hồ sơ",
        "Nguyễn Thị Hoa",
        "UBND xã Mường Phăng",
    )


@pytest.mark.parametrize("form", ["00", "01", "02", "03", "05", "06"])
def test_every_paper_can_be_printed(form: str) -> None:
    commune = make_all()
    code = make_filed(commune)
    if form == "03":
        dossiers.refuse_dossier(code, reason="Sai nơi", basis=BASIS, by=commune.binh, at=MONDAY)
    elif form in ("01", "02", "05"):
        dossiers.receive_dossier(code, by=commune.binh, at=MONDAY)
        dossiers.ask_supplement(code, ITEMS, by=commune.mai, at=MONDAY)
        dossiers.stop(code, "Trùng", BASIS, by=commune.hoa, at=MONDAY)

    assert dossiers.print_paper(code, form, by=commune.binh, at=MONDAY)[:5] == b"%PDF-"


def test_the_control_sheet_says_how_each_unit_kept_its_time() -> None:
    code = make_resolved(make_all())

    sheet = progress_sheet(get_dossier(code))

    assert [(s.giver_name, s.receiver_name, s.result) for s in sheet.steps] == [
        ("Lò Thị Lan", "Trần Văn Bình", None),
        ("Trần Văn Bình", "Quàng Thị Mai", papers.StepResult.EARLY),
        ("Quàng Thị Mai", "Nguyễn Thị Hoa", papers.StepResult.EARLY),
        ("Nguyễn Thị Hoa", "Nguyễn Thị Hoa", papers.StepResult.EARLY),
    ]


def test_the_outcome_says_who_signed_and_what_was_answered() -> None:
    code = make_resolved(make_all())
    outcome = DossierOutcome.objects.get(dossier__code=code)

    paper = outcome_paper(get_dossier(code), outcome)

    assert (paper.kind, paper.letterhead.number, paper.letterhead.notation, paper.signer.name) == (
        "GIẤY XÁC NHẬN TÌNH TRẠNG HÔN NHÂN",
        1,
        "G15-HT",
        "Nguyễn Thị Hoa",
    )
    assert next((fact.name, fact.value) for fact in paper.facts) == (
        "Họ, chữ đệm, tên",
        "Lò Thị Lan",
    )
    assert dossiers.outcome_pdf(LAN, code, outcome.seq)[:5] == b"%PDF-"


def test_lan_does_not_see_a_draft_of_her_outcome() -> None:
    commune = make_all()
    code = make_received(commune)
    proposal = dossiers.Proposal()
    seq = dossiers.whole(get_dossier(code)).open_steps[0].seq
    dossiers.complete_step(code, seq, by=commune.mai, at=MONDAY, proposal=proposal)
    outcome = DossierOutcome.objects.get(dossier__code=code)

    with pytest.raises(dossiers.OutcomeMissing):
        dossiers.outcome_pdf(LAN, code, outcome.seq)

    assert dossiers.outcome_pdf(commune.mai, code, outcome.seq)[:5] == b"%PDF-"


def test_papers_of_others_and_papers_never_issued_are_not_found() -> None:
    commune = make_all()
    other = make_commune("H18.102", "UBND xã Nà Tấu", first=11)
    code = make_received(commune)

    for actor, form in ((DUNG, "01"), (other.binh, "01"), (LAN, "04")):
        with pytest.raises(dossiers.NoSuchDossier):
            dossiers.paper_pdf(actor, code, form)
