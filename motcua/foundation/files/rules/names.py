"""Names of files: what they promise, and what is taken out of them."""

import unicodedata
from dataclasses import dataclass
from pathlib import PurePosixPath

from motcua.foundation.files.errors import FileRefused
from motcua.lib.text import tidy
from motcua.lib.tongue import said

_LONGEST_NAME = 150
_MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True)
class FileKind:
    """A kind of file that is taken; `is_shown` if a browser may show it in place.

    `has_text` if its words can be read.
    """

    media_type: str
    label: str
    extensions: tuple[str, ...]
    is_shown: bool = False
    is_inspected: bool = False
    has_text: bool = False


_OFFICE = "application/vnd.openxmlformats-officedocument."
PDF = FileKind("application/pdf", "PDF", ("pdf",), is_shown=True, is_inspected=True, has_text=True)
JPEG = FileKind("image/jpeg", said("ảnh JPEG"), ("jpg", "jpeg"), is_shown=True, is_inspected=True)
PNG = FileKind("image/png", said("ảnh PNG"), ("png",), is_shown=True, is_inspected=True)
WORD = FileKind(
    f"{_OFFICE}wordprocessingml.document",
    "Word (docx)",
    ("docx",),
    is_inspected=True,
    has_text=True,
)
EXCEL = FileKind(f"{_OFFICE}spreadsheetml.sheet", "Excel (xlsx)", ("xlsx",), has_text=True)
SIGNATURE = FileKind("application/pkcs7-signature", said("chữ ký số (p7s)"), ("p7s",))
XML = FileKind("application/xml", "XML", ("xml",))
TEXT = FileKind("text/plain", said("văn bản thuần"), ("txt",), has_text=True)
CSV = FileKind("text/csv", said("bảng CSV"), ("csv",), has_text=True)
KINDS = (PDF, JPEG, PNG, WORD, EXCEL, SIGNATURE, XML, TEXT, CSV)

_BY_EXTENSION = {extension: kind for kind in KINDS for extension in kind.extensions}
_ADVICE = {
    "heic": said("Hãy đặt máy ảnh điện thoại ở chế độ “Tương thích nhất” để có ảnh JPEG."),
    "doc": said("Hãy mở bằng Word rồi lưu thành docx hoặc PDF."),
    "xls": said("Hãy mở bằng Excel rồi lưu thành xlsx."),
    "docm": said("Hãy lưu lại thành docx, là loại không chứa macro."),
    "xlsm": said("Hãy lưu lại thành xlsx, là loại không chứa macro."),
    "zip": said("Hãy gửi từng tệp bên trong."),
    "rar": said("Hãy gửi từng tệp bên trong."),
}


def clean_name(name: str) -> str:
    """Return the name as it may be stored and shown: no folders, no hidden or turning signs."""
    bare = PurePosixPath(name.replace("\\", "/")).name
    visible = "".join(c for c in bare if unicodedata.category(c) not in {"Cc", "Cf", "Co", "Cs"})
    stem, dot, extension = tidy(visible).rpartition(".")
    room = _LONGEST_NAME - len(extension) - 1
    return f"{stem[: max(room, 0)]}{dot}{extension[:_LONGEST_NAME]}"


def accepted_extensions() -> tuple[str, ...]:
    """Return every ending that is taken, with its dot, for the file picker."""
    return tuple(f".{extension}" for extension in _BY_EXTENSION)


def kind_of_name(name: str) -> FileKind:
    """Return the kind that the name promises.

    Raises: FileRefused if no such files are taken.
    """
    extension = name.rpartition(".")[2].lower()
    if "." in name and (kind := _BY_EXTENSION.get(extension)):
        return kind
    known = ", ".join(extension.upper() for extension in _BY_EXTENSION)
    advice = _ADVICE.get(extension, said("Chỉ nhận các loại: %(known)s.", known=known))
    raise FileRefused(
        said("Không nhận tệp “%(name)s”. %(advice)s", name=name, advice=advice), field="file"
    )


def in_megabytes(size: int) -> str:
    """Return a number of bytes as people read it: 2500000 → “2,5 MB”."""
    return f"{size / _MEGABYTE:.1f} MB".replace(".", ",").replace(",0 ", " ")
