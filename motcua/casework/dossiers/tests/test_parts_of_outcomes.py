"""What is handed out before the end is signed for in its book; what others give stands beside."""

from datetime import timedelta

import pytest

from motcua.casework.dossiers import api as dossiers
from motcua.casework.dossiers.models import BookEntry, DossierOutcome, DossierParty
from motcua.casework.dossiers.operations.handling import complete_step, decide
from motcua.casework.dossiers.operations.money import left_to_pay
from motcua.casework.procedures.tests.make import TEXT, make_procedure
from motcua.lib.clock import local_day

from .make import MONDAY, Commune, get_dossier, make_all, make_commune, make_received, open_step

pytestmark = pytest.mark.django_db
TUESDAY = MONDAY + timedelta(days=1)
AFTER = "  - {{code: cap-giay, name: Cấp giấy, duty: justice, role: handler}}\n"
BOOKED = TEXT.replace("validity_months: 6,", "book: Sổ cấp giấy,") + AFTER
WAITS = TEXT.replace(
    "outcomes:\n", "outcomes:\n  - {{code: the, name: Thẻ bảo hiểm, given_by: tham-dinh}}\n"
).replace("name: Thẩm định,", "name: Bảo hiểm cấp thẻ, kind: outside_wait, outside_body: BHXH,")


def decided_in_part() -> tuple[Commune, str]:
    """Return a dossier with a signed outcome, still worked on."""
    make_procedure(text=BOOKED)
    commune = make_commune()
    code = make_received(commune)
    for by in (commune.mai, commune.hoa):
        complete_step(code, open_step(code).seq, by=by, at=MONDAY)
    decide(code, open_step(code).seq, by=commune.hoa, at=MONDAY)
    return commune, code


def hand_out(commune: Commune, code: str, *present: int) -> None:
    dossiers.hand_out_decided(
        code,
        handed_to="Lò Thị Lan",
        handed_how="căn cước",
        by=commune.binh,
        at=MONDAY,
        present=present,
    )


def test_a_part_is_handed_out_when_the_applicants_sign_its_book_and_once() -> None:
    commune, code = decided_in_part()
    with pytest.raises(dossiers.NotPresent, match="Lò Thị Lan"):
        hand_out(commune, code)
    assert DossierOutcome.objects.get().handed_at is None

    [lan] = DossierParty.objects.filter(role="applicant").values_list("seq", flat=True)
    hand_out(commune, code, lan)
    complete_step(code, open_step(code).seq, by=commune.mai, at=TUESDAY)
    dossiers.return_outcome(
        code, handed_to="Lò Thị Lan", handed_how="căn cước", by=commune.binh, at=TUESDAY
    )

    [entry] = BookEntry.objects.all()
    assert (entry.number, entry.signers, entry.signed_at) == (1, ["Lò Thị Lan"], MONDAY)


@pytest.mark.parametrize(("change", "left"), [("", []), (" refundable: false,", ["le-phi"])])
def test_a_no_is_charged_only_what_the_office_keeps(change: str, left: list[str]) -> None:
    commune = make_all(text_change=("amount_vnd: 15000,", f"amount_vnd: 15000,{change}"))
    code = make_received(commune)
    assert [one.line.code for one in left_to_pay(get_dossier(code))] == ["le-phi"]
    refused = dossiers.Proposal(dossiers.OutcomeKind.REFUSED, "Đang có vợ")
    complete_step(code, open_step(code).seq, by=commune.mai, at=MONDAY)
    complete_step(code, open_step(code).seq, by=commune.hoa, at=MONDAY, proposal=refused)
    decide(code, open_step(code).seq, by=commune.hoa, at=MONDAY)

    assert [one.line.code for one in left_to_pay(get_dossier(code))] == left


def test_the_result_of_others_and_our_own_draft_come_with_one_act() -> None:
    make_procedure(text=WAITS)
    commune = make_commune()
    code = make_received(commune)

    complete_step(
        code,
        open_step(code).seq,
        by=commune.mai,
        at=MONDAY,
        given=dossiers.Given("DN411", local_day(MONDAY)),
        proposal=dossiers.Proposal(),
    )

    kept = DossierOutcome.objects.order_by("seq").values_list("spec_code", "number")
    assert list(kept) == [("xac-nhan", ""), ("the", "DN411")]
