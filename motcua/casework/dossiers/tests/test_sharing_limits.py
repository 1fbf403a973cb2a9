"""Whose absence nobody else learns of, and what is never shared twice, by halves or too late."""

from dataclasses import replace
from datetime import timedelta

import pytest

from motcua.casework.dossiers.api import AssignmentWay, sharing
from motcua.casework.dossiers.models import WorkShare
from motcua.casework.dossiers.operations import sharing as sharing_operations
from motcua.foundation.identity.api import Account
from motcua.foundation.identity.tests.make import make_account
from motcua.foundation.staffing import api as staffing
from motcua.lib.actor import Actor
from motcua.lib.clock import local_day
from motcua.lib.errors import Conflict, NotAllowed

from .make import MONDAY
from .test_sharing import NONE, Office, holders, share

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def stranger(office: Office) -> Actor:
    """Return who leads and assigns in some other unit."""
    powers = dict.fromkeys(office.hoa.powers, frozenset({424242}))
    return replace(office.hoa, id=9_001, powers=powers)


def test_why_somebody_is_away_is_nothing_for_heads_elsewhere() -> None:
    office = Office()
    absence = office.away(note="Mổ ruột thừa")
    other = stranger(office)

    for look in (
        lambda: sharing.plan_of(absence.pk, NONE, by=other, at=MONDAY),
        lambda: sharing.may_come_back(absence.pk, by=other, at=MONDAY),
        lambda: sharing.bring_back(absence.pk, [], by=other, at=MONDAY),
        lambda: staffing.get_absence_for(office.actor("nam"), absence.pk, on=local_day(MONDAY)),
    ):
        with pytest.raises(staffing.NoSuchAbsence):
            look()
    own = staffing.get_absence_for(office.actor("mai"), absence.pk, on=local_day(MONDAY))
    assert own.note == "Mổ ruột thừa"


def test_work_is_not_shared_once_the_days_are_over() -> None:
    office = Office()
    codes = office.received(1)
    absence = office.away(days=1)

    with pytest.raises(Conflict, match="trở lại"):
        share(office, absence, at=MONDAY + 2 * DAY)

    assert holders(codes) == ["Quàng Thị Mai"]


def test_what_was_broken_off_is_gone_on_with(monkeypatch: pytest.MonkeyPatch) -> None:
    office = Office()
    codes = office.received(2)
    office.rules((AssignmentWay.TURN, "thu", ""))
    office.away(valid_from=local_day(MONDAY) + DAY, shares_work=True)
    monkeypatch.setattr(sharing_operations, "_move", broken_off)
    with pytest.raises(ConnectionError):
        sharing_operations.share_begun(at=MONDAY + DAY)
    monkeypatch.undo()
    assert WorkShare.objects.get().done_at is None

    assert sharing_operations.share_begun(at=MONDAY + DAY) == 1

    assert holders(codes) == [office.people["thu"].name] * 2
    assert sharing_operations.share_begun(at=MONDAY + DAY) == 0


def broken_off(*_: object, **__: object) -> None:
    raise ConnectionError


def test_no_absence_is_passed_over_however_many_there_are(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    office = Office()
    tomorrow = local_day(MONDAY) + DAY
    for word in ("mai", "nam"):
        office.away(word, valid_from=tomorrow, shares_work=True)
    monkeypatch.setattr(sharing_operations, "BATCH", 1)

    assert sharing_operations.share_begun(at=MONDAY + DAY) == 2


def test_a_rule_for_somebody_who_left_the_unit_gives_him_nothing() -> None:
    office = Office()
    codes = office.received(1)
    gone = make_account(username="da-di", full_name="Người Đã Đi")
    office.people["gone"] = type(office.people["nam"])(gone.pk, gone.full_name)
    office.rules((AssignmentWay.TURN, "gone", ""), (AssignmentWay.TURN, "nam", ""))

    share(office, office.away())

    assert holders(codes) == [office.people["nam"].name]


def test_no_citizen_is_a_deputy() -> None:
    office = Office()
    citizen = make_account(username="dan", full_name="Người Dân")
    choice = sharing.ShareChoice(deputy_id=citizen.pk)

    plan = sharing.plan_of(office.away().pk, choice, by=office.hoa, at=MONDAY)

    assert plan.deputy is None


def test_nothing_comes_back_to_a_closed_account() -> None:
    office = Office()
    office.received(1)
    absence = office.away()
    share(office, absence)
    sharing.end_absence(absence.pk, by=office.hoa, at=MONDAY)
    Account.objects.filter(pk=office.people["mai"].id).update(
        disabled_at=MONDAY, disabled_because="left"
    )

    with pytest.raises(NotAllowed, match="tài khoản đang dùng"):
        sharing.bring_back(absence.pk, [], by=office.hoa, at=MONDAY)
