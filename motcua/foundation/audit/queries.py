"""Read the trail."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, NamedTuple, TypeVar

from django.db.models import Q, QuerySet

from motcua.lib import work
from motcua.lib.canonical import canonical
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


class Place(NamedTuple):
    """Where a row stands in the order in which rows became visible to a sealer."""

    epoch: int = 0
    xid: int = 0
    id: int = 0


class WrittenRow(NamedTuple):
    """One row of the trail in the one form that is hashed."""

    place: Place
    at: datetime
    content: bytes
    words: str


_ROWS = {
    "audit_entry": ("action", "subject", "actor_id", "actor_name", "on_behalf_of"),
    "audit_access": (
        "purpose",
        "subject",
        "actor_id",
        "actor_name",
        "actor_title",
        "agency_id",
        "person_id",
    ),
}
_IN_ORDER = """
SELECT epoch, xid::text::bigint, id, at, recorded_at, detail::text, {names} FROM {table}
WHERE (epoch, xid, id) > (%s, %s::text::xid8, %s) AND {until}
ORDER BY epoch, xid, id LIMIT %s
"""
_SETTLED = "(epoch < %s OR xid < pg_snapshot_xmin(pg_current_snapshot()))"
_UP_TO = "(epoch, xid, id) <= (%s, %s::text::xid8, %s)"


def rows_to_seal(table: str, after: Place, *, epoch: int, most: int) -> list[WrittenRow]:
    """Return what no running transaction can still come before, in order.

    `epoch` is the present life of the cluster.
    """
    sql = _IN_ORDER.format(table=table, names=", ".join(_ROWS[table]), until=_SETTLED)
    rows = work.fetch(sql, [after.epoch, str(after.xid), after.id, epoch, most])
    return [_written(table, row) for row in rows]


def rows_between(table: str, after: Place, until: Place, *, most: int) -> list[WrittenRow]:
    """Return what was sealed, in the same order, up to a place."""
    sql = _IN_ORDER.format(table=table, names=", ".join(_ROWS[table]), until=_UP_TO)
    begin, end = [after.epoch, str(after.xid), after.id], [until.epoch, str(until.xid), until.id]
    return [_written(table, row) for row in work.fetch(sql, [*begin, *end, most])]


def _written(table: str, row: Sequence[Any]) -> WrittenRow:
    epoch, xid, key, at, recorded_at, detail, *values = row
    record = dict(zip(_ROWS[table], values, strict=True))
    record |= {"table": table, "id": key, "detail": detail}
    record |= {"at": _exactly(at), "recorded_at": _exactly(recorded_at)}
    words = f"{values[0]} {values[1]}"
    return WrittenRow(Place(epoch, xid, key), at, canonical(record), words)


def _exactly(at: datetime) -> str:
    return at.astimezone(UTC).isoformat()
