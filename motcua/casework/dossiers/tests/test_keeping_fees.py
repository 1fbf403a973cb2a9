"""A fee that is not refunded stays when the dossier ends without an outcome, and it is said."""

import pytest

from motcua.casework.dossiers import api as dossiers
from motcua.casework.dossiers.models import IssuedPaper

from .make import MONDAY, Commune, make_all, make_filed

pytestmark = pytest.mark.django_db
KEPT = ("amount_vnd: 15000,", "amount_vnd: 15000, refundable: false,")
PAID = [dossiers.FeeIn("le-phi", "Lệ phí xác nhận", "charge", 30_000, receipt_number="BL-07")]


def stopped(commune: Commune, fees: list[dossiers.FeeIn]) -> str:
    """Return what the notice of a stopped dossier says of the money."""
    code = make_filed(commune)
    dossiers.receive_dossier(code, by=commune.binh, at=MONDAY, fees=fees)
    dossiers.stop(code, "Có tranh chấp", "Quyết định của tòa án", by=commune.hoa, at=MONDAY)
    paper = IssuedPaper.objects.get(dossier__code=code, form=dossiers.IssuedForm.STOP)
    return str(paper.data["fees"])


def test_what_was_paid_and_is_not_refunded_is_named() -> None:
    told = stopped(make_all(text_change=KEPT), PAID)

    assert told == "Lệ phí xác nhận đã nộp không hoàn lại theo quy định của thủ tục."


@pytest.mark.parametrize(("text_change", "fees"), [(KEPT, []), (("", ""), PAID)])
def test_otherwise_the_general_law_applies(
    text_change: tuple[str, str], fees: list[dossiers.FeeIn]
) -> None:
    told = stopped(make_all(text_change=text_change), fees)

    assert told.startswith("Phí, lệ phí đã nộp được xử lý theo quy định")
