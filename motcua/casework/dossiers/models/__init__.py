"""Tables of dossiers: the dossier, its parts, who may see it, drafts, hand-over lists."""

from .assigning import AssignmentRule
from .bulk import BulkFiling
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
from .prompts import Prompt, PromptRefused
from .rebasing import RebasedDossier, Rebasing
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
    "PromiseShift",
    "Prompt",
    "PromptRefused",
    "RebasedDossier",
    "Rebasing",
    "SavedView",
    "ShiftRun",
    "SupplementItem",
    "SupplementRequest",
    "SupplyDraft",
    "SupplyPaper",
    "Visit",
    "VisitPhoto",
]
