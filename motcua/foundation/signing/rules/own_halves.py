"""A program of its own: begin the signature of each paper that somebody brought, within limits.

What is asked of a stranger's file never happens where keys are. The first line of the input is
the order as JSON, the rest is the papers one after the other; for each a line of JSON is written.
Knows no database.
"""

import io
import json
import resource
import sys
from base64 import b64decode, b64encode
from collections.abc import Iterator, Mapping
from datetime import datetime
from hashlib import sha256
from typing import Any

import pypdfium2
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.pdf_utils.writer import copy_into_new_writer

from motcua.foundation.signing.choices import TurnRole
from motcua.foundation.signing.errors import NOT_STANDARD, DocumentUnfit, WrongCertificate
from motcua.foundation.signing.rules.halves import Half, Order, begin
from motcua.foundation.signing.rules.order import FILL_FORMS, field_names, locks_of
from motcua.foundation.signing.rules.pdf import opened, written
from motcua.foundation.signing.rules.places import with_fields
from motcua.lib.tongue import said

MOST_MEMORY, MOST_CPU_SECONDS, DEEPEST = 1_500_000_000, 30, 2_000
MOST_PAGES, SCALE = 200, 0.5
LOCKED = "Tệp PDF có mật khẩu. Hãy bỏ mật khẩu rồi tải lên lại để ký."
FINAL = "Tệp PDF đã khóa, không cho thêm chữ ký. Hãy dùng bản chưa khóa, hoặc nộp tệp như đang có."
Row = Mapping[str, Any]
OURS = (TurnRole.APPLICANT,)
OUR_FIELD = field_names(OURS)[0]


def halves_of(order: Row, papers: bytes) -> Iterator[Row]:
    """Yield what becomes of each paper: a half, or the sentence that says why not."""
    start = 0
    for row in order["papers"]:
        pdf = papers[start : start + row["size"]]
        start += row["size"]
        yield _half_of(order, row, pdf)


def _half_of(order: Row, row: Row, pdf: bytes) -> Row:
    try:
        return _made(order, row, pdf)
    except (DocumentUnfit, WrongCertificate) as error:
        return {"error": FINAL if str(error).startswith("Văn bản không ký được") else str(error)}
    except (
        PdfError,
        pypdfium2.PdfiumError,
        ValueError,
        KeyError,
        TypeError,
        RecursionError,
        MemoryError,
    ):
        is_locked = b"/Encrypt" in pdf[-4096:]
        return {"error": LOCKED if is_locked else NOT_STANDARD}


def _made(order: Row, row: Row, pdf: bytes) -> Row:
    """Raises: DocumentUnfit, WrongCertificate, and what the engine raises."""
    is_ours = bool(row["is_ours"])
    base = with_fields(pdf, locks_of(OURS)) if is_ours else clean(pdf)
    half = begin(
        base,
        Order(
            field_name=OUR_FIELD if is_ours else str(row["field"]),
            certificate=b64decode(order["certificate"]),
            chain=tuple(b64decode(one) for one in order["chain"]),
            at=datetime.fromisoformat(order["at"]),
            permits=locks_of(OURS)[OUR_FIELD].permits if is_ours else FILL_FORMS,
            certifies=is_ours,
            stamp=b64decode(row["stamp"]) if is_ours else None,
            digest=str(order["digest"]),
        ),
    )
    return {"base": b64encode(base).decode() if base is not pdf else "", **_plain(half)}


def clean(pdf: bytes) -> bytes:
    """Return the paper as it is if it keeps the rules of PDF, else written anew, looking the same.

    Cameras and old printers break small rules; what is signed on top of that, strict readers call
    damaged. Looking the same is proven page by page. What bears a signature is never rewritten.

    Raises: DocumentUnfit, and what the engine raises.
    """
    try:
        opened(pdf)
    except DocumentUnfit:
        if b"/ByteRange" in pdf:
            raise
    else:
        return pdf
    anew = written(copy_into_new_writer(PdfFileReader(io.BytesIO(pdf), strict=False)))
    opened(anew)
    if looks_of(anew) != looks_of(pdf):
        raise DocumentUnfit(NOT_STANDARD, field="file")
    return anew


def looks_of(pdf: bytes) -> list[bytes]:
    """Return the fingerprint of each page as it is drawn. Raises: DocumentUnfit."""
    document = pypdfium2.PdfDocument(pdf)
    if len(document) > MOST_PAGES:
        raise DocumentUnfit(
            said("Tệp có hơn %(most_pages)s trang; hãy chia nhỏ rồi ký.", most_pages=MOST_PAGES),
            field="file",
        )
    return [sha256(page.render(scale=SCALE).buffer).digest() for page in document]


def _plain(half: Half) -> Row:
    return {
        "tail": b64encode(half.tail).decode(),
        "document_digest": half.document_digest.hex(),
        "reserved_start": half.reserved_start,
        "reserved_end": half.reserved_end,
        "attributes": half.attributes.hex(),
    }


def main() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_CPU_SECONDS, MOST_CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    sys.setrecursionlimit(DEEPEST)
    order = json.loads(sys.stdin.buffer.readline())
    for row in halves_of(order, sys.stdin.buffer.read()):
        sys.stdout.write(json.dumps(row) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
