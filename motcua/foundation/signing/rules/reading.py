"""Reads documents of others: makes them flat, finds places, draws pages. Knows no Django.

Run as a program, with limits, for one document: the first line of the input is the order as JSON,
the rest is the document. What is asked of an unknown file never happens where keys are.
"""

import io
import json
import resource
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium
from PIL import Image, ImageDraw

from .looking import facts_of, words_within

PICTURE_WIDTH = 620
_QUALITY = 55
_CHOSEN, _OTHER, _LETTER = "#b00020", "#0b4f9e", 18
MOST_MEMORY, MOST_CPU_SECONDS = 1_500_000_000, 20
MOST_PAGES = 2_000


def flat(pdf: bytes, pages: Sequence[int] = ()) -> bytes:
    """Return the document as it looks: fields and signatures are drawn, pages may be chosen.

    Raises: ValueError if a page is not there, or there are too many.
    """
    document = pypdfium2.PdfDocument(pdf)
    document.init_forms()
    count = len(document)
    if count > MOST_PAGES or any(not 0 <= page < count for page in pages):
        raise ValueError("no such page")
    for page in document:
        if pdfium.FPDFPage_Flatten(page, pdfium.FLAT_PRINT) == pdfium.FLATTEN_FAIL:
            raise ValueError("the page cannot be made flat")
    chosen = pypdfium2.PdfDocument.new()
    chosen.import_pages(document, list(pages) or None)
    made = io.BytesIO()
    chosen.save(made)
    return made.getvalue()


def found(pdf: bytes, words: Sequence[str]) -> list[dict[str, Any]]:
    """Return where each of the words stands last: the page and left, low, right, high in points."""
    document = pypdfium2.PdfDocument(pdf)
    if len(document) > MOST_PAGES:
        raise ValueError("too many pages")
    places = dict(_places(document, words))
    return [{"word": word, **places[word]} for word in words if word in places]


def _places(
    document: pypdfium2.PdfDocument, words: Sequence[str]
) -> Iterator[tuple[str, dict[str, Any]]]:
    for number, page in enumerate(document):
        text = page.get_textpage()
        for word in words:
            search = text.search(word, match_case=True)
            while (hit := search.get_next()) is not None:
                boxes = [text.get_charbox(i) for i in range(hit[0], hit[0] + hit[1])]
                box = [*map(min, zip(*[one[:2] for one in boxes], strict=True))]
                box += [*map(max, zip(*[one[2:] for one in boxes], strict=True))]
                yield word, {"page": number, "box": box, "size": list(page.get_size())}


def picture(pdf: bytes, number: int, marks: Sequence[Mapping[str, Any]]) -> bytes:
    """Return a page as a picture with numbered frames round the places; the chosen one is red."""
    page = pypdfium2.PdfDocument(pdf)[number]
    left, _, _, high = page.get_cropbox()
    scale = PICTURE_WIDTH / page.get_width()
    drawn = page.render(scale=scale).to_pil().convert("RGB")
    pen = ImageDraw.Draw(drawn)
    for mark in marks:
        box, colour = mark["box"], _CHOSEN if mark["chosen"] else _OTHER
        corners = [
            (box[0] - left) * scale,
            (high - box[3]) * scale,
            (box[2] - left) * scale,
            (high - box[1]) * scale,
        ]
        pen.rectangle(corners, outline=colour, width=2)
        pen.text((corners[0] + 3, corners[1] - _LETTER), mark["label"], colour, font_size=_LETTER)
    made = io.BytesIO()
    drawn.quantize(64, dither=Image.Dither.NONE).convert("RGB").save(
        made, "WEBP", quality=_QUALITY, method=2
    )
    return made.getvalue()


_DOES: Mapping[str, Callable[[Mapping[str, Any], bytes], bytes]] = {
    "flat": lambda order, pdf: flat(pdf, order["pages"]),
    "find": lambda order, pdf: _told(found(pdf, order["words"])),
    "look": lambda order, pdf: _told(facts_of(pdf, order["names"], MOST_PAGES)),
    "within": lambda order, pdf: _told(words_within(pdf, order["page"], order["box"])),
    "picture": lambda order, pdf: picture(pdf, order["page"], order["marks"]),
}


def _told(answer: object) -> bytes:
    return json.dumps(answer).encode()


def main() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_CPU_SECONDS, MOST_CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    order = json.loads(sys.stdin.buffer.readline())
    sys.stdout.buffer.write(_DOES[order["do"]](order, sys.stdin.buffer.read()))


if __name__ == "__main__":
    main()
