"""The trail: who did and who saw what. Append-only."""

from .models import AccessEntry, AuditEntry
from .operations import TABLES, prepare_months, record, record_access
from .queries import (
    TrailFilter,
    accesses_of,
    accesses_to_person,
    search_accesses,
    search_trail,
    trail_of,
)

__all__ = [
    "TABLES",
    "AccessEntry",
    "AuditEntry",
    "TrailFilter",
    "accesses_of",
    "accesses_to_person",
    "prepare_months",
    "record",
    "record_access",
    "search_accesses",
    "search_trail",
    "trail_of",
]
