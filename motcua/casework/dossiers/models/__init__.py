"""Tables of dossiers: the dossier, its parts, who may see it, drafts, hand-over lists."""

from .assigning import AssignmentRule
from .bulk import BulkFiling
from .collected import CollectedDecision, CollectedDossier
from .councils import Meeting, Seat
from .desk import (
    CertificationLine,
    ClosedEntry,
    ClosedRegister,
    Draft,
    DraftFile,
    HandOver,
    HandOverItem,
    SupplyDraft,
    SupplyPaper,
)
from .dossier import Dossier, DossierAnswers, DossierMove, DossierScope, DossierStep
from .exports import ListExport, ListExportPart
from .minutes import MinutesSignature, StepFinding
from .parts import (
    AnswerField,
    BlankUsed,
    BookEntry,
    Consultation,
    DossierMessage,
    DossierOutcome,
    DossierPaper,
    DossierParty,
    DossierWait,
    DueChange,
    IssuedPaper,
    SupplementItem,
    SupplementRequest,
    Visit,
    VisitPhoto,
)
from .postings import Objection, Posting
from .prompts import Prompt, PromptRefused
from .rebasing import RebasedDossier, Rebasing
from .sharing import SharedStep, WorkShare
from .shifts import PromiseShift, ShiftRun
from .views import SavedView
from .warnings import DueWarning

__all__ = [
    "AnswerField",
    "AssignmentRule",
    "BlankUsed",
    "BookEntry",
    "BulkFiling",
    "CertificationLine",
    "ClosedEntry",
    "ClosedRegister",
    "CollectedDecision",
    "CollectedDossier",
    "Consultation",
    "Dossier",
    "DossierAnswers",
    "DossierMessage",
    "DossierMove",
    "DossierOutcome",
    "DossierPaper",
    "DossierParty",
    "DossierScope",
    "DossierStep",
    "DossierWait",
    "Draft",
    "DraftFile",
    "DueChange",
    "DueWarning",
    "HandOver",
    "HandOverItem",
    "IssuedPaper",
    "ListExport",
    "ListExportPart",
    "Meeting",
    "MinutesSignature",
    "Objection",
    "Posting",
    "PromiseShift",
    "Prompt",
    "PromptRefused",
    "RebasedDossier",
    "Rebasing",
    "SavedView",
    "Seat",
    "SharedStep",
    "ShiftRun",
    "StepFinding",
    "SupplementItem",
    "SupplementRequest",
    "SupplyDraft",
    "SupplyPaper",
    "Visit",
    "VisitPhoto",
    "WorkShare",
]
