"""From one page of a list to the next: the place is a cursor in the address."""

from motcua.lib.paging import Cursor

from .requests import ActorRequest


def place(request: ActorRequest, cursor: Cursor | None, name: str = "sau") -> str:
    """Return the address of another page of the same list, empty if there is none."""
    if cursor is None:
        return ""
    query = request.GET.copy()
    query[name] = cursor.encode()
    return f"{request.path}?{query.urlencode()}"
