"""What NĐ 30/2020 says of how signatures look, measured on the finished pages."""

import io
from datetime import timedelta

import pypdfium2
import pytest
from PIL import Image, ImageDraw
from pypdf import PdfReader
from pytest_django import Settings

from motcua.foundation.signing import api as signing
from motcua.foundation.signing.api import (
    AttachmentIn,
    CopyIn,
    CopyKind,
    DocumentUnfit,
    Level,
    SigningRequest,
)
from motcua.foundation.signing.operations.carrying import carry_on
from motcua.foundation.signing.operations.copying import words_in
from motcua.foundation.signing.operations.examining import world_at
from motcua.foundation.signing.rules.examining.pdf import examine_pdf
from motcua.foundation.signing.tests.make import make_drafted
from motcua.foundation.trust import api as trust
from motcua.foundation.trust.api import ImageIn, ImageKind
from motcua.foundation.trust.tests.make import MONDAY, QUANG, SEN
from motcua.lib.actor import Actor
from motcua.lib.clock import local_day

from .proof import NAME, SEAL, ask, make_hoa
from .test_pdfa import sealed as signed_by_others

pytestmark = pytest.mark.django_db
MM = 72 / 25.4
SCALE = 4
BLUE, RED = (20, 50, 170, 255), (214, 20, 20, 255)
MOMENT = "2026-03-02T09:00:00+07:00"
Box = tuple[float, float, float, float]


@pytest.fixture(autouse=True)
def _no_services(settings: Settings) -> None:
    settings.TSA_ADDRESS = ""


def make_picture(hoa: Actor, kind: ImageKind, colour: tuple[int, ...], mm: tuple[int, int]) -> None:
    """Keep a picture that is a frame of a colour."""
    drawn = io.BytesIO()
    image = Image.new("RGBA", (mm[0] * 10, mm[1] * 10), (0, 0, 0, 0))
    edges = (0, 0, image.width - 1, image.height - 1)
    ImageDraw.Draw(image).rectangle(edges, outline=colour, width=25)
    image.save(drawn, "PNG")
    given = ImageIn(
        kind,
        drawn.getvalue(),
        *mm,
        local_day(MONDAY),
        officer_id=officer_of(hoa) if kind == ImageKind.HANDWRITING else None,
        agency_id=hoa.agency_id if kind == ImageKind.SEAL else None,
    )
    kept = trust.keep_image(given, by=QUANG, at=MONDAY)
    trust.approve_image(kept.pk, by=SEN, at=MONDAY)


def officer_of(hoa: Actor) -> int:
    found = signing.certificates_for(hoa, MONDAY)[0].officer_id
    assert found is not None
    return found


def sealed(seal_mm: int = 36) -> bytes:
    hoa = make_hoa()
    make_picture(hoa, ImageKind.HANDWRITING, BLUE, (48, 22))
    make_picture(hoa, ImageKind.SEAL, RED, (seal_mm, seal_mm))
    request = ask(hoa, Level.B_B)
    signing.begin_attempt(request.code, by=hoa, at=MONDAY)
    carry_on(at=MONDAY)
    signing.number_and_seal(request.code, by=hoa, at=MONDAY)
    carry_on(at=MONDAY)
    request.refresh_from_db()
    return signing.document_of(request)


def picture_of(pdf: bytes, page: int = 0) -> Image.Image:
    document = pypdfium2.PdfDocument(pdf)
    document.init_forms()
    drawn: Image.Image = document[page].render(scale=SCALE, may_draw_forms=True).to_pil()
    return drawn.convert("RGB")


def box_of(page: Image.Image, colour: tuple[int, ...]) -> Box:
    """Return where a colour stands: left, top, right, low in millimetres from the corner."""
    bands = [
        band.point([255 if abs(value - wanted) < 30 else 0 for value in range(256)])
        for band, wanted in zip(page.split(), colour, strict=False)
    ]
    mask = bands[0]
    for band in bands[1:]:
        mask = Image.composite(band, Image.new("L", page.size), mask)
    found = mask.getbbox()
    assert found is not None
    left, top, right, low = (edge / SCALE / MM for edge in found)
    return left, top, right, low


@pytest.mark.parametrize("seal_mm", [30, 36, 42])
def test_the_seal_is_as_large_as_it_is_and_covers_the_left_third_of_the_signature(
    seal_mm: int,
) -> None:
    page = picture_of(sealed(seal_mm))

    red, blue = box_of(page, RED), box_of(page, BLUE)
    assert (red[2] - red[0], red[3] - red[1]) == pytest.approx((seal_mm, seal_mm), abs=0.4)
    assert (red[2] - blue[0]) / 48 == pytest.approx(1 / 3, abs=0.03)


def test_the_handwriting_stands_in_the_middle_between_title_and_name() -> None:
    pdf = sealed()
    title, name = (place.box for place in words_in(pdf, ["CHỦ TỊCH", NAME]))
    left, top, right, low = box_of(picture_of(pdf), BLUE)

    middle = (left + right) / 2 * MM
    assert middle == pytest.approx((title[0] + title[2]) / 2, abs=2 * MM)
    assert middle == pytest.approx((name[0] + name[2]) / 2, abs=2 * MM)
    height = float(PdfReader(io.BytesIO(pdf)).pages[0].mediabox.height)
    assert title[1] > height - top * MM > height - low * MM > name[3]


def test_on_the_pages_of_the_same_file_nothing_more_is_drawn() -> None:
    fields = PdfReader(io.BytesIO(sealed())).get_fields() or {}

    assert sorted(fields) == ["SIG_LEADER_1", "SIG_ORG", "ngay", "so"]


def test_number_and_day_are_written_as_the_decree_says() -> None:
    fields = PdfReader(io.BytesIO(sealed())).get_form_text_fields()

    assert fields == {"so": "01", "ngay": "ngày 02 tháng 3 năm 2026"}


def copied(kind: CopyKind, source: bytes, pages: tuple[int, ...] = ()) -> SigningRequest:
    hoa = make_hoa()
    make_picture(hoa, ImageKind.SEAL, RED, (36, 36))
    given = CopyIn(
        kind, "test:copy", "Bản sao", "", source, hoa.agency_id or 0, hoa.unit_ids[0], pages
    )
    request = signing.request_copy(given, by=hoa, at=MONDAY)
    signing.number_and_seal(request.code, by=hoa, at=MONDAY)
    carry_on(at=MONDAY)
    request.refresh_from_db()
    return request


def two_pages() -> bytes:
    document = pypdfium2.PdfDocument.new()
    for _ in range(2):
        document.import_pages(pypdfium2.PdfDocument(make_drafted()))
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()


@pytest.mark.parametrize("kind", [CopyKind.WHOLE, CopyKind.RECEIVED])
def test_a_copy_says_top_right_what_it_is_by_whom_and_when(kind: CopyKind) -> None:
    pdf = signing.document_of(copied(kind, make_drafted()))

    words = [str(kind), SEAL, MOMENT]
    places = [place.box for place in words_in(flattened(pdf), words)]
    assert len(places) == len(words)
    page = PdfReader(io.BytesIO(pdf)).pages[0].mediabox
    assert all(box[0] > float(page.width) / 2 for box in places)
    assert all(box[1] > float(page.height) - 20 * MM for box in places)
    # The whole of the first line lies inside the mark, which begins four millimetres from the edge.
    assert max(box[3] for box in places) < float(page.height) - 4 * MM


def test_a_copy_bears_its_number_in_the_mark() -> None:
    pdf = signing.document_of(copied(CopyKind.WHOLE, make_drafted()))

    assert words_in(flattened(pdf), ["SAO Y số 01/SY"])


def flattened(pdf: bytes) -> bytes:
    document = pypdfium2.PdfDocument(pdf)
    document.init_forms()
    pypdfium2.raw.FPDFPage_Flatten(document[0], 1)
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()


def test_the_mark_of_a_copy_is_in_upright_black_letters_of_ten_points_without_a_seal() -> None:
    pdf = flattened(signing.document_of(copied(CopyKind.WHOLE, make_drafted())))

    text = pypdfium2.PdfDocument(pdf)[0].get_textpage()
    size = [
        pypdfium2.raw.FPDFText_GetFontSize(text, i)
        for i in range(*span_of(text.get_text_range(), MOMENT))
    ]
    assert set(size) == {10.0}
    assert reds_in(picture_of(pdf)) == 0


def span_of(text: str, words: str) -> tuple[int, int]:
    return text.index(words), text.index(words) + len(words)


def reds_in(page: Image.Image) -> int:
    """Return how many dots of a page have the colour of a seal."""
    found = page.getcolors(1 << 24) or []
    return sum(count for count, pixel in found if is_red(pixel))


def is_red(pixel: object) -> bool:
    return isinstance(pixel, tuple) and pixel[0] > 180 and max(pixel[1:]) < 60


def test_a_copy_has_one_signature_the_agencys_and_passes() -> None:
    request = copied(CopyKind.WHOLE, signed_by_others())

    report = examine_pdf(signing.document_of(request), world_at(MONDAY + timedelta(hours=1)))

    found = [(one.field_name, one.signer) for one in report.signatures]
    assert found == [("SIG_COPY", SEAL)]


def test_a_copy_of_a_signed_paper_still_shows_its_number() -> None:
    pdf = signing.document_of(copied(CopyKind.WHOLE, signed_by_others()))

    text = pypdfium2.PdfDocument(pdf)[0].get_textpage().get_text_range()
    assert "15" in text.split("Số:")[1][:6]


def test_an_extract_has_the_chosen_pages_only() -> None:
    request = copied(CopyKind.PART, two_pages(), pages=(2,))

    assert len(PdfReader(io.BytesIO(signing.document_of(request))).pages) == 1


@pytest.mark.parametrize(
    ("kind", "pages"), [(CopyKind.PART, ()), (CopyKind.WHOLE, (1,)), (CopyKind.PART, (9,))]
)
def test_a_copy_is_whole_and_an_extract_says_of_which_pages(
    kind: CopyKind, pages: tuple[int, ...]
) -> None:
    with pytest.raises(DocumentUnfit):
        copied(kind, make_drafted(), pages)


def test_a_copy_keeps_a_scan_as_it_is() -> None:
    scan = Image.effect_noise((1654, 2339), 60).convert("RGB")  # A4 at 200 dpi
    source = io.BytesIO()
    scan.save(source, "PDF", resolution=200)

    pdf = signing.document_of(copied(CopyKind.WHOLE, source.getvalue()))

    before, after = (pictures_in(one) for one in (source.getvalue(), pdf))
    assert (after[0].size, after) == ((1654, 2339), before)


def pictures_in(pdf: bytes) -> list[Image.Image]:
    pages = PdfReader(io.BytesIO(pdf)).pages
    return [one.image for one in pages[0].images if one.image is not None]


def test_a_file_that_is_no_document_is_not_copied() -> None:
    with pytest.raises(DocumentUnfit, match="hỏng"):
        copied(CopyKind.WHOLE, b"%PDF-1.7 nothing")


def test_an_attachment_names_the_document_it_belongs_to_and_when() -> None:
    hoa = make_hoa()
    given = AttachmentIn(
        "15/QĐ-UBND", "test:2", "Phụ lục", "", make_drafted(), hoa.agency_id or 0, hoa.unit_ids[0]
    )
    request = signing.request_attachment(given, by=hoa, at=MONDAY)
    signing.number_and_seal(request.code, by=hoa, at=MONDAY)
    carry_on(at=MONDAY)
    request.refresh_from_db()

    words = ["15/QĐ-UBND", MOMENT]
    places = words_in(flattened(signing.document_of(request)), words)
    assert [place.word for place in places] == words
