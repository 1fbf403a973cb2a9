"""The text of a document as officers write it: what each line is known as."""

from dataclasses import astuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.foundation.papers.api import body_from
from motcua.foundation.papers.rules.markup import runs_of


@pytest.mark.parametrize(
    ("line", "kind", "number", "words", "is_title"),
    [
        ("Điều 1. Phạm vi điều chỉnh", "article", "Điều 1.", "Phạm vi điều chỉnh", True),
        ("Điều 12a. Lan được trợ cấp.", "article", "Điều 12a.", "Lan được trợ cấp.", False),
        ("I. MỤC ĐÍCH", "numeral", "I.", "MỤC ĐÍCH", True),
        ("1. Mục đích", "clause", "1.", "Mục đích", True),
        ("1.2. Giao Sở Nội vụ.", "clause", "1.2.", "Giao Sở Nội vụ.", False),
        ("đ) Điểm đ;", "point", "đ)", "Điểm đ;", False),
        ("- Gạch đầu dòng", "item", "-", "Gạch đầu dòng", False),
        ("^ Giữa trang", "centred", "^", "Giữa trang", False),
        ("Lời văn", "paragraph", "", "Lời văn", False),
        ("1.000.000 đồng", "paragraph", "", "1.000.000 đồng", False),
        ("Điều này", "paragraph", "", "Điều này", False),
        ("===", "new_page", "", "", False),
    ],
)
def test_a_line_is_known_by_its_beginning(
    line: str, kind: str, number: str, words: str, *, is_title: bool
) -> None:
    (block,) = body_from(line)

    found = (block.kind, block.number, block.text, block.is_heading)
    assert found == (kind, number, words, is_title)


def test_the_title_of_a_chapter_stands_below_it() -> None:
    blocks = body_from("Chương II\n\nTỔ CHỨC THỰC HIỆN\nMục 1\nĐiều 3. A\nPhần thứ nhất\n")

    found = [(block.kind, block.number, block.title) for block in blocks]
    assert found == [
        ("chapter", "Chương II", "TỔ CHỨC THỰC HIỆN"),
        ("section", "Mục 1", ""),
        ("article", "Điều 3.", ""),
        ("chapter", "Phần thứ nhất", ""),
    ]


def test_lines_between_bars_are_a_table() -> None:
    (table,) = body_from("| TT | Tên | Tiền |\n|:-:|---|--:|\n| 1 | Lan |\n| 2 | Bình | 3 | 4 |")

    assert table.rows == (("TT", "Tên", "Tiền"), ("1", "Lan", ""), ("2", "Bình", "3 | 4"))
    assert (table.aligned, table.has_head) == (("center", "left", "right"), True)


def test_a_table_without_a_line_of_dashes_has_no_head() -> None:
    (table,) = body_from("| 1 | Lan |\n| 2 | Bình |")

    assert (table.has_head, table.aligned) == (False, ("left", "left"))


@pytest.mark.parametrize(
    ("text", "runs"),
    [
        ("**đậm** và *nghiêng*", [("đậm", True, False), (" và ", False, False)]),
        ("5 * 3 * 2", [("5 * 3 * 2", False, False)]),
        ("**mở", [("**mở", False, False)]),
        ("", []),
    ],
)
def test_stars_make_letters_bold_and_italic(text: str, runs: list[tuple[str, bool, bool]]) -> None:
    found = [astuple(run) for run in runs_of(text)]

    assert found[:2] == runs
    assert all(is_italic for _, _, is_italic in found[2:])


@given(st.text(alphabet="*|-. \n1aIĐiều)^=", max_size=300))
def test_no_letter_of_a_text_is_lost(text: str) -> None:
    said = "".join(
        "".join(run.text for run in runs_of(part))
        for block in body_from(text)
        for part in (block.number, block.title, block.text, *(c for r in block.rows for c in r))
    )

    kept = [letter for letter in text if letter in "aIĐiều)"]
    assert [letter for letter in said if letter in "aIĐiều)"] == kept


@pytest.mark.parametrize("text", ["**a " * 20_000, "*a" * 30_000, "|" * 50_000, "Điều " * 20_000])
def test_a_text_made_to_be_slow_is_read_at_once(text: str) -> None:
    assert body_from(text) != ()
    assert runs_of(text) != ()
