"""Who acts: one frozen value handed down from the channel to every operation."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from .errors import NotAllowed
from .tongue import said


class ActorKind(StrEnum):
    """What sort of party acts."""

    OFFICER = "officer"
    CITIZEN = "citizen"
    PARTNER = "partner"
    SYSTEM = "system"


# Scope rows of mandates have numbers far below those of accounts, so that the two never meet.
_MANDATES = 10**15


def mandate_unit_id(mandate_id: int) -> int:
    """Return the unit number under which rows meant for the agents of a mandate are scoped."""
    return -(_MANDATES + mandate_id)


def mandate_id_of(unit_id: int) -> int:
    """Return the mandate behind such a number."""
    return -unit_id - _MANDATES


@dataclass(frozen=True, slots=True)
class Body:
    """The enterprise or other body in whose name somebody else acts."""

    id: int
    name: str
    tax_code: str


@dataclass(frozen=True, slots=True)
class Agent:
    """Who really acts where somebody acts for another by mandate, until when, how far.

    `firm` is the body whose member the agent is; none for a village helper. `body` is the client,
    where that is an enterprise. No `procedures` and no `sectors` means any.
    """

    account_id: int
    name: str
    mandate_id: int
    until: datetime
    firm: Body | None = None
    body: Body | None = None
    mandate_until: date | None = None
    may_receive: bool = False
    may_pay: bool = False
    sees_all: bool = False
    procedures: frozenset[str] = frozenset()
    sectors: frozenset[str] = frozenset()

    @property
    def full_name(self) -> str:
        """The agent, with the firm if there is one."""
        return f"{self.name} – {self.firm.name}" if self.firm else self.name

    @property
    def sees_own_of_client(self) -> bool:
        """Whether what the client does for himself is seen: never for who acts for a body."""
        return self.sees_all and self.body is None


# Scope rows of enterprises have numbers far below those of accounts, so that the two never meet.
_ENTERPRISES = 2 * 10**15


def enterprise_unit_id(enterprise_id: int) -> int:
    """Return the unit number under which rows meant for all members of an enterprise are scoped."""
    return -(_ENTERPRISES + enterprise_id)


@dataclass(frozen=True, slots=True)
class Actor:
    """A person, partner or the system itself, with what it may do and see.

    `powers` maps a power such as "dossiers.receive" to the units in which it is held, units
    below a post already included. `province_powers` are held everywhere.
    `unit_ids` are the units whose scope rows the actor's lists read; `sees_all` needs none.
    Those of a citizen are the enterprises the citizen acts for (`enterprise_unit_id`).
    `is_silent` marks imported and demo acts: they leave every trace but send no message.
    With an `agent` the actor is the person for whom somebody else acts: what is made is theirs,
    the trail names both, and only what was made under that mandate can be seen.
    An `application_id` says which application acts under the account: several may under one.
    """

    id: int
    name: str
    kind: ActorKind = ActorKind.OFFICER
    title: str = ""
    person_id: int | None = None
    agency_id: int | None = None
    unit_ids: tuple[int, ...] = ()
    sees_all: bool = False
    powers: Mapping[str, frozenset[int]] = field(default_factory=dict, hash=False)
    province_powers: frozenset[str] = frozenset()
    on_behalf_of: str = ""
    is_silent: bool = False
    agent: Agent | None = None
    application_id: int | None = None

    @property
    def doer_id(self) -> int:
        """The account that really acts."""
        return self.agent.account_id if self.agent else self.id

    @property
    def doer_name(self) -> str:
        """The name of who really acts."""
        return self.agent.full_name if self.agent else self.name

    @property
    def personal_unit_id(self) -> int:
        """The unit number under which rows meant for this very person are scoped."""
        return -self.id

    @property
    def scope_ids(self) -> tuple[int, ...]:
        """Every unit number whose scope rows this actor may read."""
        if self.agent is None:
            return (*self.unit_ids, self.personal_unit_id)
        under, body = mandate_unit_id(self.agent.mandate_id), self.agent.body
        if not self.agent.sees_all:
            return (under,)
        return (under, enterprise_unit_id(body.id) if body else self.personal_unit_id)

    def can(self, power: str, *, unit_id: int | None = None) -> bool:
        """Say whether the power is held, in that unit if one is given."""
        if power in self.province_powers:
            return True
        held_in = self.powers.get(power)
        return held_in is not None and (unit_id is None or unit_id in held_in)

    def require(self, power: str, *, unit_id: int | None = None) -> None:
        """Raises: NotAllowed if the power is not held there."""
        if not self.can(power, unit_id=unit_id):
            message = said("Ông/bà không có quyền thực hiện việc này tại đơn vị đang xử lý hồ sơ.")
            raise NotAllowed(message)


SYSTEM = Actor(id=0, name="Hệ thống", kind=ActorKind.SYSTEM)
