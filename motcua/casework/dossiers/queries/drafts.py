"""Applications not yet filed, each for its owner alone."""

from collections.abc import Sequence

from motcua.casework.dossiers.errors import NoSuchDraft
from motcua.casework.dossiers.models import Draft
from motcua.lib.actor import Actor

_LIMIT = 50


def draft_for(actor: Actor, token: str) -> Draft:
    """Return the actor's own draft, filed or not. Raises: NoSuchDraft."""
    draft = Draft.objects.filter(token=token, account_id=actor.id).first()
    if draft is None:
        raise no_such_draft()
    return draft


def drafts_for(actor: Actor) -> Sequence[Draft]:
    """Return the actor's drafts not yet filed, the latest saved first."""
    mine = Draft.objects.filter(account_id=actor.id, filed_code="")
    return list(mine.order_by("-saved_at", "-id")[:_LIMIT])


def no_such_draft() -> NoSuchDraft:
    """Return the error to raise; it does not tell an absent draft from somebody else's."""
    return NoSuchDraft("Không tìm thấy bản nháp này; có thể bản nháp đã được nộp hoặc đã xóa.")
