"""Keep and drop an officer's own narrowings of the work list."""

from datetime import datetime

from motcua.casework.dossiers.models import SavedView
from motcua.lib import work
from motcua.lib.actor import Actor
from motcua.lib.errors import BadInput
from motcua.lib.text import tidy

MOST_VIEWS = 12
_LONGEST_NAME, _LONGEST_QUERY = 60, 300


@work.story
def save_view(name: str, query: str, *, by: Actor, at: datetime) -> SavedView:  # noqa: ARG001 -- operations take `at`
    """Keep a view under a name; a view of that name gets the new conditions. Raises: BadInput."""
    name = tidy(name)
    if not 0 < len(name) <= _LONGEST_NAME or len(query) > _LONGEST_QUERY:
        message = f"Hãy đặt tên cho danh sách, không quá {_LONGEST_NAME} ký tự."
        raise BadInput(message, field="name")
    mine = SavedView.objects.filter(account_id=by.id)
    if not mine.filter(name=name).exists() and mine.count() >= MOST_VIEWS:
        message = f"Mỗi người giữ nhiều nhất {MOST_VIEWS} danh sách; hãy bỏ bớt một cái."
        raise BadInput(message, field="name")
    view, _ = SavedView.objects.update_or_create(
        account_id=by.id, name=name, defaults={"query": query}
    )
    return view


@work.story
def drop_view(view_id: int, *, by: Actor, at: datetime) -> None:  # noqa: ARG001 -- operations take `at`
    """Drop one of the actor's own views; another's stays where it is."""
    SavedView.objects.filter(pk=view_id, account_id=by.id).delete()
