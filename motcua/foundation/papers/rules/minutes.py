"""Minutes written where something happened: a visit, a meeting, the end of a posting.

Source: docs/law/field-work.md
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from .notices import Fact
from .parts import OfficialPaper


@dataclass(frozen=True, kw_only=True, slots=True)
class MinutesSection:
    """One part of minutes under a heading of its own; each line is a paragraph."""

    heading: str
    lines: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class MinutesTable:
    """A table in minutes: who was there, how they voted, what was said."""

    heading: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class MinutesName:
    """One place under minutes: as what, who, and how they signed.

    `drawn` are the lines of a finger as points on a sheet of 600 by 200: “x,y x,y;x,y”.
    """

    role: str
    name: str
    note: str = ""
    drawn: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Minutes(OfficialPaper):
    """Minutes or a public notice: `kind` is its name in full, `closing` its last sentence."""

    title: ClassVar[str] = "Biên bản"
    layout: ClassVar[str] = "minutes"
    must_say: ClassVar[Mapping[str, str]] = {"kind": "tên biên bản", "facts": "nội dung"}

    kind: str
    subject: str
    facts: tuple[Fact, ...]
    sections: tuple[MinutesSection, ...] = ()
    tables: tuple[MinutesTable, ...] = ()
    closing: str = ""
    names: tuple[MinutesName, ...] = ()

    @property
    def heading(self) -> str:
        return self.kind
