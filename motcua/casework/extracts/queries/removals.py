"""What is there no more: a dossier that was brought over by mistake and taken back."""

from collections.abc import Sequence

from motcua.casework.dossiers import api as dossiers
from motcua.casework.extracts.choices import Stream
from motcua.foundation.organisation import api as organisation
from motcua.foundation.outbox.api import Change
from motcua.lib.actor import Actor

from .sources import Row, agency_code

_OF_DOSSIERS = frozenset({Stream.DOSSIERS, Stream.MOVES})


def is_removal(change: Change) -> bool:
    """Say whether a change left nothing that could be read."""
    return change.payload.get("act") == dossiers.Act.TAKE_BACK


def removed_rows(actor: Actor, stream: Stream, removed: Sequence[Change]) -> list[Row]:
    """Return the removals the actor may know of, so that copies of these objects are dropped.

    Nothing is left that says who saw a dossier: its units do, as they stood in the fact.
    """
    if stream not in _OF_DOSSIERS:
        return []
    plain = (one for one in removed if not one.payload.get("is_kept_closely", True))
    return [
        {
            "code": one.payload["code"],
            "agency": agency_code(one.payload["agency_id"]),
            "removed": True,
            "removed_at": one.at,
        }
        for one in plain
        if _knew(actor, one)
    ]


def _knew(actor: Actor, change: Change) -> bool:
    if actor.sees_all:
        return True
    tree, said = organisation.tree(), change.payload
    units = {said["unit_id"], said["receiving_unit_id"]}
    return any(above in actor.unit_ids for unit in units for above in tree.ancestors(unit))
