"""Leave a trace: who did, and who saw, what."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta

from django.db import connection

from motcua.lib import partitions, work
from motcua.lib.actor import Actor

from .models import AccessEntry, AuditEntry

TABLES = ("audit_entry", "audit_access")
ATTEMPT = "access.refused"
ATTEMPTS_NOTED = 30
_AHEAD = 3
_AN_HOUR = timedelta(hours=1)


def record(
    action: str,
    subject: str,
    *,
    by: Actor,
    at: datetime,
    detail: Mapping[str, object] | None = None,
) -> None:
    """Hand over the trace of an act; call inside its story. No personal numbers in `detail`."""
    entry = AuditEntry(
        at=at,
        action=action,
        subject=subject,
        actor_id=by.doer_id,
        actor_name=by.doer_name[:200],
        on_behalf_of=_behalf_of(by),
        detail=dict(detail or {}),
    )
    work.add(entry)


def _behalf_of(by: Actor) -> str:
    """Return for whom the actor acts: the holder of a post, or the client of an agent."""
    if by.agent is None:
        return by.on_behalf_of
    return (by.agent.body.name if by.agent.body else by.name)[:200]


_EACH = """
INSERT INTO audit_entry (at, action, subject, actor_id, actor_name, on_behalf_of, detail)
SELECT %s, %s, x.subject, %s, %s, %s, '{}' FROM unnest(%s::text[]) AS x(subject)
"""


def record_each(action: str, subjects: Sequence[str], *, by: Actor, at: datetime) -> None:
    """Hand over the traces of one act on many subjects, each with its own; one statement."""
    work.put(_EACH, [at, action, by.doer_id, by.doer_name[:200], _behalf_of(by), list(subjects)])


@work.story
def record_attempt(subject: str, *, by: Actor, at: datetime, asked: str) -> bool:
    """Note that somebody asked for what is not theirs to know; answer whether it was noted.

    Nobody fills the trail: of one actor thirty attempts an hour are noted, the last says so.

    Source: docs/law/access.md
    """
    earlier = AuditEntry.objects.filter(
        actor_id=by.doer_id, action=ATTEMPT, at__gt=at - _AN_HOUR, at__lte=at
    )[:ATTEMPTS_NOTED].count()
    if earlier >= ATTEMPTS_NOTED:
        return False
    is_last = earlier == ATTEMPTS_NOTED - 1
    detail = {"asked": asked, **({"more": "not noted for an hour"} if is_last else {})}
    record(ATTEMPT, subject, by=by, at=at, detail=detail)
    return True


@work.story
def record_access(
    purpose: str,
    subject: str,
    *,
    by: Actor,
    at: datetime,
    person_id: int | None = None,
    detail: Mapping[str, object] | None = None,
) -> None:
    """Note that somebody's data was opened, unmasked, searched, printed or exported."""
    entry = AccessEntry(
        at=at,
        purpose=purpose,
        subject=subject,
        actor_id=by.doer_id,
        actor_name=by.doer_name[:200],
        actor_title=by.title,
        agency_id=by.agency_id,
        person_id=person_id,
        detail=dict(detail or {}),
    )
    work.add(entry)


def prepare_months(day: date) -> int:
    """Create the partitions of this month and the next three; return how many were missing.

    Each in a transaction of its own, so that no writer waits for two of them.
    """
    made = 0
    for _ in range(_AHEAD + 1):
        made += sum(partitions.create_month(table, day) for table in TABLES)
        day = partitions.next_month(day)
    return made


def begin_epoch(number: int) -> None:
    """Begin a new life after a restore: rows written from now on sort after all old ones."""
    with connection.cursor() as cursor:
        for table in TABLES:
            cursor.execute(f"ALTER TABLE {table} ALTER COLUMN epoch SET DEFAULT {int(number)}")
