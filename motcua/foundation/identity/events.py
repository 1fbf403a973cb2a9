"""What accounts announce."""

from dataclasses import dataclass
from typing import ClassVar

from motcua.foundation.outbox import api as outbox


@dataclass(frozen=True, slots=True)
class PersonConfirmed(outbox.Event):
    """A desk has seen who holds a citizen's account."""

    topic: ClassVar[str] = "identity.person_confirmed"
    aggregate: ClassVar[str] = "account"

    person_id: int
    desk_unit_id: int


@dataclass(frozen=True, slots=True)
class PersonUnconfirmed(outbox.Event):
    """It was a mistake: the account is not the one of this person."""

    topic: ClassVar[str] = "identity.person_unconfirmed"
    aggregate: ClassVar[str] = "account"

    person_id: int


@dataclass(frozen=True, slots=True)
class AccountMerged(outbox.Event):
    """What a desk opened for somebody without a login is from now on the holder's own account."""

    topic: ClassVar[str] = "identity.account_merged"
    aggregate: ClassVar[str] = "account"

    former_id: int


@dataclass(frozen=True, slots=True)
class AccountReclaimed(outbox.Event):
    """Who has the telephone took the account over: what was arranged in it before is a stranger's.

    Nobody had proven anything until then. Rooms end what would let somebody look in further.
    """

    topic: ClassVar[str] = "identity.account_reclaimed"
    aggregate: ClassVar[str] = "account"
