"""Open steps that have come near their limit or passed it and of which nobody was warned yet."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import NamedTuple

from motcua.casework.documents.choices import AlarmKind
from motcua.casework.documents.models import DocumentAlarm
from motcua.lib import work

_MOST = 20_000
_LONG_AGO = timedelta(days=400)
_NEW = f"""
SELECT s.document_id, s.seq, d.code, d.number, d.notation, d.kind_name, d.subject,
  s.assignee_id, s.unit_id, s.due_at
FROM documents_documentstep s JOIN documents_document d ON d.id = s.document_id
WHERE s.closed_at IS NULL AND s.due_at >= %s AND s.due_at < %s
  AND NOT EXISTS (
    SELECT FROM documents_documentalarm a
    WHERE a.kind = %s AND a.subject = s.document_id || '#' || s.seq)
ORDER BY s.due_at, s.document_id, s.seq LIMIT {_MOST}
"""  # noqa: S608 -- our own words


class StepAlarm(NamedTuple):
    """One step to warn of."""

    document_id: int
    seq: int
    code: str
    number: str
    notation: str
    kind_name: str
    subject: str
    account_id: int | None
    unit_id: int
    due_at: datetime

    @property
    def key(self) -> str:
        """Return under which name the warning is remembered."""
        return f"{self.document_id}#{self.seq}"


def newly_late(at: datetime) -> list[StepAlarm]:
    """Return the steps whose limit has passed. Costs: one statement."""
    rows = work.fetch(_NEW, [at - _LONG_AGO, at, str(AlarmKind.LATE)])
    return [StepAlarm._make(row) for row in rows]


def newly_soon(at: datetime, until: datetime) -> list[StepAlarm]:
    """Return the steps that are due until then. Costs: one statement."""
    rows = work.fetch(_NEW, [at, until, str(AlarmKind.SOON)])
    return [StepAlarm._make(row) for row in rows]


def not_told(kind: AlarmKind, subjects: Collection[str]) -> set[str]:
    """Return those subjects of which nobody was warned yet. Costs: one query."""
    told = DocumentAlarm.objects.filter(kind=kind, subject__in=list(subjects))
    return set(subjects) - set(told.values_list("subject", flat=True))
