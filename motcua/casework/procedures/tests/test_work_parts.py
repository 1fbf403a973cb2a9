"""What is found in the field and the slip to others, one entry at a time; nothing else moves."""

from typing import Any

import pytest

from motcua.casework.procedures import api as procedures
from motcua.casework.procedures.errors import BadDefinition
from motcua.casework.procedures.rules.entries import drop_entry, put_entry
from motcua.casework.procedures.rules.work_parts import (
    block_lines,
    complaint_about_places,
    findings_in,
    kept_findings,
    kept_slips,
    read_blocks,
    slips_in,
)

BLOCKS = [
    {"title": "I. Người", "lines": ["Tên: {ho_ten}", "Địa chỉ: {dia_chi}"]},
    {"title": "II. Thửa đất", "lines": ["Số {so_thua}"]},
]
SLIP = {"step": "thue", "to": "Thuế tỉnh", "title": "PHIẾU", "blocks": BLOCKS}
PARTS: dict[str, Any] = {
    "councils": {"hop": {"name": "Hội đồng"}},
    "findings": {
        "do-dac": [{"name": "moc", "label": "Có mốc", "kind": "yes_no"}],
        "hop": [{"name": "ket_luan", "label": "Kết luận"}],
        "phuc-tra": [{"name": "moc", "label": "Có mốc", "kind": "yes_no"}],
    },
}


def test_the_parts_of_a_slip_are_lines_and_read_again() -> None:
    assert read_blocks(block_lines(BLOCKS)) == BLOCKS
    assert block_lines(BLOCKS).splitlines()[:2] == ["# I. Người", "Tên: {ho_ten}"]


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("Tên: a", "Dòng 1: dòng đầu phải là tên một phần"),
        ("# I\na\n#", "Dòng 3: hãy ghi tên phần"),
        ("# I\n" * 21, "nhiều nhất 20 phần"),
    ],
)
def test_lines_that_are_no_slip_are_refused(text: str, complaint: str) -> None:
    with pytest.raises(BadDefinition, match=complaint):
        read_blocks(text)


def test_there_is_one_slip_or_none() -> None:
    slips = slips_in({"slip": SLIP})

    assert kept_slips(slips, {}) == {"slip": SLIP}
    assert (slips_in({"slip": None}), kept_slips([], {})) == ([], {"slip": None})
    with pytest.raises(BadDefinition, match="chỉ có một phiếu"):
        kept_slips(put_entry(slips, "", {"to": "Kho bạc"}), {})


@pytest.mark.parametrize(
    "blocks",
    ["I. Người", [{"title": "I", "lines": ["# a"]}], [{"title": "I", "lines": [], "x": 1}]],
)
def test_a_slip_that_lines_cannot_say_is_left_to_the_page_of_text(blocks: object) -> None:
    with pytest.raises(BadDefinition, match="viết khác thường"):
        slips_in({"slip": {**SLIP, "blocks": blocks}})


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("Tên: {ho_ten}", ""),
        ("Tên: {hoten}", "Không có ô nào tên “hoten”"),
        ("# I\nTên: {Họ tên}", "Dòng 2: Không có ô nào tên “Họ tên”"),
        ("Tên: {ho_ten", "đủ hai dấu ngoặc"),
        ("Tên: ho_ten}", "đủ hai dấu ngoặc"),
    ],
)
def test_a_place_names_a_field_that_is_there(text: str, complaint: str) -> None:
    found = complaint_about_places(text, {"ho_ten"})

    assert complaint in found
    assert bool(complaint) == bool(found)


def test_findings_are_told_apart_by_step_and_name_and_councils_keep_theirs() -> None:
    entries = findings_in(PARTS)

    assert [one["code"] for one in entries] == ["do-dac:moc", "phuc-tra:moc"]
    assert repr(kept_findings(entries, PARTS)["findings"]) == repr(PARTS["findings"])
    left = kept_findings(drop_entry(entries, "do-dac:moc"), PARTS)["findings"]
    assert [*left] == ["hop", "phuc-tra"]
    assert kept_findings([], {"findings": {"do-dac": PARTS["findings"]["do-dac"]}}) == {
        "findings": None
    }


def test_a_finding_is_added_and_moved_in_the_list_of_its_step() -> None:
    new = {"step": "do-dac", "name": "dien_tich", "label": "Diện tích", "place": 1}
    after = kept_findings(put_entry(findings_in(PARTS), "", new), PARTS)["findings"]

    assert after["do-dac"][0] == {"name": "dien_tich", "label": "Diện tích"}
    assert [one["name"] for one in after["do-dac"]] == ["dien_tich", "moc"]
    with pytest.raises(BadDefinition, match="“moc” đã có ở bước này"):
        kept_findings(put_entry(findings_in(PARTS), "", {**new, "name": "moc"}), PARTS)


def test_what_is_posted_is_kept_by_its_step() -> None:
    postings = {"niem-yet": {"title": "Kết quả", "body": ["Một"]}}
    entries = procedures.entries_of("postings", postings)

    assert procedures.kept_of("postings", entries) == postings
    with pytest.raises(BadDefinition, match="“niem-yet” đã có"):
        procedures.kept_of("postings", put_entry(entries, "", {"code": "niem-yet", "title": "A"}))
