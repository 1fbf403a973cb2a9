"""What the law knows on paper only is never given out as a file.

Source: docs/law/one-stop.md
"""

from typing import Any

import pytest

from motcua.casework.dossiers import api as dossiers
from motcua.casework.dossiers.choices import IssuedForm, OutcomeKind, ReturnWay, Status
from motcua.casework.dossiers.models import DossierOutcome, IssuedPaper
from motcua.casework.dossiers.queries.papers import official_paper
from motcua.lib.errors import BadInput

from .make import (
    LAN,
    MONDAY,
    Commune,
    get_dossier,
    make_all,
    make_filed,
    make_received,
    make_received_at_desk,
    make_resolved,
    open_step,
)

pytestmark = pytest.mark.django_db
ON_PAPER_ONLY = ("{code: xac-nhan,", "{code: xac-nhan, on_paper_only: true,")
NAME = "Giấy xác nhận tình trạng hôn nhân"
SAYS = f"Chỉ cấp bản giấy, nhận tại quầy hoặc qua bưu chính: {NAME}."


@pytest.fixture
def commune() -> Commune:
    return make_all(text_change=ON_PAPER_ONLY)


def outcome_of(code: str) -> DossierOutcome:
    return DossierOutcome.objects.get(dossier__code=code)


def return_as_file(code: str, commune: Commune) -> None:
    dossiers.return_outcome(
        code,
        handed_to="Lò Thị Lan",
        handed_how="Gửi bản điện tử",
        way=ReturnWay.ELECTRONIC,
        by=commune.binh,
        at=MONDAY,
    )


def test_nobody_may_ask_for_it_as_a_file(commune: Commune) -> None:
    with pytest.raises(BadInput) as caught:
        make_filed(commune, return_way=ReturnWay.ELECTRONIC)

    assert (caught.value.field, NAME in str(caught.value)) == ("return_way", True)


def test_a_reception_cannot_be_corrected_to_a_file(commune: Commune) -> None:
    code = make_received_at_desk(commune)

    changes = {"return_way": ReturnWay.ELECTRONIC.value}

    with pytest.raises(BadInput) as caught:
        dossiers.correct_reception(code, changes, "Lan muốn tệp", by=commune.oanh, at=MONDAY)

    assert caught.value.field == "return_way"
    assert get_dossier(code).return_way == ReturnWay.COUNTER


def test_the_applicant_gets_no_file_and_the_office_prints_it(commune: Commune) -> None:
    code = make_resolved(commune)
    seq = outcome_of(code).seq

    with pytest.raises(dossiers.OutcomeMissing):
        dossiers.outcome_pdf(LAN, code, seq)

    assert dossiers.outcome_pdf(commune.mai, code, seq).startswith(b"%PDF")


def test_it_is_not_returned_as_a_file(commune: Commune) -> None:
    code = make_resolved(commune)

    with pytest.raises(BadInput) as caught:
        return_as_file(code, commune)

    assert caught.value.field == "checked"
    assert get_dossier(code).status == Status.RESOLVED


def test_a_refusal_of_it_is_a_file_like_any_other(commune: Commune) -> None:
    code = make_received(commune)
    refusal = dossiers.Proposal(OutcomeKind.REFUSED, "Chưa đủ tuổi kết hôn.")
    step = open_step(code)
    dossiers.complete_step(code, step.seq, by=commune.mai, at=MONDAY, proposal=refusal)
    dossiers.complete_step(code, open_step(code).seq, by=commune.hoa, at=MONDAY)
    dossiers.decide(code, open_step(code).seq, by=commune.hoa, at=MONDAY)

    assert dossiers.outcome_pdf(LAN, code, outcome_of(code).seq).startswith(b"%PDF")
    return_as_file(code, commune)
    assert get_dossier(code).return_way == ReturnWay.ELECTRONIC


def test_the_receipt_and_the_slip_say_so(commune: Commune) -> None:
    code = make_received(commune)
    forms = IssuedPaper.objects.filter(dossier__code=code).order_by("form")
    said: dict[str, Any] = {one.form: official_paper(get_dossier(code), one) for one in forms}

    assert said[IssuedForm.FILED].next_step.endswith(SAYS)
    assert said[IssuedForm.SLIP].return_way.endswith(SAYS.removesuffix("."))
