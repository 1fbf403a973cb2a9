from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError

from motcua.foundation.access import api as access
from motcua.foundation.access.api import Power
from motcua.foundation.access.tests.make import make_actor
from motcua.foundation.notifications.api import Notice
from motcua.foundation.staffing import api as staffing
from motcua.foundation.staffing.api import Absence, AbsenceIn, AbsenceKind, Sitting
from motcua.lib.errors import BadInput, NotAllowed

from .make import MONDAY, Desk, make_desk, officer_of

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 2)


def away(desk: Desk, **change: Any) -> AbsenceIn:
    asked: dict[str, Any] = {
        "officer_id": officer_of(desk.binh),
        "kind": AbsenceKind.SICK,
        "valid_from": DAY,
        "valid_to": DAY + timedelta(days=2),
    }
    return AbsenceIn(**(asked | change))


def may_receive(desk: Desk, *, days: int = 0) -> bool:
    actor = access.actor_now(desk.van.pk, at=MONDAY + timedelta(days=days)).actor
    return actor.can(Power.RECEIVE_DOSSIERS, unit_id=desk.unit.pk)


def test_whoever_is_noted_away_is_known_for_these_days_only() -> None:
    desk = make_desk()

    staffing.note_absence(away(desk), by=desk.lien, at=MONDAY)

    days = [DAY + timedelta(days=number) for number in (-1, 0, 2, 3)]
    assert [desk.binh.pk in staffing.accounts_away(day) for day in days] == [
        False,
        True,
        True,
        False,
    ]


def test_the_stand_by_takes_over_at_once_with_the_powers_of_the_post() -> None:
    desk = make_desk()
    staffing.name_stand_by(desk.post.pk, officer_of(desk.van), by=desk.lien, at=MONDAY)
    assert not may_receive(desk)

    staffing.note_absence(away(desk), by=desk.lien, at=MONDAY)

    assert [may_receive(desk, days=days) for days in (0, 2, 3)] == [True, True, False]
    sitting = Sitting.objects.get()
    assert (sitting.holder_name, sitting.why) == ("Trần Văn Bình", "declared")
    assert Notice.objects.filter(account_id=desk.van.pk).count() == 1


def test_who_is_back_early_ends_what_was_done_for_him() -> None:
    desk = make_desk()
    staffing.name_stand_by(desk.post.pk, officer_of(desk.van), by=desk.lien, at=MONDAY)
    absence = staffing.note_absence(away(desk), by=desk.lien, at=MONDAY)

    staffing.end_absence(absence.pk, by=desk.lien, at=MONDAY + timedelta(hours=3))

    assert (may_receive(desk), staffing.accounts_away(DAY)) == (False, frozenset())
    assert Sitting.objects.get().ended_at == MONDAY + timedelta(hours=3)


def test_one_notes_the_own_absence_and_nobody_a_strangers() -> None:
    desk = make_desk()
    own = make_actor(account_id=desk.binh.pk, unit_ids=[desk.unit.pk])
    stranger = make_actor(Power.ARRANGE_DESKS, account_id=desk.van.pk, unit_ids=[77])

    with pytest.raises(NotAllowed):
        staffing.note_absence(away(desk), by=stranger, at=MONDAY)
    made = staffing.note_absence(away(desk), by=own, at=MONDAY)

    assert (made.name, made.account_id) == ("Trần Văn Bình", desk.binh.pk)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (
            {"valid_to": DAY - timedelta(days=1), "valid_from": DAY - timedelta(days=3)},
            "từ hôm nay",
        ),
        ({"valid_from": DAY + timedelta(days=5)}, "không trước ngày đầu"),
        ({"valid_to": date(2206, 3, 4)}, "nhiều nhất hai năm"),
    ],
)
def test_days_that_make_no_sense_are_refused(change: dict[str, Any], said: str) -> None:
    desk = make_desk()

    with pytest.raises(BadInput, match=said):
        staffing.note_absence(away(desk, **change), by=desk.lien, at=MONDAY)


def test_the_same_days_are_noted_once() -> None:
    desk = make_desk()
    staffing.note_absence(away(desk), by=desk.lien, at=MONDAY)

    with pytest.raises(BadInput, match="Đã ghi vắng"):
        staffing.note_absence(away(desk), by=desk.lien, at=MONDAY)


def test_the_database_refuses_two_absences_on_one_day() -> None:
    desk = make_desk()
    first = staffing.note_absence(away(desk), by=desk.lien, at=MONDAY)
    first.pk = None

    with pytest.raises(IntegrityError, match="one_absence_at_a_time"):
        Absence.objects.bulk_create([first])
