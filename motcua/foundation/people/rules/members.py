"""What members of an enterprise may do in its name, by their role."""

from collections.abc import Mapping
from typing import Final

from motcua.foundation.people.choices import MemberRole

# Held in the unit number of the enterprise (`motcua.lib.actor.enterprise_unit_id`).
ACT: Final = "enterprises.act"  # see and go on with whatever colleagues filed in its name
MANAGE: Final = "enterprises.manage"  # say who its members are, take back what colleagues filed

MEMBER_POWERS: Mapping[MemberRole, frozenset[str]] = {
    MemberRole.REPRESENTATIVE: frozenset({ACT, MANAGE}),
    MemberRole.MANAGER: frozenset({ACT, MANAGE}),
    MemberRole.STAFF: frozenset({ACT}),
}
