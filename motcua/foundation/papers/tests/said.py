"""Reading a printed paper back."""

import io
import unicodedata
from functools import lru_cache

from pypdf import PdfReader

from motcua.foundation.papers import api as papers


@lru_cache(maxsize=64)
def printed(paper: papers.OfficialPaper) -> bytes:
    return papers.render_paper(paper)


def reader(paper: papers.OfficialPaper) -> PdfReader:
    return PdfReader(io.BytesIO(printed(paper)))


def text_of(paper: papers.OfficialPaper) -> str:
    """Return all that the paper says, with single spaces."""
    return said_in(printed(paper))


def said_in(pdf: bytes) -> str:
    """Return all that a PDF says, with single spaces."""
    pages = [page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages]
    return unicodedata.normalize("NFC", " ".join(" ".join(pages).split()))


def letters_of(paper: papers.OfficialPaper) -> str:
    """Return all that the paper says without spaces, so that broken words are whole again."""
    return text_of(paper).replace(" ", "")
