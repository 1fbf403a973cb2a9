"""The views an officer has kept."""

from motcua.casework.dossiers.models import SavedView
from motcua.lib import work
from motcua.lib.actor import Actor


def views_for(actor: Actor) -> list[SavedView]:
    """Return the actor's own views by name.

    Costs: one statement.
    """
    return [work.from_row(SavedView, row) for row in work.fetch(_OF_ACCOUNT, [actor.id])]


_OF_ACCOUNT = (
    f"SELECT {work.columns(SavedView, 'v')} FROM {SavedView._meta.db_table} v"  # noqa: S608 -- our own columns
    " WHERE v.account_id = %s ORDER BY v.name, v.id"
)
