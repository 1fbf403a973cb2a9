"""Posts and officers: one holder at a time, within the days of both."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import IntegrityError
from pytest_django import DjangoAssertNumQueries

from motcua.foundation.audit import api as audit
from motcua.foundation.organisation import api as organisation
from motcua.foundation.organisation.choices import PostRole
from motcua.foundation.organisation.errors import BadOrganisation, NoSuchUnit, PostTaken
from motcua.foundation.organisation.models import Officer, Post, PostHolding
from motcua.foundation.organisation.rules.facts import NewSeat, OfficerFacts, PostFacts, Term
from motcua.lib.errors import NotAllowed

from .actors import AT, BINH, HOA, REFORM_DAY, TODAY, editor_of
from .make import make_agency, make_officer, make_post, make_unit

pytestmark = pytest.mark.django_db

NEW = OfficerFacts("CB0009", "Lò  Văn Ban", REFORM_DAY, "0912000001", "ban@example.vn")
SINCE_REFORM = Term(REFORM_DAY)
YESTERDAY = TODAY - timedelta(days=1)
TOMORROW = TODAY + timedelta(days=1)


def test_posts_are_numbered_within_their_unit() -> None:
    unit = make_unit(make_agency())
    facts = PostFacts(unit.pk, "Chuyên  viên", PostRole.HANDLER)

    posts = [organisation.add_post(facts, SINCE_REFORM, by=HOA, at=AT) for _ in range(2)]

    assert [post.code for post in posts] == ["H18.101.KT-01", "H18.101.KT-02"]
    assert posts[0].title == "Chuyên viên"


@pytest.mark.parametrize(
    ("title", "code", "term", "field"),
    [
        ("", "", SINCE_REFORM, "title"),
        ("Chuyên viên", "H18.101.KT-01", SINCE_REFORM, "code"),
        ("Chuyên viên", "", Term(date(2025, 6, 30)), "valid_from"),
    ],
)
def test_a_post_that_cannot_be_is_refused(title: str, code: str, term: Term, field: str) -> None:
    post = make_post(make_unit(make_agency()))
    facts = PostFacts(post.unit_id, title, PostRole.HANDLER, code)

    with pytest.raises(BadOrganisation) as refusal:
        organisation.add_post(facts, term, by=HOA, at=AT)

    assert refusal.value.field == field


def test_an_officer_in_a_post_is_found_from_both_sides() -> None:
    post = make_post(make_unit(make_agency()), PostRole.UNIT_HEAD, title="Trưởng phòng")
    officer = make_officer()

    organisation.fill_post(post.pk, officer.pk, Term(TODAY), by=HOA, at=AT)

    held = organisation.posts_held_by(officer.pk, TODAY)
    assert [(one.post_id, one.unit_id, one.role) for one in held] == [
        (post.pk, post.unit_id, PostRole.UNIT_HEAD)
    ]
    assert organisation.officers_of_units([post.unit_id], TODAY) == [officer]
    assert organisation.posts_held_by(officer.pk, YESTERDAY) == []
    assert [entry.action for entry in audit.trail_of(f"post:{post.code}")] == ["post.filled"]


def test_seats_are_told_vacant_or_with_their_holder() -> None:
    unit = make_unit(make_agency())
    head = make_post(unit, PostRole.UNIT_HEAD, title="Trưởng phòng", holder=make_officer())
    make_post(unit)

    seats = organisation.seats_of_units([unit.pk], TODAY)

    assert [(seat.title, seat.officer_name) for seat in seats] == [
        ("Trưởng phòng", "Trần Văn Bình"),
        ("Chuyên viên", ""),
    ]
    heads = organisation.seats_of_units([unit.pk], TODAY, roles=[PostRole.UNIT_HEAD])
    assert [seat.post_id for seat in heads] == [head.pk]


def test_officers_are_sorted_by_given_name() -> None:
    unit = make_unit(make_agency())
    for number, name in enumerate(["Nguyễn Văn Dũng", "Vàng A Chứ", "Lò Thị Ánh"]):
        make_post(unit, holder=make_officer(name, code=f"CB{number}"))

    found = organisation.officers_of_units([unit.pk], TODAY, roles=[PostRole.HANDLER])

    assert [one.full_name for one in found] == ["Lò Thị Ánh", "Vàng A Chứ", "Nguyễn Văn Dũng"]


def test_a_held_post_is_not_given_to_another() -> None:
    post = make_post(make_unit(make_agency()), holder=make_officer())
    other = make_officer("Lò Thị Hoa", code="CB0002")

    with pytest.raises(PostTaken, match="Trần Văn Bình"):
        organisation.fill_post(post.pk, other.pk, Term(TODAY), by=HOA, at=AT)


def test_a_post_passes_on_the_day_after_its_holder_leaves_it() -> None:
    post = make_post(make_unit(make_agency()), holder=make_officer())
    other = make_officer("Lò Thị Hoa", code="CB0002")
    organisation.leave_post(post.pk, on=YESTERDAY, basis="QĐ 3", by=HOA, at=AT)

    organisation.fill_post(post.pk, other.pk, Term(TODAY), by=HOA, at=AT)

    names = [
        organisation.seats_of_units([post.unit_id], day)[0].officer_name
        for day in (YESTERDAY, TODAY)
    ]
    assert names == ["Trần Văn Bình", "Lò Thị Hoa"]


def test_nobody_leaves_a_vacant_post() -> None:
    post = make_post(make_unit(make_agency()))

    with pytest.raises(BadOrganisation, match="Không ai"):
        organisation.leave_post(post.pk, on=TODAY, basis="", by=HOA, at=AT)


@pytest.mark.parametrize(
    "term", [Term(date(2025, 6, 30)), Term(TODAY), Term(TODAY, TOMORROW + timedelta(days=1))]
)
def test_a_holder_stays_within_the_days_of_the_post(term: Term) -> None:
    post = make_post(make_unit(make_agency()))
    Post.objects.update(valid_to=TOMORROW)

    with pytest.raises(BadOrganisation, match="Thời gian"):
        organisation.fill_post(post.pk, make_officer().pk, term, by=HOA, at=AT)


def test_an_ended_post_takes_its_holder_along() -> None:
    post = make_post(make_unit(make_agency()), holder=make_officer())

    organisation.end_post(post.pk, on=TODAY, basis="QĐ 5", by=HOA, at=AT)

    assert PostHolding.objects.get(post=post).valid_to == TODAY
    with pytest.raises(BadOrganisation):
        organisation.end_post(post.pk, on=TOMORROW, basis="", by=HOA, at=AT)


def test_who_joins_is_stored_in_tidy_words() -> None:
    officer = organisation.add_officer(NEW, by=HOA, at=AT)

    assert organisation.find_officer("CB0009") == officer
    assert officer.full_name == "Lò Văn Ban"


@pytest.mark.parametrize(
    "facts",
    [replace(NEW, code=""), replace(NEW, full_name=" "), replace(NEW, code="CB0001")],
)
def test_an_officer_needs_a_name_and_a_code_of_ones_own(facts: OfficerFacts) -> None:
    make_officer()

    with pytest.raises(BadOrganisation):
        organisation.add_officer(facts, by=HOA, at=AT)


def test_who_leaves_leaves_every_post() -> None:
    officer = make_officer()
    unit = make_unit(make_agency())
    posts = [make_post(unit, holder=officer), make_post(unit, holder=officer)]

    organisation.officer_left(officer.pk, on=TODAY, basis="QĐ 7", by=HOA, at=AT)

    officer.refresh_from_db()
    holdings = PostHolding.objects.filter(post__in=posts)
    assert officer.left_on == TODAY
    assert set(holdings.values_list("valid_to", flat=True)) == {TODAY}


def test_nobody_leaves_before_joining_or_taking_up_a_post() -> None:
    officer = make_officer()
    post = make_post(make_unit(make_agency()))
    organisation.fill_post(post.pk, officer.pk, Term(TODAY), by=HOA, at=AT)

    for day in (YESTERDAY, date(2025, 6, 30)):
        with pytest.raises(BadOrganisation, match="Ngày thôi việc"):
            organisation.officer_left(officer.pk, on=day, basis="", by=HOA, at=AT)


def test_a_change_of_posts_makes_every_process_look_again() -> None:
    post = make_post(make_unit(make_agency()), holder=make_officer())
    version = organisation.tree().version

    organisation.leave_post(post.pk, on=TODAY, basis="", by=HOA, at=AT)

    assert organisation.tree().version > version


def test_who_edits_another_unit_may_not_touch_this_post() -> None:
    agency = make_agency()
    post = make_post(make_unit(agency), holder=make_officer())
    dung = editor_of(make_unit(agency, "H18.101.VP").pk)
    officer = Officer.objects.get()

    with pytest.raises(NotAllowed):
        organisation.leave_post(post.pk, on=TODAY, basis="", by=dung, at=AT)
    with pytest.raises(NotAllowed):
        organisation.fill_post(post.pk, officer.pk, SINCE_REFORM, by=dung, at=AT)
    with pytest.raises(NotAllowed):
        organisation.officer_left(officer.pk, on=TODAY, basis="", by=dung, at=AT)
    with pytest.raises(NotAllowed):
        organisation.add_officer(NEW, by=BINH, at=AT)


def test_an_unknown_post_or_officer_is_not_found() -> None:
    post = make_post(make_unit(make_agency()))

    with pytest.raises(NoSuchUnit):
        organisation.leave_post(post.pk + 1, on=TODAY, basis="", by=HOA, at=AT)
    with pytest.raises(NoSuchUnit):
        organisation.fill_post(post.pk, 99, SINCE_REFORM, by=HOA, at=AT)
    assert organisation.find_post("X") is None


def test_a_whole_unit_is_staffed_at_once() -> None:
    unit = make_unit(make_agency())
    ban = NewSeat("Trưởng phòng", PostRole.UNIT_HEAD, NEW)
    hoa = NewSeat("Chuyên viên", PostRole.HANDLER, replace(NEW, code="CB2", full_name="Lò Thị Hoa"))
    make_post(unit)

    posts = organisation.staff_unit(unit.pk, [ban, hoa], SINCE_REFORM, by=HOA, at=AT)

    seats = organisation.seats_of_units([unit.pk], TODAY)
    assert [post.code for post in posts] == ["H18.101.KT-02", "H18.101.KT-03"]
    assert [seat.officer_name for seat in seats] == ["", "Lò Văn Ban", "Lò Thị Hoa"]
    assert [entry.action for entry in audit.trail_of("unit:H18.101.KT")] == ["unit.staffed"]


@pytest.mark.parametrize(
    ("facts", "message"),
    [
        (replace(NEW, joined_on=TODAY), "trước ngày vào làm"),
        (replace(NEW, code="CB0001"), "đã có"),
        (replace(NEW, full_name=""), "họ tên"),
    ],
)
def test_a_unit_is_not_staffed_with_somebody_who_cannot_be(
    facts: OfficerFacts, message: str
) -> None:
    make_officer()
    unit = make_unit(make_agency())
    seat = NewSeat("Chuyên viên", PostRole.HANDLER, facts)

    with pytest.raises(BadOrganisation, match=message):
        organisation.staff_unit(unit.pk, [seat], SINCE_REFORM, by=HOA, at=AT)


@pytest.mark.parametrize("how_many", [1, 3])
def test_the_seats_of_a_unit_cost_two_queries_however_many(
    how_many: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    unit = make_unit(make_agency())
    for number in range(how_many):
        make_post(unit, holder=make_officer(code=f"CB{number}"))

    with django_assert_num_queries(2):
        seats = organisation.seats_of_units([unit.pk], TODAY)

    assert len(seats) == how_many


def test_the_database_refuses_two_holders_of_one_post() -> None:
    post = make_post(make_unit(make_agency()), holder=make_officer())
    other = make_officer("Lò Thị Hoa", code="CB0002")

    with pytest.raises(IntegrityError, match="organisation_one_holder_at_a_time"):
        PostHolding.objects.create(post=post, officer=other, valid_from=TODAY)


@pytest.mark.parametrize(
    ("model", "change", "constraint"),
    [
        (Post, {"role": "king"}, "organisation_post_role_is_known"),
        (Post, {"valid_to": date(2020, 1, 1)}, "organisation_post_days_in_order"),
        (PostHolding, {"valid_to": date(2020, 1, 1)}, "organisation_holding_days_in_order"),
        (Officer, {"left_on": date(2020, 1, 1)}, "organisation_officer_leaves_after_joining"),
    ],
)
def test_the_database_refuses_impossible_days_and_roles(
    model: type[Post | PostHolding | Officer], change: dict[str, object], constraint: str
) -> None:
    make_post(make_unit(make_agency()), holder=make_officer())

    with pytest.raises(IntegrityError, match=constraint):
        model.objects.update(**change)


def test_a_post_over_the_whole_province_is_set_up_for_the_whole_province_only() -> None:
    unit = make_unit(make_agency())
    facts = PostFacts(unit.pk, "Theo dõi", PostRole.PROVINCE_MONITOR)

    with pytest.raises(NotAllowed):
        organisation.add_post(facts, Term(TODAY), by=editor_of(unit.pk), at=AT)

    assert (
        organisation.add_post(facts, Term(TODAY), by=HOA, at=AT).role == PostRole.PROVINCE_MONITOR
    )
