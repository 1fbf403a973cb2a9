"""A message that brought a state secret loses its files and its evidence.

Source: docs/law/exchange.md
"""

from datetime import datetime

from motcua.casework.exchange.models import EnvelopeArrival, EnvelopeEvidence, EnvelopeFile
from motcua.foundation.files import api as files
from motcua.lib import work
from motcua.lib.actor import Actor

from .telling import envelope_of, trace

GONE = "(đã xóa nội dung: văn bản mang bí mật nhà nước)"


@work.story
def purge(code: str, *, by: Actor, at: datetime) -> None:
    """Destroy the files of a message and the container that holds it.

    The other messages of that container are sealed anew; this one has no evidence any more.

    Raises: NoSuchEnvelope.
    """
    envelope = envelope_of(code)
    held = EnvelopeFile.objects.filter(envelope=envelope).values_list("file_id", flat=True)
    sealed = EnvelopeEvidence.objects.filter(envelope=envelope).values_list("file_id", flat=True)
    containers = list(sealed)
    came = EnvelopeArrival.objects.filter(envelope=envelope, file__isnull=False)
    raw = came.values_list("file_id", flat=True)
    files.purge([*held, *containers, *raw], by=by, at=at)
    EnvelopeEvidence.objects.filter(file_id__in=containers).delete()
    envelope.subject = GONE
    work.update(envelope, "subject")
    trace("purged", envelope, by=by, at=at)
