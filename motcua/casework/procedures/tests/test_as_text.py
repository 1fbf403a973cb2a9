import pytest

from motcua.casework.procedures.api import (
    CompetentLevel,
    Definition,
    FilingChannel,
    FilingMode,
    PaperHandling,
    parse_text,
)
from motcua.casework.procedures.rules.as_text import as_data, as_text
from motcua.casework.procedures.rules.published_text import read_text
from motcua.foundation.calendar.api import Limit, LimitUnit

from .sources import BASIS, CHANNELS, PAPERS, read_one, text_row, workbook


def told(**fields: object) -> Definition:
    """Read a row, write it as text, and read the text as an administrator's."""
    return parse_text(as_text(as_data(read_text(text_row(**fields), 1))))


def test_limits_of_all_channels_stand_in_one_case() -> None:
    table = f"{CHANNELS}Trực tuyến3 NgàyMiễn phíTrực tiếp1.5 Ngày làm việcMiễn phíBàn 3"

    (case,) = told(cach_thuc_thuc_hien=table).cases

    assert (case.code, case.limit_words) == ("chung", "Bàn 3")
    assert case.limits == {
        FilingChannel.PORTAL: Limit(3, LimitUnit.CALENDAR_DAY),
        FilingChannel.COUNTER: Limit(3, LimitUnit.HALF_DAY),
    }


def test_several_rows_of_a_channel_are_cases() -> None:
    table = (
        f"{CHANNELS}Trực tiếp3 Ngày9,000 VNĐCấp mớiTrực tiếp2 Ngày5,000 VNĐCấp lại"
        "Trực tuyến3 Ngày9,000 VNĐ"
    )

    definition = told(cach_thuc_thuc_hien=table)

    assert [(case.name, len(case.limits)) for case in definition.cases] == [
        ("Cấp mới", 2),
        ("Cấp lại", 1),
    ]
    assert [(fee.amount_vnd, fee.channels, fee.cases) for fee in definition.fees] == [
        (9000, (FilingChannel.COUNTER, FilingChannel.PORTAL), ("th-1",)),
        (5000, (FilingChannel.COUNTER,), ("th-2",)),
    ]


def test_a_row_without_words_is_a_numbered_case() -> None:
    table = f"{CHANNELS}Trực tiếp3 NgàyMiễn phíTrực tiếp2 NgàyMiễn phí"

    names = [case.name for case in told(cach_thuc_thuc_hien=table).cases]

    assert names == ["Trường hợp 1", "Trường hợp 2"]


def test_lists_of_papers_are_cases() -> None:
    papers = f"Cấp mới:{PAPERS}Đơn1 bản chínhCấp lại:{PAPERS}Giấy cũ (nếu có)1 bản chính"

    definition = told(thanh_phan_ho_so=papers)

    assert [case.name for case in definition.cases] == ["Cấp mới:", "Cấp lại:"]
    assert [(p.name, p.cases, p.required_when) for p in definition.papers] == [
        ("Đơn", ("th-1",), "true"),
        ("Giấy cũ (nếu có)", ("th-2",), "false"),
    ]


def test_headings_that_sort_papers_are_no_cases() -> None:
    papers = (
        f"* Giấy tờ phải nộp:{PAPERS}Đơn1 bản chính* Giấy tờ phải xuất trình:{PAPERS}"
        f"Thẻ1 bản chính* Lưu ý:{PAPERS}Ký từng trang0 bản chính"
    )

    definition = told(thanh_phan_ho_so=papers)

    assert [case.name for case in definition.cases] == ["Trường hợp chung"]
    assert [(p.name, p.handling) for p in definition.papers] == [
        ("Đơn", PaperHandling.HAND_IN),
        ("Thẻ", PaperHandling.SHOW),
    ]
    assert definition.paper_words == "Ký từng trang"


def test_one_named_list_makes_no_case() -> None:
    papers = f"Trường hợp cấp mới{PAPERS}Đơn1 bản chính"

    definition = told(thanh_phan_ho_so=papers)

    assert [case.name for case in definition.cases] == ["Trường hợp chung"]
    assert definition.papers[0].note == "Trường hợp cấp mới"


def test_fees_without_an_amount_stay_words() -> None:
    table = f"{CHANNELS}Trực tiếp3 NgàyMiễn phí(Hội đồng quyết)Trực tuyến3 NgàyMiễn phí"

    definition = told(cach_thuc_thuc_hien=table)

    assert (definition.fees, definition.fee_words) == ((), "Hội đồng quyết")


def test_words_keep_their_lines_and_their_order() -> None:
    definition = told(
        trinh_tu_thuc_hien="Trường hợp tại bàn:\nBước 1: Nộp\n- hai bản\nBước 2: Chờ",
        can_cu_phap_ly=f"{BASIS}Luật Chim11/2024/QH15",
        ket_qua_xu_ly="Giấy phépMã: KQ.G99.00012Từ khóachim, câuMô tả",
    )

    assert definition.how == ("Trường hợp tại bàn:", "Bước 1: Nộp\n- hai bản", "Bước 2: Chờ")
    assert [(b.number, b.title) for b in definition.legal_basis] == [("11/2024/QH15", "Luật Chim")]
    assert [(o.name, o.result_code) for o in definition.outcomes] == [("Giấy phép", "KQ.G99.00012")]
    assert definition.keywords == ("chim", "câu")


@pytest.mark.parametrize(
    ("words", "level", "is_ours"),
    [
        ("Cấp bộ, Cấp tỉnh, Cấp xã", CompetentLevel.COMMUNE, True),
        ("Cấp bộ, Cấp tỉnh", CompetentLevel.PROVINCE, True),
        ("Cấp bộ", CompetentLevel.CENTRAL, False),
        ("Cơ quan khác", CompetentLevel.CENTRAL, False),
    ],
)
def test_the_nearest_level_decides_whether_it_is_ours(
    words: str, level: CompetentLevel, *, is_ours: bool
) -> None:
    definition = told(cap_thuc_hien=words)

    mode = FilingMode.BOTH if is_ours else FilingMode.NATIONAL_ONLY
    assert (definition.level, definition.is_ours, definition.filing_mode) == (level, is_ours, mode)


@pytest.mark.parametrize(
    ("agency", "level"),
    [("UBND cấp xã", "commune"), ("Sở Chim", "province"), ("Cục Chim", "central")],
)
def test_a_list_tells_the_level_by_its_agencies(agency: str, level: str) -> None:
    published = read_one(workbook(["1.900001", "Nuôi chim", "Bộ Chim", agency, ""]))

    data = as_data(published)

    assert (data["level"], data["sector_name"]) == (level, "Lĩnh vực khác")
