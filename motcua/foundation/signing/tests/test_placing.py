"""Places found and moved; a document printed for another day."""

from datetime import date
from typing import Any

import pytest

from motcua.foundation.signing.errors import DocumentUnfit
from motcua.foundation.signing.rules.copies import short_name
from motcua.foundation.signing.rules.looking import facts_of
from motcua.foundation.signing.rules.placing import check_printed, day_said, found_places, moved

from .foreign import make_decision

NAMES = ["so", "ngay", "SIG_LEADER_1", "SIG_ORG"]
A4 = (0.0, 0.0, 595.0, 842.0, 0.0)


def facts(**changes: Any) -> dict[str, Any]:
    return facts_of(make_decision(**changes), ["Nguyễn Thị Hoa"], 10)


@pytest.mark.parametrize(
    ("number", "said"),
    [
        ("#h(12mm)/QĐ-UBND", {"printed": "", "notation": "QĐ-UBND"}),
        ("........./TB-UBND", {"printed": "", "notation": "TB-UBND"}),
        ("12/QĐ-UBND", {"printed": "12/QĐ-UBND"}),
        ("7/2026/QĐ-UBND", {"printed": "7/2026/QĐ-UBND"}),
    ],
)
def test_a_number_is_a_gap_or_printed(number: str, said: dict[str, str]) -> None:
    found = facts(number=number)["number"]

    assert {key: value for key, value in found.items() if key != "box"} == said


@pytest.mark.parametrize(
    ("day", "printed", "parts"),
    [
        ("ngày #h(7mm) tháng #h(7mm) năm 2026", {"y": 2026}, ["d", "m"]),
        ("ngày #h(7mm) tháng 11 năm 2026", {"m": 11, "y": 2026}, ["d"]),
        ("ngày 22 tháng 11 năm 2026", {"d": 22, "m": 11, "y": 2026}, []),
        ("ngày tháng năm 2026", {}, []),
    ],
)
def test_a_day_is_gaps_or_printed(day: str, printed: dict[str, int], parts: list[str]) -> None:
    found = facts(day=day)["day"]

    assert (found["printed"], list(found["boxes"])) == (printed, parts)


def test_a_gap_too_narrow_for_a_number_is_no_place() -> None:
    assert "box" not in facts(number="#h(2mm)/QĐ-UBND")["number"]


def test_a_name_without_room_above_it_is_no_place_to_sign() -> None:
    body = "Người ký: \\ Nguyễn Văn An"
    source = facts_of(make_decision(body=body), ["Nguyễn Văn An"], 10)

    assert source["names"] == {}


def test_the_seal_follows_its_leader() -> None:
    placing = found_places(facts(), NAMES, {"SIG_LEADER_1": "Nguyễn Thị Hoa"})

    after = moved(placing, "SIG_LEADER_1", 0, 300, 600)

    leader, seal = after.at("SIG_LEADER_1"), after.at("SIG_ORG")
    assert leader is not None
    assert seal is not None
    third = leader.box[0] + (leader.box[2] - leader.box[0]) / 3
    assert seal.box[2] == pytest.approx(third)


def test_a_field_stands_on_no_other() -> None:
    placing = found_places(facts(), NAMES, {"SIG_LEADER_1": "Nguyễn Thị Hoa"})
    leader = placing.at("SIG_LEADER_1")
    assert leader is not None

    with pytest.raises(DocumentUnfit, match="đè lên"):
        moved(placing, "so", 0, leader.box[0], A4[3] - leader.box[1] - 20)


def test_a_field_stays_on_its_page() -> None:
    placing = found_places(facts(), NAMES, {})

    place = moved(placing, "SIG_LEADER_1", 0, 0, 0).at("SIG_LEADER_1")

    assert place is not None
    assert place.box[0] > 0
    assert place.box[3] < A4[3]


@pytest.mark.parametrize("page", [-1, 1])
def test_a_page_that_is_not_there_takes_no_field(page: int) -> None:
    with pytest.raises(DocumentUnfit, match="không có trang"):
        moved(found_places(facts(), NAMES, {}), "so", page, 10, 10)


def test_a_document_is_sealed_on_the_day_it_names() -> None:
    check_printed({"m": 3, "y": 2026}, date(2026, 3, 2))
    with pytest.raises(DocumentUnfit, match="tháng 3"):
        check_printed({"m": 3, "y": 2026}, date(2026, 4, 2))


def test_small_days_and_the_first_two_months_carry_a_zero() -> None:
    day = date(2026, 2, 3)

    assert [day_said(part, day) for part in ("ngay_d", "ngay_m", "ngay_y")] == ["03", "02", "2026"]


@pytest.mark.parametrize(
    ("agency", "short"),
    [("Ủy ban nhân dân phường Điện Biên Phủ", "UBND"), ("Sở Tư pháp", "STP")],
)
def test_an_agency_is_named_in_short(agency: str, short: str) -> None:
    assert short_name(agency) == short
