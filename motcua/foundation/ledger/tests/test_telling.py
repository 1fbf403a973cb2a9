"""When sealing stops, administrators hear of it, once a day, until somebody has looked."""

from datetime import timedelta

import pytest

from motcua.foundation.identity.tests.make import make_officer_account
from motcua.foundation.ledger import api as ledger
from motcua.foundation.notifications import api as notifications
from motcua.foundation.organisation.api import AgencyKind, Level, PostRole
from motcua.foundation.organisation.tests.make import make_agency, make_post, root_of
from motcua.lib.actor import SYSTEM

from .make import MONDAY

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
WHY = "Gốc của 1 lá không còn như lúc niêm phong."


@pytest.fixture
def quan() -> int:
    """Return the account of the province's administrator; Xuân administers a commune only."""
    province = make_agency(
        "H18", kind=AgencyKind.PROVINCE_COMMITTEE, level=Level.PROVINCE, place_code="11"
    )
    commune = make_agency("H18.101", parent=province)
    accounts = [make_officer_account(name, username=name) for name in ("quan", "xuan")]
    for account, agency in zip(accounts, (province, commune), strict=True):
        unit = root_of(agency)
        make_post(unit, PostRole.ADMINISTRATOR, title="Quản trị", holder=account.officer)
    return accounts[0].pk


def stop() -> None:
    trail = ledger.Stream.objects.filter(pk="trail")
    trail.update(state="stopped", stopped_at=MONDAY, stopped_why=WHY)


def heard() -> list[tuple[int, str]]:
    return [(one.account_id, one.subject) for one in notifications.Notice.objects.order_by("pk")]


def test_administrators_of_the_province_hear_what_stopped_and_why(quan: int) -> None:
    stop()

    ledger.tell_stopped(at=MONDAY)

    assert heard() == [(quan, "Nhật ký việc làm: niêm phong đã dừng")]
    assert WHY in notifications.Notice.objects.get().body


def test_nothing_is_told_while_all_is_well(quan: int) -> None:
    ledger.tell_stopped(at=MONDAY)

    assert (heard(), quan > 0) == ([], True)


def test_it_is_told_again_each_day_and_not_before(quan: int) -> None:
    stop()

    told = [ledger.tell_stopped(at=MONDAY + hours * HOUR) for hours in (0, 1, 23, 24, 25, 49)]

    assert (told, len(heard()), quan > 0) == ([1, 0, 0, 1, 0, 1], 3, True)


def test_what_stops_again_is_told_again(quan: int) -> None:
    stop()
    ledger.tell_stopped(at=MONDAY)
    ledger.resume("trail", "Đã xem", by=SYSTEM, at=MONDAY + HOUR)

    ledger.Stream.objects.filter(pk="trail").update(
        state="stopped", stopped_at=MONDAY + 2 * HOUR, stopped_why=WHY
    )

    assert ledger.tell_stopped(at=MONDAY + 2 * HOUR) == 1
    assert [account for account, _ in heard()] == [quan, quan]
