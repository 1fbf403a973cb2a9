"""What mandates need from outside: somebody who carries a short text to a telephone."""

from collections.abc import Callable
from typing import Protocol

from django.conf import settings


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


carriers: dict[str, Callable[[], TextCarrier]] = {"none": NoCarrier}


def carrier() -> TextCarrier:
    """Return the carrier named by the settings."""
    return carriers[settings.TEXT_CARRIER]()


def is_connected() -> bool:
    """Say whether texts can be sent at all."""
    return bool(settings.TEXT_CARRIER != "none")
