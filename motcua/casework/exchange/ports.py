"""What exchange needs of a way to carry messages, and which ways there are."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import IO, Protocol, runtime_checkable

from .choices import Delivery, MessageKind, Way
from .errors import CannotWrite, CarrierAway, CarrierRefuses


@dataclass(frozen=True, slots=True)
class CounterpartInfo:
    """One partner as it stands today; `certificates` are those it is known by, as DER."""

    code: str
    name: str
    way: Way
    codes: tuple[str, ...]
    address: str = ""
    client_ref: str = ""
    delivery: Delivery = Delivery.PUSH
    is_fetched: bool = False
    certificates: tuple[bytes, ...] = field(default=(), repr=False)
    valid_from: date = date.min


@dataclass(frozen=True, slots=True)
class Parcel:
    """One message for one receiver, ready to go; `write` gives its bytes whenever it is asked.

    `code` is our name of the message, `about` the receiver's name of the one a status speaks of.
    What was tried before (`is_again`) goes alone: it may be what keeps others from getting through.
    """

    code: str
    number: int
    sender_code: str
    receiver_code: str
    counterpart: CounterpartInfo
    write: Callable[[IO[bytes]], None]
    kind: MessageKind = MessageKind.DOCUMENT
    document_ref: str = ""
    about: str = ""
    is_again: bool = False


@dataclass(frozen=True, slots=True)
class SignedReceipt:
    """What a partner signed when it took a parcel."""

    said: str
    signature: bytes
    certificate_sha256: str


@dataclass(frozen=True, slots=True)
class Handed:
    """What a way says of a parcel: whether it is at its receiver already, and what it is called.

    `is_waiting`: nothing has left; the partner will fetch it.
    """

    is_delivered: bool
    ref: str = ""
    is_waiting: bool = False
    receipt: SignedReceipt | None = None


@dataclass(frozen=True, slots=True)
class Greeting:
    """Who answers at a partner, and which agencies are reached there: code and name of each."""

    words: str
    agencies: tuple[tuple[str, str], ...] = ()


class Carrier(Protocol):
    """One way to partners outside. It carries at least once; receivers know a parcel again."""

    name: str

    def carry(self, parcel: Parcel) -> Handed:
        """Hand the parcel over. Raises: CarrierAway, CarrierRefuses."""

    def fetch(self, counterpart: CounterpartInfo, *, at: datetime) -> int:
        """Take in what waits for us at a partner; return how many. Raises: CarrierAway."""

    def ask(self, counterpart: CounterpartInfo) -> Greeting:
        """Return who answers at a partner. Raises: CarrierAway, CarrierRefuses."""


@runtime_checkable
class CarriesMany(Protocol):
    """A way that takes several parcels to a partner at once."""

    def carry_all(self, parcels: Sequence[Parcel]) -> "Iterator[Became]":
        """Hand parcels for one partner over; yield what became of each, as soon as it is known."""


Trouble = CarrierAway | CarrierRefuses | CannotWrite | OSError
Became = dict[int, Handed | Trouble]  # by the parcels' places
carriers: dict[str, Carrier] = {}


def register(carrier: Carrier) -> None:
    """Add a way; its name is the value of a `Way`."""
    carriers[carrier.name] = carrier
