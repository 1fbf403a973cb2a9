"""A reference translation of a paper: what it says, in English, and that only the other counts."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from .parts import DossierPaper


@dataclass(frozen=True, kw_only=True, slots=True)
class ReferenceLine:
    """One line: what, and its value; what was written in Vietnamese stays so."""

    name: str
    value: str


@dataclass(frozen=True, kw_only=True, slots=True)
class ReferenceList:
    """Several lines under one heading."""

    name: str
    lines: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class ReferenceCopy(DossierPaper):
    """What an issued paper says, in English: neither signed nor sealed, and marked as such.

    Source: docs/law/official-papers.md
    """

    title: ClassVar[str] = "Bản dịch để tham khảo"
    layout: ClassVar[str] = "reference_copy"
    must_say: ClassVar[Mapping[str, str]] = {"kind": "tên giấy bằng tiếng Anh"}

    kind: str
    original: str
    issuer: str
    lines: tuple[ReferenceLine, ...]
    lists: tuple[ReferenceList, ...] = ()
