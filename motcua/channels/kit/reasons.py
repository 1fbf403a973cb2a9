"""Standard reasons on the page of an act: offered, put into its fields, noted when it is done."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple, TypeVar

from django.forms.utils import ErrorDict
from django.http import QueryDict

from motcua.casework.dossiers.api import WholeDossier
from motcua.casework.dossiers.api import standard_reasons as standard
from motcua.casework.reasons.api import ReasonKind

from .fields import KitForm
from .requests import ActorRequest

PUT_IN = "chen"  # the button that puts the ticked reasons into the fields
TICKED, USED = "mau", "mau_dung"
R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Shelf:
    """What the library offers on this page, and what was put into the fields already."""

    kind: ReasonKind
    offered: Sequence[standard.Offered]
    ticked: frozenset[int]
    used: tuple[int, ...]

    @property
    def chosen(self) -> list[standard.Offered]:
        """Return the reasons that were just ticked, in the order in which they are offered."""
        return [one for one in self.offered if one.suggestion.version_id in self.ticked]


def shelf_for(
    request: ActorRequest, whole: WholeDossier, kind: ReasonKind, *, at: datetime
) -> Shelf:
    """Return the shelf of the page as it was sent. Costs: one statement."""
    offered = standard.offered_for(whole, kind, by=request.actor, at=at)
    known = {one.suggestion.version_id for one in offered}
    ticked = _numbers(request.POST, TICKED) & known if is_putting_in(request) else frozenset()
    used = (_numbers(request.POST, USED) & known) | ticked
    return Shelf(kind, offered, frozenset(ticked), tuple(sorted(used)))


def is_putting_in(request: ActorRequest) -> bool:
    """Say whether the page asks for reasons to be put in, and nothing to be done yet."""
    return request.method == "POST" and PUT_IN in request.POST


def joined(chosen: Sequence[standard.Offered], typed: str, *, with_basis: bool) -> str:
    """Return what stands in a field once the chosen reasons were added to what was typed."""
    words = [one.whole_words if with_basis else one.words for one in chosen]
    return " ".join([*([typed.strip()] if typed.strip() else []), *words])


def bases(chosen: Sequence[standard.Offered], typed: str) -> str:
    """Return the bases in law of the chosen reasons, after what was typed."""
    found = [typed.strip(), *(one.suggestion.legal_basis for one in chosen)]
    return "; ".join(dict.fromkeys(word for word in found if word))


def hold(form: KitForm) -> None:
    """Show what was typed without judging it: something was filled in, nothing is sent yet."""
    vars(form)["_errors"] = ErrorDict()  # where Django keeps what it found: nothing was sought


class Given(NamedTuple):
    """From which shelf the reasons are, and how they were written in the end."""

    shelf: Shelf | None
    written: str


def with_reasons(
    request: ActorRequest,
    whole: WholeDossier,
    given: Given,
    act: Callable[[], R],
    *,
    at: datetime,
) -> R:
    """Do the act, and note which reasons of the library stand in it."""
    shelf = given.shelf
    if shelf is None or not shelf.used:
        return act()
    return standard.with_reasons(
        whole, shelf.kind, shelf.used, given.written, act, by=request.actor, at=at
    )


def _numbers(data: QueryDict, name: str) -> frozenset[int]:
    return frozenset(int(one) for one in data.getlist(name) if one.isdecimal() and len(one) < 19)  # noqa: PLR2004 -- what a key of the database can be
