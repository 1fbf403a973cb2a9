"""Rooms in which work lies with one person; who carries a short text to a telephone."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from django.conf import settings

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


class TextNotSent(Exception):
    """The text did not get away; the reason is for the log."""


class TextCarrier(Protocol):
    """A service that sends text messages (tin nhắn)."""

    def send(self, phone: str, text: str) -> None:
        """Hand over one text. Raises: TextNotSent."""


class NoCarrier:
    """Stands in where no service is connected."""

    def send(self, phone: str, text: str) -> None:  # noqa: ARG002 -- the port's shape
        raise TextNotSent("no carrier is set up")


text_carriers: dict[str, Callable[[], TextCarrier]] = {"none": NoCarrier}


def text_carrier() -> TextCarrier:
    """Return the carrier named by the settings."""
    return text_carriers[settings.TEXT_CARRIER]()


def are_texts_sent() -> bool:
    """Say whether texts can be sent at all."""
    return bool(settings.TEXT_CARRIER != "none")
