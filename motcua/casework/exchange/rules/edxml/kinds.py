"""Whether a file is what its name says it is."""

from pathlib import PurePosixPath
from typing import IO

from motcua.lib.zips import BROKEN_ZIP, Bounded

from .contents import MOST_LISTED, Content, Trouble

_HEAD = 4_096
_PROGRAMS = (b"MZ", b"\x7fELF", b"\xca\xfe\xba\xbe", b"\xcf\xfa\xed\xfe", b"#!")
_PROGRAM_NAMES = frozenset(
    [
        "exe",
        "com",
        "scr",
        "bat",
        "cmd",
        "msi",
        "dll",
        "js",
        "jse",
        "vbs",
        "vbe",
        "wsf",
        "ps1",
        "hta",
        "lnk",
        "jar",
        "apk",
        "sh",
    ]
)
_BEGINNINGS = {
    "doc": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"{\\rtf"),
    "xls": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",),
    "ppt": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",),
    "rtf": (b"{\\rtf",),
    "png": (b"\x89PNG\r\n\x1a\n",),
    "jpg": (b"\xff\xd8\xff",),
    "jpeg": (b"\xff\xd8\xff",),
    "tif": (b"II*\0", b"MM\0*"),
    "tiff": (b"II*\0", b"MM\0*"),
    "gif": (b"GIF8",),
    "p7s": (b"\x30", b"-----BEGIN"),
}
_OFFICE_PARTS = {
    "docx": "word/",
    "xlsx": "xl/",
    "pptx": "ppt/",
    "odt": "mimetype",
    "ods": "mimetype",
}
_XML = frozenset({"xml", "edxml", "html", "htm", "svg"})
_TEXT = frozenset({"txt", "csv"})
_MEDIA = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "doc": "application/msword",
    "xls": "application/vnd.ms-excel",
    "png": "image/png",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "xml": "application/xml",
    "edxml": "application/xml",
    "txt": "text/plain",
    "csv": "text/csv",
    "p7s": "application/pkcs7-signature",
}
ZIP_TYPES = frozenset({"application/zip", "application/x-zip-compressed", "application/x-zip"})
_VAGUE = frozenset({"", "application/octet-stream", "binary/octet-stream", "text/xml"})


def extension_of(name: str) -> str:
    """Return what stands behind the last dot, in lower case."""
    return PurePosixPath(name.strip()).suffix[1:].lower()


def media_type_of(name: str) -> str:
    """Return the type that a name promises."""
    return _MEDIA.get(extension_of(name), "application/octet-stream")


def trouble_with_kind(content: Content, name: str) -> Trouble | None:
    """Return what is wrong with a file by its name and its first bytes."""
    extension = extension_of(name)
    with content.open() as stream:
        head = stream.read(_HEAD)
        if extension in _PROGRAM_NAMES or head.startswith(_PROGRAMS):
            return "type-forbidden", {"name": name}
        if not _is_of(extension, head, stream):
            return "type-differs", {"name": name}
    return None


def _is_of(extension: str, head: bytes, stream: IO[bytes]) -> bool:
    if extension == "pdf":
        return b"%PDF-" in head[:1024]
    if extension in _OFFICE_PARTS:
        return _has_part(stream, _OFFICE_PARTS[extension])
    if extension in _BEGINNINGS:
        return head.startswith(_BEGINNINGS[extension])
    if extension in _XML:
        return head.replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").startswith(b"<")
    return extension not in _TEXT or b"\0" not in head


def _has_part(stream: IO[bytes], beginning: str) -> bool:
    stream.seek(0)
    try:
        with Bounded(stream, MOST_LISTED) as archive:
            return any(one.startswith(beginning) for one in archive.namelist())
    except (*BROKEN_ZIP, OSError):
        return False


def is_announced_otherwise(announced: str, name: str, *, was_zipped: bool) -> bool:
    """Say whether the type that a message gives for a file fits neither its zip nor itself."""
    announced = announced.partition(";")[0].strip().lower()
    if announced in _VAGUE or (was_zipped and announced in ZIP_TYPES):
        return False
    if not was_zipped and announced == media_type_of(name):
        return False
    return was_zipped or announced in ZIP_TYPES or announced in _MEDIA.values()
