"""The mark of arrival on a copy of an incoming document."""

import io
from collections.abc import Callable
from datetime import date

import pypdfium2
import pytest
from PIL import Image, ImageDraw
from pypdf import PdfReader, PdfWriter

from motcua.foundation.papers import api as papers
from motcua.foundation.papers.operations import arrivals, overlaying

from .make_documents import SENTENCE, make_document

STAMP = papers.ArrivalStamp(
    agency="Sở Nội vụ", number=7, arrived_on=date(2026, 2, 5), to="Bình", file_code="01.CCHC"
)
LETTER = papers.DocumentKind.OFFICIAL_LETTER


def seen(pdf: bytes) -> Image.Image:
    """Return the first page as a reader sees it, two dots a millimetre."""
    picture: Image.Image = pypdfium2.PdfDocument(pdf)[0].render(scale=2 / overlaying.MM).to_pil()
    return picture


def frame_on(pdf: bytes) -> tuple[float, float, float, float]:
    """Return the edges of what is red on the page, in millimetres from the left and the top."""
    red, green, _ = seen(pdf).convert("RGB").split()
    marked = Image.merge("RGB", (red, green, green)).convert("HSV").split()[1]
    box = marked.point(lambda dot: 255 if dot > 150 else 0).getbbox()
    assert box is not None
    return box[0] / 2, box[1] / 2, box[2] / 2, box[3] / 2


def turned(pdf: bytes, degrees: int, shift: int = 0) -> bytes:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf)))
    page = writer.pages[0]
    page.rotate(degrees)
    box = page.mediabox
    box.lower_left, box.upper_right = (
        (box.left + shift, box.bottom + shift),
        (box.right + shift, box.top + shift),
    )
    written = io.BytesIO()
    writer.write(written)
    return written.getvalue()


def test_the_copy_begins_with_the_original_and_says_who_received_when() -> None:
    original = papers.render_document(make_document(LETTER))

    copy = papers.stamp_arrival(original, STAMP)

    assert copy[: len(original)] == original
    said = " ".join(PdfReader(io.BytesIO(copy)).pages[0].extract_text().split())
    words = ("SỞ NỘI VỤ", "ĐẾN", "Số: 07", "Ngày: 05/02/2026", "Chuyển: Bình", "HS: 01.CCHC")
    assert [one for one in words if one not in said] == []


def test_the_mark_has_its_legal_size_and_covers_no_letter() -> None:
    original = papers.render_document(make_document(LETTER))

    left, top, right, bottom = frame_on(papers.stamp_arrival(original, STAMP))

    assert (right - left, bottom - top) == pytest.approx((50, 35), abs=1.5)
    before = seen(original).convert("L").crop((left * 2, top * 2, right * 2, bottom * 2))
    assert before.getextrema() == (255, 255)


def test_on_a_full_page_the_mark_is_smaller_and_still_covers_nothing() -> None:
    full = papers.render_document(make_document(papers.DocumentKind.NOTICE, body=SENTENCE * 30))

    left, top, right, bottom = frame_on(papers.stamp_arrival(full, STAMP))

    assert 25 < right - left < 45
    before = seen(full).convert("L").crop((left * 2, top * 2, right * 2, bottom * 2))
    assert before.getextrema() == (255, 255)


@pytest.mark.parametrize("degrees", [0, 90, 180, 270])
@pytest.mark.parametrize("shift", [0, 200])
def test_the_mark_stands_upright_however_the_page_is_turned(degrees: int, shift: int) -> None:
    page = turned(papers.render_document(make_document(LETTER)), degrees, shift)

    left, top, right, bottom = frame_on(papers.stamp_arrival(page, STAMP))

    assert (right - left, bottom - top) == pytest.approx((50, 35), abs=1.5)


def test_a_page_black_all_over_still_gets_its_mark() -> None:
    black = Image.new("L", (630, 891), 0)

    place = overlaying.find_place(overlaying.Inked(black))

    assert place.scale == 0.7


def test_the_place_nearest_to_where_a_clerk_looks_is_taken() -> None:
    page = Image.new("L", (630, 891), 255)
    ImageDraw.Draw(page).rectangle((60, 60, 330, 260), fill=0)

    place = overlaying.find_place(overlaying.Inked(page))

    assert (round(place.left), round(place.top), place.scale) == (136, 44, 1.0)


def locked() -> bytes:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(papers.render_document(make_document()))))
    writer.encrypt("mật khẩu", algorithm="AES-256")
    written = io.BytesIO()
    writer.write(written)
    return written.getvalue()


def tiny() -> bytes:
    writer = PdfWriter()
    writer.add_blank_page(20, 20)
    written = io.BytesIO()
    writer.write(written)
    return written.getvalue()


@pytest.mark.parametrize(
    ("make", "reason"),
    [
        (lambda: b"", "không phải là PDF"),
        (lambda: b"%PDF-1.7\nxin", "không phải là PDF"),
        (lambda: b"PK\x03\x04", "không phải là PDF"),
        (locked, "có mật khẩu"),
        (tiny, "quá nhỏ hoặc quá lớn"),
    ],
    ids=["empty", "broken", "zip", "locked", "tiny"],
)
def test_what_cannot_be_drawn_on_is_refused_with_the_reason(
    make: Callable[[], bytes], reason: str
) -> None:
    with pytest.raises(papers.PdfRefused, match=reason):
        papers.stamp_arrival(make(), STAMP)


def test_a_file_that_takes_too_long_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(arrivals, "_LONGEST_SECONDS", 0.001)

    with pytest.raises(papers.PdfRefused, match="không phải là PDF đọc được"):
        papers.stamp_arrival(papers.render_document(make_document()), STAMP)
