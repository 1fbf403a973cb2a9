"""In which encoding a statement is written; the ones that nobody should use are named."""

import codecs
import io
from collections.abc import Iterator
from typing import IO, Final

from motcua.casework.reconciliation.errors import BadStatement

HEAD_BYTES, LONGEST_LINE = 64_000, 64_000
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_ADVICE = "Hãy mở tệp bằng Excel rồi lưu lại kiểu “CSV UTF-8”, hoặc tải sao kê dạng xlsx."
_MANY = 0.3
# How “Ngày”, “Số”, “tiền” look when old fonts' bytes are read as Western letters.
_TCVN3: Final = ("Ngµy", "Sè ", "tiÒn", "NGµY", "kho¶n")
_VNI: Final = ("Ngaøy", "Soá", "tieàn", "khoaûn")
NAMES = {
    "utf-8-sig": "UTF-8 (BOM)",
    "utf-8": "UTF-8",
    "utf-16": "UTF-16",
    "utf-16-le": "UTF-16 LE",
    "utf-16-be": "UTF-16 BE",
    "cp1258": "windows-1258",
}


def encoding_of(head: bytes, *, is_whole: bool) -> str:
    """Return a text's codec by its beginning. Raises: BadStatement for old fonts' encodings."""
    for mark, codec in _MARKS:
        if head.startswith(mark):
            return codec
    if head and b"\0" in head:
        return _wide(head)
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head, final=is_whole)
    except UnicodeDecodeError:
        refuse_old_fonts(head)
        return "cp1258"
    return "utf-8"


def refuse_old_fonts(head: bytes) -> None:
    """Raises: BadStatement if the text is written for fonts of before Unicode."""
    western = head.decode("latin-1")
    for name, marks in (("TCVN3 (ABC)", _TCVN3), ("VNI", _VNI)):
        if sum(one in western for one in marks) > 1:
            raise BadStatement(f"Tệp dùng bảng mã {name}, không đọc được tiếng Việt. {_ADVICE}")


def _wide(head: bytes) -> str:
    """Return which UTF-16 a text without a mark is. Raises: BadStatement if it is no text."""
    half = max(len(head) // 2, 1)
    if head[1::2].count(0) / half > _MANY:
        return "utf-16-le"
    if head[0::2].count(0) / half > _MANY:
        return "utf-16-be"
    raise BadStatement(f"Tệp không phải văn bản, cũng không phải sao kê biết đọc. {_ADVICE}")


def text_lines(content: IO[bytes], codec: str) -> Iterator[str]:
    """Yield the lines of a text, each no longer than is reasonable. Raises: BadStatement."""
    wrapped = io.TextIOWrapper(content, encoding=codec, errors="strict", newline="")
    number = 0
    try:
        while line := wrapped.readline(LONGEST_LINE):
            number += 1
            if len(line) >= LONGEST_LINE:
                raise BadStatement(f"Dòng {number} dài quá mức, không phải dòng sao kê.")
            yield line
    except UnicodeError as error:
        raise BadStatement(
            f"Sau dòng {number} có byte không thuộc bảng mã {NAMES[codec]}; tệp trộn hai bảng mã "
            f"hoặc bị hỏng. {_ADVICE}"
        ) from error
    finally:
        wrapped.detach()
