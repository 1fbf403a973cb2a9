"""An extract (trích sao) of a decision with a list: the decision, and one person's line of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from .parts import DossierPaper, Signer


@dataclass(frozen=True, kw_only=True, slots=True)
class ListExtract(DossierPaper):
    """What a decision says, with the line of its list that is about one person, and no other line.

    Below it is the place where who keeps the decision certifies the extract: on paper its number,
    day and signature are written in. `original` says how the decision itself was signed, `entries`
    how many lines its whole list has.

    Source: docs/law/field-work.md
    """

    title: ClassVar[str] = "Trích quyết định"
    layout: ClassVar[str] = "list_extract"
    must_say: ClassVar[Mapping[str, str]] = {
        "articles": "nội dung quyết định",
        "line": "dòng của người nhận",
        "signer.name": "người ký quyết định",
    }

    kind: str
    subject: str
    authority: str
    bases: tuple[str, ...]
    articles: tuple[str, ...]
    columns: tuple[str, ...]
    line: tuple[str, ...]
    lines_in_all: int
    signer: Signer
    original: str
    copy_notation: str
    recipient: str
