from datetime import time

import pytest
from django.db import IntegrityError, transaction

from motcua.casework.agendas.choices import EntryState
from motcua.casework.agendas.errors import EntryDecided, NoSuchEntry, NoSuchFeed
from motcua.casework.agendas.models import AgendaEntry, AgendaWeek, EntryMove
from motcua.casework.agendas.operations.entries import (
    approve_entry,
    cancel_entry,
    change_entry,
    decline_entry,
)
from motcua.casework.agendas.operations.notifying import tell_people
from motcua.casework.agendas.operations.weeks import end_feed, publish_week, renew_feed
from motcua.casework.agendas.queries.feeds import feed_file, week_pdf
from motcua.casework.agendas.queries.weeks import get_entry_for, public_week, week_for
from motcua.casework.agendas.rules import EntryIn, Guest
from motcua.foundation.identity import api as identity
from motcua.foundation.notifications import api as notifications
from motcua.foundation.outbox import api as outbox
from motcua.lib.errors import BadInput, NotAllowed

from .make import AFTER, BEFORE, MONDAY, TUESDAY, Place, make_entry, make_place

pytestmark = pytest.mark.django_db


def titles(place: Place, actor: object = None) -> list[str]:
    week = week_for(actor or place.hoa, place.agency_id, MONDAY)  # type: ignore[arg-type]  # -- any actor
    return [one.entry.title for day in week.days for one in day.entries]


def test_a_unit_proposes_and_the_office_approves() -> None:
    place = make_place()
    entry = make_entry(place)
    assert entry.state == EntryState.PROPOSED

    approve_entry(entry.code, by=place.chung, at=BEFORE)

    entry.refresh_from_db()
    assert (entry.state, entry.decided_by_name) == ("approved", place.chung.name)
    assert list(EntryMove.objects.filter(entry=entry).values_list("act", flat=True)) == [
        "propose",
        "approve",
    ]


def test_who_approves_has_approved_what_he_enters() -> None:
    place = make_place()

    entry = make_entry(place, by=place.chung, unit_id=place.office_id)

    assert entry.state == EntryState.APPROVED


def test_a_unit_does_not_approve_its_own_proposal() -> None:
    place = make_place()
    entry = make_entry(place)

    with pytest.raises(NotAllowed):
        approve_entry(entry.code, by=place.binh, at=BEFORE)


def test_nobody_proposes_for_another_unit_or_a_day_gone_by() -> None:
    place = make_place()

    with pytest.raises(NotAllowed):
        make_entry(place, unit_id=place.office_id)
    with pytest.raises(BadInput, match="đã qua"):
        make_entry(place, at=AFTER.replace(day=3))


def test_a_declined_proposal_has_its_reason_and_is_not_decided_twice() -> None:
    place = make_place()
    entry = make_entry(place)

    decline_entry(entry.code, "Trùng lịch họp tỉnh", by=place.chung, at=BEFORE)

    with pytest.raises(EntryDecided):
        approve_entry(entry.code, by=place.chung, at=BEFORE)
    with pytest.raises(BadInput):
        decline_entry(make_entry(place).code, " ", by=place.chung, at=BEFORE)


def test_what_a_unit_changes_waits_anew() -> None:
    place = make_place()
    entry = make_entry(place)
    approve_entry(entry.code, by=place.chung, at=BEFORE)
    facts = EntryIn(TUESDAY, time(14), "Họp giao ban", chair_account_id=place.hoa.id)

    change_entry(entry.code, facts, by=place.binh, at=BEFORE)

    entry.refresh_from_db()
    assert (entry.state, entry.day, entry.chair_name) == ("proposed", TUESDAY, place.hoa.name)


def test_proposals_are_seen_by_their_unit_and_who_approves() -> None:
    place = make_place()
    make_entry(place, by=place.hoa, unit_id=place.root_id, title="Đã duyệt")
    make_entry(place, by=place.hoa, unit_id=place.root_id, title="Của lãnh đạo")
    AgendaEntry.objects.filter(title="Của lãnh đạo").update(state="proposed")
    make_entry(place)

    assert titles(place) == ["Đã duyệt", "Của lãnh đạo", "Họp giao ban tháng 3"]
    assert titles(place, place.binh) == ["Đã duyệt", "Họp giao ban tháng 3"]


def test_an_agency_calendar_is_for_those_who_work_there() -> None:
    place, other = make_place(), make_place("H18.102", "UBND xã Nà Tấu")
    entry = make_entry(place, by=place.hoa, unit_id=place.root_id)

    with pytest.raises(NoSuchEntry):
        week_for(other.hoa, place.agency_id, MONDAY)
    with pytest.raises(NoSuchEntry):
        get_entry_for(other.hoa, entry.code)


def test_the_same_leader_at_the_same_time_is_warned_of() -> None:
    place = make_place()
    make_entry(place)
    make_entry(place, title="Tiếp công dân", starts=time(9), ends=time(11), place="Trụ sở")

    days = week_for(place.hoa, place.agency_id, MONDAY).days

    assert [list(one.clashes) for one in days[0].entries] == [
        ["Trùng giờ, cùng người: 09:00 Tiếp công dân"],
        ["Trùng giờ, cùng người: 08:00 Họp giao ban tháng 3"],
    ]


def test_a_published_week_says_what_changed_since() -> None:
    place = make_place()
    first = make_entry(place, by=place.hoa, unit_id=place.root_id)
    publish_week(place.agency_id, TUESDAY, by=place.chung, at=BEFORE)
    make_entry(place, by=place.hoa, unit_id=place.root_id, title="Bổ sung", at=AFTER)
    cancel_entry(first.code, "Mưa lũ", by=place.hoa, at=AFTER)

    shown = week_for(place.binh, place.agency_id, MONDAY).days[0].entries

    assert [(one.entry.state, one.is_new, one.is_changed) for one in shown] == [
        ("cancelled", False, True),
        ("approved", True, True),
    ]


def test_only_what_is_public_in_a_published_week_is_for_everybody() -> None:
    place = make_place()
    make_entry(place, by=place.hoa, unit_id=place.root_id)
    make_entry(place, by=place.hoa, unit_id=place.root_id, title="Họp kín", is_public=False)
    make_entry(place, title="Chưa duyệt")
    assert public_week(place.agency_id, MONDAY) is None
    publish_week(place.agency_id, MONDAY, by=place.chung, at=BEFORE)
    assert public_week(place.agency_id, MONDAY) is None

    publish_week(place.agency_id, MONDAY, by=place.chung, at=BEFORE, is_public=True)

    week = public_week(place.agency_id, MONDAY)
    assert week is not None
    assert [one.entry.title for one in week.days[0].entries] == ["Họp giao ban tháng 3"]


def test_a_handler_does_not_publish() -> None:
    place = make_place()

    with pytest.raises(NotAllowed):
        publish_week(place.agency_id, MONDAY, by=place.binh, at=BEFORE)


def test_a_secret_address_gives_own_entries_of_published_weeks_until_it_is_renewed() -> None:
    place = make_place()
    guests = [Guest(unit_id=place.division_id, name="Phòng Kinh tế")]
    make_entry(place, by=place.hoa, unit_id=place.root_id, guests=guests)
    make_entry(place, by=place.hoa, unit_id=place.root_id, title="Việc khác")
    token = renew_feed(by=place.binh, at=BEFORE).token
    assert "SUMMARY" not in feed_file(token, at=BEFORE)
    publish_week(place.agency_id, MONDAY, by=place.chung, at=BEFORE)

    text = feed_file(token, at=BEFORE)

    lines = [line for line in text.splitlines() if line.startswith("SUMMARY")]
    assert lines == ["SUMMARY:Họp giao ban tháng 3"]
    renew_feed(by=place.binh, at=BEFORE)
    with pytest.raises(NoSuchFeed):
        feed_file(token, at=BEFORE)


def test_a_secret_address_ends_with_its_account_or_on_wish() -> None:
    place = make_place()
    token = renew_feed(by=place.binh, at=BEFORE).token
    identity.Account.objects.filter(pk=place.binh.id).update(
        disabled_at=BEFORE, disabled_because="left"
    )
    with pytest.raises(NoSuchFeed):
        feed_file(token, at=BEFORE)

    token = renew_feed(by=place.hoa, at=BEFORE).token
    end_feed(by=place.hoa, at=BEFORE)
    with pytest.raises(NoSuchFeed):
        feed_file(token, at=BEFORE)


def test_the_week_is_printed() -> None:
    place = make_place()
    make_entry(place, by=place.hoa, unit_id=place.root_id)

    assert week_pdf(place.binh, place.agency_id, MONDAY, at=BEFORE)[:5] == b"%PDF-"


def test_who_takes_part_hears_of_late_changes() -> None:
    place = make_place()
    entry = make_entry(place, guests=[Guest(account_id=place.binh.id, name="Bình")])
    publish_week(place.agency_id, MONDAY, by=place.chung, at=BEFORE)
    cancel_entry(entry.code, "Mưa lũ", by=place.chung, at=AFTER)
    fact = outbox.ReadFact(
        id=1,
        topic="agendas.entry_moved",
        version=1,
        aggregate="agenda_entry",
        aggregate_id=entry.pk,
        seq=2,
        at=AFTER,
        by_id=place.chung.id,
        is_silent=False,
        payload={"act": "cancel", "was_published": True},
    )

    tell_people([fact])

    told = notifications.Notice.objects.values_list("account_id", "subject")
    assert sorted(told) == [
        (one.id, "Lịch thay đổi: Họp giao ban tháng 3") for one in (place.hoa, place.binh)
    ]


@pytest.mark.parametrize(
    ("changes", "name"),
    [
        ({"state": "lost", "decided_at": BEFORE}, "agendas_state"),
        ({"ends": time(7)}, "agendas_ends"),
        ({"state": "approved"}, "agendas_decided"),
    ],
)
def test_the_database_refuses_an_entry_that_cannot_be(
    changes: dict[str, object], name: str
) -> None:
    entry = make_entry(make_place())

    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        AgendaEntry.objects.filter(pk=entry.pk).update(**changes)


def test_the_database_refuses_a_week_that_begins_on_tuesday() -> None:
    place = make_place()
    publish_week(place.agency_id, MONDAY, by=place.chung, at=BEFORE)

    with pytest.raises(IntegrityError, match="monday"), transaction.atomic():
        AgendaWeek.objects.filter(agency_id=place.agency_id).update(monday=TUESDAY)
