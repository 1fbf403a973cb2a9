"""The Actor: what one account may do and see, compiled once for each version of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache

from django.db.models import F

from motcua.foundation.access import ports
from motcua.foundation.access.choices import Power
from motcua.foundation.access.models import Delegation
from motcua.foundation.access.rules.reach import HeldPost, Reach, home_of, is_privileged, reach_of
from motcua.foundation.identity import api as identity
from motcua.foundation.organisation import api as organisation
from motcua.foundation.people import api as people
from motcua.lib import work
from motcua.lib.actor import Actor, ActorKind, enterprise_unit_id
from motcua.lib.clock import local_day
from motcua.lib.dated import holding_on

ANONYMOUS = Actor(id=0, name="", kind=ActorKind.CITIZEN)
Version = tuple[int, int]
_POSTS = """
SELECT p.unit_id, p.role, p.title FROM organisation_postholding h
JOIN organisation_post p ON p.id = h.post_id
WHERE h.officer_id = %s
  AND h.valid_from <= %s AND (h.valid_to IS NULL OR h.valid_to >= %s)
  AND p.valid_from <= %s AND (p.valid_to IS NULL OR p.valid_to >= %s)
ORDER BY h.valid_from, h.id
"""


@dataclass(frozen=True, slots=True)
class Compiled:
    """An actor, and whether the account must have a second factor."""

    actor: Actor
    is_privileged: bool = False


def actor_of(
    account_id: int,
    version: Version,
    *,
    at: datetime,
    acting_for: int | None = None,
    main_unit: int = 0,
) -> Compiled:
    """Return what the account may do and see, on behalf of somebody else if it says so.

    Who holds several posts works under the one that reaches from `main_unit`: it gives title and
    agency and comes first; the powers are those of all posts.

    Any change of posts, delegations or the tree gives another version, so that what was compiled
    is never out of date; posts that begin or end do so at midnight in Hà Nội.

    Costs: nothing when this process has compiled it before, else up to four statements.
    """
    return _compiled(account_id, version, local_day(at), acting_for, main_unit)


def actor_now(account_id: int, *, at: datetime) -> Compiled:
    """Return the same outside a signed-in request, as after signing in.

    Costs: one query more.
    """
    account = identity.get_account(account_id)
    return actor_of(account_id, (account.actor_version, organisation.tree().version), at=at)


@lru_cache(maxsize=4096)
def _compiled(
    account_id: int,
    version: Version,
    day: date,
    acting_for: int | None,
    main_unit: int,
) -> Compiled:
    account = identity.get_account(account_id)
    if account.kind != identity.AccountKind.OFFICER:
        return _outsider(account, day)
    delegation = _delegation(account, day, acting_for) if acting_for else None
    if delegation is not None:
        posts = [_stood_in(delegation)]
        behalf = holder_of(delegation.post_id, on=day)
    else:
        posts, behalf = held_posts(account.officer_id or 0, on=day), ""
    tree = _tree(version[1])
    posts.sort(key=lambda post: home_of(post, tree) != main_unit)
    return _officer(account, posts, behalf, tree)


def _outsider(account: "identity.Account", day: date) -> Compiled:
    """Return a citizen, with the enterprises the citizen is a member of, or a partner."""
    powers = _powers_as_member(account, day)
    actor = Actor(
        id=account.pk,
        name=account.full_name,
        kind=ActorKind(account.kind),
        person_id=account.person_id,
        unit_ids=tuple(sorted({unit for units in powers.values() for unit in units})),
        powers=powers,
    )
    return Compiled(actor, is_privileged=account.kind == identity.AccountKind.PARTNER)


def _powers_as_member(account: "identity.Account", day: date) -> dict[str, frozenset[int]]:
    """Return what a citizen may do in the name of enterprises, each by its unit number."""
    found: dict[str, frozenset[int]] = {}
    if account.person_id is None or account.kind != identity.AccountKind.CITIZEN:
        return found
    for one in people.memberships_of(account.person_id, on=day):
        unit = enterprise_unit_id(one.enterprise_id)
        for power in people.MEMBER_POWERS[people.MemberRole(one.role)]:
            found[power] = found.get(power, frozenset()) | {unit}
    return found


def _tree(version: int) -> organisation.Tree:
    """Return a tree that is at least as new as the sign-in statement has seen."""
    tree = organisation.tree()
    if tree.version < version:
        organisation.forget_tree()
        tree = organisation.tree()
    return tree


def _officer(
    account: "identity.Account", posts: Sequence[HeldPost], behalf: str, tree: organisation.Tree
) -> Compiled:
    reach: Reach = reach_of(posts, tree)
    main = posts[0] if posts else None
    actor = Actor(
        id=account.pk,
        name=account.full_name,
        title=main.title if main else "",
        agency_id=tree.agency_of(main.unit_id).id if main else None,
        unit_ids=reach.unit_ids,
        sees_all=reach.sees_all,
        powers=reach.powers,
        province_powers=reach.province_powers,
        on_behalf_of=behalf,
    )
    return Compiled(actor, is_privileged(reach))


def held_posts(officer_id: int, *, on: date) -> list[HeldPost]:
    """Return the posts an officer holds on that day, oldest first, then those sat in besides."""
    rows = [*work.fetch(_POSTS, [officer_id, on, on, on, on])]
    rows += [row for found in ports.registry for row in found(officer_id, on)]
    return [HeldPost(unit, organisation.PostRole(role), title) for unit, role, title in rows]


def holder_of(post_id: int, *, on: date) -> str:
    """Return the name of who holds the post on that day, or nothing."""
    names = organisation.PostHolding.objects.filter(holding_on(on), post_id=post_id)
    return next(iter(names.values_list("officer__full_name", flat=True)), "")


def is_held_by(post_id: int, officer_id: int, *, on: date) -> bool:
    """Say whether the officer holds the post on that day."""
    return organisation.PostHolding.objects.filter(
        holding_on(on), post_id=post_id, officer_id=officer_id
    ).exists()


def delegations_to(officer_id: int, *, on: date) -> Sequence[Delegation]:
    """Return the delegations under which an officer may stand in on that day, by their end."""
    return list(
        Delegation.objects.filter(holding_on(on), to_officer_id=officer_id, revoked_at=None)
        .select_related("post__unit")
        .order_by("valid_to", "id")
    )


def delegations_of_post(post_id: int) -> Sequence[Delegation]:
    """Return all delegations of a post, newest first."""
    return list(
        Delegation.objects.filter(post_id=post_id)
        .select_related("to_officer")
        .order_by(F("valid_from").desc(), "-id")
    )


def _delegation(account: "identity.Account", day: date, delegation_id: int) -> Delegation | None:
    """Return the delegation if it is this officer's and in force; else it counts for nothing."""
    return (
        Delegation.objects.filter(
            holding_on(day), pk=delegation_id, to_officer_id=account.officer_id, revoked_at=None
        )
        .select_related("post")
        .first()
    )


def _stood_in(delegation: Delegation) -> HeldPost:
    post = delegation.post
    powers = frozenset(Power(word) for word in delegation.powers) if delegation.powers else None
    return HeldPost(post.unit_id, organisation.PostRole(post.role), post.title, powers)
