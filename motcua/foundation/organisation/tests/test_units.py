"""Units over time: set up, moved, ended, succeeded, with their calendars."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from motcua.foundation.audit import api as audit
from motcua.foundation.calendar.api import WorkCalendar
from motcua.foundation.organisation import api as organisation
from motcua.foundation.organisation.choices import Change, Standing, UnitKind
from motcua.foundation.organisation.errors import BadOrganisation, LaterVersion, NoSuchUnit
from motcua.foundation.organisation.models import (
    CalendarUse,
    TreeVersion,
    Unit,
    UnitClosure,
    UnitSuccession,
    UnitVersion,
)
from motcua.foundation.organisation.rules.facts import Link, Term, UnitFacts
from motcua.lib.errors import NotAllowed

from .actors import AT, HOA, REFORM_DAY, TODAY, editor_of
from .make import make_agency, make_officer, make_post, make_unit, root_of

pytestmark = pytest.mark.django_db

DIVISION = UnitFacts("H18.101.KT", "Phòng Kinh tế", UnitKind.DIVISION)
SINCE_REFORM = Term(REFORM_DAY, basis="QĐ 12")
YESTERDAY = TODAY - timedelta(days=1)


def test_a_unit_stands_below_the_root_of_its_agency() -> None:
    agency = make_agency()

    unit = organisation.add_unit(agency.pk, DIVISION, SINCE_REFORM, by=HOA, at=AT)

    assert organisation.tree().ancestors(unit.pk) == (unit.pk, root_of(agency).pk)
    assert UnitClosure.objects.filter(descendant=unit).count() == 2
    assert [entry.action for entry in audit.trail_of("unit:H18.101.KT")] == ["unit.added"]


def test_a_temporary_body_ends_by_itself_after_its_latest_day() -> None:
    council = replace(DIVISION, code="H18.101.HD1", kind=UnitKind.COUNCIL)
    unit = organisation.add_unit(make_agency().pk, council, Term(REFORM_DAY, TODAY), by=HOA, at=AT)

    organisation.start_due_versions(by=HOA, at=AT + timedelta(days=1))

    unit.refresh_from_db()
    assert unit.standing == Standing.ENDED


def test_a_temporary_body_is_prolonged_from_the_day_after() -> None:
    yesterday = Term(REFORM_DAY, YESTERDAY)
    council = replace(DIVISION, code="H18.101.HD1", kind=UnitKind.COUNCIL)
    unit = organisation.add_unit(make_agency().pk, council, yesterday, by=HOA, at=AT)

    organisation.change_unit(unit.pk, council, Term(TODAY), by=HOA, at=AT)

    assert organisation.tree().unit(unit.pk).is_living
    assert organisation.versions_of_unit(unit.pk)[0].valid_to is None


def test_a_unit_changed_before_its_known_end_keeps_that_end() -> None:
    term = Term(REFORM_DAY, TODAY + timedelta(days=9))
    unit = organisation.add_unit(make_agency().pk, DIVISION, term, by=HOA, at=AT)

    organisation.change_unit(unit.pk, DIVISION, Term(TODAY), by=HOA, at=AT)

    assert organisation.versions_of_unit(unit.pk)[0].valid_to == term.valid_to


def test_no_unit_is_set_up_below_one_that_has_ended() -> None:
    agency = make_agency()
    ended = make_unit(agency)
    organisation.end_unit(ended.pk, on=YESTERDAY, basis="", by=HOA, at=AT)
    facts = replace(DIVISION, code="H18.101.K2", parent_id=ended.pk)

    with pytest.raises(BadOrganisation, match="cấp trên"):
        organisation.add_unit(agency.pk, facts, Term(TODAY), by=HOA, at=AT)


def test_a_unit_that_gives_a_part_goes_on() -> None:
    agency = make_agency()
    giver, taker = make_unit(agency), make_unit(agency, "H18.101.X")

    organisation.record_unit_succession(Link(giver.pk, taker.pk, Change.PART, TODAY), by=HOA, at=AT)

    assert organisation.heirs_of_unit(giver.pk, TODAY) == [giver.pk]


def test_a_unit_is_abolished_without_heir() -> None:
    unit = make_unit(make_agency())

    organisation.record_unit_succession(Link(unit.pk, None, Change.ABOLISH, TODAY), by=HOA, at=AT)

    assert organisation.heirs_of_unit(unit.pk, TODAY) == []


def test_a_unit_moves_below_another_from_a_day_on() -> None:
    agency = make_agency()
    above = make_unit(agency, "H18.101.VP")
    unit = make_unit(agency)

    organisation.change_unit(
        unit.pk, replace(DIVISION, parent_id=above.pk), Term(TODAY), by=HOA, at=AT
    )

    assert organisation.tree().ancestors(unit.pk) == (unit.pk, above.pk, root_of(agency).pk)
    assert organisation.tree_on(YESTERDAY).ancestors(unit.pk) == (unit.pk, root_of(agency).pk)


def test_a_slip_of_last_year_is_printed_with_last_years_name() -> None:
    unit = make_unit(make_agency())
    renamed = replace(DIVISION, name="Phòng Kinh tế, Hạ tầng và Đô thị")

    organisation.change_unit(unit.pk, renamed, Term(TODAY), by=HOA, at=AT)

    assert organisation.name_of_unit(unit.pk, on=YESTERDAY) == "Phòng Kinh tế"
    assert organisation.name_of_unit(unit.pk, on=TODAY) == "Phòng Kinh tế, Hạ tầng và Đô thị"
    assert organisation.name_of_unit(unit.pk) == "Phòng Kinh tế, Hạ tầng và Đô thị"


def test_a_day_before_the_unit_existed_gets_its_first_name() -> None:
    unit = make_unit(make_agency())

    assert organisation.name_of_unit(unit.pk, on=REFORM_DAY - timedelta(days=9)) == "Phòng Kinh tế"


def test_a_root_unit_is_renamed_but_stays_the_root() -> None:
    agency = make_agency()
    facts = UnitFacts("H18.101.LD", "Thường trực", UnitKind.LEADERSHIP, parent_id=5)

    organisation.change_unit(root_of(agency).pk, facts, Term(TODAY), by=HOA, at=AT)

    assert root_of(agency).name == "Thường trực"


def test_a_unit_does_not_come_to_stand_above_itself() -> None:
    agency = make_agency()
    unit = make_unit(agency)
    below = make_unit(agency, "H18.101.KT1", parent=unit)

    with pytest.raises(BadOrganisation, match="chính mình"):
        organisation.change_unit(
            unit.pk, replace(DIVISION, parent_id=below.pk), Term(TODAY), by=HOA, at=AT
        )


def test_the_unit_above_belongs_to_the_same_agency() -> None:
    other = make_unit(make_agency("H18.102", "UBND xã Nà Nhạn"), "H18.102.KT")

    with pytest.raises(BadOrganisation, match="cùng cơ quan"):
        organisation.add_unit(
            make_agency().pk, replace(DIVISION, parent_id=other.pk), SINCE_REFORM, by=HOA, at=AT
        )


@pytest.mark.parametrize(
    ("facts", "field"),
    [(replace(DIVISION, code="Phòng"), "code"), (replace(DIVISION, name=" "), "name")],
)
def test_a_unit_needs_a_code_and_a_name(facts: UnitFacts, field: str) -> None:
    with pytest.raises(BadOrganisation) as refusal:
        organisation.add_unit(make_agency().pk, facts, SINCE_REFORM, by=HOA, at=AT)

    assert refusal.value.field == field


def test_days_in_the_wrong_order_are_refused() -> None:
    with pytest.raises(BadOrganisation) as refusal:
        organisation.add_unit(make_agency().pk, DIVISION, Term(TODAY, YESTERDAY), by=HOA, at=AT)

    assert refusal.value.field == "valid_to"


def test_the_code_of_another_unit_is_not_given_again() -> None:
    agency = make_agency()
    make_unit(agency)

    with pytest.raises(BadOrganisation, match="đơn vị khác"):
        organisation.add_unit(agency.pk, DIVISION, SINCE_REFORM, by=HOA, at=AT)


def test_a_unit_of_an_unknown_agency_is_refused() -> None:
    with pytest.raises(NoSuchUnit):
        organisation.add_unit(99, DIVISION, SINCE_REFORM, by=HOA, at=AT)


def test_an_ended_unit_keeps_its_name_and_loses_its_desk() -> None:
    desk = make_unit(make_agency(), "H18.101", "Bộ phận Một cửa", kind=UnitKind.ONE_STOP_DESK)
    post = make_post(desk, holder=make_officer())

    organisation.end_unit(desk.pk, on=YESTERDAY, basis="QĐ 9", by=HOA, at=AT)

    post.refresh_from_db()
    assert post.valid_to == YESTERDAY
    assert organisation.tree().desks() == ()
    assert organisation.tree().unit(desk.pk).name == "Bộ phận Một cửa"


def test_a_unit_with_living_units_below_does_not_end() -> None:
    agency = make_agency()
    unit = make_unit(agency)
    make_unit(agency, "H18.101.KT1", "Tổ địa chính", parent=unit)

    with pytest.raises(BadOrganisation, match="Tổ địa chính"):
        organisation.end_unit(unit.pk, on=TODAY, basis="", by=HOA, at=AT)


def test_a_root_unit_ends_only_with_its_agency() -> None:
    with pytest.raises(BadOrganisation, match="cùng với cơ quan"):
        organisation.end_unit(root_of(make_agency()).pk, on=TODAY, basis="", by=HOA, at=AT)


def test_a_unit_does_not_end_before_its_latest_change_or_twice() -> None:
    unit = make_unit(make_agency())
    organisation.change_unit(unit.pk, DIVISION, Term(TODAY), by=HOA, at=AT)
    with pytest.raises(LaterVersion):
        organisation.end_unit(unit.pk, on=YESTERDAY, basis="", by=HOA, at=AT)
    organisation.end_unit(unit.pk, on=TODAY, basis="", by=HOA, at=AT)

    with pytest.raises(BadOrganisation, match="Đã chấm dứt"):
        organisation.end_unit(unit.pk, on=TODAY + timedelta(days=1), basis="", by=HOA, at=AT)


def test_a_unit_may_have_its_heir_in_another_agency() -> None:
    unit = make_unit(make_agency())
    heir = make_unit(make_agency("H18.102", "UBND xã Nà Nhạn"), "H18.102.KT")

    organisation.record_unit_succession(Link(unit.pk, heir.pk, Change.MERGE, TODAY), by=HOA, at=AT)

    assert organisation.heirs_of_unit(unit.pk, TODAY) == [heir.pk]
    assert UnitVersion.objects.get(unit=unit).valid_to == YESTERDAY


def test_heirs_are_followed_over_several_reorganisations() -> None:
    agency = make_agency()
    units = [make_unit(agency, f"H18.101.K{number}") for number in range(3)]
    first, second, third = (unit.pk for unit in units)
    tomorrow = TODAY + timedelta(days=1)

    organisation.record_unit_succession(Link(first, second, Change.MERGE, TODAY), by=HOA, at=AT)
    organisation.record_unit_succession(Link(second, third, Change.RENAME, tomorrow), by=HOA, at=AT)

    days = (TODAY, tomorrow)
    assert [organisation.heirs_of_unit(first, day) for day in days] == [[second], [third]]


def test_a_heir_unit_must_live_on_the_day() -> None:
    agency = make_agency()
    unit, ended = make_unit(agency), make_unit(agency, "H18.101.X")
    organisation.end_unit(ended.pk, on=YESTERDAY, basis="", by=HOA, at=AT)

    with pytest.raises(BadOrganisation, match="kế tục"):
        organisation.record_unit_succession(
            Link(unit.pk, ended.pk, Change.MERGE, TODAY), by=HOA, at=AT
        )


def test_an_agencys_calendar_reaches_the_agencies_below() -> None:
    province = make_agency("H18", "UBND tỉnh")
    desk = make_unit(make_agency(parent=province))
    seasonal = WorkCalendar.objects.create(code="vung-cao", name="Lịch vùng cao")

    organisation.follow_calendar(root_of(province).pk, seasonal.pk, SINCE_REFORM, by=HOA, at=AT)

    assert organisation.tree().unit(desk.pk).calendar_id == seasonal.pk
    assert organisation.facts_of_unit(desk.pk).name == "Lịch vùng cao"
    assert organisation.facts_of_agency("H18.101").name == "Lịch vùng cao"


def test_a_calendar_gives_way_to_a_later_one_on_its_day() -> None:
    unit = make_unit(make_agency())
    summer = WorkCalendar.objects.create(code="mua-he", name="Mùa hè")
    winter = WorkCalendar.objects.create(code="mua-dong", name="Mùa đông")
    tomorrow = TODAY + timedelta(days=1)
    organisation.follow_calendar(unit.pk, summer.pk, SINCE_REFORM, by=HOA, at=AT)
    organisation.follow_calendar(unit.pk, winter.pk, Term(tomorrow), by=HOA, at=AT)
    before = organisation.tree().unit(unit.pk).calendar_id

    organisation.start_due_versions(by=HOA, at=AT + timedelta(days=1))

    assert (before, organisation.tree().unit(unit.pk).calendar_id) == (summer.pk, winter.pk)
    with pytest.raises(LaterVersion):
        organisation.follow_calendar(unit.pk, summer.pk, Term(TODAY), by=HOA, at=AT)


def test_without_a_calendar_of_its_own_the_province_works_by_the_national_one() -> None:
    make_agency("H18", "UBND tỉnh")

    assert organisation.facts_of_agency("H18").weeks


def test_the_calendar_of_an_unknown_agency_is_not_found() -> None:
    with pytest.raises(NoSuchUnit):
        organisation.facts_of_agency("H99")


def test_who_edits_another_unit_may_not_edit_this_one() -> None:
    agency = make_agency()
    unit = make_unit(agency)
    dung = editor_of(make_unit(agency, "H18.101.VP").pk)

    with pytest.raises(NotAllowed):
        organisation.change_unit(unit.pk, DIVISION, Term(TODAY), by=dung, at=AT)
    with pytest.raises(NotAllowed):
        organisation.end_unit(unit.pk, on=TODAY, basis="", by=dung, at=AT)
    with pytest.raises(NotAllowed):
        organisation.add_unit(agency.pk, DIVISION, SINCE_REFORM, by=dung, at=AT)
    with pytest.raises(NotAllowed):
        organisation.follow_calendar(unit.pk, 1, SINCE_REFORM, by=dung, at=AT)


def test_an_unknown_unit_is_not_found() -> None:
    with pytest.raises(NoSuchUnit):
        organisation.end_unit(99, on=TODAY, basis="", by=HOA, at=AT)


def test_the_versions_of_a_unit_are_told_latest_first() -> None:
    unit = make_unit(make_agency())
    organisation.change_unit(unit.pk, DIVISION, Term(TODAY), by=HOA, at=AT)

    versions = organisation.versions_of_unit(unit.pk)

    assert [version.valid_from for version in versions] == [TODAY, REFORM_DAY]


@pytest.mark.parametrize(
    ("change", "constraint"),
    [
        ({"kind": "shop"}, "organisation_unit_kind_is_known"),
        ({"code": "h18"}, "organisation_unit_code_is_lawful"),
        ({"standing": "asleep"}, "organisation_unit_standing_is_known"),
        ({"parent": None}, "organisation_one_root_unit_per_agency"),
        ({"code": "H18.101.LD"}, "organisation_one_living_unit_per_code"),
    ],
)
def test_the_database_refuses_an_impossible_unit(
    change: dict[str, object], constraint: str
) -> None:
    unit = make_unit(make_agency())

    with pytest.raises(IntegrityError, match=constraint):
        Unit.objects.filter(pk=unit.pk).update(**change)


def test_the_database_refuses_a_unit_below_itself() -> None:
    unit = make_unit(make_agency())

    with pytest.raises(IntegrityError, match="organisation_unit_is_not_its_own_parent"):
        Unit.objects.filter(pk=unit.pk).update(parent=unit)


def test_the_database_refuses_a_parent_in_another_agency() -> None:
    unit = make_unit(make_agency())
    other = root_of(make_agency("H18.102", "UBND xã Nà Nhạn"))

    with (
        pytest.raises(IntegrityError, match="organisation_parent_in_same_agency"),
        transaction.atomic(),
    ):
        _check_at_once_and_move(unit, other)


def _check_at_once_and_move(unit: Unit, parent: Unit) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    Unit.objects.filter(pk=unit.pk).update(parent=parent)


@pytest.mark.parametrize(
    ("change", "constraint"),
    [
        ({"code": "H18.101.LD"}, "organisation_one_unit_per_code"),
        ({"valid_to": YESTERDAY.replace(year=2020)}, "organisation_unit_days_in_order"),
    ],
)
def test_the_database_refuses_an_impossible_version(
    change: dict[str, object], constraint: str
) -> None:
    unit = make_unit(make_agency())

    with pytest.raises(IntegrityError, match=constraint):
        UnitVersion.objects.filter(unit=unit).update(**change)


def test_the_database_refuses_two_versions_of_a_unit_on_one_day() -> None:
    unit = make_unit(make_agency())
    organisation.change_unit(
        unit.pk, replace(DIVISION, code="H18.101.K2"), Term(TODAY), by=HOA, at=AT
    )

    with pytest.raises(IntegrityError, match="organisation_one_unit_version_at_a_time"):
        UnitVersion.objects.filter(unit=unit, valid_from=REFORM_DAY).update(valid_to=None)


def test_the_database_refuses_two_calendars_at_a_time() -> None:
    unit = make_unit(make_agency())
    calendar = WorkCalendar.objects.create(code="mua-he", name="Mùa hè")
    for first in (REFORM_DAY, TODAY):
        organisation.follow_calendar(unit.pk, calendar.pk, Term(first), by=HOA, at=AT)

    with pytest.raises(IntegrityError, match="organisation_one_calendar_at_a_time"):
        CalendarUse.objects.filter(valid_from=REFORM_DAY).update(valid_to=None)


def test_the_database_refuses_the_same_link_of_units_twice() -> None:
    agency = make_agency()
    unit, heir = make_unit(agency), make_unit(agency, "H18.101.X")
    link = UnitSuccession(from_unit=unit, to_unit=heir, kind=Change.PART, on=TODAY)
    link.save()
    link.pk = None

    with pytest.raises(IntegrityError, match="organisation_units_one_link_per_pair"):
        link.save()


def test_the_database_refuses_a_pair_of_the_closure_twice() -> None:
    row = UnitClosure.objects.filter(ancestor=root_of(make_agency())).get()
    row.pk = None

    with pytest.raises(IntegrityError, match="organisation_closure_once"):
        row.save()


def test_the_database_refuses_a_second_tree() -> None:
    with pytest.raises(IntegrityError, match="organisation_one_tree"):
        TreeVersion.objects.create(id=2, version=1)
