"""How much waits for an officer's own signature; the list itself is on one page only."""

from typing import NamedTuple

from motcua.foundation.access.api import Power
from motcua.foundation.signing import api as signing
from motcua.foundation.signing.api import TurnRole
from motcua.lib.actor import Actor

SIGNING = (TurnRole.INITIAL, TurnRole.LEADER)
_MOST = 50


class Turns(NamedTuple):
    """How many turns wait, are being signed, came to nothing; `is_more` where there are others."""

    waiting: int
    underway: int
    failed: int
    is_more: bool


def told_of_turns(actor: Actor) -> Turns | None:
    """Return how much waits for the actor's signature; None if nothing does.

    Costs: one statement.
    """
    if not actor.can(Power.SIGN_DOCUMENTS):
        return None
    found = signing.turns_for(actor, SIGNING, limit=_MOST)
    if not found.rows:
        return None
    underway = sum(one.is_underway for one in found.rows)
    failed = sum(bool(one.latest_error) and not one.is_underway for one in found.rows)
    return Turns(len(found.rows) - underway, underway, failed, found.next is not None)
