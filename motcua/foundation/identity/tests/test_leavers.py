"""Officers who leave: their accounts end, and their work goes to a colleague."""

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest

from motcua.foundation.audit import api as audit
from motcua.foundation.identity import api as identity
from motcua.foundation.identity.ports import registry
from motcua.foundation.organisation.api import Officer
from motcua.foundation.organisation.tests.make import make_officer
from motcua.lib.actor import Actor
from motcua.lib.errors import Anticipated

from .make import make_account, make_officer_account, make_session

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 1, 5, 2, 0, tzinfo=UTC)
ADMIN = Actor(id=900, name="Quản trị", province_powers=frozenset({identity.ADMINISTER}))


@pytest.mark.parametrize(("last_day", "how_many"), [(4, 1), (5, 0)])
def test_accounts_end_the_day_after_the_last_day(last_day: int, how_many: int) -> None:
    binh = make_officer_account()
    make_officer_account("Lê Quang Dũng", username="dung")
    session = make_session(binh, at=MONDAY)
    Officer.objects.filter(code="CB-binh").update(left_on=date(2026, 1, last_day))

    assert identity.close_accounts_of_leavers(at=MONDAY) == how_many

    still_in = identity.signed_in(session.session_key, at=MONDAY) is not None
    assert still_in is (how_many == 0)


@pytest.fixture
def _parcels() -> Iterator[None]:
    """Register a room in which three pieces of work lie with everybody."""
    identity.personal_work("parcels")(lambda _order, _by, _at: 3)
    yield
    del registry["parcels"]


@pytest.mark.usefixtures("_parcels")
def test_the_rooms_hand_over_what_lies_with_the_leaver() -> None:
    binh, hoa = make_officer_account(), make_officer_account("Hoa", username="hoa")

    taken = identity.take_over_work(binh.pk, hoa.pk, by=ADMIN, at=MONDAY)

    assert taken["parcels"] == 3
    (entry,) = audit.trail_of(f"account:{binh.pk}")
    assert (entry.action, entry.detail["to"]) == ("identity.work_taken_over", hoa.pk)


@pytest.mark.usefixtures("_parcels")
def test_a_room_registers_once() -> None:
    with pytest.raises(ValueError, match="twice"):
        identity.personal_work("parcels")(lambda _order, _by, _at: 0)


@pytest.mark.parametrize("heir", ["himself", "a citizen", "somebody disabled"])
def test_work_goes_only_to_another_active_officer(heir: str) -> None:
    binh = make_officer_account()
    hoa = make_officer_account("Hoa", username="hoa")
    identity.disable_account(hoa.pk, by=ADMIN, at=MONDAY)
    heirs = {"himself": binh, "a citizen": make_account(), "somebody disabled": hoa}

    with pytest.raises(Anticipated):
        identity.take_over_work(binh.pk, heirs[heir].pk, by=ADMIN, at=MONDAY)


def test_only_administrators_hand_work_over() -> None:
    binh, hoa = make_officer_account(), make_officer_account("Hoa", username="hoa")

    with pytest.raises(Anticipated):
        identity.take_over_work(binh.pk, hoa.pk, by=Actor(id=1, name="Dũng"), at=MONDAY)


def test_many_officers_get_accounts_at_once() -> None:
    binh, hoa = make_officer(), make_officer("Quàng Thị Hoa", code="CB0002")

    accounts = identity.create_officer_accounts(
        {binh.pk: "binh.tv", hoa.pk: "hoa.qt"}, "mật-khẩu-đầu-tiên", by=ADMIN, at=MONDAY
    )

    found = [(one.username, one.full_name, one.password_changed_at) for one in accounts]
    assert sorted(found) == [
        ("binh.tv", "Trần Văn Bình", None),
        ("hoa.qt", "Quàng Thị Hoa", None),
    ]
    assert all(one.check_password("mật-khẩu-đầu-tiên") for one in accounts)


def test_nobody_gets_a_second_account_or_anothers_name() -> None:
    binh = make_officer_account()
    hoa = make_officer("Quàng Thị Hoa", code="CB0002")
    assert binh.officer_id is not None

    for wanted in ({binh.officer_id: "binh2"}, {hoa.pk: "binh"}):
        with pytest.raises(Anticipated):
            identity.create_officer_accounts(wanted, "mật-khẩu-đầu", by=ADMIN, at=MONDAY)
