"""Documents as they come back from other people's software, good and bad."""

import io
from pathlib import Path

from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, pkcs12
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

from motcua.foundation.trust.tests.make import Pair

from .pyhanko_program import pyhanko

Name = generic.pdf_name


def sign_by_command(sent: bytes, pair: Pair, folder: Path, *more: str) -> bytes:
    """Sign with pyHanko's own command line and a new key file."""
    key = pkcs12.serialize_key_and_certificates(
        b"hoa", pair.key, pair.certificate, None, BestAvailableEncryption(b"mat-khau")
    )
    (folder / "hoa.p12").write_bytes(key)
    return sign_by_file(sent, folder / "hoa.p12", "mat-khau", folder, *more)


def sign_by_file(sent: bytes, key: Path, password: str, folder: Path, *more: str) -> bytes:
    """Sign with pyHanko's own command line, as somebody would with any software."""
    (folder / "pass").write_text(password)
    (folder / "sent.pdf").write_bytes(sent)
    words = ("sign", "addsig", "--use-pades", *(more or ("--field", "SIG_LEADER_1")))
    files = ("--passfile", "pass", "sent.pdf", "back.pdf", key)
    said = pyhanko(*words, "pkcs12", *files, folder=folder)
    assert said.code == 0, said.err
    return (folder / "back.pdf").read_bytes()


def drawn_over(pdf: bytes) -> bytes:
    """Return the document with a line of its text blackened."""
    writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
    page = writer.root["/Pages"]["/Kids"].raw_get(0)
    data = page.get_object()["/Contents"].data + b"\nq 0 0 0 rg 100 500 200 20 re f Q"
    drawn = writer.add_object(generic.StreamObject(stream_data=data))
    page.get_object()[Name("/Contents")] = drawn
    writer.mark_update(page)
    return _written(writer)


def noted(pdf: bytes) -> bytes:
    """Return the document with a note on its page."""
    writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
    page = writer.root["/Pages"]["/Kids"].raw_get(0)
    box = generic.ArrayObject(map(generic.NumberObject, (100, 100, 300, 200)))
    note = generic.DictionaryObject(
        {
            Name("/Type"): Name("/Annot"),
            Name("/Subtype"): Name("/FreeText"),
            Name("/Rect"): box,
            Name("/Contents"): generic.pdf_string("sửa"),
        }
    )
    page.get_object()["/Annots"].append(writer.add_object(note))
    writer.mark_update(page)
    return _written(writer)


def damaged(pdf: bytes) -> bytes:
    """Return a signed document whose signature is no hexadecimal any more."""
    place = pdf.rindex(b"/Contents <") + 400
    return pdf[:place] + b"zz" + pdf[place + 2 :]


def zeroed(pdf: bytes) -> bytes:
    """Return a signed document with zeros inside its signature."""
    place = pdf.rindex(b"/Contents <") + 400
    return pdf[:place] + b"00" * 20 + pdf[place + 40 :]


def _written(writer: IncrementalPdfFileWriter) -> bytes:
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()
