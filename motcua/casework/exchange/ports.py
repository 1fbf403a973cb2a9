"""What exchange needs of a way to carry messages, and which ways there are."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import IO, Protocol


@dataclass(frozen=True, slots=True)
class Parcel:
    """One message for one receiver, ready to go; `write` gives its bytes whenever it is asked."""

    code: str
    number: int
    sender_code: str
    receiver_code: str
    write: Callable[[IO[bytes]], None]


@dataclass(frozen=True, slots=True)
class Handed:
    """What a way of transport says of a parcel: whether it is at its receiver already."""

    is_delivered: bool


class Carrier(Protocol):
    """One way of transport. It carries at least once; receivers know a parcel by its number."""

    name: str

    def reaches(self, receiver_code: str) -> bool:
        """Say whether this way leads to that agency."""

    def carry(self, parcel: Parcel) -> Handed:
        """Hand the parcel over. Raises: CarrierAway."""


carriers: list[Carrier] = []


def register(carrier: Carrier) -> None:
    """Add a way; the first that reaches a receiver is taken."""
    carriers.append(carrier)


def carrier_to(receiver_code: str) -> Carrier | None:
    """Return the way that leads to an agency, if there is one."""
    return next((one for one in carriers if one.reaches(receiver_code)), None)
