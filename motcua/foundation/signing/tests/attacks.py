"""The published ways of attacking signed PDFs, made by code: forgery, incremental saving, shadows.

Each returns a file whose look or meaning is not what was signed; the names are those under which
the attacks were published.
"""

import io
import re
from collections.abc import Callable

from asn1crypto import x509 as asn1_x509
from asn1crypto.keys import PrivateKeyInfo
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import fields, signers
from pyhanko_certvalidator.registry import SimpleCertificateStore
from pypdf import PdfReader, PdfWriter

from motcua.foundation.signing.choices import TurnRole
from motcua.foundation.signing.rules.pdf import (
    Dictionary,
    Name,
    QuietWriter,
    fields_of,
    opened,
    written,
)
from motcua.foundation.trust.tests.make import make_between, make_leaf

from .corpus import HOA, Punctual, make_sealed, plain, table_of
from .make import make_prepared, make_signed

_BYTE_RANGE = re.compile(rb"/ByteRange ?\[\d+ \d+ \d+ \d+ *\]")
Change = Callable[[QuietWriter], None]


def amended(change: Change, content: bytes | None = None) -> bytes:
    """Return a signed file with a further revision, as a forger writes it."""
    writer = opened(content or make_sealed())
    change(writer)
    return written(writer)


def signed_once(content: bytes | None = None) -> bytes:
    """Return the paper signed by Hoa alone."""
    return make_signed(content or make_prepared(), make_leaf(HOA), TurnRole.LEADER)


def _page(writer: QuietWriter, number: int = 0) -> Dictionary:
    page: Dictionary = writer.root["/Pages"]["/Kids"][number]
    return page


def _page_reference(writer: QuietWriter, number: int = 0) -> generic.IndirectObject:
    found: generic.IndirectObject = writer.root["/Pages"]["/Kids"].raw_get(number)
    return found


# --- Universal signature forgery: the signature is there and says nothing ---


def _with_range(value: bytes) -> bytes:
    signed = signed_once()
    found = next(_BYTE_RANGE.finditer(signed))
    return signed[: found.start()] + value.ljust(len(found[0])) + signed[found.end() :]


def _with_contents(value: bytes) -> bytes:
    signed = signed_once()
    start = signed.rindex(b"/Contents <")
    end = signed.index(b">", start) + 1
    return signed[:start] + value.ljust(end - start) + signed[end:]


FORGERIES: dict[str, Callable[[], bytes]] = {
    "no range": lambda: _with_range(b""),
    "range of nothing": lambda: _with_range(b"/ByteRange null"),
    "empty range": lambda: _with_range(b"/ByteRange []"),
    "range below zero": lambda: _with_range(b"/ByteRange [-1 10 20 30]"),
    "range of four noughts": lambda: _with_range(b"/ByteRange [0 0 0 0]"),
    "range of names": lambda: _with_range(b"/ByteRange [/a /b /c /d]"),
    "range of three": lambda: _with_range(b"/ByteRange [0 10 20]"),
    "no value": lambda: _with_contents(b""),
    "value of nothing": lambda: _with_contents(b"/Contents null"),
    "empty value": lambda: _with_contents(b"/Contents <>"),
    "value of one nought": lambda: _with_contents(b"/Contents <00>"),
    "value that is a name": lambda: _with_contents(b"/Contents /x"),
}


# --- Incremental saving: something is appended, more or less as the standard wants ---


def saved_without_a_table() -> bytes:
    """Append an object of the file anew, with no table of contents at all."""
    sealed = make_sealed()
    number = PdfReader(io.BytesIO(sealed)).pages[0].indirect_reference
    assert number is not None
    return sealed + b"%d 0 obj\n<</Type/Page>>\nendobj\n%%%%EOF\n" % number.idnum


def saved_with_a_copied_signature() -> bytes:
    """Change the page and append the seal's dictionary once more, as lazy viewers look for it."""
    sealed = make_sealed()
    start = sealed.rindex(b"/Contents <")
    copy = sealed[start : sealed.index(b">", start) + 1]
    return saved_without_a_table() + b"99999 0 obj\n<</Type/Sig %s>>\nendobj\n" % copy


def with_another_font() -> bytes:
    """Exchange a font of the page, so that the same codes show other letters."""

    def change(writer: QuietWriter) -> None:
        fonts = _page(writer)["/Resources"]["/Font"]
        name = next(iter(fonts))
        other = Dictionary(
            {
                Name("/Type"): Name("/Font"),
                Name("/Subtype"): Name("/Type1"),
                Name("/BaseFont"): Name("/Symbol"),
            }
        )
        reference = fonts.raw_get(name)
        fonts[Name(name)] = writer.add_object(other)
        writer.mark_update(reference)
        writer.update_container(fonts)

    return amended(change)


def turned_upside_down() -> bytes:
    """Turn the page by half a circle."""

    def change(writer: QuietWriter) -> None:
        _page(writer)[Name("/Rotate")] = generic.NumberObject(180)
        writer.mark_update(_page_reference(writer))

    return amended(change)


def cropped() -> bytes:
    """Show a corner of the page only."""

    def change(writer: QuietWriter) -> None:
        box = generic.ArrayObject(map(generic.NumberObject, (0, 0, 200, 200)))
        _page(writer)[Name("/CropBox")] = box
        writer.mark_update(_page_reference(writer))

    return amended(change)


def with_pages_swapped() -> bytes:
    """Let two pages change places."""

    def change(writer: QuietWriter) -> None:
        kids = writer.root["/Pages"]["/Kids"]
        first, second = kids.raw_get(0), kids.raw_get(1)
        kids[0], kids[1] = second, first
        writer.mark_update(writer.root.raw_get("/Pages"))

    return amended(change, signed_once_of_two_pages())


def signed_once_of_two_pages() -> bytes:
    """Return a paper of two pages signed by another program."""
    target = PdfWriter()
    for width in (300, 400):
        target.add_blank_page(width, 400)
    kept = io.BytesIO()
    target.write(kept)
    return signed_elsewhere(kept.getvalue())


def with_a_file_attached() -> bytes:
    """Attach a file."""

    def change(writer: QuietWriter) -> None:
        stream = generic.StreamObject(stream_data=b"other words")
        stream[Name("/Type")] = Name("/EmbeddedFile")
        held = Dictionary({Name("/F"): writer.add_object(stream)})
        spec = Dictionary(
            {
                Name("/Type"): Name("/Filespec"),
                Name("/F"): generic.pdf_string("khac.pdf"),
                Name("/EF"): held,
            }
        )
        row = generic.ArrayObject([generic.pdf_string("khac.pdf"), writer.add_object(spec)])
        names = Dictionary({Name("/EmbeddedFiles"): Dictionary({Name("/Names"): row})})
        writer.root[Name("/Names")] = writer.add_object(names)
        writer.mark_update(writer.root_ref)

    return amended(change)


def with_a_program_on_the_page() -> bytes:
    """Let something run when the page is shown."""

    def change(writer: QuietWriter) -> None:
        action = {Name("/S"): Name("/JavaScript"), Name("/JS"): generic.pdf_string("app.alert(1)")}
        _page(writer)[Name("/AA")] = Dictionary({Name("/O"): Dictionary(action)})
        writer.mark_update(_page_reference(writer))

    return amended(change)


def with_a_program_in_a_field() -> bytes:
    """Let something run when a field is drawn."""

    def change(writer: QuietWriter) -> None:
        action = {Name("/S"): Name("/JavaScript"), Name("/JS"): generic.pdf_string("app.alert(1)")}
        _, reference, row = next(iter(fields_of(writer)))
        row[Name("/AA")] = Dictionary({Name("/F"): Dictionary(action)})
        writer.mark_update(reference)

    return amended(change)


def with_a_layer_switched_off() -> bytes:
    """Hide a part of the content by the list of layers."""

    def change(writer: QuietWriter) -> None:
        layer = writer.add_object(
            Dictionary({Name("/Type"): Name("/OCG"), Name("/Name"): generic.pdf_string("x")})
        )
        off = Dictionary({Name("/OFF"): generic.ArrayObject([layer])})
        layers = {Name("/OCGs"): generic.ArrayObject([layer]), Name("/D"): off}
        writer.root[Name("/OCProperties")] = Dictionary(layers)
        writer.mark_update(writer.root_ref)

    return amended(change)


def without_its_certification() -> bytes:
    """Take away what says that the paper is certified."""

    def change(writer: QuietWriter) -> None:
        del writer.root["/Perms"]
        writer.mark_update(writer.root_ref)

    return amended(change)


def without_its_form() -> bytes:
    """Take away the list of fields, and with it the signatures."""

    def change(writer: QuietWriter) -> None:
        del writer.root["/AcroForm"]
        writer.mark_update(writer.root_ref)

    return amended(change)


def with_the_seal_emptied() -> bytes:
    """Let the field of the seal hold nothing any more."""

    def change(writer: QuietWriter) -> None:
        for name, reference, row in fields_of(writer):
            if name == "SIG_ORG":
                del row["/V"]
                writer.mark_update(reference)

    return amended(change)


def with_another_look_of_the_seal() -> bytes:
    """Let the field of the seal look like somebody else's."""

    def change(writer: QuietWriter) -> None:
        for name, reference, row in fields_of(writer):
            if name == "SIG_ORG":
                look = generic.StreamObject(stream_data=b"1 0 0 rg 0 0 90 90 re f")
                look[Name("/Type")], look[Name("/Subtype")] = Name("/XObject"), Name("/Form")
                look[Name("/BBox")] = generic.ArrayObject(map(generic.NumberObject, (0, 0, 90, 90)))
                row[Name("/AP")] = Dictionary({Name("/N"): writer.add_object(look)})
                writer.mark_update(reference)

    return amended(change)


# --- Shadows: prepared before signing, shown or hidden after it ---


def with_a_cover_taken_away() -> bytes:
    """Shadow attack, hide: a picture that lay over the text when it was signed is freed."""
    covered = _covered()
    signed = signed_once(covered)
    cover = _cover_of(signed)
    shown, freed = b"0000000000 00000 n ", b"0000000000 00001 f "
    return signed + table_of(signed, cover, 0).replace(shown, freed)


def _covered() -> bytes:
    """Return the paper with a picture over it that is a thing of its own."""

    def change(writer: QuietWriter) -> None:
        look = generic.StreamObject(stream_data=b"1 1 1 rg 0 0 300 60 re f")
        look[Name("/Type")], look[Name("/Subtype")] = Name("/XObject"), Name("/Form")
        look[Name("/BBox")] = generic.ArrayObject(map(generic.NumberObject, (0, 0, 300, 60)))
        stamp = Dictionary(
            {
                Name("/Type"): Name("/Annot"),
                Name("/Subtype"): Name("/Stamp"),
                Name("/Rect"): generic.ArrayObject(map(generic.NumberObject, (80, 400, 380, 460))),
                Name("/AP"): Dictionary({Name("/N"): writer.add_object(look)}),
            }
        )
        _page(writer)["/Annots"].append(writer.add_object(stamp))
        writer.mark_update(_page_reference(writer))

    return amended(change, make_prepared())


def _cover_of(content: bytes) -> int:
    for mark in PdfReader(io.BytesIO(content)).pages[0]["/Annots"]:  # type: ignore[attr-defined]  # -- a list
        if mark.get_object()["/Subtype"] == "/Stamp":
            return int(mark.get_object()["/AP"].raw_get("/N").idnum)
    raise LookupError("no cover")


# --- Certification attacks, on a paper that another program has certified for notes ---


def with_a_note_that_was_allowed() -> bytes:
    """Evil annotation: a note that hides the text, where notes were allowed."""

    def change(writer: QuietWriter) -> None:
        note = Dictionary(
            {
                Name("/Type"): Name("/Annot"),
                Name("/Subtype"): Name("/FreeText"),
                Name("/Rect"): generic.ArrayObject(map(generic.NumberObject, (80, 400, 500, 700))),
                Name("/Contents"): generic.pdf_string("1.000.000.000 đồng"),
                Name("/DA"): generic.pdf_string("/Helv 12 Tf"),
            }
        )
        page = _page(writer)
        page[Name("/Annots")] = generic.ArrayObject([writer.add_object(note)])
        writer.mark_update(_page_reference(writer))

    return amended(change, signed_elsewhere(plain(), permits=fields.MDPPerm.ANNOTATE))


def with_a_sneaky_signature() -> bytes:
    """Sneaky signature: a second signature whose picture covers the text of the first."""
    return _covered_by_another(signed_elsewhere(plain()))


def with_a_signature_over_the_text() -> bytes:
    """Add the same signature to a paper that nobody has certified: that is allowed."""
    return _covered_by_another(signed_elsewhere(plain(), certifies=False))


def _covered_by_another(content: bytes) -> bytes:
    return signed_elsewhere(content, name="Chu_ky_2", box=(60, 100, 540, 780), certifies=False)


def signed_elsewhere(
    content: bytes,
    *,
    name: str = "Chu_ky",
    box: tuple[int, int, int, int] | None = None,
    permits: fields.MDPPerm = fields.MDPPerm.FILL_FORMS,
    certifies: bool = True,
) -> bytes:
    """Return a file as another program signs it, at Monday."""
    pair = make_leaf(HOA)
    pem = pair.key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    signer = signers.SimpleSigner(
        signing_cert=asn1_x509.Certificate.load(pair.der),
        signing_key=PrivateKeyInfo.load(pem),
        cert_registry=_authorities(),
    )
    meta = signers.PdfSignatureMetadata(
        field_name=name,
        md_algorithm="sha256",
        subfilter=fields.SigSeedSubFilter.PADES,
        certify=certifies,
        docmdp_permissions=permits,
    )
    spec = fields.SigFieldSpec(name, box=box) if box else fields.SigFieldSpec(name)
    target = Punctual(meta, signer, new_field_spec=spec).sign_pdf(
        IncrementalPdfFileWriter(io.BytesIO(content))
    )
    found: bytes = target.getvalue()
    return found


def _authorities() -> SimpleCertificateStore:
    found = SimpleCertificateStore()
    found.register(asn1_x509.Certificate.load(make_between().der))
    return found
