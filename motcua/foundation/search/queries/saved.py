"""The questions somebody keeps."""

from motcua.foundation.search.models import SavedSearch
from motcua.lib.actor import Actor


def searches_of(actor: Actor, *, where: str = "") -> list[SavedSearch]:
    """Return the actor's own saved searches by name: those put to the full text, or elsewhere.

    Costs: one statement.
    """
    return list(SavedSearch.objects.filter(account_id=actor.id, where=where).order_by("name"))
