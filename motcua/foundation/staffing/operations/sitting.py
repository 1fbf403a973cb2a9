"""Name who is ready to take over a post of a desk, and put him in when the holder is not there.

Source: docs/law/hall-staff.md
"""

from collections.abc import Collection
from datetime import date, datetime, timedelta
from typing import NamedTuple

from motcua.foundation.access.api import Power
from motcua.foundation.audit import api as audit
from motcua.foundation.identity import api as identity
from motcua.foundation.notifications import api as notifications
from motcua.foundation.organisation import api as organisation
from motcua.foundation.organisation.api import Post, PostHolding
from motcua.foundation.staffing.choices import SittingWhy
from motcua.foundation.staffing.errors import NoSuchSeat, SeatTaken
from motcua.foundation.staffing.models import Absence, Sitting, StandBy
from motcua.foundation.staffing.queries.absences import officers_away
from motcua.foundation.staffing.queries.seats import DESK_ROLES, officers_in, stand_bys_of
from motcua.lib import work
from motcua.lib.actor import Actor
from motcua.lib.clock import local_day
from motcua.lib.dated import holding_on
from motcua.lib.errors import BadInput

from . import message_kinds as kinds

_DAY = timedelta(days=1)


class _Put(NamedTuple):
    """Who sits in which post for whom, why, until when."""

    post: Post
    officer_id: int
    holder_name: str
    why: SittingWhy
    first: date
    last: date
    absence: Absence | None = None


@work.story
def name_stand_by(
    post_id: int, officer_id: int | None, *, by: Actor, at: datetime
) -> StandBy | None:
    """Say who takes over a post from today on when its holder is away; None names nobody.

    Raises: NoSuchSeat, NotAllowed, BadInput.
    """
    post, day = _lock_post(post_id, by), local_day(at)
    if officer_id is not None:
        _check_can_stand_by(post, officer_id, day)
    standing = StandBy.objects.filter(holding_on(day), post=post)
    standing.filter(valid_from=day).delete()
    standing.update(valid_to=day - _DAY)
    made = None
    if officer_id is not None:
        made = StandBy.objects.create(
            post=post,
            officer_id=officer_id,
            valid_from=day,
            named_at=at,
            named_by_name=by.name,
        )
    detail = {"officer": officer_id}
    audit.record("staffing.stand_by_named", f"post:{post.code}", by=by, at=at, detail=detail)
    return made


@work.story
def put_in_stand_by(post_id: int, *, by: Actor, at: datetime) -> Sitting:
    """Let the stand-by officer sit in a post today, or as long as the holder is noted away.

    Who sits there and is away himself makes room.

    Raises: NoSuchSeat, NotAllowed, SeatTaken, BadInput.
    """
    post, day = _lock_post(post_id, by), local_day(at)
    _free_seat(post, day, by=by, at=at)
    ready = stand_bys_of([post.pk], day).get(post.pk)
    if ready is None:
        raise BadInput("Vị trí này chưa có cán bộ dự phòng; hãy phân công trước.")
    if not _serves(post, ready.officer_id, day):
        raise BadInput(f"{ready.officer.full_name} không còn ở cơ quan; hãy phân công người khác.")
    holder = _holder(post, day)
    away = officers_away([one for one in (ready.officer_id, holder.id) if one], day)
    if ready.officer_id in away:
        raise BadInput(f"{ready.officer.full_name} cũng vắng; hãy phân công người dự phòng khác.")
    absence = away.get(holder.id)
    last = absence.valid_to if absence is not None and absence.valid_to else day
    why = SittingWhy.DECLARED if absence is not None else SittingWhy.CALLED
    if absence is None and holder.id and holder.id not in officers_in([holder.id], at):
        why = SittingWhy.NOT_IN
    put = _Put(post, ready.officer_id, holder.name, why, day, last, absence)
    return _put(put, by=by, at=at)


def _free_seat(post: Post, day: date, *, by: Actor, at: datetime) -> None:
    """Raises: SeatTaken if somebody who is not away sits there."""
    sitting = (
        Sitting.objects.select_for_update(of=("self",))
        .filter(holding_on(day), post=post, ended_at=None)
        .select_related("post__unit")
        .first()
    )
    if sitting is None:
        return
    if sitting.officer_id not in officers_away([sitting.officer_id], day):
        raise SeatTaken("Vị trí này đã có người ngồi thay.")
    _end(sitting, by=by, at=at)


@work.story
def end_sitting(sitting_id: int, *, by: Actor, at: datetime) -> None:
    """Let the stand-by officer leave the post; its powers go with the next request.

    Raises: NoSuchSeat, NotAllowed.
    """
    found = Sitting.objects.filter(pk=sitting_id, ended_at=None).select_related("post__unit")
    sitting = found.select_for_update(of=("self",)).first()
    if sitting is None or not by.can(Power.ARRANGE_DESKS, unit_id=sitting.post.unit_id):
        raise NoSuchSeat("Không ai đang ngồi thay ở vị trí này.")
    _end(sitting, by=by, at=at)


def take_over_seats(absence: Absence, *, by: Actor, at: datetime) -> int:
    """Put in the stand-bys of all desk posts of who is away, for those days; return how many.

    A post whose stand-by is away too or has left the agency, or where somebody sits already, is
    left to its head.
    """
    day, last = absence.valid_from, absence.valid_to or absence.valid_from
    held = {
        one.post_id
        for one in organisation.posts_held_by(absence.officer_id, day)
        if one.role in DESK_ROLES
    }
    posts = {one.pk: one for one in _lock_posts(held)}
    ready = stand_bys_of(held, day)
    away = officers_away([one.officer_id for one in ready.values()], day)
    taken = set(
        Sitting.objects.filter(
            post__in=held, ended_at=None, valid_from__lte=last, valid_to__gte=day
        ).values_list("post_id", flat=True)
    )
    going = [
        one
        for key, one in ready.items()
        if one.officer_id not in away
        and key not in taken
        and _serves(posts[key], one.officer_id, day)
    ]
    for one in going:
        post, why = posts[one.post_id], SittingWhy.DECLARED
        put = _Put(post, one.officer_id, absence.name, why, day, last, absence)
        _put(put, by=by, at=at)
    return len(going)


def end_of_absence(absence: Absence, *, by: Actor, at: datetime) -> None:
    """Let everybody leave who sat in a post because of this absence."""
    sitting = Sitting.objects.filter(absence=absence, ended_at=None).select_related("post__unit")
    for one in sitting:
        _end(one, by=by, at=at)


def _put(put: _Put, *, by: Actor, at: datetime) -> Sitting:
    sitting = Sitting.objects.create(
        post=put.post,
        officer_id=put.officer_id,
        holder_name=put.holder_name,
        absence=put.absence,
        why=put.why,
        valid_from=put.first,
        valid_to=put.last,
        begun_at=at,
        begun_by_name=by.name,
    )
    identity.raise_actor_version(officer_id=put.officer_id)
    detail = {"officer": put.officer_id, "until": f"{put.last}", "why": put.why}
    audit.record("staffing.sits", f"post:{put.post.code}", by=by, at=at, detail=detail)
    _tell(kinds.SITS, sitting, by=by, at=at)
    return sitting


def _end(sitting: Sitting, *, by: Actor, at: datetime) -> None:
    sitting.ended_at, sitting.ended_by_name = at, by.name
    sitting.save(update_fields=["ended_at", "ended_by_name"])
    identity.raise_actor_version(officer_id=sitting.officer_id)
    subject = f"post:{sitting.post.code}"
    audit.record("staffing.sits_no_more", subject, by=by, at=at)
    if sitting.valid_to is not None and sitting.valid_to >= local_day(at):
        _tell(kinds.SITS_NO_MORE, sitting, by=by, at=at)


def _tell(kind: notifications.Kind, sitting: Sitting, *, by: Actor, at: datetime) -> None:
    accounts = identity.accounts_of_officers([sitting.officer_id]).values()
    values = {
        "post": sitting.post.title,
        "unit": sitting.post.unit.name,
        "holder": sitting.holder_name or "người giữ vị trí",
        "begin": f"{sitting.valid_from:%d/%m/%Y}",
        "end": f"{sitting.valid_to:%d/%m/%Y}",
    }
    notifications.notify(set(accounts), kind, values, by=by, at=at, link="/mot-cua/")


class _Holder(NamedTuple):
    id: int
    name: str


def _holder(post: Post, day: date) -> _Holder:
    found = PostHolding.objects.filter(holding_on(day), post=post).select_related("officer")
    one = found.first()
    return _Holder(one.officer_id, one.officer.full_name) if one else _Holder(0, "")


def _lock_post(post_id: int, by: Actor) -> Post:
    """Raises: NoSuchSeat, NotAllowed."""
    found = Post.objects.select_for_update(of=("self",)).select_related("unit")
    post = found.filter(pk=post_id, role__in=DESK_ROLES).first()
    if post is None:
        raise NoSuchSeat("Không tìm thấy vị trí này ở quầy.")
    by.require(Power.ARRANGE_DESKS, unit_id=post.unit_id)
    return post


def _lock_posts(post_ids: Collection[int]) -> list[Post]:
    found = Post.objects.select_for_update(of=("self",)).select_related("unit")
    return list(found.filter(pk__in=post_ids).order_by("pk"))


def _check_can_stand_by(post: Post, officer_id: int, day: date) -> None:
    """Raises: BadInput unless the officer serves in the same agency and is not the holder."""
    if not _serves(post, officer_id, day):
        message = "Cán bộ dự phòng phải đang giữ một vị trí trong cơ quan của quầy."
        raise BadInput(message, field="officer")
    if any(one.post_id == post.pk for one in organisation.posts_held_by(officer_id, day)):
        raise BadInput("Người dự phòng phải khác người giữ vị trí.", field="officer")


def _serves(post: Post, officer_id: int, day: date) -> bool:
    """Say whether the officer holds a post in the agency of the desk on that day."""
    agency = organisation.tree().agency_of(post.unit_id)
    held = organisation.posts_held_by(officer_id, day)
    return any(one.agency_id == agency.id for one in held)
