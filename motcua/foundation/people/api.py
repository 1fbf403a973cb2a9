"""The door: persons and enterprises."""

from .choices import Address, EnterpriseKind, MemberRole, PaperKind, Sex
from .models import Enterprise, Membership, Person, PersonPaper

__all__ = [
    "Address",
    "Enterprise",
    "EnterpriseKind",
    "MemberRole",
    "Membership",
    "PaperKind",
    "Person",
    "PersonPaper",
    "Sex",
]
