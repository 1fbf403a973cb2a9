"""The slip on which an incoming document's handling is directed (phiếu giải quyết văn bản đến).

Source: docs/law/registry-books.md
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from .parts import OfficialPaper


@dataclass(frozen=True, kw_only=True, slots=True)
class RoutingLine:
    """One unit or person named in a directive: its part, by when, and words of its own."""

    part: str
    name: str
    due_on: date | None = None
    words: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class RoutingOpinion:
    """What one person wrote on the slip, and when; a secret one says only that there is one."""

    by: str
    given_on: date
    words: str
    lines: tuple[RoutingLine, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class RoutingSlip(OfficialPaper):
    """The slip that goes with an incoming document: what its leaders direct, and what comes of it.

    A part that is empty is left with lines for a pen.

    Source: docs/law/registry-books.md
    """

    title: ClassVar[str] = "Phiếu giải quyết văn bản đến"
    layout: ClassVar[str] = "routing_slip"
    must_say: ClassVar[Mapping[str, str]] = {
        "about": "trích yếu văn bản",
        "arrival_number": "số đến",
    }

    named: str
    about: str
    arrival_number: str
    arrived_on: date
    due_on: date | None = None
    of_agency: tuple[RoutingOpinion, ...] = ()
    of_unit: tuple[RoutingOpinion, ...] = ()
    proposals: tuple[RoutingOpinion, ...] = ()
