"""What dossiers announce: ids, codes, days and numbers only."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from motcua.foundation.outbox.api import Event


@dataclass(frozen=True, slots=True)
class DossierMoved(Event):
    """Any act that changed a dossier; one fact for each move.

    `status` is what it is now, `was` what it was before ("" for a new one). `detail` says of a
    dossier brought from another system on which days the figures count it. `is_kept_closely` is
    said when a dossier is removed: nobody can look it up any more. `is_by_agent` says that somebody
    acted for the owner.
    """

    topic: ClassVar[str] = "dossiers.moved"
    aggregate: ClassVar[str] = "dossier"

    act: str
    code: str
    was: str
    status: str
    agency_id: int
    unit_id: int
    receiving_unit_id: int
    procedure_id: int
    channel: str
    on: date
    due_on: date | None = None
    is_late: bool = False
    owner_id: int | None = None
    detail: str = ""
    is_kept_closely: bool = False
    is_by_agent: bool = False


@dataclass(frozen=True, slots=True)
class OutcomeToSign(Event):
    """A decision is to be made whose outcome policy wants initialled before the leader signs."""

    topic: ClassVar[str] = "dossiers.outcome_to_sign"
    aggregate: ClassVar[str] = "outcome_to_sign"

    code: str


@dataclass(frozen=True, slots=True)
class PaperIssued(Event):
    """A slip or notice was issued that policy wants signed digitally."""

    topic: ClassVar[str] = "dossiers.paper_issued"
    aggregate: ClassVar[str] = "issued_paper"

    code: str


@dataclass(frozen=True, slots=True)
class BookToSign(Event):
    """The register of a desk was closed, and policy wants it signed digitally."""

    topic: ClassVar[str] = "dossiers.book_to_sign"
    aggregate: ClassVar[str] = "closed_register"

    signer_id: int = 0
