"""A document of one's own is looked at, placed, handed in, signed, numbered and sealed."""

import io
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pypdfium2
import pytest
from pypdf import PdfReader

from motcua.foundation.audit import api as audit
from motcua.foundation.signing import api as signing
from motcua.foundation.signing.api import DocumentIn, Numbering, RequestState, SigningRequest
from motcua.foundation.signing.errors import DocumentUnfit, NotYourTurn, SigningError
from motcua.foundation.trust.tests.make import MONDAY
from motcua.lib.actor import Actor
from motcua.lib.errors import BadInput

from .foreign import PDF, make_decision, make_scan
from .make import make_leader, make_sealed_paper, run_signer, why_unfit

pytestmark = pytest.mark.django_db
THE_DAY = date(2026, 3, 2)
PRINTED = {"number": "12/QĐ-UBND", "day": "ngày 02 tháng 3 năm 2026"}


@pytest.fixture(autouse=True)
def _engine_agrees(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ask in this process whether the engine can take a file."""
    monkeypatch.setattr("motcua.foundation.signing.operations.placing.fits_apart", why_unfit)


def draft(hoa: Actor, **changes: Any) -> SigningRequest:
    values: dict[str, Any] = {
        "title": "Quyết định về việc thử",
        "about": "nội bộ",
        "content": make_decision(),
        "media_type": PDF,
        "leaders": (hoa.id,),
    }
    return signing.draft_document(DocumentIn(**{**values, **changes}), by=hoa, at=MONDAY)


def names(request: SigningRequest) -> set[str]:
    return {one.name for one in signing.placing_of(request.placing).places}


def missing(request: SigningRequest) -> list[str]:
    placing = signing.placing_of(request.placing)
    return signing.missing_from(placing, signing.fields_of(request))


def sealed(hoa: Actor, request: SigningRequest) -> SigningRequest:
    signing.hand_in(request.code, by=hoa, at=MONDAY)
    signing.begin_attempt(request.code, by=hoa, at=MONDAY)
    run_signer()
    signing.number_and_seal(request.code, by=hoa, at=MONDAY)
    run_signer()
    request.refresh_from_db()
    return request


def words_of(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    document.init_forms()
    pypdfium2.raw.FPDFPage_Flatten(document[0], 1)
    made = io.BytesIO()
    document.save(made)
    text = pypdfium2.PdfDocument(made.getvalue())[0].get_textpage().get_text_range()
    return " ".join(text.split())


def test_the_gaps_of_a_decision_are_found() -> None:
    request = draft(make_leader())

    assert names(request) == {"so", "ngay_d", "ngay_m", "SIG_LEADER_1", "SIG_ORG"}
    assert (request.state, request.notation, missing(request)) == (
        RequestState.DRAFT,
        "QĐ-UBND",
        [],
    )


def test_a_document_of_ones_own_is_signed_numbered_sealed_and_passes() -> None:
    hoa = make_leader()

    request = sealed(hoa, draft(hoa))

    pdf = signing.document_of(request)
    fields = PdfReader(io.BytesIO(pdf)).get_form_text_fields()
    report = signing.examine(pdf, at=MONDAY + timedelta(hours=1))
    assert fields == {"so": "01", "ngay_d": "02", "ngay_m": "3"}
    assert [one.verdict.indication for one in report.signatures] == ["TOTAL-PASSED"] * 2
    assert "năm 2026" in words_of(pdf)


def test_its_mark_tells_anybody_what_it_is() -> None:
    hoa = make_leader()

    request = sealed(hoa, draft(hoa))

    paper = signing.paper_by_token(request.paper_token, on=THE_DAY)
    assert paper is not None
    assert (paper.title, paper.number) == ("Quyết định về việc thử", "01/QĐ-UBND")


def test_where_no_gap_is_found_whoever_hands_it_in_says_where() -> None:
    hoa = make_leader()
    request = draft(
        hoa, content=make_decision(number="(xem dưới)", day="hôm nay"), notation="TB-UBND"
    )
    assert missing(request) == ["so", "ngay"]

    signing.move_field(request.code, "so", page=0, x=90, y=600, by=hoa, at=MONDAY)
    moved = signing.move_field(request.code, "ngay", page=0, x=320, y=600, by=hoa, at=MONDAY)

    fields = PdfReader(io.BytesIO(signing.document_of(sealed(hoa, moved)))).get_form_text_fields()
    assert fields == {"so": "01/TB-UBND", "ngay": "ngày 02 tháng 3 năm 2026"}


def test_nothing_is_written_over_words() -> None:
    hoa = make_leader()
    request = draft(hoa, content=make_decision(body="Chữ kín dòng " * 60))

    with pytest.raises(DocumentUnfit, match="có chữ"):
        signing.move_field(request.code, "so", page=0, x=100, y=190, by=hoa, at=MONDAY)


def test_what_lacks_a_place_is_not_handed_in() -> None:
    hoa = make_leader()
    request = draft(hoa, content=make_decision(day="hôm nay"))

    with pytest.raises(DocumentUnfit, match="chưa có chỗ"):
        signing.hand_in(request.code, by=hoa, at=MONDAY)


def test_a_printed_number_is_compared_with_what_was_said() -> None:
    hoa = make_leader()

    with pytest.raises(BadInput, match="12/QĐ-UBND"):
        draft(
            hoa,
            content=make_decision(**PRINTED),
            numbering=Numbering.PRINTED,
            printed_number="13/QĐ-UBND",
            printed_on=THE_DAY,
        )


def test_a_printed_day_is_compared_with_what_was_said() -> None:
    hoa = make_leader()

    with pytest.raises(BadInput, match="02/03/2026"):
        draft(
            hoa,
            content=make_decision(**PRINTED),
            numbering=Numbering.PRINTED,
            printed_number="12/QĐ-UBND",
            printed_on=date(2026, 3, 3),
        )


def test_a_document_with_its_number_in_print_is_sealed_as_it_stands() -> None:
    hoa = make_leader()
    request = draft(
        hoa,
        content=make_decision(**PRINTED),
        numbering=Numbering.PRINTED,
        printed_number="12/QĐ-UBND",
        printed_on=THE_DAY,
    )

    done = sealed(hoa, request)

    assert (done.number, done.number_words) == (None, "12/QĐ-UBND")
    assert PdfReader(io.BytesIO(signing.document_of(done))).get_form_text_fields() == {}


def test_a_scan_must_be_compared_by_somebody() -> None:
    hoa = make_leader()
    as_scan: dict[str, Any] = {
        "content": make_scan(),
        "numbering": Numbering.PRINTED,
        "printed_number": "12/QĐ-UBND",
        "printed_on": THE_DAY,
    }

    with pytest.raises(BadInput, match="bản quét"):
        draft(hoa, **as_scan)
    assert missing(draft(hoa, **as_scan, is_compared=True)) == ["SIG_LEADER_1", "SIG_ORG"]


def test_a_number_in_print_is_not_given_a_second_time() -> None:
    with pytest.raises(BadInput, match="đã ghi số 12/QĐ-UBND"):
        draft(make_leader(), content=make_decision(**PRINTED))


def test_another_notation_than_the_printed_one_is_refused() -> None:
    with pytest.raises(BadInput, match="QĐ-UBND"):
        draft(make_leader(), notation="TB-UBND")


def test_a_document_printed_for_another_month_is_not_sealed_today() -> None:
    hoa = make_leader()
    request = draft(hoa, content=make_decision(day="ngày #h(7mm) tháng 12 năm 2026"))
    signing.hand_in(request.code, by=hoa, at=MONDAY)
    signing.begin_attempt(request.code, by=hoa, at=MONDAY)
    run_signer()

    with pytest.raises(DocumentUnfit, match="tháng 12"):
        signing.number_and_seal(request.code, by=hoa, at=MONDAY)


def test_a_file_that_bears_a_signature_is_not_written_into() -> None:
    with pytest.raises(DocumentUnfit, match="đã có chữ ký số"):
        draft(make_leader(), content=make_sealed_paper())


def test_a_draft_is_handed_in_by_whoever_made_it() -> None:
    hoa = make_leader()
    request = draft(hoa)

    with pytest.raises(NotYourTurn):
        signing.hand_in(request.code, by=replace(hoa, id=7, name="Bình"), at=MONDAY)


def test_nobody_signs_a_draft() -> None:
    hoa = make_leader()
    request = draft(hoa)

    with pytest.raises(SigningError, match="chưa được trình"):
        signing.begin_attempt(request.code, by=hoa, at=MONDAY)


def test_who_handed_in_may_take_it_back_and_leaves_a_trace() -> None:
    hoa = make_leader()
    request = draft(hoa)
    signing.hand_in(request.code, by=hoa, at=MONDAY)

    signing.take_back(request.code, "Nhầm tệp", by=hoa, at=MONDAY)

    request.refresh_from_db()
    acts = [one.action for one in audit.trail_of(f"signing:{request.code}")]
    assert request.state == RequestState.WITHDRAWN
    assert sorted(acts) == ["signing.drafted", "signing.requested", "signing.withdrawn"]
