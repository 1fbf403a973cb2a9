"""What is posted in public now, and what one has said against it."""

from collections.abc import Sequence
from datetime import datetime

from motcua.casework.dossiers.errors import NoSuchDossier
from motcua.casework.dossiers.models import Objection, Posting
from motcua.lib.actor import Actor, ActorKind


def posted_now(
    *, at: datetime, agency_id: int | None = None, before: datetime | None = None, limit: int = 20
) -> Sequence[Posting]:
    """Return what is posted, the newest first; `before` goes on below a moment.

    Costs: one statement.
    """
    rows = Posting.objects.filter(ended_at__isnull=True, until_at__gt=at)
    if agency_id is not None:
        rows = rows.filter(agency_id=agency_id)
    if before is not None:
        rows = rows.filter(posted_at__lt=before)
    return list(rows.select_related("dossier").order_by("-posted_at")[:limit])


def find_posting(key: str) -> Posting:
    """Return one posting, open or ended, by its key. Raises: NoSuchDossier."""
    found = Posting.objects.select_related("dossier").filter(key=key).first()
    if found is None:
        raise NoSuchDossier("Không tìm thấy niêm yết này.")
    return found


def own_objections(actor: Actor, posting: Posting) -> Sequence[Objection]:
    """Return what the actor's account has said against a posting, with the answers."""
    if actor.kind != ActorKind.CITIZEN:
        return []
    rows = Objection.objects.filter(
        dossier_id=posting.dossier_id, posting_seq=posting.seq, account_id=actor.id
    )
    return list(rows.order_by("seq"))
