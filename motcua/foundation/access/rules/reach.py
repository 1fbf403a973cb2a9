"""From posts to an actor's reach: which powers where, and whose scope rows are read."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from motcua.foundation.access.choices import Power
from motcua.foundation.organisation.api import AgencyKind, Level, PostRole, Tree

from .roles import PRIVILEGED, ROLE_POWERS

_FOR_ALL = (AgencyKind.PROVINCE_COMMITTEE, AgencyKind.OFFICE)
WHOLE_AGENCY = (
    PostRole.AGENCY_LEADER,
    PostRole.ADMINISTRATOR,
    PostRole.ACCOUNTANT,
    PostRole.LIBRARIAN,
)


@dataclass(frozen=True, slots=True)
class HeldPost:
    """One post somebody holds or stands in for; `powers` None means all of its role."""

    unit_id: int
    role: PostRole
    title: str
    powers: frozenset[Power] | None = None


@dataclass(frozen=True, slots=True)
class Reach:
    """What several posts amount to."""

    unit_ids: tuple[int, ...]
    powers: Mapping[str, frozenset[int]]
    province_powers: frozenset[str]
    sees_all: bool


def reach_of(posts: Iterable[HeldPost], tree: Tree) -> Reach:
    """Return what the posts amount to in this tree.

    A power holds in the unit of the post and below it; a leader's post counts at the root of the
    agency, and an accountant's. Monitors, and administrators of provincial agencies, act for the
    whole province. A village helper sees nothing of the unit's: only what he filed himself. An
    accountant keeps the money of the whole agency, but sees only the own unit's work; who keeps the
    library of reasons does so for the agency, that of the province's office for all, and sees
    nobody's work.

    Source: docs/law/access.md
    """
    units: dict[int, None] = {}
    powers: defaultdict[str, set[int]] = defaultdict(set)
    province: set[str] = set()
    for post in posts:
        granted = granted_by(post)
        if is_provincial(post, tree):
            province |= granted
            continue
        home = home_of(post, tree)
        if post.role == PostRole.ACCOUNTANT:
            units[post.unit_id] = None
        elif post.role not in (PostRole.HELPER, PostRole.LIBRARIAN):
            units[home] = None
        for power in granted:
            powers[power] |= tree.descendants(home)
    return Reach(
        unit_ids=tuple(units),
        powers={power: frozenset(where) for power, where in powers.items()},
        province_powers=frozenset(province),
        sees_all=Power.READ_ALL_DOSSIERS in province,
    )


def granted_by(post: HeldPost) -> frozenset[Power]:
    """Return what the post's role grants, or the delegated part of it."""
    role_grants = ROLE_POWERS[post.role]
    return role_grants if post.powers is None else role_grants & post.powers


def home_of(post: HeldPost, tree: Tree) -> int:
    """Return the unit from which the post reaches down."""
    if post.role in WHOLE_AGENCY:
        return tree.agency_of(post.unit_id).root_unit_id
    return post.unit_id


def is_provincial(post: HeldPost, tree: Tree) -> bool:
    """Say whether the post acts for the whole province."""
    if post.role == PostRole.PROVINCE_MONITOR:
        return True
    agency = tree.agency_of(post.unit_id)
    if post.role == PostRole.LIBRARIAN:
        return agency.level == Level.PROVINCE and agency.kind in _FOR_ALL
    return post.role == PostRole.ADMINISTRATOR and agency.level == Level.PROVINCE


def is_privileged(reach: Reach) -> bool:
    """Say whether a second factor is demanded."""
    return any(power in PRIVILEGED for power in (*reach.province_powers, *reach.powers))
