"""What is due to a partner, and what lies ready for one that comes for it itself."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Sum

from motcua.casework.exchange.choices import MessageKind, Transport
from motcua.casework.exchange.models import EnvelopeFile, EnvelopeRecipient, StatusNotice
from motcua.lib import work

_NOTICES = """
SELECT id FROM exchange_statusnotice
WHERE transport = 'queued' AND next_try_at <= %s AND counterpart = %s
ORDER BY next_try_at, id LIMIT %s
"""


@dataclass(frozen=True, slots=True)
class Waiting:
    """Something that lies ready for a partner; `id` is our row."""

    kind: MessageKind
    id: int
    sender_code: str
    receiver_code: str
    number: int


def notices_due(counterpart: str, *, at: datetime, most: int) -> list[int]:
    """Return the status messages that are due to a partner."""
    return [row[0] for row in work.fetch(_NOTICES, [at, counterpart, most])]


def weights_of(recipient_ids: Sequence[int]) -> dict[int, int]:
    """Return how many bytes of files go to each of these receivers. Costs: two queries."""
    rows = EnvelopeRecipient.objects.filter(pk__in=recipient_ids)
    envelopes = dict(rows.values_list("pk", "envelope"))
    held = EnvelopeFile.objects.filter(envelope__in=set(envelopes.values())).order_by()
    weights = dict(held.values_list("envelope").annotate(weight=Sum("file__size")))
    return {pk: int(weights.get(envelope, 0)) for pk, envelope in envelopes.items()}


def waiting_for(counterpart: str, *, most: int = 100) -> list[Waiting]:
    """Return what lies ready for a partner that comes for it, the oldest first."""
    documents = _laid_out(EnvelopeRecipient, MessageKind.DOCUMENT, "routed_code", counterpart)
    statuses = _laid_out(StatusNotice, MessageKind.STATUS, "receiver_code", counterpart)
    return [*documents, *statuses][:most]


def _laid_out(
    model: type[EnvelopeRecipient] | type[StatusNotice],
    kind: MessageKind,
    receiver: str,
    counterpart: str,
) -> Iterable[Waiting]:
    rows = model._default_manager.filter(
        counterpart=counterpart,
        transport=Transport.QUEUED,
        next_try_at__isnull=True,
        number__isnull=False,
    ).order_by("id")[:100]
    for row in rows:
        yield Waiting(kind, row.pk, row.sender_code, getattr(row, receiver), row.number or 0)
