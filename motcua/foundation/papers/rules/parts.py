"""The parts that official papers share, and what every paper is."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from motcua.foundation.papers.choices import PaperKind


@dataclass(frozen=True, kw_only=True, slots=True)
class Letterhead:
    """Who issues the paper, where and when; the number as it stands in the issuer's book."""

    superior: str
    issuer: str
    place: str
    issued_on: date
    number: int | None = None
    notation: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Party:
    """The person or organisation the dossier belongs to."""

    name: str
    address: str
    phone: str = ""
    email: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class ListedPaper:
    """One line in the table of papers; `digest` is the hash of an electronic one."""

    name: str
    kind: PaperKind
    quantity: int = 1
    digest: str = ""
    note: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class FeeLine:
    """One fee or charge, and the receipt by which it was paid, if it was."""

    name: str
    amount_vnd: int
    receipt: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Signer:
    """Who signs, by which capacity (TM., KT., TL., TUQ., Q.) and under which title."""

    title: str
    name: str
    capacity: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class OfficialPaper:
    """What every paper has: a letterhead, a title and a layout file.

    `title` may be broken into lines; `form` is its number in the appendix of the law, `suffix`
    the notation the law gives it, `must_say` names each value that may not be empty, and
    `figures` the sums that are printed beside the fields.
    """

    title: ClassVar[str]
    layout: ClassVar[str]
    form: ClassVar[str] = ""
    suffix: ClassVar[str] = ""
    figures: ClassVar[tuple[str, ...]] = ()
    must_say: ClassVar[Mapping[str, str]] = {
        "letterhead.issuer": "tên cơ quan ban hành",
        "letterhead.place": "địa danh",
    }

    letterhead: Letterhead

    @property
    def heading(self) -> str:
        return self.title.replace("\n", " ")


@dataclass(frozen=True, kw_only=True, slots=True)
class DossierPaper(OfficialPaper):
    """A paper about one dossier: it carries the code and, as a QR mark, where to look it up."""

    must_say: ClassVar[Mapping[str, str]] = {
        "code": "mã hồ sơ",
        "procedure_name": "tên thủ tục hành chính",
    }

    code: str
    procedure_name: str
    lookup_url: str
