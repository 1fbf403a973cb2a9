"""An administrative document (văn bản hành chính) as values: what stands in its boxes."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import ClassVar

from motcua.foundation.papers.choices import Circulation, DocumentKind, LayoutProfile, Urgency
from motcua.foundation.papers.errors import PaperIncomplete, PaperTooLong

from .kinds import form_of
from .markup import Block
from .parts import OfficialPaper, Signer

MOST_BLOCKS = 20_000


@dataclass(frozen=True, kw_only=True, slots=True)
class Annex:
    """What is added to a document on pages of its own (phụ lục), upright or across."""

    title: str
    body: tuple[Block, ...]
    is_across: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class AdministrativeDocument(OfficialPaper):
    """One document of the twenty-nine kinds, with what each box of the law's drawing holds.

    The issuer's name, the capacity of a signer and `authority` keep their line breaks. Without
    `is_dated` the day is left blank, without a number in the letterhead the number.
    `attached_to` names the decision by which a statute or regulation is issued. A draft is
    marked as one and may lack what its kind must say.

    Source: docs/law/document-layout.md
    """

    title: ClassVar[str] = "Văn bản"
    layout: ClassVar[str] = "document"
    must_say: ClassVar[Mapping[str, str]] = {}

    kind: DocumentKind
    body: tuple[Block, ...]
    signers: tuple[Signer, ...]
    profile: LayoutProfile = LayoutProfile.GOVERNMENT
    subject: str = ""
    authority: str = ""
    addressees: tuple[str, ...] = ()
    bases: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    urgency: Urgency = Urgency.NORMAL
    circulation: Circulation = Circulation.FREE
    drafter_mark: str = ""
    copies: int = 0
    contact: str = ""
    annexes: tuple[Annex, ...] = ()
    attached_to: str = ""
    is_dated: bool = True
    check_url: str = ""
    is_draft: bool = False

    @property
    def heading(self) -> str:
        kind = DocumentKind(self.kind)
        return f"{kind.label}: {self.subject}" if self.subject else f"{kind.label}"


def check_document(document: AdministrativeDocument) -> None:
    """Raises: PaperIncomplete if it lacks what its kind must say, PaperTooLong."""
    blocks = len(document.body) + sum(len(annex.body) for annex in document.annexes)
    if blocks > MOST_BLOCKS:
        raise PaperTooLong(
            f"Văn bản có {blocks} đoạn; hãy chia thành nhiều phụ lục ở tệp riêng, "
            f"mỗi tệp không quá {MOST_BLOCKS} đoạn."
        )
    missing = [] if document.is_draft else list(_missing(document))
    if missing:
        raise PaperIncomplete(f"“{document.heading}” còn thiếu: {', '.join(missing)}.")


def _missing(document: AdministrativeDocument) -> Iterator[str]:
    form = form_of(document.kind, document.profile)
    named = all(signer.title and signer.name for signer in document.signers)
    said = {
        "trích yếu": document.subject or not form.needs_subject,
        "thẩm quyền ban hành": document.authority or not form.needs_authority,
        "văn bản ban hành kèm theo": document.attached_to or form.has_place or form.is_numbered,
        "nội dung": document.body,
        "người ký": named and len(document.signers) >= 1,
        "người ký thứ hai": len(document.signers) >= form.signers,
    }
    yield from (label for label, is_said in said.items() if not is_said)
