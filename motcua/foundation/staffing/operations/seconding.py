"""Send an officer to the hall for a term, go on with it by a new decision, end it early.

Source: docs/law/hall-staff.md
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from motcua.foundation.audit import api as audit
from motcua.foundation.identity import api as identity
from motcua.foundation.notifications import api as notifications
from motcua.foundation.organisation import api as organisation
from motcua.foundation.organisation.api import (
    HeldPost,
    Officer,
    PostFacts,
    PostRole,
    Term,
    UnitKind,
)
from motcua.foundation.staffing.errors import TermNotLawful
from motcua.foundation.staffing.models import Secondment
from motcua.foundation.staffing.queries.secondments import EDIT, get_secondment_for
from motcua.foundation.staffing.rules.terms import WARNED_BEFORE, check_renewal, check_term
from motcua.lib import work
from motcua.lib.actor import SYSTEM, Actor
from motcua.lib.clock import local_day
from motcua.lib.errors import BadInput

from . import message_kinds as kinds

_DAY = timedelta(days=1)
NUMBER, REASON, MOST = 60, 300, 500


@dataclass(frozen=True, slots=True)
class SecondmentIn:
    """Who is sent to which desk, on which days, by which decision; as what."""

    officer_id: int
    unit_id: int
    valid_from: date
    valid_to: date
    decision_number: str
    decided_on: date
    title: str = "Công chức tiếp nhận và trả kết quả (biệt phái)"


@dataclass(frozen=True, slots=True)
class Renewal:
    """Until when a secondment goes on, by which new decision."""

    valid_from: date
    valid_to: date
    decision_number: str
    decided_on: date


@work.story
def second_officer(given: SecondmentIn, *, by: Actor, at: datetime) -> Secondment:
    """Let an officer of another agency sit at a desk for six to twenty-four months.

    He gets a post of the desk for these days, with its powers, and keeps the one at home.

    Raises: NotAllowed, BadInput, TermNotLawful.
    """
    by.require(EDIT, unit_id=given.unit_id)
    _check_decision(given.decision_number, given.decided_on, given.valid_from)
    check_term(given.valid_from, given.valid_to)
    unit = organisation.tree().unit(given.unit_id)
    if unit.kind != UnitKind.ONE_STOP_DESK:
        raise BadInput("Hãy chọn một Bộ phận Một cửa, Trung tâm hành chính công.", field="unit")
    officer = Officer.objects.select_for_update().get(pk=given.officer_id)
    home = _home_of(officer.pk, unit.agency_id, given.valid_from)
    _check_free(officer, given.valid_from, given.valid_to)
    term = Term(given.valid_from, given.valid_to, given.decision_number.strip()[:NUMBER])
    facts = PostFacts(unit_id=unit.id, title=given.title, role=PostRole.DESK_OFFICER)
    post = organisation.add_post(facts, term, by=by, at=at)
    organisation.fill_post(post.pk, officer.pk, term, by=by, at=at)
    made = Secondment.objects.create(
        officer=officer,
        home_unit_id=home.unit_id,
        post=post,
        valid_from=given.valid_from,
        valid_to=given.valid_to,
        decision_number=term.basis,
        decided_on=given.decided_on,
        given_at=at,
        given_by_name=by.name,
    )
    _record("staffing.seconded", made, by=by, at=at)
    _tell(kinds.SECONDED, made, [officer.pk], by=by, at=at)
    return made


@work.story
def renew_secondment(secondment_id: int, given: Renewal, *, by: Actor, at: datetime) -> Secondment:
    """Let a secondment go on for another term, by a decision of its own.

    Raises: NoSuchSeat, BadInput, TermNotLawful.
    Locks: the officer.
    """
    earlier = _lock(secondment_id, by)
    _check_decision(given.decision_number, given.decided_on, given.valid_from)
    if given.decision_number.strip() == earlier.decision_number:
        message = "Gia hạn cần một quyết định mới, khác quyết định của đợt trước."
        raise BadInput(message, field="decision_number")
    if earlier.ended_on or Secondment.objects.filter(renews=earlier).exists():
        raise BadInput("Đợt này đã thôi sớm hoặc đã được gia hạn.")
    check_renewal(_last_of(earlier), given.valid_from)
    check_term(given.valid_from, given.valid_to)
    term = Term(given.valid_from, given.valid_to, given.decision_number.strip()[:NUMBER])
    seat = PostFacts(
        unit_id=earlier.post.unit_id, title=earlier.post.title, role=PostRole(earlier.post.role)
    )
    post = organisation.add_post(seat, term, by=by, at=at)
    organisation.fill_post(post.pk, earlier.officer_id, term, by=by, at=at)
    made = Secondment.objects.create(
        officer=earlier.officer,
        home_unit=earlier.home_unit,
        post=post,
        valid_from=given.valid_from,
        valid_to=given.valid_to,
        decision_number=term.basis,
        decided_on=given.decided_on,
        renews=earlier,
        given_at=at,
        given_by_name=by.name,
    )
    _record("staffing.secondment_renewed", made, by=by, at=at)
    _tell(kinds.SECONDED, made, [made.officer_id], by=by, at=at)
    return made


@work.story
def end_secondment(
    secondment_id: int, *, on: date, reason: str, by: Actor, at: datetime
) -> Secondment:
    """Let a secondment end before its last day.

    Raises: NoSuchSeat, BadInput.
    """
    found = _lock(secondment_id, by)
    if not reason.strip():
        raise BadInput("Hãy ghi lý do thôi sớm.", field="reason")
    earliest = max(found.valid_from, local_day(at))
    if found.ended_on or not earliest <= on < _last_of(found):
        message = f"Ngày thôi phải từ {earliest:%d/%m/%Y} và trước {found.valid_to:%d/%m/%Y}."
        raise BadInput(message, field="on")
    if Secondment.objects.filter(renews=found).exists():
        raise BadInput("Đợt này đã được gia hạn; hãy kết thúc đợt gia hạn.")
    organisation.end_post(found.post_id, on=on, basis=reason.strip(), by=by, at=at)
    found.ended_on, found.end_reason = on, reason.strip()[:REASON]
    found.save(update_fields=["ended_on", "end_reason"])
    _record("staffing.secondment_ended", found, by=by, at=at)
    return found


@work.story
def warn_of_ends(*, at: datetime) -> int:
    """Warn of terms that end within thirty days and are not renewed, once; return how many.

    Who is sent hears of it, the head of the desk, and the leader at home.
    """
    day = local_day(at)
    ending = (
        Secondment.objects.select_for_update(of=("self",))
        .filter(
            valid_to__gte=day,
            valid_to__lte=day + WARNED_BEFORE,
            warned_at=None,
            ended_on=None,
        )
        .exclude(pk__in=Secondment.objects.filter(renews__isnull=False).values("renews"))
        .select_related("officer", "post__unit", "home_unit__agency")
    )
    found = list(ending[:MOST])
    for one in found:
        heads = _holders([one.post.unit_id], PostRole.DESK_HEAD, day)
        home = organisation.tree().agency_of(one.home_unit_id).root_unit_id
        leaders = _holders([one.home_unit_id, home], PostRole.UNIT_HEAD, day)
        leaders += _holders([home], PostRole.AGENCY_LEADER, day)
        _tell(kinds.TERM_ENDS, one, [one.officer_id, *heads, *leaders], by=SYSTEM, at=at)
        one.warned_at = at
    Secondment.objects.bulk_update(found, ["warned_at"])
    return len(found)


def _lock(secondment_id: int, by: Actor) -> Secondment:
    """Return a secondment with its officer locked, so that it is renewed or ended once.

    Raises: NoSuchSeat.
    """
    officer_id = get_secondment_for(by, secondment_id).officer_id
    Officer.objects.select_for_update().get(pk=officer_id)
    return get_secondment_for(by, secondment_id)


def _holders(unit_ids: list[int], role: PostRole, day: date) -> list[int]:
    seats = organisation.seats_of_units(unit_ids, day, roles=[role])
    return [one.officer_id for one in seats if one.officer_id is not None]


def _last_of(one: Secondment) -> date:
    return one.valid_to or one.valid_from


def _home_of(officer_id: int, hall_agency_id: int, day: date) -> HeldPost:
    """Return the post the officer keeps at home. Raises: BadInput without one."""
    held = organisation.posts_held_by(officer_id, day)
    home = next((one for one in held if one.agency_id != hall_agency_id), None)
    if home is None:
        message = "Người được cử phải đang giữ một vị trí ở cơ quan khác vào ngày bắt đầu."
        raise BadInput(message, field="officer")
    return home


def _check_free(officer: Officer, first: date, last: date) -> None:
    """Raises: TermNotLawful if the officer is sent somewhere on one of these days."""
    others = Secondment.objects.filter(
        officer=officer, ended_on=None, valid_from__lte=last, valid_to__gte=first
    )
    if (other := others.first()) is not None:
        message = (
            f"{officer.full_name} đang được cử theo {other.decision_number} đến hết ngày"
            f" {other.valid_to:%d/%m/%Y}; hãy gia hạn đợt ấy."
        )
        raise TermNotLawful(message, field="valid_from")


def _check_decision(number: str, decided_on: date, first: date) -> None:
    """Raises: BadInput."""
    if not number.strip():
        raise BadInput("Hãy ghi số quyết định.", field="decision_number")
    if decided_on > first:
        message = "Quyết định phải có trước hoặc đúng ngày bắt đầu."
        raise BadInput(message, field="decided_on")


def _record(action: str, one: Secondment, *, by: Actor, at: datetime) -> None:
    detail = {
        "post": one.post.code,
        "decision": one.decision_number,
        "until": f"{one.ended_on or one.valid_to}",
    }
    audit.record(action, f"officer:{one.officer.code}", by=by, at=at, detail=detail)


def _tell(
    kind: notifications.Kind, one: Secondment, officers: list[int], *, by: Actor, at: datetime
) -> None:
    tree = organisation.tree()
    values = {
        "name": one.officer.full_name,
        "post": one.post.title,
        "unit": tree.unit(one.post.unit_id).name,
        "home": tree.agency_of(one.home_unit_id).name,
        "decision": f"Quyết định {one.decision_number} ngày {one.decided_on:%d/%m/%Y}",
        "begin": f"{one.valid_from:%d/%m/%Y}",
        "end": f"{one.valid_to:%d/%m/%Y}",
    }
    accounts = set(identity.accounts_of_officers(officers).values())
    notifications.notify(accounts, kind, values, by=by, at=at)
