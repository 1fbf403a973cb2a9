"""One's own entries as a calendar file, and the week as a paper."""

from datetime import date, datetime, timedelta

from django.conf import settings
from django.db.models import Q

from motcua.casework.agendas.choices import EntryState
from motcua.casework.agendas.errors import NoSuchFeed
from motcua.casework.agendas.models import AgendaEntry, AgendaFeed, AgendaWeek, EntryGuest
from motcua.casework.agendas.rules import FeedEvent, calendar_file, monday_of
from motcua.foundation.identity import api as identity
from motcua.foundation.organisation import api as organisation
from motcua.foundation.papers import api as papers
from motcua.lib.actor import Actor
from motcua.lib.clock import local_day

from .weeks import DayShown, EntryShown, feed_moment, week_for

_PAST, _COMING = timedelta(days=30), timedelta(days=120)
_MOST = 1000
_WEEKDAYS = ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ nhật")
_SHOWN = (EntryState.APPROVED, EntryState.CANCELLED)


def feed_of(actor: Actor) -> AgendaFeed | None:
    """Return the actor's secret address, if there is one."""
    return AgendaFeed.objects.filter(account_id=actor.id).first()


def feed_file(token: str, *, at: datetime) -> str:
    """Return the entries of who holds the address, of published weeks, as a calendar file.

    Raises: NoSuchFeed, also when the account has ended.
    """
    feed = AgendaFeed.objects.filter(token=token).first()
    account = identity.get_account(feed.account_id) if feed else None
    if account is None or account.disabled_at is not None:
        raise NoSuchFeed("Địa chỉ lịch này không còn dùng được.")
    day = local_day(at)
    entries = _own(account, day)
    published = set(
        AgendaWeek.objects.filter(agency_id__in={one.agency_id for one in entries}).values_list(
            "agency_id", "monday"
        )
    )
    events = [_event(e) for e in entries if (e.agency_id, monday_of(e.day)) in published]
    return calendar_file(f"Lịch công tác – {account.full_name}", events)


def _own(account: "identity.Account", day: date) -> list[AgendaEntry]:
    officer = account.officer_id or 0
    units = [post.unit_id for post in organisation.posts_held_by(officer, day)]
    guest = EntryGuest.objects.filter(Q(account_id=account.pk) | Q(unit_id__in=units))
    mine = Q(chair_account_id=account.pk) | Q(pk__in=guest.values("entry_id"))
    found = AgendaEntry.objects.filter(
        mine, day__range=(day - _PAST, day + _COMING), state__in=_SHOWN
    )
    return list(found.order_by("day", "starts", "id")[:_MOST])


def _event(entry: AgendaEntry) -> FeedEvent:
    begins, ends = feed_moment(entry)
    words = [f"Chủ trì: {entry.chair_name}"]
    words += [f"Thành phần: {entry.who}"] if entry.who else []
    words += [entry.note] if entry.note else []
    host = settings.SITE_ADDRESS.partition("://")[2] or "motcua"
    return FeedEvent(
        uid=f"{entry.code}@{host}",
        begins=begins,
        ends=ends,
        title=entry.title,
        place=entry.place,
        words="\n".join(words),
        changed_at=entry.changed_at,
        is_cancelled=entry.state == EntryState.CANCELLED,
    )


def week_pdf(actor: Actor, agency_id: int, day: date, *, at: datetime) -> bytes:
    """Return the week as PDF; one not published says that it is a draft. Raises: NoSuchEntry."""
    week = week_for(actor, agency_id, day)
    paper = papers.WorkWeek(
        letterhead=papers.letterhead_of_agency(agency_id, at),
        from_day=week.monday,
        to_day=week.sunday,
        number_of_week=week.monday.isocalendar().week,
        is_draft=week.week is None,
        days=tuple(_paper_day(one) for one in week.days),
        notes=(week.week.notes,) if week.week and week.week.notes else (),
    )
    return papers.render_paper(paper)


def _paper_day(one: DayShown) -> papers.WorkDay:
    entries = tuple(_paper_entry(e) for e in one.entries if e.entry.state in _SHOWN)
    return papers.WorkDay(day=one.day, weekday=_WEEKDAYS[one.day.weekday()], entries=entries)


def _paper_entry(shown: EntryShown) -> papers.WorkEntry:
    entry = shown.entry
    ends = f" – {entry.ends:%H:%M}" if entry.ends else ""
    notes = ["HOÃN"] if entry.state == EntryState.CANCELLED else []
    notes += [f"Xe: {entry.car}"] if entry.car else []
    notes += [entry.note] if entry.note else []
    return papers.WorkEntry(
        time=f"{entry.starts:%H:%M}{ends}",
        title=entry.title,
        place=entry.place,
        chair=entry.chair_name,
        who=shown.who,
        prepared_by=entry.prepared_by,
        note=". ".join(notes),
    )
