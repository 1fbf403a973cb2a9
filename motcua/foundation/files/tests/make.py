"""Small real files, and a scanner that knows one virus."""

import io
import zipfile
import zlib
from collections.abc import Mapping
from typing import BinaryIO

from PIL import Image
from pypdf import PdfWriter

VIRUS = b"a very bad thing"


def make_pdf(text: str = "Don de nghi", *, pages: int = 1, side: int = 300) -> bytes:
    """Return a PDF of blank pages; `text` makes its content different from another's."""
    target = io.BytesIO()
    sheets = [Image.new("RGB", (side, side), "white") for _ in range(pages)]
    sheets[0].save(target, "PDF", save_all=True, append_images=sheets[1:], title=text)
    return target.getvalue()


def make_picture(kind: str = "JPEG", *, size: tuple[int, int] = (640, 480)) -> bytes:
    target = io.BytesIO()
    Image.effect_noise(size, 90).convert("RGB").save(target, kind)
    return target.getvalue()


def make_picture_bomb() -> bytes:
    """Return a small PNG whose head claims more than a gigapixel."""
    content = bytearray(make_picture("PNG", size=(8, 8)))
    content[16:24] = (40_000).to_bytes(4) + (40_000).to_bytes(4)
    content[29:33] = zlib.crc32(content[12:29]).to_bytes(4)
    return bytes(content)


def make_locked_pdf() -> bytes:
    """Return a PDF that asks for a password."""
    writer = PdfWriter(clone_from=io.BytesIO(make_pdf()))
    writer.encrypt("bí mật", algorithm="RC4-128")
    target = io.BytesIO()
    writer.write(target)
    return target.getvalue()


def make_zip(parts: Mapping[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return target.getvalue()


def make_word(**more: bytes) -> bytes:
    parts = {"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<document/>"}
    return make_zip(parts | {name.replace("__", "/"): content for name, content in more.items()})


def make_signature() -> bytes:
    return bytes.fromhex("3082010006092a864886f70d010702a0820100") + b"\0" * 240


class FakeScanner:
    """Knows one virus, as ClamAV would tell it."""

    def find_virus(self, content: BinaryIO) -> str:
        return "Test.Virus" if VIRUS in content.read() else ""
