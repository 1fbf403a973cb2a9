"""Content of files: whether it is what the name promises."""

import os
import zipfile
from collections.abc import Callable
from typing import BinaryIO
from xml.etree.ElementTree import ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import iterparse

from motcua.foundation.files.errors import ContentDiffers, FileRefused
from motcua.lib.tongue import said, words_of
from motcua.lib.zips import BROKEN_ZIP, Bounded, TooManyEntries

from . import names
from .names import FileKind

_HEAD = 4_096
_PIECE = 1 << 20
_PDF_TAIL = 4_096
_SIGNED_DATA = bytes.fromhex("06092a864886f70d010702")
_MOST_PARTS = 5_000
_MOST_UNPACKED = 200_000_000
_MOST_RATIO = 150
_SMALL_PART = 2_000_000
_MACROS = ("vbaproject.bin", "activex")
_SWOLLEN = said("tệp nén phồng lên bất thường khi mở ra.")
_CONTROLS = bytes(set(range(32)) - {9, 10, 12, 13}) + b"\x7f"


class _Differs(Exception):
    """The content is of another kind."""


class _Harmful(Exception):
    """The content is of the kind, but is not taken; says why, in Vietnamese."""


def check_content(name: str, kind: FileKind, content: BinaryIO) -> None:
    """Look into the content, from its beginning.

    Raises: ContentDiffers if it is of another kind; FileRefused if it could do harm.
    """
    head = content.read(_HEAD)
    try:
        _CHECKS[kind](head, content)
    except _Differs as error:
        raise ContentDiffers(
            said(
                "Nội dung tệp “%(name)s” không phải là %(label)s như tên tệp ghi. Hãy mở tệp trên"
                " máy, lưu đúng định dạng rồi gửi lại.",
                name=name,
                label=kind.label,
            ),
            field="file",
        ) from error
    except _Harmful as error:
        raise FileRefused(
            said("Không nhận tệp “%(name)s”: %(error)s", name=name, error=words_of(error)),
            field="file",
        ) from error
    finally:
        content.seek(0)


def bears_signature(kind: FileKind, content: BinaryIO) -> bool:
    """Say whether anything in the content looks like a digital signature, good or bad.

    Costs: reads PDF and XML once, a piece at a time.
    """
    mark = _MARKS.get(kind)
    if mark is None:
        return False
    content.seek(0)
    end = b""
    while piece := content.read(_PIECE):
        if mark in end + piece:
            return True
        end = piece[1 - len(mark) :]
    return False


def _check_pdf(head: bytes, content: BinaryIO) -> None:
    if not head.startswith(b"%PDF-"):
        raise _Differs
    size = content.seek(0, os.SEEK_END)
    content.seek(max(0, size - _PDF_TAIL))
    if b"%%EOF" not in content.read():
        raise _Harmful(said("tệp PDF bị cắt cụt. Hãy tạo lại tệp rồi gửi lại."))


def _begins_with(signature: bytes) -> Callable[[bytes, BinaryIO], None]:
    def check(head: bytes, _: BinaryIO) -> None:
        if not head.startswith(signature):
            raise _Differs

    return check


def _office_with(main_part: str) -> Callable[[bytes, BinaryIO], None]:
    def check(head: bytes, content: BinaryIO) -> None:
        if not head.startswith(b"PK\x03\x04"):
            raise _Differs
        try:
            with Bounded(content, _MOST_PARTS) as archive:
                parts = archive.infolist()
        except TooManyEntries as error:
            raise _Harmful(_SWOLLEN) from error
        except BROKEN_ZIP as error:
            raise _Differs from error
        part_names = {part.filename for part in parts}
        if not {"[Content_Types].xml", main_part} <= part_names:
            raise _Differs
        _check_parts(parts)

    return check


def _check_parts(parts: list[zipfile.ZipInfo]) -> None:
    if any(macro in part.filename.lower() for part in parts for macro in _MACROS):
        raise _Harmful(said("tệp có chứa macro. Hãy lưu lại thành loại không chứa macro."))
    unpacked = sum(part.file_size for part in parts)
    swollen = any(
        part.file_size > _SMALL_PART and part.file_size > _MOST_RATIO * part.compress_size
        for part in parts
    )
    if unpacked > _MOST_UNPACKED or swollen:
        raise _Harmful(_SWOLLEN)
    if any(part.flag_bits & 1 for part in parts):
        raise _Harmful(said("tệp có mật khẩu. Hãy bỏ mật khẩu rồi gửi lại."))


def _check_signature(head: bytes, _: BinaryIO) -> None:
    if not head.startswith(b"\x30") or _SIGNED_DATA not in head[:32]:
        raise _Differs


def _check_xml(head: bytes, content: BinaryIO) -> None:
    if not head.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"<"):
        raise _Differs
    content.seek(0)
    try:
        for _, element in iterparse(content, forbid_dtd=True):
            element.clear()
    except DefusedXmlException as error:
        raise _Harmful(said("tệp XML khai báo kiểu hoặc gọi dữ liệu bên ngoài.")) from error
    except (ParseError, LookupError, ValueError) as error:
        raise _Differs from error


def _check_text(_: bytes, content: BinaryIO) -> None:
    content.seek(0)
    text = content.read()
    if text.translate(None, _CONTROLS) != text:
        raise _Differs
    try:
        text.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _Harmful(
            said("chữ không theo mã Unicode (UTF-8). Hãy lưu lại với mã UTF-8.")
        ) from error


_MARKS = {names.PDF: b"/ByteRange", names.XML: b"http://www.w3.org/2000/09/xmldsig#"}
_CHECKS: dict[FileKind, Callable[[bytes, BinaryIO], None]] = {
    names.PDF: _check_pdf,
    names.JPEG: _begins_with(b"\xff\xd8\xff"),
    names.PNG: _begins_with(b"\x89PNG\r\n\x1a\n"),
    names.WORD: _office_with("word/document.xml"),
    names.EXCEL: _office_with("xl/workbook.xml"),
    names.SIGNATURE: _check_signature,
    names.XML: _check_xml,
    names.TEXT: _check_text,
    names.CSV: _check_text,
}
