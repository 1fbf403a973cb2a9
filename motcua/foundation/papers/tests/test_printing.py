"""What a paper must say, and the words it says it in."""

from dataclasses import replace

import pytest

from motcua.foundation.papers import api as papers
from motcua.foundation.papers.rules.books import VOLUME_ENTRIES
from motcua.foundation.papers.rules.printing import (
    check_complete,
    check_length,
    number_line,
    print_values,
    qr_text,
)

from .make import CODE, LOOKUP, make_letterhead, make_party, make_reception_slip, make_refusal
from .make_books import make_entry, make_hand_over_list, make_register, make_report

LIST_SITE = "https://motcua.dienbien.example/tra-cuu/"


def test_a_refusal_without_reason_and_basis_is_incomplete() -> None:
    refusal = replace(make_refusal(), reason="", legal_basis=())

    with pytest.raises(papers.PaperIncomplete) as missing:
        check_complete(refusal)

    assert f"{missing.value}" == (
        "“Phiếu từ chối tiếp nhận giải quyết hồ sơ” còn thiếu: lý do từ chối, căn cứ pháp lý."
    )


@pytest.mark.parametrize(
    ("slip", "label"),
    [
        (replace(make_reception_slip(), code=""), "mã hồ sơ"),
        (replace(make_reception_slip(), papers=()), "thành phần hồ sơ"),
        (replace(make_reception_slip(), applicant=make_party(name="")), "người nộp hồ sơ"),
        (
            replace(make_reception_slip(), letterhead=replace(make_letterhead(), place="")),
            "địa danh",
        ),
    ],
)
def test_a_slip_lacks_what_is_empty(slip: papers.ReceptionSlip, label: str) -> None:
    with pytest.raises(papers.PaperIncomplete, match=f"còn thiếu: {label}"):
        check_complete(slip)


def test_a_volume_has_an_end() -> None:
    full = replace(make_register(), entries=(make_entry(),) * VOLUME_ENTRIES)
    check_length(full)

    with pytest.raises(papers.PaperTooLong, match="10001 dòng; hãy chia thành nhiều quyển"):
        check_length(replace(full, entries=(*full.entries, make_entry())))


@pytest.mark.parametrize(
    ("number", "notation", "line"),
    [
        pytest.param(7, "TNHS", "07/TNHS", id="below ten"),
        pytest.param(123, "TNHS", "123/TNHS", id="above"),
        pytest.param(7, "", "07", id="number alone"),
        pytest.param(None, "TNHS", "……/TNHS", id="to be filled in"),
        pytest.param(None, "", "", id="no number at all"),
    ],
)
def test_number_and_notation_stand_together(number: int | None, notation: str, line: str) -> None:
    head = make_letterhead(number=number, notation=notation)

    assert number_line(replace(make_reception_slip(), letterhead=head)) == line


def test_the_qr_mark_holds_the_code_even_if_the_address_does_not() -> None:
    slip = make_reception_slip()

    assert qr_text(slip) == LOOKUP
    assert qr_text(replace(slip, lookup_url=LIST_SITE)) == f"{CODE}\n{LIST_SITE}"
    assert qr_text(replace(slip, lookup_url="")) == ""
    assert qr_text(make_register()) == ""


def test_the_total_of_a_report_adds_up_every_column() -> None:
    report = make_report()
    total = report.total

    assert (total.received, total.settled, total.open) == (279, 228, 46)
    assert total.received == total.settled + total.open + total.ended_otherwise


def test_layouts_read_words_only() -> None:
    values = print_values(make_hand_over_list(), clean=str.upper)

    assert values["total"] == "1"
    assert values["number"] == "04/BGHS"
    assert values["entries"] == [
        {
            "serial": "1",
            "code": CODE,
            "procedure_name": "CẤP GIẤY XÁC NHẬN TÌNH TRẠNG HÔN NHÂN",
            "applicant_name": "NGUYỄN THỊ LAN",
            "sets": "2",
            "due_at": {
                "long": "17 giờ 00 phút, ngày 07 tháng 01 năm 2026",
                "short": "17:00 07/01/2026",
                "day": "07/01/2026",
                "words": "ngày 07 tháng 01 năm 2026",
                "weekday": "thứ Tư",
            },
            "note": "GẤP",
        }
    ]
