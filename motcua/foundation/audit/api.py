"""The trail: who did and who saw what. Append-only."""

from .models import AccessEntry, AuditEntry
from .operations import (
    ATTEMPT,
    ATTEMPTS_NOTED,
    TABLES,
    begin_epoch,
    prepare_months,
    record,
    record_access,
    record_attempt,
    record_each,
)
from .queries import (
    Place,
    TrailFilter,
    WrittenRow,
    accesses_of,
    accesses_to_person,
    rows_between,
    rows_to_seal,
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
    "Place",
    "TrailFilter",
    "WrittenRow",
    "accesses_of",
    "accesses_to_person",
    "begin_epoch",
    "prepare_months",
    "record",
    "record_access",
    "record_attempt",
    "record_each",
    "rows_between",
    "rows_to_seal",
    "search_accesses",
    "search_trail",
    "trail_of",
]
