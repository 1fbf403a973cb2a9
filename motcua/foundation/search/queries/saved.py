"""The questions somebody keeps."""

from motcua.foundation.search.models import SavedSearch
from motcua.lib.actor import Actor


def searches_of(actor: Actor) -> list[SavedSearch]:
    """Return the actor's own saved searches by name.

    Costs: one statement.
    """
    return list(SavedSearch.objects.filter(account_id=actor.id).order_by("name"))
