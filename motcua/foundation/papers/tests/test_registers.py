"""The books of the registry: their legal columns, their cover, their last page."""

import io
from datetime import date
from typing import Any

import pytest
from pypdf import PdfReader

from motcua.foundation.papers import api as papers

from .make_documents import make_head

LAW = {
    "incoming": 10,
    "outgoing": 10,
    "hand_over_in": 5,
    "hand_over_out": 5,
    "despatch": 6,
    "kept_copies": 9,
    "follow_up": 7,
}
every_book = pytest.mark.parametrize("kind", papers.BookKind)


def make_book(
    kind: papers.BookKind = papers.BookKind.INCOMING, *, lines: int = 2, **changes: Any
) -> papers.RegisterBook:
    width = len(papers.columns_of(kind))
    values: dict[str, Any] = {
        "letterhead": make_head(issuer="Sở Nội vụ", number=None),
        "year": 2026,
        "from_day": date(2026, 1, 1),
        "to_day": date(2026, 12, 31),
        "entries": tuple(
            tuple(f"{line}.{column}" for column in range(1, width + 1))
            for line in range(1, lines + 1)
        ),
    }
    return papers.RegisterBook(kind=kind, **{**values, **changes})


def pages_of(book: papers.RegisterBook) -> list[str]:
    pages = PdfReader(io.BytesIO(papers.render_register(book))).pages
    return [" ".join(page.extract_text().split()) for page in pages]


@every_book
def test_a_book_has_the_columns_of_the_law(kind: papers.BookKind) -> None:
    assert len(papers.columns_of(kind)) == LAW[kind]


@every_book
def test_all_columns_and_lines_stand_on_a_page_across(kind: papers.BookKind) -> None:
    book = make_book(kind)
    pdf = PdfReader(io.BytesIO(papers.render_register(book)))

    assert [(round(p.mediabox.width), round(p.mediabox.height)) for p in pdf.pages] == [
        (842, 595)
    ] * 2
    said = "".join("".join(pdf.pages[1].extract_text().split()).split())
    numbers = "".join(f"({place})" for place in range(1, LAW[kind] + 1))
    wanted = [*papers.columns_of(kind), numbers, *("".join(entry) for entry in book.entries)]
    missing = [words for words in wanted if "".join(words.split()) not in said]
    assert missing == []


def test_the_cover_says_whose_book_of_which_year_it_is() -> None:
    cover = pages_of(make_book(volume="02"))[0]

    assert cover == (
        "SỞ NỘI VỤ SỔ ĐĂNG KÝ VĂN BẢN ĐẾN Năm: 2026 "
        "Từ ngày 01/01/2026 đến ngày 31/12/2026 Từ số 1.2 đến số 2.2 Quyển số: 02"
    )


def test_a_book_without_numbers_of_its_own_says_none_on_the_cover() -> None:
    assert "Từ số" not in pages_of(make_book(papers.BookKind.DESPATCH))[0]


def test_a_long_book_repeats_its_head_and_counts_its_pages_without_the_cover() -> None:
    closing = papers.BookClosing(
        closed_on=date(2026, 12, 31),
        keeper_name="Trần Văn Bình",
        signer=papers.Signer(title="Giám đốc", name="Lê Thị Hoa"),
    )
    pages = pages_of(make_book(lines=52, closing=closing))

    assert [page.count("Số đến") for page in pages] == [0] + [1] * (len(pages) - 1)
    assert f"Sổ này có 52 dòng, {len(pages) - 1} trang; khóa sổ ngày 31" in pages[-1]
    assert pages[-1].endswith("Trần Văn Bình GIÁM ĐỐC (Ký, đóng dấu) Lê Thị Hoa")


def test_an_open_book_says_so() -> None:
    assert pages_of(make_book(lines=0))[-1].endswith("Sổ có 0 dòng; chưa khóa sổ.")


def test_a_line_of_too_few_columns_is_named() -> None:
    with pytest.raises(papers.PaperIncomplete, match=r"Dòng 1 của .* có 1 cột, cần đúng 10 cột"):
        papers.render_register(make_book(entries=(("a",),)))


def test_a_volume_has_at_most_ten_thousand_lines() -> None:
    with pytest.raises(papers.PaperTooLong, match="chia thành nhiều quyển"):
        papers.render_register(make_book(lines=10_001))


def test_hostile_words_in_a_book_are_words() -> None:
    width = len(papers.columns_of("incoming"))

    said = pages_of(make_book(entries=(("#panic()",) * width,)))[1]

    assert said.count("#panic()") == width
