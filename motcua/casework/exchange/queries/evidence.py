"""Which messages have their evidence, and which wait for it."""

from django.db.models import Exists, OuterRef, QuerySet

from motcua.casework.exchange.errors import NoSuchEnvelope
from motcua.casework.exchange.models import (
    Envelope,
    EnvelopeEvidence,
    EnvelopeFile,
    EnvelopeRecipient,
)
from motcua.foundation.files import api as files


def without_evidence(most: int) -> list[Envelope]:
    """Return messages that have left and are in no container yet, the oldest first."""
    return list(_waiting().order_by("id")[:most])


def is_evidence_due() -> bool:
    """Say whether any message waits for its evidence."""
    return _waiting().exists()


def _waiting() -> QuerySet[Envelope]:
    left = EnvelopeRecipient.objects.filter(envelope=OuterRef("pk"), sent_at__isnull=False)
    kept = EnvelopeEvidence.objects.filter(envelope=OuterRef("pk"))
    gone = EnvelopeFile.objects.filter(envelope=OuterRef("pk"), file__purged_at__isnull=False)
    return Envelope.objects.filter(Exists(left), ~Exists(kept), ~Exists(gone))


def evidence_of(code: str) -> files.StoredFile | None:
    """Return the container that holds a message, if there is one yet.

    Raises: NoSuchEnvelope.
    """
    if not Envelope.objects.filter(code=code).exists():
        raise NoSuchEnvelope(f"Không có gói tin nào mang mã {code}.")
    rows = EnvelopeEvidence.objects.filter(envelope__code=code).select_related("file")
    found = rows.first()
    return found.file if found is not None else None
