"""What the lists of a desk share: their rows with the name of the procedure, their pages."""

from collections.abc import Iterable
from typing import Protocol, TypeVar

from motcua.casework.dossiers import api as dossiers
from motcua.casework.procedures import api as procedures
from motcua.channels.counter.frame import units_here
from motcua.channels.kit.requests import ActorRequest
from motcua.channels.kit.turning import place
from motcua.lib.paging import Page, decode


class OfVersion(Protocol):
    """Whatever belongs to a version of a procedure."""

    @property
    def procedure_version_id(self) -> int:
        """Return the number of the version."""


R = TypeVar("R")
V = TypeVar("V", bound=OfVersion)


def queue_here(request: ActorRequest, queue: dossiers.Queue) -> Page[dossiers.Dossier]:
    """Return the page asked for of what waits at the desks of the officer.

    Costs: one statement.
    """
    after = decode(request.GET.get("after", ""))
    return dossiers.queue_for(request.actor, queue, after=after, within=units_here(request))


def named(found: Iterable[V]) -> list[tuple[V, str]]:
    """Return each with the name of its procedure."""
    return [(one, procedures.definition_of(one.procedure_version_id).name) for one in found]


def pages(request: ActorRequest, found: Page[R]) -> dict[str, str]:
    """Return the addresses of the pages beside this one, empty where there is none."""
    return {
        "next": place(request, found.next, "after"),
        "previous": place(request, found.previous, "after"),
    }
