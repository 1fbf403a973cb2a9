"""What waits is marked until it is opened; people are warned once, clerks of late messages."""

from datetime import timedelta

import pytest

from motcua.casework.documents.models import DocumentAlarm, DocumentStep
from motcua.casework.documents.operations.exchanging import send
from motcua.casework.documents.operations.opening import note_opened
from motcua.casework.documents.operations.warning import few, warn_of_steps, watch_exchange
from motcua.casework.documents.queries.unread import Waiting, unread_among, waiting_for
from motcua.foundation.identity.tests.make import make_officer_account
from motcua.foundation.notifications.api import Notice
from motcua.foundation.organisation import api as organisation
from motcua.foundation.organisation.api import PostRole, Unit
from motcua.foundation.organisation.tests.make import make_post

from .make import MONDAY, make_office, make_registered, other
from .test_exchanging import make_delivered, make_issued, make_two

pytestmark = pytest.mark.django_db
TUESDAY_MORNING = (MONDAY + timedelta(days=1)).replace(hour=7, minute=10)
WEDNESDAY_MORNING = TUESDAY_MORNING + timedelta(days=1)
SUNDAY = MONDAY - timedelta(days=1)


def make_holder(unit_id: int, role: PostRole, name: str) -> int:
    """Return the account of somebody who holds a post there."""
    account = make_officer_account(name, username=f"nguoi{unit_id}{role}")
    make_post(Unit.objects.get(pk=unit_id), role, holder=account.officer)
    organisation.forget_tree()
    return account.pk


def notices() -> list[tuple[int, str]]:
    rows = Notice.objects.order_by("account_id", "pk")
    return list(rows.values_list("account_id", "subject"))


def test_what_waits_is_unread_until_somebody_whom_it_waits_for_opens_it() -> None:
    office = make_office()
    document = make_registered(office)

    before = unread_among(office.hoa, [document.pk])
    note_opened(document.pk, by=office.tuan, at=MONDAY)
    still = unread_among(office.hoa, [document.pk])
    note_opened(document.pk, by=office.hoa, at=MONDAY)

    assert (set(before), set(still)) == ({document.pk}, {document.pk})
    assert unread_among(office.hoa, [document.pk]) == frozenset()
    assert unread_among(office.dung, [document.pk]) == frozenset()


def test_the_first_opening_stays() -> None:
    office = make_office()
    document = make_registered(office)

    for hours in (1, 2):
        note_opened(document.pk, by=office.hoa, at=MONDAY + timedelta(hours=hours))

    assert DocumentStep.objects.get().read_at == MONDAY + timedelta(hours=1)


def test_counts_say_what_waits_what_is_unread_and_what_is_late() -> None:
    office = make_office()
    first, _ = make_registered(office), make_registered(office, other(number="2"))
    note_opened(first.pk, by=office.hoa, at=MONDAY)

    now = waiting_for(office.hoa, at=MONDAY)
    later = waiting_for(office.hoa, at=MONDAY + timedelta(days=7))

    assert (now, later) == (Waiting(2, 1, 0), Waiting(2, 1, 2))
    assert later.words() == "2 việc chờ, 1 chưa đọc, 2 quá hạn"
    assert waiting_for(office.tuan, at=MONDAY).words() == ""
    assert Waiting(100, 100, 0).words() == "hơn 99 việc chờ, hơn 99 chưa đọc"


def test_who_leads_the_unit_is_warned_once_of_what_is_due_and_once_of_what_is_late() -> None:
    office = make_office()
    hoa = make_holder(office.root_id, PostRole.AGENCY_LEADER, "Nguyễn Thị Hoa")
    make_registered(office)

    told = [warn_of_steps(at=at) for at in (MONDAY, TUESDAY_MORNING, WEDNESDAY_MORNING)]
    again = warn_of_steps(at=WEDNESDAY_MORNING)

    assert (told, again) == ([1, 0, 1], 0)
    assert notices() == [
        (hoa, "Văn bản chờ ông/bà: 0 mới quá hạn, 1 sắp đến hạn"),
        (hoa, "Văn bản chờ ông/bà: 1 mới quá hạn, 0 sắp đến hạn"),
    ]


def test_the_holder_and_who_heads_the_unit_hear_each_their_own_words() -> None:
    office = make_office()
    mai = make_holder(office.division_id, PostRole.UNIT_HEAD, "Quàng Thị Mai")
    tuan = make_holder(office.division_id, PostRole.HANDLER, "Cà Văn Tuấn")
    make_registered(office)
    DocumentStep.objects.update(unit_id=office.division_id, assignee_id=tuan)

    warn_of_steps(at=MONDAY)

    assert notices() == [
        (mai, "Đơn vị có 0 văn bản mới quá hạn, 1 sắp đến hạn"),
        (tuan, "Văn bản chờ ông/bà: 0 mới quá hạn, 1 sắp đến hạn"),
    ]


def test_nobody_is_warned_on_a_sunday_or_of_what_is_done() -> None:
    office = make_office()
    make_holder(office.root_id, PostRole.AGENCY_LEADER, "Nguyễn Thị Hoa")
    make_registered(office)

    on_sunday = warn_of_steps(at=SUNDAY)
    DocumentStep.objects.update(closed_at=MONDAY, result="done")
    when_done = warn_of_steps(at=MONDAY)

    assert (on_sunday, when_done, notices()) == (0, 0, [])


def test_warnings_of_last_year_are_forgotten() -> None:
    office = make_office()
    make_registered(office)
    DocumentAlarm.objects.create(subject="1#1", kind="late", at=MONDAY - timedelta(days=500))

    warn_of_steps(at=MONDAY)

    assert list(DocumentAlarm.objects.values_list("kind", flat=True)) == ["soon"]


def test_only_the_first_titles_are_named() -> None:
    assert few([str(n) for n in range(7)]) == "0; 1; 2; 3; 4 và 2 văn bản khác"


def test_the_clerk_hears_once_of_what_was_not_registered_in_time() -> None:
    _, second, _, _ = make_delivered()
    clerk = make_holder(second.registry_id, PostRole.REGISTRY_CLERK, "Lò Văn Dũng")
    later = MONDAY + timedelta(days=3)

    told = [watch_exchange(at=at) for at in (MONDAY, later, later + timedelta(minutes=5))]

    late = "1 văn bản đến chưa vào sổ hoặc từ chối, đã quá thời gian quy định"
    assert (told, notices()) == ([0, 1, 0], [(clerk, late)])


def test_the_clerk_hears_of_what_was_not_sent_in_time() -> None:
    first, second = make_two()
    clerk = make_holder(first.registry_id, PostRole.REGISTRY_CLERK, "Lò Văn Dũng")
    send(make_issued(first, second).code, by=first.dung, at=MONDAY)

    told = watch_exchange(at=MONDAY + timedelta(days=3))

    late = "1 văn bản chưa gửi đi được, đã quá thời gian quy định"
    assert (told, notices()) == (1, [(clerk, late)])
