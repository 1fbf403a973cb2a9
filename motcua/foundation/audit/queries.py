"""Read the trail."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from django.db.models import Q, QuerySet

from motcua.lib.paging import Cursor

from .models import AccessEntry, AuditEntry

LIMIT = 200
E = TypeVar("E", AuditEntry, AccessEntry)


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


@dataclass(frozen=True, slots=True)
class TrailFilter:
    """Which part of the trail is looked for; always between two moments, so that it stays small.

    `subject` and `actor_name` are beginnings: “dossier:H18.101” finds all of that desk.
    """

    earliest: datetime
    before: datetime
    subject: str = ""
    actor_name: str = ""
    action: str = ""
    person_id: int | None = None


def search_trail(
    wanted: TrailFilter, *, after: Cursor | None = None, limit: int = LIMIT
) -> Sequence[AuditEntry]:
    """Return what was done, newest first, before the place of a cursor.

    Costs: one query, over the months between the two moments.
    """
    entries = _between(AuditEntry.objects.all(), wanted)
    if wanted.action:
        entries = entries.filter(action=wanted.action)
    return _newest(entries, after, limit)


def search_accesses(
    wanted: TrailFilter, *, after: Cursor | None = None, limit: int = LIMIT
) -> Sequence[AccessEntry]:
    """Return who looked at what, newest first, before the place of a cursor.

    Costs: one query, over the months between the two moments.
    """
    entries = _between(AccessEntry.objects.all(), wanted)
    if wanted.person_id is not None:
        entries = entries.filter(person_id=wanted.person_id)
    return _newest(entries, after, limit)


def _between(entries: QuerySet[E], wanted: TrailFilter) -> QuerySet[E]:
    found = entries.filter(at__gte=wanted.earliest, at__lt=wanted.before)
    if wanted.subject:
        found = found.filter(subject__startswith=wanted.subject)
    if wanted.actor_name:
        found = found.filter(actor_name__icontains=wanted.actor_name)
    return found


def _newest(entries: QuerySet[E], after: Cursor | None, limit: int) -> Sequence[E]:
    if after is not None:
        same_moment = Q(at=after.sort_at, id__lt=after.id)
        entries = entries.filter(Q(at__lt=after.sort_at) | same_moment)
    return list(entries.order_by("-at", "-id")[:limit])
