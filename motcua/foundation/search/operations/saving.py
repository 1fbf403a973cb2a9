"""Keep and drop questions that people ask again."""

from datetime import datetime

from motcua.foundation.search.models import SavedSearch
from motcua.lib import work
from motcua.lib.actor import Actor
from motcua.lib.errors import BadInput
from motcua.lib.text import tidy

MOST_SAVED = 20
_LONGEST_NAME, _LONGEST = 60, 1000


@work.story
def save_search(
    name: str,
    question: str,
    *,
    by: Actor,
    at: datetime,  # noqa: ARG001 -- operations take `at`
    where: str = "",
) -> SavedSearch:
    """Keep a question under a name; a search of that name gets the new one.

    `where` names what was asked, in words of the page; nothing is the full-text search.

    Raises: BadInput.
    """
    name, question = tidy(name), tidy(question)
    if not 0 < len(name) <= _LONGEST_NAME:
        message = f"Hãy đặt tên cho lần tìm, không quá {_LONGEST_NAME} ký tự."
        raise BadInput(message, field="name")
    if not 0 < len(question) <= _LONGEST:
        raise BadInput("Hãy tìm trước rồi lưu lần tìm đó.", field="name")
    mine = SavedSearch.objects.filter(account_id=by.id)
    if not mine.filter(name=name).exists() and mine.count() >= MOST_SAVED:
        message = f"Mỗi người giữ nhiều nhất {MOST_SAVED} lần tìm; hãy bỏ bớt một lần."
        raise BadInput(message, field="name")
    saved, _ = SavedSearch.objects.update_or_create(
        account_id=by.id, name=name, defaults={"question": question, "where": where}
    )
    return saved


@work.story
def drop_search(search_id: int, *, by: Actor, at: datetime) -> None:  # noqa: ARG001 -- operations take `at`
    """Drop one of the actor's own; another's stays where it is."""
    SavedSearch.objects.filter(pk=search_id, account_id=by.id).delete()
