"""Write down who is away, and let stand-by officers take over at once.

Source: docs/law/hall-staff.md
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from motcua.foundation.access.api import Power
from motcua.foundation.audit import api as audit
from motcua.foundation.identity import api as identity
from motcua.foundation.organisation import api as organisation
from motcua.foundation.staffing.choices import AbsenceKind
from motcua.foundation.staffing.errors import NoSuchAbsence
from motcua.foundation.staffing.models import Absence
from motcua.foundation.staffing.queries.absences import forget_away, get_absence_for
from motcua.lib import work
from motcua.lib.actor import Actor
from motcua.lib.clock import local_day
from motcua.lib.errors import BadInput, NotAllowed

from .sitting import end_of_absence, take_over_seats

NOTE = 300
LONGEST = timedelta(days=731)  # longer is a post to be ended, or a year typed wrongly


@dataclass(frozen=True, slots=True)
class AbsenceIn:
    """Who is away on which days and why, and whether the open work is shared by itself."""

    officer_id: int
    kind: AbsenceKind
    valid_from: date
    valid_to: date
    note: str = ""
    shares_work: bool = True


@work.story
def note_absence(given: AbsenceIn, *, by: Actor, at: datetime) -> Absence:
    """Write down an absence; of oneself, or as the head of a unit where the officer sits.

    Posts of a desk with a named stand-by are taken over for these days.

    Raises: NotAllowed, BadInput.
    Locks: the officer, then the posts that are taken over.
    """
    check_may_note(given.officer_id, by=by, at=at)
    if given.valid_to < max(given.valid_from, local_day(at)):
        message = "Ngày cuối phải từ hôm nay và không trước ngày đầu."
        raise BadInput(message, field="valid_to")
    if given.valid_to - given.valid_from > LONGEST:
        message = "Mỗi lần ghi vắng nhiều nhất hai năm; hãy xem lại năm của ngày cuối."
        raise BadInput(message, field="valid_to")
    officer = organisation.Officer.objects.select_for_update().get(pk=given.officer_id)
    others = Absence.objects.filter(
        officer=given.officer_id,
        ended_at=None,
        valid_from__lte=given.valid_to,
        valid_to__gte=given.valid_from,
    )
    if others.exists():
        message = "Đã ghi vắng mặt trong một số ngày của khoảng này; hãy kết thúc trước."
        raise BadInput(message, field="valid_from")
    absence = Absence.objects.create(
        officer=officer,
        account_id=identity.accounts_of_officers([officer.pk]).get(officer.pk),
        name=officer.full_name,
        kind=given.kind,
        valid_from=given.valid_from,
        valid_to=given.valid_to,
        note=given.note.strip()[:NOTE],
        shares_work=given.shares_work,
        given_at=at,
        given_by_id=by.id,
        given_by_name=by.name,
    )
    take_over_seats(absence, by=by, at=at)
    forget_away()
    detail = {"kind": given.kind, "from": f"{given.valid_from}", "until": f"{given.valid_to}"}
    audit.record("staffing.absence_noted", f"officer:{officer.code}", by=by, at=at, detail=detail)
    return absence


@work.story
def end_absence(absence_id: int, *, by: Actor, at: datetime) -> Absence:
    """Note that the officer is back: who sat in his posts does so no longer.

    Raises: NoSuchAbsence, NotAllowed.
    """
    get_absence_for(by, absence_id, on=local_day(at))
    absence = (
        Absence.objects.select_for_update(of=("self",))
        .select_related("officer")
        .filter(pk=absence_id, ended_at=None)
        .first()
    )
    if absence is None:
        raise NoSuchAbsence("Không có lần vắng mặt này, hoặc đã kết thúc.")
    check_may_note(absence.officer_id, by=by, at=at)
    absence.ended_at, absence.ended_by_name = at, by.name
    absence.save(update_fields=["ended_at", "ended_by_name"])
    end_of_absence(absence, by=by, at=at)
    forget_away()
    subject = f"officer:{absence.officer.code}"
    audit.record("staffing.absence_ended", subject, by=by, at=at)
    return absence


def check_may_note(officer_id: int, *, by: Actor, at: datetime) -> None:
    """Raises: NotAllowed unless it is the actor himself, or a head where the officer sits."""
    if is_own(officer_id, by=by):
        return
    posts = organisation.posts_held_by(officer_id, local_day(at))
    if not any(by.can(Power.ARRANGE_DESKS, unit_id=post.unit_id) for post in posts):
        message = "Chỉ chính người vắng mặt hoặc phụ trách đơn vị của người ấy ghi được việc này."
        raise NotAllowed(message)


def is_own(officer_id: int, *, by: Actor) -> bool:
    """Say whether the actor is that officer, at work in the own name."""
    if by.on_behalf_of or not by.id:
        return False
    return identity.accounts_of_officers([officer_id]).get(officer_id) == by.id
