"""Lists and object pages read the same scope rows."""

import pytest

from motcua.foundation.access.choices import Secrecy
from motcua.foundation.access.queries.scope import may_see, page, visible_among
from motcua.lib import work
from motcua.lib.actor import Actor
from motcua.lib.paging import Cursor, Page

from .subjects import ParcelScope, create_tables, make_parcel

pytestmark = pytest.mark.django_db
BINH = Actor(id=1, name="Trần Văn Bình", unit_ids=(10, 11))
DUNG = Actor(id=2, name="Lê Quang Dũng", unit_ids=(20,))
MONITOR = Actor(id=3, name="Hà Thị Mai", sees_all=True)


@pytest.fixture(autouse=True)
def _tables(db: None) -> None:  # noqa: ARG001 -- the tables need the database
    create_tables()


def walk(actor: Actor, cursor: Cursor | None, limit: int) -> Page[int]:
    return page(ParcelScope, actor, after=cursor, limit=limit)


def test_an_officer_sees_his_units_subjects_newest_first() -> None:
    older, newer = make_parcel(10, hours=1), make_parcel(11, hours=2)
    make_parcel(20, hours=3)

    assert list(page(ParcelScope, BINH).rows) == [newer, older]


def test_an_officer_of_another_office_sees_nothing_of_it() -> None:
    parcel = make_parcel(10)

    assert list(page(ParcelScope, DUNG).rows) == []
    assert may_see(ParcelScope, DUNG, parcel) is False


def test_the_object_page_agrees_with_the_list() -> None:
    parcels = [make_parcel(10), make_parcel(20), make_parcel(-1), make_parcel(-2)]

    seen_by_pages = [one for one in parcels if may_see(ParcelScope, BINH, one)]

    assert sorted(page(ParcelScope, BINH).rows) == seen_by_pages == [parcels[0], parcels[2]]


def test_a_subject_in_two_of_the_actors_units_is_listed_once() -> None:
    parcel = make_parcel(10, 11, -1)

    assert list(page(ParcelScope, BINH).rows) == [parcel]


def test_the_province_monitor_needs_no_scope_rows() -> None:
    parcel = make_parcel()

    assert list(page(ParcelScope, MONITOR).rows) == [parcel]
    assert may_see(ParcelScope, MONITOR, parcel) is True


def test_the_province_monitor_may_look_at_one_unit() -> None:
    parcel = make_parcel(10)
    make_parcel(20)

    assert list(page(ParcelScope, MONITOR, within=[10]).rows) == [parcel]


def test_an_officer_cannot_look_into_a_unit_that_is_not_his() -> None:
    make_parcel(10)

    assert list(page(ParcelScope, DUNG, within=[10]).rows) == []


@pytest.mark.parametrize("actor", [BINH, MONITOR], ids=["officer", "monitor"])
def test_a_secret_subject_is_hidden_from_units_and_monitors(actor: Actor) -> None:
    secret = make_parcel(10, secrecy=Secrecy.NAMED)

    assert list(page(ParcelScope, actor).rows) == []
    assert may_see(ParcelScope, actor, secret) is False


def test_a_secret_subject_is_seen_by_the_person_it_was_given_to() -> None:
    secret = make_parcel(10, BINH.personal_unit_id, secrecy=Secrecy.NAMED)

    assert list(page(ParcelScope, BINH).rows) == [secret]


def test_who_sees_the_whole_province_lists_what_concerns_the_own_unit_too() -> None:
    leader = Actor(id=4, name="Lò Văn Thắng", unit_ids=(10, 11), sees_all=True)
    close = make_parcel(10, 11, hours=2, secrecy=Secrecy.NEED_TO_KNOW)
    make_parcel(20, hours=3, secrecy=Secrecy.NEED_TO_KNOW)
    make_parcel(10, hours=4, secrecy=Secrecy.NAMED)
    older, newer = make_parcel(20, hours=1), make_parcel(hours=5)
    named = make_parcel(leader.personal_unit_id, hours=6, secrecy=Secrecy.NAMED)

    first = walk(leader, None, 3)
    second = walk(leader, first.next, 3)

    assert [list(first.rows), list(second.rows)] == [[named, newer, close], [older]]
    assert walk(leader, second.previous, 3).rows == first.rows


def test_a_filter_holds_for_what_is_kept_closely_too() -> None:
    leader = Actor(id=4, name="Lò Văn Thắng", unit_ids=(10,), sees_all=True)
    close = make_parcel(10, secrecy=Secrecy.NEED_TO_KNOW)
    make_parcel(10, secrecy=Secrecy.NEED_TO_KNOW, is_open=False)

    assert list(page(ParcelScope, leader, only={"is_open": True}).rows) == [close]


def test_what_is_kept_closely_is_seen_by_its_units_and_not_by_the_monitor() -> None:
    close = make_parcel(10, secrecy=Secrecy.NEED_TO_KNOW)

    assert [list(page(ParcelScope, actor).rows) for actor in (BINH, MONITOR)] == [[close], []]
    assert [may_see(ParcelScope, actor, close) for actor in (BINH, MONITOR)] == [True, False]


def test_who_sees_the_whole_province_opens_what_concerns_the_own_unit() -> None:
    close = make_parcel(10, secrecy=Secrecy.NEED_TO_KNOW)
    leader = Actor(id=4, name="Lò Văn Thắng", unit_ids=(10,), sees_all=True)

    assert may_see(ParcelScope, leader, close) is True


@pytest.mark.parametrize("actor", [BINH, MONITOR], ids=["officer", "monitor"])
def test_cursors_walk_down_and_up_without_gap_or_repeat(actor: Actor) -> None:
    newest, second, third, oldest = (make_parcel(10, 11, hours=h) for h in (4, 3, 3, 1))
    second, third = max(second, third), min(second, third)

    first = walk(actor, None, 3)
    last = walk(actor, first.next, 3)
    back = walk(actor, last.previous, 3)

    assert [list(p.rows) for p in (first, last, back)] == [
        [newest, second, third],
        [oldest],
        [newest, second, third],
    ]
    assert (first.previous, last.next, back.previous) == (None, None, None)
    assert back.next == first.next


@pytest.mark.parametrize("actor", [BINH, MONITOR], ids=["officer", "monitor"])
def test_a_list_can_be_filtered_by_a_column_of_the_scope_table(actor: Actor) -> None:
    still_open, closed = make_parcel(10), make_parcel(10, is_open=False)

    assert list(page(ParcelScope, actor, only={"is_open": True}).rows) == [still_open]
    assert list(page(ParcelScope, actor, only={"is_open": False}).rows) == [closed]


def test_a_filter_may_allow_several_values() -> None:
    first, second = make_parcel(10, role="desk"), make_parcel(10, role="handling")
    make_parcel(10, role="watching")

    rows = page(ParcelScope, BINH, only={"role": ("desk", "handling")}).rows

    assert list(rows) == [second, first]


@pytest.mark.parametrize("how_many", [1, 3])
@pytest.mark.parametrize("actor", [BINH, MONITOR], ids=["officer", "monitor"])
def test_a_page_costs_one_statement_however_long(actor: Actor, how_many: int) -> None:
    for hour in range(how_many):
        make_parcel(10, 11, hours=hour)

    with work.metered() as meter:
        rows = page(ParcelScope, actor).rows

    assert (len(rows), meter.statements) == (how_many, 1)


def test_of_many_subjects_only_the_visible_remain() -> None:
    mine, others = make_parcel(10), make_parcel(20)

    assert visible_among(ParcelScope, BINH, [mine, others]) == {mine}
    assert visible_among(ParcelScope, BINH, []) == frozenset()
