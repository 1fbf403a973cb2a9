"""Posts and officers on a day."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from motcua.foundation.organisation.choices import PostRole
from motcua.foundation.organisation.models import Officer, Post, PostHolding
from motcua.lib.dated import holding_on


@dataclass(frozen=True, slots=True)
class HeldPost:
    """A post an officer holds on a day."""

    post_id: int
    unit_id: int
    agency_id: int
    role: PostRole
    title: str


@dataclass(frozen=True, slots=True)
class Seat:
    """A post of a unit on a day, with its holder; vacant without one."""

    post_id: int
    post_code: str
    unit_id: int
    role: PostRole
    title: str
    officer_id: int | None
    officer_name: str


def posts_held_by(officer_id: int, day: date) -> list[HeldPost]:
    """Return the posts an officer holds on that day, by post code.

    Costs: one query.
    """
    rows = (
        PostHolding.objects.filter(holding_on(day), holding_on(day, "post__"), officer=officer_id)
        .order_by("post__code")
        .values_list(
            "post_id", "post__unit_id", "post__unit__agency_id", "post__role", "post__title"
        )
    )
    return [HeldPost(row[0], row[1], row[2], PostRole(row[3]), row[4]) for row in rows]


def seats_of_units(
    unit_ids: Collection[int], day: date, *, roles: Iterable[PostRole] = ()
) -> list[Seat]:
    """Return all posts of these units on that day with their holders, by unit and post code.

    Costs: one query.
    """
    wanted = list(roles) or PostRole.values
    posts = Post.objects.filter(holding_on(day), unit__in=unit_ids, role__in=wanted)
    codes = posts.order_by("unit__code", "code").values_list(
        "id", "code", "unit_id", "role", "title"
    )
    held = PostHolding.objects.filter(holding_on(day), post__in=posts).values_list(
        "post_id", "officer_id", "officer__full_name"
    )
    holders = {post_id: (officer_id, name) for post_id, officer_id, name in held}
    return [
        Seat(row[0], row[1], row[2], PostRole(row[3]), row[4], *holders.get(row[0], (None, "")))
        for row in codes
    ]


def officers_of_units(
    unit_ids: Collection[int], day: date, *, roles: Iterable[PostRole] = ()
) -> list[Officer]:
    """Return who holds a post in these units on that day, by given name.

    Costs: one query.
    """
    wanted = list(roles) or PostRole.values
    holdings = PostHolding.objects.filter(
        holding_on(day), holding_on(day, "post__"), post__unit__in=unit_ids, post__role__in=wanted
    )
    return list(
        Officer.objects.filter(pk__in=holdings.values("officer")).order_by("sort_key", "code")
    )


def find_officer(code: str) -> Officer | None:
    """Find an officer by code."""
    return Officer.objects.filter(code=code).first()


def find_post(code: str) -> Post | None:
    """Find a post by code."""
    return Post.objects.filter(code=code).first()
