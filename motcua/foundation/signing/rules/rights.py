"""In which capacity somebody signs, and how that is printed above the name.

Source: docs/law/signing.md
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from motcua.foundation.signing.choices import Capacity, DocumentKind
from motcua.foundation.signing.ports import SignerBlock

# Who signs in a capacity of his own comes before who signs for somebody.
_RANK = (
    Capacity.OWN,
    Capacity.ON_BEHALF,
    Capacity.ACTING,
    Capacity.DEPUTY,
    Capacity.BY_ORDER,
    Capacity.BY_AUTHORISATION,
)
_FOR_HEAD = frozenset({Capacity.DEPUTY, Capacity.BY_ORDER, Capacity.BY_AUTHORISATION})


@dataclass(frozen=True, slots=True)
class RightInfo:
    """What one row of signing rights says; `head_title` is the title of who is signed for.

    `order_title` is whose order that one signs by, where a deputy (KT.) stands in for who signs by
    order (TL.).
    """

    right_id: int
    agency_id: int
    post_id: int
    title: str
    capacity: Capacity
    head_post_id: int | None
    head_title: str
    order_title: str
    collective: str
    kinds: tuple[str, ...]
    valid_from: date
    valid_to: date | None

    def covers(self, kind: DocumentKind, on: date) -> bool:
        """Say whether it speaks of such documents on that day."""
        begun = self.valid_from <= on and (self.valid_to is None or on <= self.valid_to)
        return begun and (not self.kinds or kind in self.kinds)


def block_of(right: RightInfo, name: str) -> SignerBlock:
    """Return what is printed for who signs by this right.

    “Q.” stands before the own title; KT., TL., TUQ. before the title of who is signed for, on a
    line of its own; a collective (TM.) always above them. The deputy of who signs by order prints
    both: “TL. Chủ tịch”, then “KT. Chánh Văn phòng”.

    Source: docs/law/signing.md
    """
    is_acting = right.capacity == Capacity.ACTING
    title = f"Q. {right.title}" if is_acting else right.title
    collective = (f"TM. {right.collective}",) if right.collective else ()
    order = (f"{Capacity.BY_ORDER}. {right.order_title}",) if right.order_title else ()
    head = (f"{right.capacity}. {right.head_title}",) if right.capacity in _FOR_HEAD else ()
    lines = (*collective, *order, *head)
    behalf = right.collective if right.capacity == Capacity.ON_BEHALF else right.head_title
    return SignerBlock(name, title, right.capacity, lines, ", ".join((behalf, *order)))


def by_rank(rights: Iterable[RightInfo]) -> Sequence[RightInfo]:
    """Return the rights, the own ones first, those by authorisation last.

    A deputy of who signs by order comes right after those who do.
    """
    return sorted(rights, key=lambda one: (*_rank(one), one.right_id))


def _rank(right: RightInfo) -> tuple[int, bool]:
    capacity = Capacity.BY_ORDER if right.order_title else right.capacity
    return _RANK.index(capacity), bool(right.order_title)


def signed_words(title: str, lines: str) -> str:
    """Return title with capacity on one line, for lists and pages."""
    return ", ".join([*lines.split("\n"), title]).strip(", ")
