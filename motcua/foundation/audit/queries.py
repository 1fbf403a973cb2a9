"""Read the trail."""

from collections.abc import Sequence
from datetime import datetime

from .models import AccessEntry, AuditEntry

LIMIT = 200


def trail_of(subject: str, *, limit: int = LIMIT) -> Sequence[AuditEntry]:
    """Return what was done to the subject, oldest first."""
    return list(AuditEntry.objects.filter(subject=subject).order_by("at", "id")[:limit])


def accesses_of(subject: str, *, limit: int = LIMIT) -> Sequence[AccessEntry]:
    """Return who looked at the subject, newest first."""
    return list(AccessEntry.objects.filter(subject=subject).order_by("-at", "-id")[:limit])


def accesses_to_person(
    person_id: int, *, before: datetime | None = None, limit: int = LIMIT
) -> Sequence[AccessEntry]:
    """Return who looked at this person's data, newest first."""
    entries = AccessEntry.objects.filter(person_id=person_id)
    if before is not None:
        entries = entries.filter(at__lt=before)
    return list(entries.order_by("-at", "-id")[:limit])
