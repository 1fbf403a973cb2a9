"""Rooms in which work lies with one person; each says how it is handed over."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from motcua.lib.actor import Actor


@dataclass(frozen=True, slots=True)
class TakeOver:
    """Whose work goes to whom; both are accounts."""

    from_account_id: int
    to_account_id: int


Taker = Callable[[TakeOver, Actor, datetime], int]
registry: dict[str, Taker] = {}


def personal_work(name: str) -> Callable[[Taker], Taker]:
    """Register how a room hands over what lies with one person; it returns how many pieces."""

    def register(take: Taker) -> Taker:
        if name in registry:
            raise ValueError(f"personal work {name} is registered twice")
        registry[name] = take
        return take

    return register
