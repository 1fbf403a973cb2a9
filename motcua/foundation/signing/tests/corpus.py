"""Files altered in every way we know, made by code from one sealed paper."""

import io
import re
import zlib
from collections.abc import Callable
from datetime import datetime
from functools import lru_cache
from typing import Any

from asn1crypto import x509 as asn1_x509
from asn1crypto.keys import PrivateKeyInfo
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.pdf_utils.writer import copy_into_new_writer
from pyhanko.sign import fields, signers
from pyhanko.sign.signers.pdf_signer import PdfSigner, PdfSigningSession
from pyhanko.sign.timestamps import DummyTimeStamper, TimeStamper
from pyhanko_certvalidator.registry import SimpleCertificateStore
from pypdf import PdfWriter

from motcua.foundation.signing.choices import TurnRole
from motcua.foundation.signing.rules.order import NUMBER
from motcua.foundation.signing.rules.pdf import (
    Dictionary,
    Name,
    QuietWriter,
    fields_of,
    opened,
    written,
)
from motcua.foundation.trust.tests.make import MONDAY, Pair, make_between, make_leaf

from .make import make_drafted, make_prepared, make_signed

HOA, SEAL = "Nguyễn Thị Hoa", "UBND xã Mường Phăng"
_BYTE_RANGE = re.compile(rb"/ByteRange ?\[\d+ \d+ \d+ \d+ *\]")


@lru_cache(maxsize=1)
def make_sealed() -> bytes:
    """Return the paper signed by Hoa, then numbered and sealed."""
    leader = make_signed(make_prepared(), make_leaf(HOA), TurnRole.LEADER)
    return make_signed(leader, make_leaf(SEAL), TurnRole.SEAL, number=15)


def _amended(change: Callable[[QuietWriter], None]) -> bytes:
    """Return the sealed paper with a further revision, as a forger writes it."""
    writer = opened(make_sealed())
    change(writer)
    return written(writer)


def refilled() -> bytes:
    """Write another number over the one that the seal locked."""

    def change(writer: QuietWriter) -> None:
        for name, reference, row in fields_of(writer):
            if name == NUMBER:
                row[Name("/V")] = generic.pdf_string("16")
                writer.mark_update(reference)

    return _amended(change)


def with_other_text() -> bytes:
    """Draw over the first page."""

    def change(writer: QuietWriter) -> None:
        page = _first_page(writer)
        drawn = page["/Contents"].data + b"\nq 0 0 0 rg 100 500 200 20 re f Q"
        stream = generic.StreamObject(stream_data=drawn)
        page[Name("/Contents")] = writer.add_object(stream)
        writer.mark_update(_first_page_reference(writer))

    return _amended(change)


def with_a_page_more() -> bytes:
    """Add a page at the end."""

    def change(writer: QuietWriter) -> None:
        pages = writer.root["/Pages"]
        page = Dictionary(
            {
                Name("/Type"): Name("/Page"),
                Name("/Parent"): writer.root.raw_get("/Pages"),
                Name("/MediaBox"): pages["/Kids"][0]["/MediaBox"],
            }
        )
        pages["/Kids"].append(writer.add_object(page))
        pages[Name("/Count")] = generic.NumberObject(2)
        writer.mark_update(writer.root.raw_get("/Pages"))

    return _amended(change)


def with_a_note() -> bytes:
    """Lay a note over the first page."""

    def change(writer: QuietWriter) -> None:
        note = Dictionary(
            {
                Name("/Type"): Name("/Annot"),
                Name("/Subtype"): Name("/FreeText"),
                Name("/Rect"): generic.ArrayObject(map(generic.NumberObject, (0, 0, 595, 842))),
                Name("/Contents"): generic.pdf_string("sửa"),
            }
        )
        _first_page(writer)["/Annots"].append(writer.add_object(note))
        writer.mark_update(_first_page_reference(writer))

    return _amended(change)


def with_a_program() -> bytes:
    """Let something run when the file is opened."""

    def change(writer: QuietWriter) -> None:
        action = {Name("/S"): Name("/JavaScript"), Name("/JS"): generic.pdf_string("app.alert(1)")}
        writer.root[Name("/OpenAction")] = writer.add_object(Dictionary(action))
        writer.mark_update(writer.root_ref)

    return _amended(change)


def _first_page(writer: QuietWriter) -> Dictionary:
    page: Dictionary = writer.root["/Pages"]["/Kids"][0]
    return page


def _first_page_reference(writer: QuietWriter) -> generic.IndirectObject:
    reference: generic.IndirectObject = writer.root["/Pages"]["/Kids"].raw_get(0)
    return reference


def with_one_byte_changed() -> bytes:
    """Change one byte of what both signed."""
    sealed = make_sealed()
    place = sealed.index(b"/Title") + 8
    return sealed[:place] + b"x" + sealed[place + 1 :]


def cut_off() -> bytes:
    """Lose the end."""
    return make_sealed()[:-2000]


def cut_within_its_only_signature() -> bytes:
    """Lose the end of a paper with one signature, and with it all words about the signature."""
    signed = make_signed(make_prepared(), make_leaf(HOA), TurnRole.LEADER)
    return signed[: signed.rindex(b"/Contents <") + 4000]


def with_signature_ending_in(value: bytes) -> bytes:
    """Write over the end of the seal's signature, before what was kept free behind it."""
    sealed = make_sealed()
    start = sealed.rindex(b"/Contents <") + len(b"/Contents <")
    written_up_to = len(sealed[start : sealed.index(b">", start)].rstrip(b"0"))
    place = start + written_up_to - len(value) - 2
    return sealed[:place] + value + sealed[place + len(value) :]


def with_words_in_the_place_kept_free() -> bytes:
    """Write something behind the value of the seal, where nothing but zeros should be."""
    sealed = make_sealed()
    end = sealed.index(b">", sealed.rindex(b"/Contents <"))
    return sealed[: end - 40] + b"c0ffee" + sealed[end - 34 :]


def with_more_behind() -> bytes:
    """Add bytes behind the end that belong to nothing."""
    return make_sealed() + b"something more\n"


def with_ranges_that_overlap() -> bytes:
    """Let the seal claim to cover the file by two ranges that lie over each other."""
    sealed = make_sealed()
    found = list(_BYTE_RANGE.finditer(sealed))[-1]
    _, first, second, length = (int(n) for n in re.findall(rb"\d+", found[0]))
    gap = second - first
    other = b"/ByteRange [0 %d %d %d" % (first, first - gap, length)
    return sealed[: found.start()] + other.ljust(len(found[0]) - 1) + b"]" + sealed[found.end() :]


def of_an_old_form() -> bytes:
    """Name a form of signature that nobody should make any more."""
    old = b"/adbe.x509.rsa_sha1 "
    head, _, tail = make_sealed().rpartition(b"/ETSI.CAdES.detached")
    return head + old + tail


def with_hidden_content() -> bytes:
    """Hide a second drawing of the first page, then have the paper signed."""
    return _with_hidden()[0]


def with_hidden_content_revealed() -> bytes:
    """Let a table of contents alone show what was hidden before signing."""
    signed, number, place = _with_hidden()
    return signed + table_of(signed, number, place)


def _with_hidden() -> tuple[bytes, int, int]:
    prepared = make_prepared()
    contents = PdfFileReader(io.BytesIO(prepared)).root["/Pages"]["/Kids"][0].raw_get("/Contents")
    tail = prepared.rindex(b"startxref")
    other = b"\n%d 0 obj\n<</Length 26>>\nstream\n1 0 0 rg 0 0 400 400 re f \nendstream\nendobj\n"
    hidden = prepared[:tail] + other % contents.idnum + prepared[tail:]
    place = hidden.index(b"%d 0 obj\n<</Length 26>>" % contents.idnum, tail)
    signed = make_signed(hidden, make_leaf(HOA), TurnRole.LEADER)
    return signed, contents.idnum, place


def table_of(signed: bytes, number: int, place: int) -> bytes:
    """Return a revision that holds nothing but a table of contents with one entry."""
    previous = int(signed[signed.rindex(b"startxref") :].split()[1])
    reader = PdfFileReader(io.BytesIO(signed))
    root = reader.trailer.raw_get("/Root")
    return b"xref\n%d 1\n%010d 00000 n \ntrailer\n<</Size %d/Root %d 0 R/Prev %d>>\n%s" % (
        number,
        place,
        int(reader.trailer["/Size"]),
        root.idnum,
        previous,
        b"startxref\n%d\n%%%%EOF\n" % len(signed),
    )


def with_password() -> bytes:
    """Return a file that asks for a password."""
    writer = PdfWriter(clone_from=io.BytesIO(make_drafted()))
    writer.encrypt("bí mật", algorithm="AES-256")
    target = io.BytesIO()
    writer.write(target)
    return target.getvalue()


def signed_by_others(
    pair: Pair, *, digest: str = "sha256", stamper: TimeStamper | None = None
) -> bytes:
    """Return the drafted paper as another program signs it."""
    authorities = SimpleCertificateStore()
    authorities.register(asn1_x509.Certificate.load(make_between().der))
    pem = pair.key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    signer = signers.SimpleSigner(
        signing_cert=asn1_x509.Certificate.load(pair.der),
        signing_key=PrivateKeyInfo.load(pem),
        cert_registry=authorities,
    )
    meta = signers.PdfSignatureMetadata(
        field_name="Chu_ky",
        md_algorithm=digest,
        subfilter=fields.SigSeedSubFilter.PADES,
    )
    target = Punctual(meta, signer, timestamper=stamper).sign_pdf(opened(plain()))
    content: bytes = target.getvalue()
    return content


def make_stamper(at: datetime = MONDAY) -> DummyTimeStamper:
    """Return an authority of time stamps for which it is always Monday."""
    pair = make_leaf("Dấu thời gian thử nghiệm", kind="stamps")
    pem = pair.key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    key = PrivateKeyInfo.load(pem)
    return DummyTimeStamper(asn1_x509.Certificate.load(pair.der), key, fixed_dt=at)


class Punctual(PdfSigner):
    """Says that it is Monday."""

    def init_signing_session(self, *args: Any, **more: Any) -> PdfSigningSession:
        session = super().init_signing_session(*args, **more)
        session.system_time = MONDAY
        return session


def plain() -> bytes:
    """Return a paper of another program: no marks of ours."""
    return written(copy_into_new_writer(PdfFileReader(io.BytesIO(make_prepared()))))


def _pdf(objects: list[bytes]) -> bytes:
    """Return a file of these objects, the first being its root."""
    content, places = b"%PDF-1.7\n", []
    for number, one in enumerate(objects, start=1):
        places.append(len(content))
        content += b"%d 0 obj\n%s\nendobj\n" % (number, one)
    rows = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    table = b"xref\n0 %d\n0000000000 65535 f \n%s" % (size, rows)
    end = b"trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (size, len(content))
    return content + table + end


_ROOT = b"<</Type/Catalog/Pages 2 0 R/AcroForm 3 0 R>>"


def bomb() -> bytes:
    """Return half a megabyte whose table of contents becomes 1.2 gigabytes when it is read."""
    packer = zlib.compressobj(9)
    packed = b"".join(packer.compress(bytes(50_000_000)) for _ in range(24)) + packer.flush()
    table = b"<</Type/XRef/Size 9/W[1 2 1]/Root 1 0 R/Length %d/Filter/FlateDecode>>" % len(packed)
    start = b"%PDF-1.7\n"
    stream = b"1 0 obj\n%s\nstream\n%s\nendstream\nendobj\n" % (table, packed)
    return start + stream + b"startxref\n%d\n%%%%EOF" % len(start)


def field_within_itself() -> bytes:
    """Return a file whose field and whose page tree contain themselves."""
    pages, field = b"<</Type/Pages/Kids[2 0 R]/Count 1>>", b"<</T(a)/FT/Sig/Kids[4 0 R]>>"
    return _pdf([_ROOT, pages, b"<</Fields[4 0 R]>>", field])


def tables_in_a_circle() -> bytes:
    """Return the sealed paper whose newest table names itself as the one before."""
    sealed = make_sealed()
    start = sealed[sealed.rindex(b"startxref") :].split()[1]
    head, _, tail = sealed.rpartition(b"/Prev ")
    rest = re.sub(rb"^\d+", b"", tail)
    return head + b"/Prev " + start + rest


def deeply_nested() -> bytes:
    """Return a hundred thousand lists, each within the other."""
    nested = b"<</Type/Catalog/Pages 2 0 R/X %s%s>>" % (b"[" * 100_000, b"]" * 100_000)
    return _pdf([nested, b"<</Type/Pages/Kids[]/Count 0>>"])
