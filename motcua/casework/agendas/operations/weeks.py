"""Publish a week; make, change and end the secret address of one's own calendar."""

import secrets
from datetime import date, datetime

from motcua.casework.agendas.models import AgendaFeed, AgendaWeek
from motcua.casework.agendas.permissions import check_approves
from motcua.casework.agendas.rules import monday_of
from motcua.foundation.audit import api as audit
from motcua.lib import work
from motcua.lib.actor import Actor
from motcua.lib.text import tidy

_LONGEST_NOTES = 1000


@work.story
def publish_week(
    agency_id: int,
    day: date,
    *,
    by: Actor,
    at: datetime,
    is_public: bool = False,
    notes: str = "",
) -> AgendaWeek:
    """Publish the week of the day to the agency, and what is public in it on the portal.

    Published again, what changed meanwhile is no longer marked.

    Raises: NotAllowed.
    Source: docs/law/agendas.md
    """
    check_approves(agency_id, by)
    week, _ = AgendaWeek.objects.update_or_create(
        agency_id=agency_id,
        monday=monday_of(day),
        defaults={
            "published_at": at,
            "published_by_name": by.name,
            "is_public": is_public,
            "notes": tidy(notes)[:_LONGEST_NOTES],
        },
    )
    detail = {"monday": f"{week.monday}", "is_public": is_public}
    audit.record("agendas.publish", f"agency:{agency_id}", by=by, at=at, detail=detail)
    return week


@work.story
def renew_feed(*, by: Actor, at: datetime) -> AgendaFeed:
    """Make a secret address for one's own entries; an earlier one ends at once."""
    feed, _ = AgendaFeed.objects.update_or_create(
        account_id=by.id, defaults={"token": secrets.token_urlsafe(32), "made_at": at}
    )
    audit.record("agendas.renew_feed", f"account:{by.id}", by=by, at=at)
    return feed


@work.story
def end_feed(*, by: Actor, at: datetime) -> None:
    """End one's secret address."""
    AgendaFeed.objects.filter(account_id=by.id).delete()
    audit.record("agendas.end_feed", f"account:{by.id}", by=by, at=at)
