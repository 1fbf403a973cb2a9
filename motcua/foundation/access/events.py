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
