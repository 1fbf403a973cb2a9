"""Policies, requests with turns and attempts, documents in versions, issued papers, own papers."""

from .examination import Examination
from .own import OWN_OPEN, OwnPaper, OwnSigning
from .paper import PaperChange, SignedPaper
from .policy import SigningPolicy
from .report import ReportPaper
from .request import DocumentVersion, SigningRequest, SigningScope
from .right import SigningAbsence, SigningRight
from .turn import UNDERWAY, SigningAttempt, Turn

__all__ = [
    "OWN_OPEN",
    "UNDERWAY",
    "DocumentVersion",
    "Examination",
    "OwnPaper",
    "OwnSigning",
    "PaperChange",
    "ReportPaper",
    "SignedPaper",
    "SigningAbsence",
    "SigningAttempt",
    "SigningPolicy",
    "SigningRequest",
    "SigningRight",
    "SigningScope",
    "Turn",
]
