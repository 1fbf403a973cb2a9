"""Look up what was answered before."""

from motcua.lib.actor import Actor

from .models import RequestKey


def answer_of(key: str, *, by: Actor) -> str | None:
    """Return what this sender was answered under the key, None if nothing was carried out."""
    found = RequestKey.objects.filter(actor_id=by.id, key=key).values_list("answer", flat=True)
    return found.first()
