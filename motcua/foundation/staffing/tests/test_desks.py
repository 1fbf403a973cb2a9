from datetime import timedelta

import pytest

from motcua.foundation.access.api import Power
from motcua.foundation.access.tests.make import make_actor
from motcua.foundation.identity.tests.make import make_officer_account, make_session
from motcua.foundation.notifications.api import Notice
from motcua.foundation.organisation.api import PostHolding, PostRole
from motcua.foundation.organisation.tests.make import make_post
from motcua.foundation.staffing import api as staffing
from motcua.foundation.staffing.api import AbsenceIn, AbsenceKind, Sitting
from motcua.lib.clock import local_day
from motcua.lib.errors import BadInput, Conflict, NotAllowed, NotFound

from .make import MONDAY, Desk, make_desk, officer_of

pytestmark = pytest.mark.django_db
OPENS = MONDAY.replace(hour=7, minute=30)


def named(desk: Desk) -> None:
    staffing.name_stand_by(desk.post.pk, officer_of(desk.van), by=desk.lien, at=OPENS)


def seat(desk: Desk) -> staffing.SeatToday:
    found = staffing.desk_today([desk.unit.pk], MONDAY)
    return next(one for one in found if one.seat.post_id == desk.post.pk)


def told(desk: Desk) -> list[str]:
    found = Notice.objects.filter(account_id=desk.lien.id).order_by("pk")
    return [one.subject for one in found]


def test_the_head_is_told_once_when_the_desk_opens_without_an_officer() -> None:
    desk = make_desk()
    named(desk)

    counts = [
        staffing.look_at_desks(at=OPENS + timedelta(minutes=minutes)) for minutes in (-5, 0, 5, 90)
    ]

    assert counts == [0, 1, 0, 0]
    assert told(desk) == ["1 vị trí tại Bộ phận Một cửa chưa có người"]


def test_who_has_signed_in_is_not_missed() -> None:
    desk = make_desk()
    named(desk)
    make_session(desk.binh, at=OPENS - timedelta(minutes=10))

    assert staffing.look_at_desks(at=OPENS) == 0
    assert seat(desk).is_in


def test_nobody_is_missed_on_a_day_without_work() -> None:
    desk = make_desk()
    named(desk)

    assert staffing.look_at_desks(at=OPENS - timedelta(days=1)) == 0


def test_one_press_puts_the_stand_by_in_for_the_day() -> None:
    desk = make_desk()
    named(desk)

    sitting = staffing.put_in_stand_by(desk.post.pk, by=desk.lien, at=MONDAY)

    day = local_day(MONDAY)
    assert (sitting.why, sitting.valid_from, sitting.valid_to) == ("not_in", day, day)
    assert not seat(desk).needs_somebody
    with pytest.raises(Conflict):
        staffing.put_in_stand_by(desk.post.pk, by=desk.lien, at=MONDAY)


def test_the_history_says_who_sat_where_when() -> None:
    desk = make_desk()
    named(desk)
    sitting = staffing.put_in_stand_by(desk.post.pk, by=desk.lien, at=MONDAY)
    staffing.end_sitting(sitting.pk, by=desk.lien, at=MONDAY + timedelta(hours=1))

    (row,) = staffing.sittings_at([desk.unit.pk])

    assert (row.officer.full_name, row.holder_name) == ("Tòng Thị Vân", "Trần Văn Bình")
    assert (row.begun_by_name, row.ended_at) == (desk.lien.name, MONDAY + timedelta(hours=1))
    assert seat(desk).can_be_filled


def test_a_stand_by_who_is_away_too_takes_nothing_over() -> None:
    desk = make_desk()
    named(desk)
    day = local_day(MONDAY)
    own = make_actor(account_id=desk.van.pk)
    gone = AbsenceIn(
        officer_id=officer_of(desk.van), kind=AbsenceKind.SICK, valid_from=day, valid_to=day
    )
    staffing.note_absence(gone, by=own, at=MONDAY)

    with pytest.raises(BadInput, match="cũng vắng"):
        staffing.put_in_stand_by(desk.post.pk, by=desk.lien, at=MONDAY)
    assert seat(desk).stand_by_is_away


def test_a_post_without_a_stand_by_says_so() -> None:
    desk = make_desk()

    with pytest.raises(BadInput, match="chưa có cán bộ dự phòng"):
        staffing.put_in_stand_by(desk.post.pk, by=desk.lien, at=MONDAY)


def test_the_stand_by_serves_in_the_agency_and_is_somebody_else() -> None:
    desk = make_desk()
    stranger = make_officer_account("Lò Văn Xa", username="xa")

    for officer_id, said in (
        (officer_of(stranger), "trong cơ quan"),
        (officer_of(desk.binh), "phải khác"),
    ):
        with pytest.raises(BadInput, match=said):
            staffing.name_stand_by(desk.post.pk, officer_id, by=desk.lien, at=MONDAY)


def test_only_the_head_of_the_desk_arranges_it() -> None:
    desk = make_desk()
    named(desk)
    stranger = make_actor(Power.ARRANGE_DESKS, unit_ids=[desk.office.pk])
    sitting = staffing.put_in_stand_by(desk.post.pk, by=desk.lien, at=MONDAY)

    with pytest.raises(NotAllowed):
        staffing.name_stand_by(desk.post.pk, None, by=stranger, at=MONDAY)
    with pytest.raises(NotFound):
        staffing.end_sitting(sitting.pk, by=stranger, at=MONDAY)
    assert Sitting.objects.get().ended_at is None


def test_another_stand_by_stands_in_place_of_the_earlier_one() -> None:
    desk = make_desk()
    named(desk)
    later = MONDAY + timedelta(days=3)

    staffing.name_stand_by(desk.post.pk, None, by=desk.lien, at=later)

    found = [staffing.desk_today([desk.unit.pk], at) for at in (MONDAY, later)]
    names = [
        next(one.stand_by for one in seats if one.seat.post_id == desk.post.pk) for seats in found
    ]
    assert [one.officer_id if one else None for one in names] == [officer_of(desk.van), None]


def test_whoever_sits_there_and_falls_ill_makes_room() -> None:
    desk = make_desk()
    named(desk)
    staffing.put_in_stand_by(desk.post.pk, by=desk.lien, at=MONDAY)
    third = make_officer_account("Lò Văn Ba", username="ba")
    make_post(desk.office, PostRole.HANDLER, holder=third.officer)
    ill(desk)
    assert seat(desk).needs_somebody

    staffing.name_stand_by(desk.post.pk, officer_of(third), by=desk.lien, at=MONDAY)
    sitting = staffing.put_in_stand_by(desk.post.pk, by=desk.lien, at=MONDAY)

    assert sitting.officer_id == officer_of(third)
    earlier = Sitting.objects.exclude(pk=sitting.pk).get()
    assert earlier.ended_at == MONDAY
    assert not seat(desk).needs_somebody


def ill(desk: Desk) -> None:
    """Note that Vân is ill today."""
    day = local_day(MONDAY)
    gone = AbsenceIn(officer_of(desk.van), AbsenceKind.SICK, day, day)
    staffing.note_absence(gone, by=make_actor(account_id=desk.van.pk), at=MONDAY)


def test_a_stand_by_who_left_the_agency_takes_nothing_over() -> None:
    desk = make_desk()
    named(desk)
    PostHolding.objects.filter(officer_id=officer_of(desk.van)).update(
        valid_to=local_day(MONDAY) - timedelta(days=1)
    )

    with pytest.raises(BadInput, match="không còn ở cơ quan"):
        staffing.put_in_stand_by(desk.post.pk, by=desk.lien, at=MONDAY)
    day = local_day(MONDAY)
    gone = AbsenceIn(officer_of(desk.binh), AbsenceKind.SICK, day, day)
    staffing.note_absence(gone, by=desk.lien, at=MONDAY)

    assert not Sitting.objects.exists()
