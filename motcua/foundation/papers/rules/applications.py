"""The application as its applicant signs it: what was answered, and which papers come with it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from .notices import Fact
from .parts import OfficialPaper


@dataclass(frozen=True, kw_only=True, slots=True)
class AnswerGroup:
    """One page of the form: its title, and each question with its answer."""

    title: str
    rows: tuple[Fact, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class ApplicationForm(OfficialPaper):
    """What an applicant declares on the portal, as one document to be signed digitally.

    No authority issues it: `letterhead.issuer` is the submitter.

    Source: docs/law/signatures.md
    """

    title: ClassVar[str] = "Tờ khai điện tử"
    layout: ClassVar[str] = "application_form"
    must_say: ClassVar[Mapping[str, str]] = {
        "procedure_name": "tên thủ tục hành chính",
        "people": "người nộp",
    }

    addressee: str
    procedure_name: str
    case_name: str = ""
    people: tuple[Fact, ...]
    contact: tuple[Fact, ...] = ()
    groups: tuple[AnswerGroup, ...] = ()
    papers: tuple[str, ...] = ()
    signer_name: str
