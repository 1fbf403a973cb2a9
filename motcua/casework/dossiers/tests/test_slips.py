"""A slip that is asked for, and money that is taken when the result is handed out."""

from dataclasses import replace

import pytest

from motcua.casework.dossiers.choices import IssuedForm
from motcua.casework.dossiers.errors import DossierError
from motcua.casework.dossiers.models import IssuedPaper
from motcua.casework.dossiers.operations.money import FeeIn
from motcua.casework.dossiers.operations.returning import return_outcome
from motcua.casework.dossiers.operations.slips import give_slip
from motcua.casework.dossiers.queries.one import whole
from motcua.casework.dossiers.queries.papers import NOTHING_HANDED_IN, official_paper
from motcua.casework.dossiers.queries.reference_copies import reference_of
from motcua.foundation.papers.api import ReceptionSlip

from .make import MONDAY, get_dossier, make_all, make_filed, make_received, make_resolved

pytestmark = pytest.mark.django_db


def test_a_slip_is_given_when_asked_for_and_repeats_the_promise() -> None:
    commune = make_all()
    code = make_received(commune)
    IssuedPaper.objects.filter(form=IssuedForm.SLIP).delete()

    dossier = give_slip(code, by=commune.binh, at=MONDAY)

    paper = official_paper(dossier, IssuedPaper.objects.get(form=IssuedForm.SLIP))
    assert isinstance(paper, ReceptionSlip)
    assert paper.due_at == dossier.due_at


def test_a_fee_that_was_not_taken_is_not_called_free() -> None:
    commune = make_all()
    dossier = give_slip(make_received(commune), by=commune.binh, at=MONDAY)

    paper = official_paper(dossier, IssuedPaper.objects.get(form=IssuedForm.SLIP))

    assert isinstance(paper, ReceptionSlip)
    assert (paper.fees, paper.fees_note[:8]) == ((), "chưa thu")


def test_asking_again_gives_no_second_slip() -> None:
    commune = make_all()
    code = make_received(commune)

    give_slip(code, by=commune.binh, at=MONDAY)

    assert IssuedPaper.objects.filter(form=IssuedForm.SLIP).count() == 1


def test_what_is_not_received_has_no_slip() -> None:
    commune = make_all()
    code = make_filed(commune)

    with pytest.raises(DossierError, match="chưa được tiếp nhận"):
        give_slip(code, by=commune.binh, at=MONDAY)

    assert get_dossier(code).received_at is None


def test_what_is_taken_at_the_hand_out_is_kept_with_its_receipt() -> None:
    commune = make_all()
    code = make_resolved(commune)
    fee = FeeIn("le-phi", "Lệ phí xác nhận", "charge", 15_000, "AA/26E-8")

    return_outcome(
        code, handed_to="Lò Thị Lan", handed_how="Thẻ", by=commune.binh, at=MONDAY, fees=[fee]
    )

    taken = whole(get_dossier(code)).fees
    assert [(one.amount_vnd, one.receipt_number) for one in taken] == [(15_000, "AA/26E-8")]


def test_in_english_that_nothing_was_handed_in_is_no_paper_of_the_list() -> None:
    commune = make_all()
    dossier = give_slip(make_received(commune), by=commune.binh, at=MONDAY)
    slip = official_paper(dossier, IssuedPaper.objects.get(form=IssuedForm.SLIP))
    assert isinstance(slip, ReceptionSlip)

    bare = reference_of(replace(slip, papers=(NOTHING_HANDED_IN,)), IssuedForm.SLIP)

    assert (len(reference_of(slip, IssuedForm.SLIP).lists), bare.lists) == (1, ())
    assert ("Papers handed in", "None") in [(one.name, one.value) for one in bare.lines]
