"""What an account may do and see, from its posts on the day."""

from datetime import UTC, date, datetime

import pytest
from pytest_django import DjangoAssertNumQueries

from motcua.foundation.access.choices import Power
from motcua.foundation.access.queries.actors import Compiled, actor_of
from motcua.foundation.identity.api import Account
from motcua.foundation.identity.tests.make import make_account, make_officer_account
from motcua.foundation.organisation.api import Level, PostHolding, PostRole, UnitKind
from motcua.foundation.organisation.tests.make import (
    make_agency,
    make_post,
    make_unit,
    root_of,
)
from motcua.foundation.people.tests.make import make_person

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 1, 5, 2, 0, tzinfo=UTC)


def compiled(account: Account, at: datetime = MONDAY) -> Compiled:
    """Compile as if nothing had been compiled before."""
    Account.objects.filter(pk=account.pk).update(actor_version=account.actor_version + 1)
    account.refresh_from_db()
    return actor_of(account.pk, (account.actor_version, id(account)), at=at)


def test_a_handler_reads_the_own_unit_and_works_there() -> None:
    unit, binh = make_unit(make_agency()), make_officer_account()
    make_post(unit, PostRole.HANDLER, title="Chuyên viên", holder=binh.officer)

    actor = compiled(binh).actor

    assert (actor.unit_ids, actor.title, actor.agency_id) == (
        (unit.pk,),
        "Chuyên viên",
        unit.agency_id,
    )
    assert actor.can(Power.HANDLE_DOSSIERS, unit_id=unit.pk)
    assert not actor.can(Power.APPROVE_DOSSIERS)


def test_an_officer_of_another_office_has_no_power_there() -> None:
    mine = make_unit(make_agency())
    other = make_unit(make_agency("H18.102", "UBND phường Him Lam"), "H18.102.KT")
    dung = make_officer_account("Lê Quang Dũng", username="dung")
    make_post(other, PostRole.UNIT_HEAD, holder=dung.officer)

    assert not compiled(dung).actor.can(Power.HANDLE_DOSSIERS, unit_id=mine.pk)


def test_a_head_has_the_power_in_the_units_below() -> None:
    agency = make_agency()
    unit = make_unit(agency)
    below = make_unit(agency, "H18.101.KT.01", "Tổ địa chính", parent=unit)
    beside = make_unit(agency, "H18.101.VH", "Phòng Văn hóa – Xã hội")
    hoa = make_officer_account("Quàng Thị Hoa", username="hoa")
    make_post(unit, PostRole.UNIT_HEAD, holder=hoa.officer)

    actor = compiled(hoa).actor

    where = {u.pk for u in (unit, below, beside) if actor.can(Power.ASSIGN_DOSSIERS, unit_id=u.pk)}
    assert where == {unit.pk, below.pk}


def test_a_leaders_post_counts_at_the_root_of_the_agency() -> None:
    agency = make_agency()
    leadership = make_unit(agency, "H18.101.BLD", "Ban lãnh đạo", kind=UnitKind.LEADERSHIP)
    division, hoa = make_unit(agency), make_officer_account()
    make_post(leadership, PostRole.AGENCY_LEADER, title="Chủ tịch", holder=hoa.officer)

    actor = compiled(hoa).actor

    assert actor.unit_ids == (root_of(agency).pk,)
    assert actor.can(Power.APPROVE_DOSSIERS, unit_id=division.pk)


def test_an_accountant_keeps_the_whole_agencys_book_and_sees_the_own_unit() -> None:
    agency = make_agency()
    office, desk = make_unit(agency, "H18.101.VP"), make_unit(agency)
    yen = make_officer_account()
    make_post(office, PostRole.ACCOUNTANT, title="Kế toán", holder=yen.officer)

    actor = compiled(yen).actor

    assert actor.unit_ids == (office.pk,)
    assert actor.can(Power.KEEP_CASHBOOK, unit_id=desk.pk)
    assert actor.can(Power.KEEP_CASHBOOK, unit_id=root_of(agency).pk)


def test_the_monitor_sees_the_whole_province() -> None:
    mai = make_officer_account()
    make_post(make_unit(make_agency()), PostRole.PROVINCE_MONITOR, holder=mai.officer)

    actor = compiled(mai).actor

    assert (actor.sees_all, actor.unit_ids) == (True, ())
    assert actor.can(Power.EXPORT_DOSSIERS, unit_id=12345)


@pytest.mark.parametrize(("level", "everywhere"), [(Level.PROVINCE, True), (Level.COMMUNE, False)])
def test_an_administrator_acts_for_the_province_or_the_own_agency(
    level: Level, *, everywhere: bool
) -> None:
    unit, admin = make_unit(make_agency(level=level)), make_officer_account()
    make_post(unit, PostRole.ADMINISTRATOR, holder=admin.officer)

    found = compiled(admin)

    assert found.is_privileged
    assert found.actor.can(Power.ADMINISTER_IDENTITY, unit_id=unit.pk)
    assert found.actor.can(Power.ADMINISTER_IDENTITY, unit_id=12345) is everywhere


def test_two_posts_add_up() -> None:
    agency, binh = make_agency(), make_officer_account()
    desk = make_unit(agency, "H18.101.MC", "Một cửa", kind=UnitKind.ONE_STOP_DESK)
    unit = make_unit(agency)
    make_post(desk, PostRole.DESK_OFFICER, holder=binh.officer)
    make_post(unit, PostRole.HANDLER, holder=binh.officer)

    actor = compiled(binh).actor

    assert actor.unit_ids == (desk.pk, unit.pk)
    assert actor.can(Power.RECEIVE_DOSSIERS, unit_id=desk.pk)
    assert not actor.can(Power.RECEIVE_DOSSIERS, unit_id=unit.pk)


def test_the_chosen_post_gives_title_and_agency_and_takes_no_power_away() -> None:
    first, second = make_agency(), make_agency("H18.102", "UBND phường Him Lam")
    desk, unit = make_unit(first), make_unit(second, "H18.102.KT")
    binh = make_officer_account()
    make_post(desk, PostRole.DESK_OFFICER, title="Tiếp nhận", holder=binh.officer)
    make_post(unit, PostRole.HANDLER, title="Chuyên viên", holder=binh.officer)

    actor = actor_of(binh.pk, (1, 1), at=MONDAY, main_unit=unit.pk).actor

    assert (actor.unit_ids, actor.title, actor.agency_id) == (
        (unit.pk, desk.pk),
        "Chuyên viên",
        second.pk,
    )
    assert actor.can(Power.RECEIVE_DOSSIERS, unit_id=desk.pk)


def test_a_post_ends_with_its_last_day_in_ha_noi() -> None:
    unit, binh = make_unit(make_agency()), make_officer_account()
    make_post(unit, holder=binh.officer)
    PostHolding.objects.update(valid_to=date(2026, 1, 5))
    last_minute = datetime(2026, 1, 5, 16, 59, tzinfo=UTC)
    midnight = datetime(2026, 1, 5, 17, 0, tzinfo=UTC)

    version = (99, 99)
    assert actor_of(binh.pk, version, at=last_minute).actor.unit_ids == (unit.pk,)
    assert actor_of(binh.pk, version, at=midnight).actor.unit_ids == ()


def test_a_citizen_has_a_person_and_no_powers() -> None:
    person = make_person()
    lan = make_account(person=person)

    actor = compiled(lan).actor

    assert (actor.kind, actor.person_id, actor.scope_ids) == ("citizen", person.pk, (-lan.pk,))
    assert not any(actor.can(power) for power in Power)


def test_the_same_version_is_compiled_once(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    binh = make_officer_account()
    actor_of(binh.pk, (7, 7), at=MONDAY)

    with django_assert_num_queries(0):
        actor_of(binh.pk, (7, 7), at=MONDAY)
