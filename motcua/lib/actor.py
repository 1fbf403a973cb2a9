"""Who acts: one frozen value handed down from the channel to every operation."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from .errors import NotAllowed


class ActorKind(StrEnum):
    """What sort of party acts."""

    OFFICER = "officer"
    CITIZEN = "citizen"
    PARTNER = "partner"
    SYSTEM = "system"


@dataclass(frozen=True, slots=True)
class Actor:
    """A person, partner or the system itself, with what it may do and see.

    `powers` maps a power such as "dossiers.receive" to the units in which it is held, units
    below a post already included. `province_powers` are held everywhere.
    `unit_ids` are the units whose scope rows the actor's lists read; `sees_all` needs none.
    `is_silent` marks imported and demo acts: they leave every trace but send no message.
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

    @property
    def personal_unit_id(self) -> int:
        """The unit number under which rows meant for this very person are scoped."""
        return -self.id

    @property
    def scope_ids(self) -> tuple[int, ...]:
        """Every unit number whose scope rows this actor may read."""
        return (*self.unit_ids, self.personal_unit_id)

    def can(self, power: str, *, unit_id: int | None = None) -> bool:
        """Say whether the power is held, in that unit if one is given."""
        if power in self.province_powers:
            return True
        held_in = self.powers.get(power)
        return held_in is not None and (unit_id is None or unit_id in held_in)

    def require(self, power: str, *, unit_id: int | None = None) -> None:
        """Raises: NotAllowed if the power is not held there."""
        if not self.can(power, unit_id=unit_id):
            message = "Ông/bà không có quyền thực hiện việc này tại đơn vị đang xử lý hồ sơ."
            raise NotAllowed(message)


SYSTEM = Actor(id=0, name="Hệ thống", kind=ActorKind.SYSTEM)
