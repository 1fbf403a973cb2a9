"""What delegations and memberships announce."""

from dataclasses import dataclass
from typing import ClassVar

from motcua.foundation.outbox.api import Event


@dataclass(frozen=True, slots=True)
class PostDelegated(Event):
    """An officer is to stand in for the holder of a post for some days."""

    topic: ClassVar[str] = "access.post_delegated"
    aggregate: ClassVar[str] = "delegation"


@dataclass(frozen=True, slots=True)
class DelegationRevoked(Event):
    """A delegation was taken back before its end."""

    topic: ClassVar[str] = "access.delegation_revoked"
    aggregate: ClassVar[str] = "delegation"


@dataclass(frozen=True, slots=True)
class MemberAdmitted(Event):
    """Somebody may act for an enterprise from now on."""

    topic: ClassVar[str] = "access.member_admitted"
    aggregate: ClassVar[str] = "membership"

    account_id: int
    enterprise: str
    role: str


@dataclass(frozen=True, slots=True)
class MemberDismissed(Event):
    """Somebody has one role less in an enterprise; `account_id` is 0 for who has none."""

    topic: ClassVar[str] = "access.member_dismissed"
    aggregate: ClassVar[str] = "membership"

    account_id: int
    enterprise_id: int
    enterprise: str
    person_id: int
    role: str
