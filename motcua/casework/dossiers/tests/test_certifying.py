from dataclasses import replace
from datetime import timedelta

import pytest

from motcua.casework.dossiers import api as dossiers
from motcua.casework.dossiers.choices import Status
from motcua.casework.dossiers.errors import DossierError
from motcua.casework.dossiers.models import (
    CertificationLine,
    Dossier,
    DossierMove,
    DossierOutcome,
    DossierPaper,
    DossierStep,
)
from motcua.casework.dossiers.queries.certified_fees import fee_of_certifying
from motcua.casework.dossiers.queries.chained import verify_moves
from motcua.casework.dossiers.rules.certification import CertLine, fee_of_copy
from motcua.casework.fees.tests.make import TABLE as FEE_TABLE
from motcua.casework.fees.tests.make import _fresh, publish, reckoned
from motcua.casework.procedures.api import FeeKind, FeeLine, forget_kept, parse_text
from motcua.casework.procedures.tests.make import make_procedure
from motcua.foundation.organisation import api as organisation
from motcua.foundation.organisation.tests.make import make_officer, make_post
from motcua.lib import work
from motcua.lib.clock import local_day
from motcua.lib.errors import BadInput, NotAllowed

from .make import CERTIFICATION, MONDAY, Commune, get_dossier, make_all, make_commune

__all__ = ["_fresh"]
pytestmark = pytest.mark.django_db
TIERS = (
    FeeLine("a", "Phí", FeeKind.FEE, 2000, per="trang", most_vnd=200_000),
    FeeLine("b", "Phí từ trang 3", FeeKind.FEE, 1000, per="trang", from_unit=3),
)
LINES = (CertLine("Bằng tốt nghiệp", 1, 3), CertLine("Giấy khai sinh", 4, 2))


def make_certifying(*, text: str = CERTIFICATION) -> Commune:
    """Return a commune that certifies copies."""
    commune = make_all()
    make_procedure(code="2.000815", text=text)
    forget_kept()
    return commune


def certify(commune: Commune, *, key: str = "", receipt: str = "BL-01") -> str:
    return dossiers.certify_copies(
        LINES,
        "Lò Thị Lan",
        desk_unit_id=commune.desk_id,
        receipt_number=receipt,
        by=commune.binh,
        at=MONDAY,
        key=key,
    )


@pytest.mark.parametrize(
    ("pages", "fee"),
    [(1, 2000), (2, 4000), (3, 5000), (10, 12_000), (198, 200_000), (500, 200_000)],
)
def test_a_copy_costs_by_its_pages_up_to_a_most(pages: int, fee: int) -> None:
    assert fee_of_copy(TIERS, pages) == fee


TABLE = replace(
    FEE_TABLE,
    code="phi-chung-thuc",
    model=reckoned(
        (("<= 2", "2000 * so_trang", '"2.000 đồng một trang"'), ("> 2", "5000", '"từ trang ba"'))
    ),
    examples=({"name": "một", "facts": {"so_trang": 1}, "amount_vnd": 2000},),
)


@pytest.mark.usefixtures("_fresh")
def test_a_table_of_the_procedure_sets_the_price_of_a_copy_with_its_words() -> None:
    publish(TABLE)
    fee = FeeLine("a", "Phí", FeeKind.FEE, 0, table="phi-chung-thuc")
    definition = replace(parse_text(CERTIFICATION.format(code="2.000815")), fees=(fee,))
    found = fee_of_certifying(definition, CertLine("Học bạ", 2, 3), on=local_day(MONDAY))
    assert (found.amount_vnd, found.reason, found.rule) == (
        12_000,
        "2.000 đồng một trang; TT 226",
        "Lệ phí xác nhận, phiên bản 1: Lệ phí, hàng 1",
    )


def test_without_its_table_nothing_is_certified_for_free() -> None:
    fee = FeeLine("a", "Phí", FeeKind.FEE, 0, table="khong-co")
    definition = replace(parse_text(CERTIFICATION.format(code="2.000815")), fees=(fee,))
    with pytest.raises(DossierError, match="Chưa có mức thu"):
        fee_of_certifying(definition, LINES[0], on=local_day(MONDAY))


def test_certifying_is_one_act_from_filing_to_return() -> None:
    commune = make_certifying()

    code = certify(commune)

    dossier = get_dossier(code)
    moves = list(DossierMove.objects.filter(dossier=dossier).order_by("seq"))
    assert (dossier.status, dossier.received_at, dossier.returned_at) == (
        Status.RETURNED,
        MONDAY,
        MONDAY,
    )
    assert [(m.act, m.was, m.status) for m in moves] == [
        ("receive", "", "received"),
        ("decide", "received", "resolved"),
        ("return_outcome", "resolved", "returned"),
    ]
    assert verify_moves(moves) is None


def test_each_paper_has_its_number_and_its_fee() -> None:
    commune = make_certifying()
    code = certify(commune)

    lines = CertificationLine.objects.filter(dossier__code=code).order_by("seq")
    fees = dossiers.whole(get_dossier(code)).fees
    assert [(line.book_number, line.amount_vnd) for line in lines] == [(1, 6000), (2, 12_000)]
    assert lines[0].book == "SCT/BS-H18.101.MC-2026"
    assert [(fee.name.rpartition(": ")[2], fee.amount_vnd) for fee in fees] == [
        (line.paper_name, line.amount_vnd) for line in lines
    ]
    assert {fee.receipt_number for fee in fees} == {"BL-01"}


def test_the_book_has_no_gaps_and_no_file_is_kept() -> None:
    commune = make_certifying()
    with pytest.raises(BadInput, match="số biên lai"):
        certify(commune, receipt="")
    codes = [certify(commune), certify(commune)]

    numbers = CertificationLine.objects.order_by("book_number")
    assert [line.book_number for line in numbers] == [1, 2, 3, 4]
    assert (DossierPaper.objects.count(), DossierStep.objects.count()) == (0, 0)
    assert codes == ["H18.101-260302-0001", "H18.101-260302-0002"]


def test_the_outcome_names_the_numbers_of_the_book() -> None:
    commune = make_certifying()
    code = certify(commune)

    outcome = DossierOutcome.objects.get(dossier__code=code)

    assert (outcome.number, outcome.result_code, outcome.handed_to) == (
        "1–2/SCT/BS-H18.101.MC-2026",
        "KQ.G15.000021",
        "Lò Thị Lan",
    )


def test_a_double_click_certifies_once() -> None:
    commune = make_certifying()

    codes = {certify(commune, key="k") for _ in range(2)}

    assert (len(codes), CertificationLine.objects.count()) == (1, 2)


@pytest.mark.parametrize(
    "lines",
    [(), (CertLine("Bằng", 0, 1),), (CertLine("Bằng", 1, 0),), (CertLine(" ", 1, 1),)],
)
def test_lines_without_name_pages_or_copies_are_refused(lines: tuple[CertLine, ...]) -> None:
    commune = make_certifying()

    with pytest.raises(BadInput):
        dossiers.certify_copies(
            lines, "Lan", desk_unit_id=commune.desk_id, by=commune.binh, at=MONDAY
        )


def test_somebody_must_ask_and_the_fee_must_be_known() -> None:
    commune = make_certifying(text=CERTIFICATION.replace("per: trang", "per: bản"))
    desk, binh = commune.desk_id, commune.binh

    with pytest.raises(BadInput, match="tên người yêu cầu"):
        dossiers.certify_copies(LINES, " ", desk_unit_id=desk, by=binh, at=MONDAY)
    with pytest.raises(dossiers.DossierError, match="mức phí theo trang"):
        dossiers.certify_copies(LINES, "Lan", desk_unit_id=desk, by=binh, at=MONDAY)


def test_an_officer_of_another_commune_may_not_certify() -> None:
    commune = make_certifying()
    other = make_commune("H18.102", "UBND xã Nà Tấu", first=11)

    with pytest.raises(NotAllowed):
        dossiers.certify_copies(
            LINES, "Lan", desk_unit_id=commune.desk_id, by=other.binh, at=MONDAY
        )


def test_certifying_stays_inside_its_budget() -> None:
    commune = make_certifying()
    certify(commune)

    with work.metered() as meter:
        certify(commune)

    assert (meter.statements <= 14, meter.round_trips <= 5) == (True, True)


def make_signer(commune: Commune) -> int:
    """Return the post of Hoa, who leads the commune."""
    root = organisation.Unit.objects.get(pk=commune.root_id)
    role, hoa = organisation.PostRole.AGENCY_LEADER, make_officer("Nguyễn Thị Hoa")
    return make_post(root, role, title="Chủ tịch", holder=hoa).pk


def test_the_holder_of_the_signers_post_signs() -> None:
    commune = make_certifying()
    post_id = make_signer(commune)

    code = dossiers.certify_copies(
        LINES,
        "Lò Thị Lan",
        desk_unit_id=commune.desk_id,
        receipt_number="BL-01",
        signer_post_id=post_id,
        by=commune.binh,
        at=MONDAY,
    )

    outcome = DossierOutcome.objects.get(dossier__code=code)
    assert (outcome.signed_by_name, outcome.signed_by_title, outcome.drafted_by_name) == (
        "Nguyễn Thị Hoa",
        "Chủ tịch",
        "Trần Văn Bình",
    )


def test_who_leads_another_commune_signs_nothing_here() -> None:
    commune = make_certifying()
    elsewhere = make_signer(make_commune("H18.102", "UBND xã Nà Tấu", first=11))

    with pytest.raises(BadInput, match="đang giữ chức vụ ký"):
        dossiers.certify_copies(
            LINES,
            "Lan",
            desk_unit_id=commune.desk_id,
            signer_post_id=elsewhere,
            by=commune.binh,
            at=MONDAY,
        )


def test_a_vacant_post_and_a_clerk_are_no_signers() -> None:
    commune = make_certifying()
    post_id = make_signer(commune)
    root = organisation.Unit.objects.get(pk=commune.root_id)
    make_post(root, organisation.PostRole.AGENCY_LEADER, title="Phó Chủ tịch")
    make_post(root, title="Chuyên viên", holder=make_officer("Lò Văn Nam", code="CB-NAM"))

    seats = dossiers.certifiers(commune.desk_id, local_day(MONDAY))

    assert [seat.post_id for seat in seats] == [post_id]


def test_the_book_of_a_period_holds_every_paper_in_order() -> None:
    commune = make_certifying()
    certify(commune)
    day = local_day(MONDAY)

    rows = list(dossiers.certification_rows(commune.desk_id, day, day))

    told = [(r.number, r.applicant_name, r.paper_name, r.copies, r.note) for r in rows]
    assert told == [
        (1, "Lò Thị Lan", "Bằng tốt nghiệp", 3, "BL-01"),
        (2, "Lò Thị Lan", "Giấy khai sinh", 2, "BL-01"),
    ]
    assert {(r.certified_on, r.signed_by) for r in rows} == {(day, rows[0].signed_by)}
    assert rows[0].signed_by.startswith(commune.binh.name)


def test_the_book_leaves_out_other_days_and_other_desks() -> None:
    commune = make_certifying()
    certify(commune)
    day, before = local_day(MONDAY), local_day(MONDAY) - timedelta(days=1)

    other_days = list(dossiers.certification_rows(commune.desk_id, before, before))
    other_desk = list(dossiers.certification_rows(commune.desk_id + 999, day, day))

    assert (other_days, other_desk) == ([], [])


def test_the_closed_book_of_copies_keeps_its_lines_and_sums() -> None:
    commune = make_certifying()
    certify(commune)
    day, kind = local_day(MONDAY), dossiers.BookKind.CERTIFICATION
    before = list(dossiers.certification_rows(commune.desk_id, day, day))
    after = MONDAY + timedelta(days=1)
    closed = dossiers.close_register(
        commune.desk_id, day, day, kind=kind, by=commune.oanh, at=after
    )

    Dossier.objects.update(applicant_name="Người khác")

    assert list(dossiers.certification_rows(commune.desk_id, day, day)) == before
    assert (closed.rows, closed.pieces, closed.paid_vnd) == (
        2,
        5,
        sum(row.paid_vnd for row in before),
    )
    assert dossiers.certification_book_pdf(commune.oanh, commune.desk_id, day, day)[:5] == b"%PDF-"


def test_a_stranger_prints_no_book() -> None:
    commune = make_certifying()
    day = local_day(MONDAY)

    with pytest.raises(NotAllowed):
        dossiers.certification_book_pdf(commune.hoa, commune.desk_id, day, day)
