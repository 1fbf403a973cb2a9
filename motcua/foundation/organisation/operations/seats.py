"""Posts and their holders end with the unit."""

from collections.abc import Collection
from datetime import date

from motcua.foundation.organisation.errors import BadOrganisation
from motcua.foundation.organisation.models import CalendarUse, Post, PostHolding


def end_seats(unit_ids: Collection[int], on: date) -> None:
    """Make `on` the last day of all posts of these units, their holders and their calendars.

    Raises: BadOrganisation if a post or holder is to begin afterwards.
    """
    posts = Post.objects.filter(unit__in=unit_ids)
    holdings = PostHolding.objects.filter(post__in=posts)
    uses = CalendarUse.objects.filter(unit__in=unit_ids)
    for rows in (posts, holdings, uses):
        if rows.filter(valid_from__gt=on).exists():
            message = f"Có vị trí, người giữ vị trí hoặc lịch bắt đầu sau ngày {on:%d/%m/%Y}."
            raise BadOrganisation(message, field="on")
        rows.exclude(valid_to__lte=on).update(valid_to=on)
