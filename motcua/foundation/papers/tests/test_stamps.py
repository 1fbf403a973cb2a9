"""What stands in the fields of a signed paper: pictures at their size, words on their line."""

import io

import pypdfium2
import pytest
from PIL import Image
from pypdf import PdfReader

from motcua.foundation.papers import api as papers

from .measure import letters_on

MM = 72 / 25.4
DPI_SCALE = 4


def make_red_square() -> bytes:
    drawn = io.BytesIO()
    Image.new("RGBA", (90, 90), (214, 20, 20, 255)).save(drawn, "PNG")
    return drawn.getvalue()


def red_box(pdf: bytes) -> tuple[int, int, int, int]:
    """Return where the red of a page stands, in quarters of a point."""
    page = pypdfium2.PdfDocument(pdf)[0].render(scale=DPI_SCALE).to_pil().convert("RGB")
    red = page.point(lambda value: value).split()
    mask = Image.eval(red[1], lambda green: 255 if green < 100 else 0)
    box = mask.getbbox()
    assert box is not None
    return box


def test_a_seal_is_set_at_its_real_size_in_the_middle_of_its_field() -> None:
    stamp = papers.render_image_stamp(
        make_red_square(), width_mm=20, height_mm=20, size=(36 * MM, 36 * MM)
    )

    left, top, right, low = red_box(stamp)
    assert [round(edge / DPI_SCALE / MM) for edge in (left, top, right, low)] == [8, 8, 28, 28]


def test_a_picture_larger_than_its_field_is_made_smaller() -> None:
    stamp = papers.render_image_stamp(
        make_red_square(), width_mm=60, height_mm=60, size=(36 * MM, 36 * MM)
    )

    left, top, right, low = red_box(stamp)
    assert [round(edge / DPI_SCALE / MM) for edge in (left, top, right, low)] == [0, 0, 36, 36]


def test_a_value_reads_as_it_was_written() -> None:
    stamp = papers.render_value("ngày 22 tháng 11 năm 2026", size=(58 * MM, 6 * MM), is_italic=True)

    text = PdfReader(io.BytesIO(stamp)).pages[0].extract_text()
    assert " ".join(text.split()) == "ngày 22 tháng 11 năm 2026"


def test_the_page_of_a_stamp_is_as_large_as_its_field() -> None:
    stamp = papers.render_value("15", size=(40.5, 17.0))

    box = PdfReader(io.BytesIO(stamp)).pages[0].mediabox
    assert (float(box.width), float(box.height)) == (40.5, 17.0)


@pytest.mark.parametrize(("letters", "size"), [(13, 13), (14, 14), (40, 16)])
def test_a_value_is_as_large_as_the_letters_around_its_field(letters: int, size: int) -> None:
    height = letters * 6 * MM / 13.5

    (value,) = letters_on(papers.render_value("07", size=(80, height)))

    assert value.size == pytest.approx(size, abs=0.1)
