"""The trail: who did and who saw what. Append-only."""

from .models import AccessEntry, AuditEntry
from .operations import TABLES, prepare_months, record, record_access
from .queries import accesses_of, accesses_to_person, trail_of

__all__ = [
    "TABLES",
    "AccessEntry",
    "AuditEntry",
    "accesses_of",
    "accesses_to_person",
    "prepare_months",
    "record",
    "record_access",
    "trail_of",
]
