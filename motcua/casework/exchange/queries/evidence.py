"""Which messages have their evidence, and which wait for it."""

from collections.abc import Sequence

from django.db.models import Exists, OuterRef, QuerySet

from motcua.casework.exchange.errors import NoSuchEnvelope
from motcua.casework.exchange.models import (
    Envelope,
    EnvelopeArrival,
    EnvelopeEvidence,
    EnvelopeFile,
    EnvelopeRecipient,
    ExchangeReceipt,
)
from motcua.foundation.files import api as files

RECENT = 20_000


def without_evidence(most: int, *, is_whole: bool = False) -> list[Envelope]:
    """Return messages that have left and are in no container yet, the oldest first.

    Looks at the latest ones only, unless the whole is asked for: it is asked every few seconds.
    """
    return list(_waiting(is_whole=is_whole).order_by("id")[:most])


def is_evidence_due(*, is_whole: bool = False) -> bool:
    """Say whether any message waits for its evidence."""
    return _waiting(is_whole=is_whole).exists()


def _waiting(*, is_whole: bool) -> QuerySet[Envelope]:
    latest = Envelope.objects.order_by("-id").values_list("id", flat=True).first() or 0
    left = EnvelopeRecipient.objects.filter(envelope=OuterRef("pk"), sent_at__isnull=False)
    kept = EnvelopeEvidence.objects.filter(envelope=OuterRef("pk"))
    gone = EnvelopeFile.objects.filter(envelope=OuterRef("pk"), file__purged_at__isnull=False)
    raw_gone = EnvelopeArrival.objects.filter(
        envelope=OuterRef("pk"), file__purged_at__isnull=False
    )
    rows = Envelope.objects.filter(id__gt=0 if is_whole else latest - RECENT)
    return rows.filter(Exists(left), ~Exists(kept), ~Exists(gone), ~Exists(raw_gone))


def receipts_of(envelopes: Sequence[Envelope]) -> list[tuple[str, ExchangeReceipt]]:
    """Return what partners signed when they took these messages, with the message's code."""
    rows = ExchangeReceipt.objects.filter(recipient__envelope__in=[one.pk for one in envelopes])
    found = rows.select_related("recipient__envelope").order_by("id")
    return [(one.recipient.envelope.code, one) for one in found if one.recipient is not None]


def evidence_of(code: str) -> files.StoredFile | None:
    """Return the container that holds a message, if there is one yet.

    Raises: NoSuchEnvelope.
    """
    if not Envelope.objects.filter(code=code).exists():
        raise NoSuchEnvelope(f"Không có gói tin nào mang mã {code}.")
    rows = EnvelopeEvidence.objects.filter(envelope__code=code).select_related("file")
    found = rows.first()
    return found.file if found is not None else None
