"""Applications not yet filed, each for its owner alone."""

from collections.abc import Sequence

from motcua.casework.dossiers.errors import NoSuchDraft
from motcua.casework.dossiers.models import Draft
from motcua.lib.actor import Actor

_LIMIT = 50


def draft_for(actor: Actor, token: str) -> Draft:
    """Return the actor's own draft, filed or not. Raises: NoSuchDraft."""
    draft = Draft.objects.filter(token=token, account_id=actor.id).first()
    if draft is None or not is_known_to(actor, draft):
        raise no_such_draft()
    return draft


def is_known_to(actor: Actor, draft: Draft) -> bool:
    """Say whether an agent may know of the draft: one begun under this very mandate, or any."""
    agent = actor.agent
    return agent is None or agent.sees_own_of_client or draft.mandate_id == agent.mandate_id


def drafts_for(actor: Actor) -> Sequence[Draft]:
    """Return the actor's drafts not yet filed, the latest saved first."""
    mine = Draft.objects.filter(account_id=actor.id, filed_code="")
    if actor.agent is not None and not actor.agent.sees_own_of_client:
        mine = mine.filter(mandate_id=actor.agent.mandate_id)
    return list(mine.order_by("-saved_at", "-id")[:_LIMIT])


def no_such_draft() -> NoSuchDraft:
    """Return the error to raise; it does not tell an absent draft from somebody else's."""
    return NoSuchDraft("Không tìm thấy bản nháp này; có thể bản nháp đã được nộp hoặc đã xóa.")
