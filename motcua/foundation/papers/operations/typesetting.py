"""Render any official paper to a tagged PDF/A."""

import io
import json
import subprocess
import sys
import unicodedata
from dataclasses import replace
from datetime import UTC, datetime, time
from functools import lru_cache, partial
from pathlib import Path

import segno
from django.conf import settings
from fontTools.ttLib import TTFont

from motcua.foundation.papers.errors import FontsMissing, LayoutBroken
from motcua.foundation.papers.rules.document_values import document_values
from motcua.foundation.papers.rules.documents import AdministrativeDocument
from motcua.foundation.papers.rules.notices import OutcomePaper
from motcua.foundation.papers.rules.parts import OfficialPaper
from motcua.foundation.papers.rules.printing import print_values, qr_text
from motcua.foundation.papers.rules.registers import RegisterBook, check_register, shape_of
from motcua.foundation.papers.rules.wording import printable

from . import press

FACES = ("Tinos-Regular.ttf", "Tinos-Bold.ttf", "Tinos-Italic.ttf", "Tinos-BoldItalic.ttf")
# A book of 5,000 lines takes about 0.9 GB while it is set; a slip takes nothing worth a process.
LONG_VALUES = 400_000
LONGEST_SECONDS = 300


def render_paper(paper: OfficialPaper, *, has_fields: bool = False, initials: int = 0) -> bytes:
    """Return the paper as tagged PDF/A-2a; the same values give the same bytes.

    With fields the places of signatures are marked, for signing; of an outcome those of number
    and day too, which its seal fills. So many initials have their places after the text.

    Raises: PaperIncomplete, PaperTooLong, FontsMissing, LayoutBroken.
    Costs: 5-20 ms a page; a long book is set in a process of its own.
    Source: docs/law/official-papers.md
    """
    values = values_of(paper, has_fields=has_fields, initials=initials)
    stamp = datetime.combine(paper.letterhead.issued_on, time(), tzinfo=UTC)
    return set_type(paper.layout, values, folder=fonts_dir(), stamp=int(stamp.timestamp()))


def render_outcome_pdf(
    paper: OutcomePaper, *, has_fields: bool = False, initials: int = 0
) -> bytes:
    """Return a decision or confirmation as tagged PDF/A-2a, with fields if it is to be signed.

    Raises: PaperIncomplete, FontsMissing, LayoutBroken.
    """
    return render_paper(paper, has_fields=has_fields, initials=initials)


def render_document(
    document: AdministrativeDocument, *, has_fields: bool = False, initials: int = 0
) -> bytes:
    """Return an administrative document of any kind as tagged PDF/A-2a.

    With fields the places of number, day, signatures, seal and so many initials are marked for
    signing.

    Raises: PaperIncomplete, PaperTooLong, FontsMissing, LayoutBroken.
    Costs: some 10 ms, and 5 ms a page.
    Source: docs/law/document-layout.md
    """
    values = _document_json(document, has_fields=has_fields, initials=initials)
    stamp = datetime.combine(document.letterhead.issued_on, time(), tzinfo=UTC)
    return set_type(document.layout, values, folder=fonts_dir(), stamp=int(stamp.timestamp()))


def _document_json(document: AdministrativeDocument, *, has_fields: bool, initials: int = 0) -> str:
    if has_fields:  # number and day are not known yet, nor need an annex of such a file say them
        document = _without_number(document)
    values = document_values(document, clean=partial(printable, letters=letters(fonts_dir())))
    places = {
        "qr": qr_svg(document.check_url),
        "signed": has_fields,
        "fields": has_fields,
        "initials": initials if has_fields else 0,
    }
    return json.dumps(values | places, ensure_ascii=False)


def _without_number(document: AdministrativeDocument) -> AdministrativeDocument:
    head = replace(document.letterhead, number=None)
    return replace(document, letterhead=head, is_dated=False)


def render_register(book: RegisterBook) -> bytes:
    """Return a volume of a book of the registry: a cover, then its lines in legal columns.

    Raises: PaperIncomplete if an entry has not one text for each column, PaperTooLong,
    FontsMissing, LayoutBroken.
    Costs: about 4 ms for ten lines; a long book is set in a process of its own.
    Source: docs/law/registry-books.md
    """
    check_register(book)
    return render_paper(book)


def values_of(paper: OfficialPaper, *, has_fields: bool = False, initials: int = 0) -> str:
    """Return what the paper's layout reads, as JSON.

    Raises: PaperIncomplete, PaperTooLong, FontsMissing.
    """
    if isinstance(paper, AdministrativeDocument):
        return _document_json(paper, has_fields=has_fields, initials=initials)
    values = print_values(paper, clean=partial(printable, letters=letters(fonts_dir())))
    if isinstance(paper, RegisterBook):
        values |= shape_of(paper.kind)
    is_numbered_later = has_fields and isinstance(paper, OutcomePaper)
    places = {"signed": has_fields, "fields": is_numbered_later, "initials": initials}
    return json.dumps(values | {"qr": qr_svg(qr_text(paper)), **places}, ensure_ascii=False)


def fonts_dir() -> str:
    """Return the folder of the printing fonts.

    Raises: FontsMissing.
    """
    folder = Path(settings.PAPER_FONTS_DIR)
    missing = [face for face in FACES if not (folder / face).is_file()]
    if missing:
        raise FontsMissing(
            f"Thiếu phông chữ in giấy tờ ({', '.join(missing)}) trong thư mục {folder}. "
            "Hãy chạy lại ./run để cài phông chữ, hoặc đặt PAPER_FONTS_DIR."
        )
    return f"{folder}"


@lru_cache(maxsize=4)
def letters(folder: str) -> frozenset[int]:
    """Return the letters that every face in the folder can draw."""
    return frozenset.intersection(*[_letters_of(Path(folder) / face) for face in FACES])


def _letters_of(face: Path) -> frozenset[int]:
    with TTFont(face, lazy=True) as font:
        return frozenset(font.getBestCmap())


def qr_svg(content: str) -> str:
    """Return the QR mark as SVG, or nothing for nothing."""
    if not content:
        return ""
    drawing = io.BytesIO()
    mark = segno.make_qr(unicodedata.normalize("NFC", content), error="m")
    mark.save(drawing, kind="svg", border=1, xmldecl=False, svgns=True)
    return drawing.getvalue().decode()


def set_type(layout: str, values: str, *, folder: str, stamp: int) -> bytes:
    """Return what a layout makes of the values; a long book is set in a process of its own.

    Raises: LayoutBroken.
    """
    setter = _in_own_process if len(values) > LONG_VALUES else _here
    return setter(layout, values, fonts_dir=folder, stamp=stamp)


def _here(layout: str, values: str, *, fonts_dir: str, stamp: int) -> bytes:
    try:
        return press.press(layout, values, fonts_dir=fonts_dir, stamp=stamp)
    except RuntimeError as error:  # typst's own errors and a missing file
        raise LayoutBroken(f"Không dàn được trang “{layout}”: {error}") from error


def _in_own_process(layout: str, values: str, *, fonts_dir: str, stamp: int) -> bytes:
    order = {"layout": layout, "values": values, "fonts_dir": fonts_dir, "stamp": stamp}
    answer = subprocess.run(  # noqa: S603 -- our own file, run by our own interpreter
        [sys.executable, press.__file__],
        input=json.dumps(order).encode(),
        capture_output=True,
        timeout=LONGEST_SECONDS,
        check=False,
    )
    if answer.returncode:
        raise LayoutBroken(f"Không dàn được trang “{layout}”: {answer.stderr.decode()[-500:]}")
    return answer.stdout
