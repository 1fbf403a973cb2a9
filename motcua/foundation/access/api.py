"""The door: powers, the actor's reach, scope rows and the pages made from them."""

from .choices import Power, Secrecy
from .errors import DelegationNotAllowed, DelegationOverlaps, NoSuchDelegation
from .events import DelegationRevoked, MemberAdmitted, MemberDismissed, PostDelegated
from .models import Delegation, ScopeRow, kept_closely, newest_first, one_row_per_unit
from .operations.delegating import DelegationFacts, act_for, delegate_post, revoke_delegation
from .operations.members import NewMember, admit_member, dismiss_member
from .ports import further_seats
from .queries.actors import (
    ANONYMOUS,
    Compiled,
    actor_now,
    actor_of,
    delegations_of_post,
    delegations_to,
    held_posts,
    holder_of,
)
from .queries.holders import agencies_reached, delegations_since, holders_of, province_holders_of
from .queries.scope import may_see, page, visible_among
from .rules.roles import ROLE_POWERS

__all__ = [
    "ANONYMOUS",
    "ROLE_POWERS",
    "Compiled",
    "Delegation",
    "DelegationFacts",
    "DelegationNotAllowed",
    "DelegationOverlaps",
    "DelegationRevoked",
    "MemberAdmitted",
    "MemberDismissed",
    "NewMember",
    "NoSuchDelegation",
    "PostDelegated",
    "Power",
    "ScopeRow",
    "Secrecy",
    "act_for",
    "actor_now",
    "actor_of",
    "admit_member",
    "agencies_reached",
    "delegate_post",
    "delegations_of_post",
    "delegations_since",
    "delegations_to",
    "dismiss_member",
    "further_seats",
    "held_posts",
    "holder_of",
    "holders_of",
    "kept_closely",
    "may_see",
    "newest_first",
    "one_row_per_unit",
    "page",
    "province_holders_of",
    "revoke_delegation",
    "visible_among",
]
