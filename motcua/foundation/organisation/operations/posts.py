"""Posts and officers: who sits where, from when to when."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import asdict
from datetime import date, datetime
from itertools import count

from motcua.foundation.audit import api as audit
from motcua.foundation.organisation.errors import BadOrganisation, NoSuchUnit, PostTaken
from motcua.foundation.organisation.models import Officer, Post, PostHolding, Unit, UnitVersion
from motcua.foundation.organisation.permissions import EDIT, check_may_set_up
from motcua.foundation.organisation.rules.codes import check_staff_code
from motcua.foundation.organisation.rules.facts import (
    NewSeat,
    OfficerFacts,
    PostFacts,
    Term,
    check_term,
)
from motcua.lib import work
from motcua.lib.actor import Actor
from motcua.lib.dated import holding_on
from motcua.lib.text import person_sort_key, tidy

from .trees import raise_tree_version
from .units import lock_unit
from .versions import overlapping


@work.story
def add_post(facts: PostFacts, term: Term, *, by: Actor, at: datetime) -> Post:
    """Set up a seat in a unit.

    Raises: NotAllowed, NoSuchUnit, BadOrganisation.
    Locks: the unit.
    """
    check_may_set_up([facts.role], facts.unit_id, by=by)
    check_term(term)
    unit = lock_unit(facts.unit_id)
    code = facts.code or next(_numbers_after(unit.code))
    check_staff_code(code, "vị trí")
    if not tidy(facts.title):
        raise BadOrganisation("Hãy nhập chức vụ.", field="title")
    if Post.objects.filter(code=code).exists():
        raise BadOrganisation(f"Mã vị trí “{code}” đã có.", field="code")
    _check_lives(unit, term.valid_from)
    post = Post.objects.create(
        code=code,
        unit=unit,
        title=tidy(facts.title),
        role=facts.role,
        valid_from=term.valid_from,
        valid_to=term.valid_to,
    )
    _record("post.added", f"post:{code}", term, by=by, at=at)
    return post


@work.story
def staff_unit(
    unit_id: int, seats: Sequence[NewSeat], term: Term, *, by: Actor, at: datetime
) -> list[Post]:
    """Set up all seats of a unit at once, each held by an officer who joins.

    Raises: NotAllowed, NoSuchUnit, BadOrganisation.
    Costs: eight queries, however many seats.
    Locks: the unit.
    """
    check_may_set_up([seat.role for seat in seats], unit_id, by=by)
    check_term(term)
    unit = lock_unit(unit_id)
    _check_lives(unit, term.valid_from)
    officers = [_new_officer(seat.officer) for seat in seats]
    _check_codes_are_new([officer.code for officer in officers])
    if any(officer.joined_on > term.valid_from for officer in officers):
        message = "Ngày giữ vị trí không được trước ngày vào làm."
        raise BadOrganisation(message, field="valid_from")
    days = {"valid_from": term.valid_from, "valid_to": term.valid_to}
    posts = [
        Post(code=code, unit=unit, title=tidy(seat.title), role=seat.role, **days)
        for seat, code in zip(seats, _numbers_after(unit.code), strict=False)
    ]
    Officer.objects.bulk_create(officers)
    Post.objects.bulk_create(posts)
    PostHolding.objects.bulk_create(
        PostHolding(post=post, officer=officer, basis=term.basis, **days)
        for post, officer in zip(posts, officers, strict=True)
    )
    _record("unit.staffed", f"unit:{unit.code}", term, by=by, at=at)
    return posts


@work.story
def end_post(post_id: int, *, on: date, basis: str, by: Actor, at: datetime) -> None:
    """Make `on` the last day of a post and of whoever holds it then.

    Raises: NotAllowed, NoSuchUnit, BadOrganisation.
    Locks: the post.
    """
    post = _lock_post(post_id, by)
    if not post.holds_on(on) or PostHolding.objects.filter(post=post, valid_from__gt=on).exists():
        message = "Vị trí không có vào ngày này, hoặc đã có người nhận sau ngày này."
        raise BadOrganisation(message, field="on")
    PostHolding.objects.filter(post=post).exclude(valid_to__lte=on).update(valid_to=on)
    post.valid_to = on
    post.save(update_fields=["valid_to"])
    _record("post.ended", f"post:{post.code}", Term(on, on, basis), by=by, at=at)


@work.story
def fill_post(post_id: int, officer_id: int, term: Term, *, by: Actor, at: datetime) -> PostHolding:
    """Put an officer into a vacant post for some days.

    Raises: NotAllowed, NoSuchUnit, BadOrganisation, PostTaken.
    Locks: the post.
    """
    post = _lock_post(post_id, by)
    check_term(term)
    officer = _officer(officer_id)
    _check_within(post, officer, term)
    taken = PostHolding.objects.filter(overlapping(term), post=post).select_related("officer")
    if (other := taken.first()) is not None:
        raise PostTaken(f"{other.officer.full_name} đang giữ vị trí này trong thời gian đó.")
    holding = PostHolding.objects.create(post=post, officer=officer, **asdict(term))
    _record("post.filled", f"post:{post.code}", term, by=by, at=at, officer=officer.code)
    return holding


@work.story
def leave_post(post_id: int, *, on: date, basis: str, by: Actor, at: datetime) -> None:
    """Make `on` the last day of whoever holds the post then.

    Raises: NotAllowed, NoSuchUnit, BadOrganisation if nobody does.
    Locks: the post.
    """
    post = _lock_post(post_id, by)
    left = PostHolding.objects.filter(holding_on(on), post=post).update(valid_to=on)
    if not left:
        raise BadOrganisation("Không ai giữ vị trí này vào ngày đó.", field="on")
    _record("post.left", f"post:{post.code}", Term(on, on, basis), by=by, at=at)


@work.story
def add_officer(facts: OfficerFacts, *, by: Actor, at: datetime) -> Officer:
    """Take on an officer; a post comes by `fill_post`, an account by `identity`.

    Raises: NotAllowed, BadOrganisation.
    """
    by.require(EDIT)
    officer = _new_officer(facts)
    _check_codes_are_new([officer.code])
    officer.save()
    audit.record("officer.added", f"officer:{officer.code}", by=by, at=at)
    return officer


@work.story
def officer_left(officer_id: int, *, on: date, basis: str, by: Actor, at: datetime) -> None:
    """Make `on` an officer's last day of service and in every post.

    Raises: NotAllowed unless the power is held where the officer sits, NoSuchUnit,
    BadOrganisation.
    Locks: the officer.
    """
    officer = _officer(officer_id)
    holdings = PostHolding.objects.filter(officer=officer).exclude(valid_to__lte=on)
    by.require(EDIT)
    for unit_id in holdings.values_list("post__unit", flat=True):
        by.require(EDIT, unit_id=unit_id)
    if on < officer.joined_on or holdings.filter(valid_from__gt=on).exists():
        message = "Ngày thôi việc không được trước ngày vào làm hoặc ngày nhận vị trí."
        raise BadOrganisation(message, field="on")
    holdings.update(valid_to=on)
    officer.left_on = on
    officer.save(update_fields=["left_on"])
    subject = f"officer:{officer.code}"
    _record("officer.left", subject, Term(on, on, basis), by=by, at=at)


def _lock_post(post_id: int, by: Actor) -> Post:
    """Raises: NoSuchUnit, NotAllowed."""
    post = Post.objects.select_for_update(of=("self",)).filter(pk=post_id).first()
    if post is None:
        raise NoSuchUnit("Không tìm thấy vị trí này.")
    by.require(EDIT, unit_id=post.unit_id)
    return post


def _officer(officer_id: int) -> Officer:
    """Raises: NoSuchUnit."""
    officer = Officer.objects.select_for_update(of=("self",)).filter(pk=officer_id).first()
    if officer is None:
        raise NoSuchUnit("Không tìm thấy cán bộ này.")
    return officer


def _check_within(post: Post, officer: Officer, term: Term) -> None:
    """Raises: BadOrganisation if post or officer is not there for the whole term."""
    last_days = [day for day in (post.valid_to, officer.left_on) if day is not None]
    begins_late = max(post.valid_from, officer.joined_on) <= term.valid_from
    ends_early = all(term.valid_to is not None and term.valid_to <= day for day in last_days)
    if not (begins_late and ends_early):
        message = "Thời gian giữ vị trí phải nằm trong thời gian có vị trí và cán bộ đang làm việc."
        raise BadOrganisation(message, field="valid_from")


def _numbers_after(unit_code: str) -> Iterator[str]:
    """Yield the unit's free post codes in order; the unit is locked."""
    codes = Post.objects.filter(code__startswith=f"{unit_code}-").values_list("code", flat=True)
    tails = (code.rpartition("-")[2] for code in codes)
    latest = max((int(tail) for tail in tails if tail.isdigit()), default=0)
    return (f"{unit_code}-{number:02}" for number in count(latest + 1))


def _new_officer(facts: OfficerFacts) -> Officer:
    """Raises: BadOrganisation."""
    if not tidy(facts.code) or not tidy(facts.full_name):
        raise BadOrganisation("Hãy nhập mã và họ tên cán bộ.", field="full_name")
    check_staff_code(facts.code, "cán bộ")
    return Officer(
        code=facts.code,
        full_name=tidy(facts.full_name),
        sort_key=person_sort_key(tidy(facts.full_name)),
        phone=facts.phone,
        email=facts.email,
        joined_on=facts.joined_on,
    )


def _check_codes_are_new(codes: Collection[str]) -> None:
    taken = Officer.objects.filter(code__in=codes).order_by("code").first()
    if taken is not None:
        raise BadOrganisation(f"Mã cán bộ “{taken.code}” đã có.", field="code")


def _check_lives(unit: Unit, day: date) -> None:
    if not UnitVersion.objects.filter(holding_on(day), unit=unit).exists():
        message = f"“{unit.name}” không hoạt động vào ngày {day:%d/%m/%Y}."
        raise BadOrganisation(message, field="valid_from")


def _record(
    action: str, subject: str, term: Term, *, by: Actor, at: datetime, officer: str = ""
) -> None:
    """Leave the trace, and make every process look again who may do what."""
    detail = {"from": f"{term.valid_from}", "to": f"{term.valid_to or ''}", "basis": term.basis}
    if officer:
        detail["officer"] = officer
    audit.record(action, subject, by=by, at=at, detail=detail)
    raise_tree_version()
