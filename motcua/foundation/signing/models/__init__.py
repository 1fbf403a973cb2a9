"""Policies, requests with their turns and attempts, documents in versions, issued papers."""

from .examination import Examination
from .paper import PaperChange, SignedPaper
from .policy import SigningPolicy
from .request import DocumentVersion, SigningRequest, SigningScope
from .turn import UNDERWAY, SigningAttempt, Turn

__all__ = [
    "UNDERWAY",
    "DocumentVersion",
    "Examination",
    "PaperChange",
    "SignedPaper",
    "SigningAttempt",
    "SigningPolicy",
    "SigningRequest",
    "SigningScope",
    "Turn",
]
