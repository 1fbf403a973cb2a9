"""Do an act with reasons of the library: what came from it, and what was changed, is kept."""

from collections.abc import Callable, Collection
from datetime import datetime
from typing import TypeVar

from motcua.casework.dossiers.queries.one import WholeDossier
from motcua.casework.dossiers.queries.standard_reasons import (
    Offered,
    missing_papers,
    offered_for,
)
from motcua.casework.reasons import api as reasons
from motcua.casework.reasons.api import ReasonKind, Subject
from motcua.lib import work
from motcua.lib.actor import Actor

__all__ = ["Offered", "missing_papers", "offered_for", "with_reasons"]
R = TypeVar("R")


@work.story
def with_reasons(  # noqa: PLR0913 -- which act on which dossier, with which reasons in which words
    whole: WholeDossier,
    kind: ReasonKind,
    version_ids: Collection[int],
    written: str,
    act: Callable[[], R],
    *,
    by: Actor,
    at: datetime,
) -> R:
    """Do the act, and note in the same transaction which reasons of the library it gave.

    Reasons that are not offered for this dossier are left out: they came from nowhere.

    Raises: what the act raises.
    """
    done = act()
    wanted = set(version_ids)
    if not wanted:
        return done
    given = [
        (one.suggestion, one.words)
        for one in offered_for(whole, kind, by=by, at=at)
        if one.suggestion.version_id in wanted
    ]
    dossier = whole.dossier
    subject = Subject(dossier.code, dossier.agency_id, dossier.procedure_id)
    reasons.note_uses(kind, subject, given, written, by=by, at=at)
    return done
