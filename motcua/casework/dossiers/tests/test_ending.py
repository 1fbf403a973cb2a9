import pytest

from motcua.casework.dossiers import api as dossiers
from motcua.casework.dossiers.choices import IssuedForm, Status
from motcua.casework.dossiers.models import DossierStep, DossierWait, IssuedPaper
from motcua.lib.errors import BadInput, NotAllowed

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
from .test_supplements import ITEMS

pytestmark = pytest.mark.django_db
BASIS = "Điều 19 Nghị định 61/2018/NĐ-CP"


def test_lan_withdraws_and_all_work_ends() -> None:
    commune = make_all()
    code = make_received(commune)
    dossiers.ask_supplement(code, ITEMS, by=commune.mai, at=MONDAY)

    dossiers.withdraw(code, "Không cần nữa", by=LAN, at=MONDAY)

    dossier = get_dossier(code)
    results = DossierStep.objects.filter(dossier=dossier).values_list("result", flat=True)
    open_waits = DossierWait.objects.filter(dossier=dossier, supplied_at__isnull=True).count()
    assert (dossier.status, dossier.closed_at, dossier.paused_at) == (
        Status.WITHDRAWN,
        MONDAY,
        None,
    )
    assert (list(results), open_waits) == (["ended"], 0)


def test_the_desk_withdraws_for_somebody_at_its_window() -> None:
    commune = make_all()
    code = make_received_at_desk(commune)

    dossiers.withdraw(code, by=commune.binh, at=MONDAY)

    papers = dossiers.whole(get_dossier(code)).papers
    assert (get_dossier(code).status, {paper.state for paper in papers}) == (
        Status.WITHDRAWN,
        {dossiers.PaperState.GIVEN_BACK},
    )


def test_what_is_resolved_cannot_be_withdrawn() -> None:
    code = make_resolved(make_all())

    with pytest.raises(dossiers.MoveNotAllowed):
        dossiers.withdraw(code, by=LAN, at=MONDAY)


def test_nobody_withdraws_for_others() -> None:
    commune = make_all()
    other = make_commune("H18.102", "UBND xã Nà Tấu", first=11)
    code = make_received(commune)

    with pytest.raises(dossiers.NoSuchDossier):
        dossiers.withdraw(code, by=DUNG, at=MONDAY)
    with pytest.raises(NotAllowed):
        dossiers.withdraw(code, by=other.binh, at=MONDAY)


def test_stopping_ends_the_work_with_a_numbered_notice() -> None:
    commune = make_all()
    code = make_received(commune)

    dossiers.stop(code, "Không bổ sung đúng hạn", BASIS, by=commune.hoa, at=MONDAY)

    notice = IssuedPaper.objects.get(dossier__code=code, form="05")
    assert (get_dossier(code).status, notice.number, notice.data["basis"]) == (
        Status.STOPPED,
        "01/TB",
        BASIS,
    )


@pytest.mark.parametrize(("ground", "basis"), [("", BASIS), ("Không bổ sung", " ")])
def test_stopping_needs_a_ground_and_a_basis(ground: str, basis: str) -> None:
    commune = make_all()
    code = make_received(commune)

    with pytest.raises(BadInput, match="căn cứ pháp lý"):
        dossiers.stop(code, ground, basis, by=commune.hoa, at=MONDAY)


def test_only_a_head_of_the_deciding_unit_stops() -> None:
    commune = make_all()
    other = make_commune("H18.102", "UBND xã Nà Tấu", first=11)
    code = make_received(commune)

    for by in (commune.mai, other.hoa):
        with pytest.raises(NotAllowed):
            dossiers.stop(code, "Không bổ sung", BASIS, by=by, at=MONDAY)


def test_what_was_never_guided_nor_received_is_refused_not_stopped() -> None:
    commune = make_all()
    code = make_filed(commune)

    with pytest.raises(dossiers.MoveNotAllowed):
        dossiers.stop(code, "Không bổ sung", BASIS, by=commune.hoa, at=MONDAY)


def test_a_withdrawal_after_receipt_ends_the_handling_with_paper_05() -> None:
    commune = make_all()
    code = make_received(commune)

    dossiers.withdraw(code, "Không cần nữa", by=LAN, at=MONDAY)

    paper = IssuedPaper.objects.get(dossier__code=code, form=IssuedForm.STOP)
    said = (paper.number, paper.data["reason"], paper.data["signer"])
    assert said == (
        "01/TB",
        "Người nộp hồ sơ yêu cầu rút hồ sơ: Không cần nữa.",
        "(lập tự động theo yêu cầu rút hồ sơ)",
    )


def test_the_notice_of_a_withdrawal_can_be_printed_by_who_withdrew() -> None:
    commune = make_all()
    code = make_received(commune)
    dossiers.withdraw(code, by=LAN, at=MONDAY)
    seq = IssuedPaper.objects.get(dossier__code=code, form=IssuedForm.STOP).seq

    pdf = dossiers.print_paper(code, IssuedForm.STOP, seq, by=LAN, at=MONDAY)

    assert pdf[:5] == b"%PDF-"


def test_the_desk_signs_the_notice_of_a_withdrawal_at_its_window() -> None:
    commune = make_all()
    code = make_received_at_desk(commune)

    dossiers.withdraw(code, by=commune.binh, at=MONDAY)

    paper = IssuedPaper.objects.get(dossier__code=code, form=IssuedForm.STOP)
    assert paper.data["signer"] == "Trần Văn Bình"


def test_before_receipt_nothing_is_stopped() -> None:
    code = make_filed(make_all())

    dossiers.withdraw(code, by=LAN, at=MONDAY)

    assert not IssuedPaper.objects.filter(dossier__code=code, form=IssuedForm.STOP).exists()
