"""Papers about work files: the yearly list, a file's contents, what goes to the archive.

Source: docs/law/workfiles.md
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from .parts import OfficialPaper, Signer


@dataclass(frozen=True, kw_only=True, slots=True)
class Column:
    """One column of a table: its head, its width in millimetres ("" takes the rest), its side."""

    head: str
    width: str = ""
    side: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """One line above the table: its printed words and what was filled in."""

    label: str
    value: str


@dataclass(frozen=True, kw_only=True, slots=True)
class FileTable(OfficialPaper):
    """A table with some lines above, some sentences below and places for signatures."""

    layout: ClassVar[str] = "file_table"
    must_say: ClassVar[Mapping[str, str]] = {"entries": "các dòng của bảng"}

    note: str = ""
    lines: tuple[Line, ...] = ()
    columns: tuple[Column, ...]
    entries: tuple[tuple[str, ...], ...]
    closing: tuple[str, ...] = ()
    signers: tuple[Signer, ...] = ()


class FileListPaper(FileTable):
    """The list of files of an agency for one year, as it is put into force."""

    __slots__ = ()
    title: ClassVar[str] = "Danh mục hồ sơ"


class FileContents(FileTable):
    """What lies in one file, in its order; printed when the file is closed."""

    __slots__ = ()
    title: ClassVar[str] = "Mục lục văn bản, tài liệu"


class HandedOverFiles(FileTable):
    """The files that one unit hands over to the archive at one time."""

    __slots__ = ()
    title: ClassVar[str] = "Mục lục hồ sơ, tài liệu nộp lưu"


class HandOverMinutes(FileTable):
    """The minutes that both sides sign when files go to the archive."""

    __slots__ = ()
    title: ClassVar[str] = "Biên bản giao nhận hồ sơ, tài liệu"


class FeeTablePaper(FileTable):
    """A table of fees or charges as it was published."""

    __slots__ = ()
    title: ClassVar[str] = "Bảng mức thu phí, lệ phí"


class SettlementPaper(FileTable):
    """What a collecting partner is owed for a month, for both sides to sign."""

    __slots__ = ()
    title: ClassVar[str] = "Bảng quyết toán phí dịch vụ thu hộ"
