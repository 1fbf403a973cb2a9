"""The trail: who did and who saw what. Append-only."""

from .models import AccessEntry, AuditEntry
from .operations import (
    ATTEMPT,
    ATTEMPTS_NOTED,
    TABLES,
    prepare_months,
    record,
    record_access,
    record_attempt,
)
from .queries import (
    TrailFilter,
    accesses_of,
    accesses_to_person,
    search_accesses,
    search_trail,
    trail_of,
)

__all__ = [
    "ATTEMPT",
    "ATTEMPTS_NOTED",
    "TABLES",
    "AccessEntry",
    "AuditEntry",
    "TrailFilter",
    "accesses_of",
    "accesses_to_person",
    "prepare_months",
    "record",
    "record_access",
    "record_attempt",
    "search_accesses",
    "search_trail",
    "trail_of",
]
