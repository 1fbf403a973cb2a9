"""What can be found: rooms above say how to read all their entries again."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

from .errors import NoSuchSource


@dataclass(frozen=True, slots=True)
class Entry:
    """How one subject is found: its words, its code, the units that may find it, its moment.

    What stands on one line of `text` belongs together, as the parts of a name do.
    `marks` are facts it is also found by, plain words of the room's own such as “kind:3”.
    `scope_ids` are unit numbers (personal ones negative); without any, only searches over the whole
    province find it.
    """

    kind: str
    subject_id: int
    text: str
    sort_at: datetime
    code: str = ""
    scope_ids: tuple[int, ...] = ()
    marks: tuple[str, ...] = ()


Entries = Callable[[], Iterator[Entry]]
sources: dict[str, Entries] = {}


def source(kind: str) -> Callable[[Entries], Entries]:
    """Register a function that yields every entry of a kind, in the order of their ids."""

    def register(entries: Entries) -> Entries:
        if kind in sources:
            raise ValueError(f"search source {kind} is registered twice")
        sources[kind] = entries
        return entries

    return register


def entries_of(kind: str) -> Iterator[Entry]:
    """Raises: NoSuchSource."""
    if kind not in sources:
        known = ", ".join(sorted(sources)) or "chưa có"
        raise NoSuchSource(f"Không có nguồn tìm kiếm “{kind}”. Các nguồn: {known}.")
    return sources[kind]()
