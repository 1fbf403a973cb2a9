"""Carry out a request once, however often it arrives."""

from collections.abc import Callable
from datetime import datetime

from django.db import IntegrityError

from motcua.lib import work
from motcua.lib.actor import Actor

from .models import RequestKey
from .queries import answer_of

ONCE = "requests_key_once"


def claim_key(key: str, answer: str, *, by: Actor, at: datetime) -> None:
    """Hand over the row that makes this story unrepeatable; call inside a story."""
    work.add(RequestKey(actor_id=by.id, key=key, answer=answer, at=at))


def carry_out_once(key: str, act: Callable[[], str], *, by: Actor) -> str:
    """Return what `act` answers, or what it answered when the key was first used.

    `act` is a story that calls `claim_key` with the same key. An empty key is never remembered.
    """
    try:
        return act()
    except IntegrityError:
        # Whatever stands in the way the second time, the first one's answer is the answer.
        earlier = answer_of(key, by=by)
        if earlier is None:
            raise
        return earlier
