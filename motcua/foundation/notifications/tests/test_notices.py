from datetime import UTC, datetime, timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from motcua.foundation.notifications import api as notifications
from motcua.foundation.notifications.models import Notice
from motcua.foundation.notifications.operations import sweep
from motcua.lib.actor import SYSTEM, Actor

from .make import make_reader

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
VALUES = {"code": "H18.101-260302-0007", "due": "trước 17 giờ ngày 05/03/2026"}
SILENT = Actor(id=0, name="Nhập liệu", is_silent=True)


def tell(kind: notifications.Kind, *readers: Actor, at: datetime = NOW, by: Actor = SYSTEM) -> int:
    accounts = [reader.id for reader in readers]
    return notifications.notify(accounts, kind, VALUES, link="/ho-so/x/", by=by, at=at)


def test_each_account_is_told_once(received: notifications.Kind) -> None:
    lan, binh = make_reader(), make_reader("binh")

    told = tell(received, lan, binh, lan)

    page = notifications.notices_of(lan.id)
    assert (told, [(n.subject, n.body, n.link) for n in page.rows]) == (
        2,
        [
            (
                "Hồ sơ H18.101-260302-0007 đã được tiếp nhận",
                "Trả kết quả trước 17 giờ ngày 05/03/2026.",
                "/ho-so/x/",
            )
        ],
    )


def test_a_silent_act_tells_nobody(received: notifications.Kind) -> None:
    lan = make_reader()

    told = tell(received, lan, by=SILENT)

    assert (told, Notice.objects.count()) == (0, 0)


def test_a_missing_value_is_an_error_and_not_a_hole(received: notifications.Kind) -> None:
    lan = make_reader()

    with pytest.raises(KeyError, match="due"):
        notifications.notify([lan.id], received, {"code": "x"}, by=SYSTEM, at=NOW)


def test_reading_a_notice_lowers_the_counter(received: notifications.Kind) -> None:
    lan = make_reader()
    tell(received, lan)
    tell(received, lan)
    before = notifications.count_unread(lan.id)

    notifications.mark_read([Notice.objects.earliest("id").pk], by=lan, at=NOW)

    assert (before, notifications.count_unread(lan.id)) == (2, 1)


def test_nobody_reads_for_somebody_else(received: notifications.Kind) -> None:
    lan, dung = make_reader(), make_reader("dung")
    tell(received, lan)

    read = notifications.mark_read([Notice.objects.get().pk], by=dung, at=NOW)

    assert (read, notifications.count_unread(lan.id)) == (0, 1)


def test_everything_can_be_read_at_once(received: notifications.Kind) -> None:
    lan, dung = make_reader(), make_reader("dung")
    tell(received, lan, dung)
    tell(received, lan)

    notifications.mark_all_read(by=lan, at=NOW)

    assert [notifications.count_unread(reader.id) for reader in (lan, dung)] == [0, 1]


def test_the_counter_stops_at_a_hundred(
    received: notifications.Kind, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    lan = make_reader()
    Notice.objects.bulk_create(
        Notice(account_id=lan.id, kind=received.code, subject="x", at=NOW) for _ in range(120)
    )

    with django_assert_num_queries(1):
        unread = notifications.count_unread(lan.id)

    assert unread == 100


def test_the_list_is_read_page_by_page_both_ways(received: notifications.Kind) -> None:
    lan = make_reader()
    for minute in range(5):
        tell(received, lan, at=NOW + timedelta(minutes=minute // 2))
    ids = list(Notice.objects.order_by("-at", "-id").values_list("pk", flat=True))

    first = notifications.notices_of(lan.id, limit=2)
    second = notifications.notices_of(lan.id, cursor=first.next, limit=2)
    third = notifications.notices_of(lan.id, cursor=second.next, limit=2)
    back = notifications.notices_of(lan.id, cursor=third.previous, limit=2)

    pages = [[notice.pk for notice in page.rows] for page in (first, second, third, back)]
    assert pages == [ids[:2], ids[2:4], ids[4:], ids[2:4]]
    assert (first.previous, third.next) == (None, None)


def test_the_way_back_ends_at_the_newest(received: notifications.Kind) -> None:
    lan = make_reader()
    for _ in range(3):
        tell(received, lan)
    second = notifications.notices_of(
        lan.id, cursor=notifications.notices_of(lan.id, limit=2).next, limit=2
    )

    newest = notifications.notices_of(lan.id, cursor=second.previous, limit=2)

    assert (len(newest.rows), newest.previous) == (2, None)


def test_old_read_notices_are_swept(received: notifications.Kind) -> None:
    lan = make_reader()
    tell(received, lan)
    tell(received, lan)
    notifications.mark_read([Notice.objects.earliest("id").pk], by=lan, at=NOW)

    swept = sweep(at=NOW + timedelta(days=400))

    assert (swept, Notice.objects.count()) == (1, 1)


@pytest.mark.parametrize("how_many", [1, 3])
def test_telling_many_costs_as_much_as_telling_one(
    how_many: int, received: notifications.Kind, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    readers = [make_reader(f"reader{number}", verified=False) for number in range(how_many)]

    with django_assert_num_queries(5):  # two of them open and release the savepoint
        tell(received, *readers)
