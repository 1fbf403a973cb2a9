"""Signed letters for the exchange to carry: a real page, as large as asked, a signature on it."""

import random
from collections.abc import Iterator
from datetime import datetime
from io import BytesIO
from pathlib import Path

from pyhanko.pdf_utils.generic import StreamObject
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner, SimpleSigner

from motcua.foundation.papers import api as papers
from simulators.authority import Authority, write_key

LETTER = 18
_WORDS = "Kính gửi Sở Nội vụ: đề nghị quý cơ quan cho ý kiến về dự thảo gửi kèm văn bản này."


def signed_letters(authority: Authority, folder: Path, at: datetime) -> "Writer":
    """Return who signs letters with a certificate of this authority."""
    pair = authority.issue("Nguyễn Văn Hoà", "Sở Nội vụ", at=at)
    folder.mkdir(parents=True, exist_ok=True)
    write_key(folder / "letters.pem", pair.key)
    (folder / "letters.crt").write_bytes(pair.der)
    (folder / "between.crt").write_bytes(authority.between.der)
    signer = SimpleSigner.load(
        str(folder / "letters.pem"),
        str(folder / "letters.crt"),
        ca_chain_files=(str(folder / "between.crt"),),
    )
    return Writer(signer, _page(at))


def _page(at: datetime) -> bytes:
    letterhead = papers.Letterhead(
        superior="UBND tỉnh", issuer="Sở Nội vụ", place="Điện Biên", issued_on=at.date(), number=1
    )
    return papers.render_document(
        papers.AdministrativeDocument(
            kind=papers.DocumentKind(LETTER),
            letterhead=letterhead,
            body=papers.body_from(_WORDS),
            signers=(papers.Signer(title="Giám đốc", name="Nguyễn Văn Hoà"),),
            subject="góp ý dự thảo",
            addressees=("Sở Nội vụ",),
        )
    )


class Writer:
    """Makes one signed letter after the other, each with other bytes."""

    def __init__(self, signer: SimpleSigner, page: bytes) -> None:
        self._signer, self._page = signer, page

    def letters(self, count: int, kilobytes: int) -> Iterator[bytes]:
        """Yield so many letters of about this size."""
        for number in range(count):
            yield self.letter(number, kilobytes)

    def letter(self, number: int, kilobytes: int) -> bytes:
        """Return one."""
        filling = max(kilobytes * 1000 - len(self._page) - 20_000, 0)
        writer = IncrementalPdfFileWriter(BytesIO(self._page))
        scan = StreamObject(stream_data=random.Random(number).randbytes(filling))
        writer.root["/MotcuaScan"] = writer.add_object(scan)
        writer.update_root()
        signed = PdfSigner(PdfSignatureMetadata(field_name="Ky"), signer=self._signer)
        return bytes(signed.sign_pdf(writer).getvalue())
