"""Remember enterprises, and who acts for them."""

from datetime import date, datetime, timedelta

from django.db.models import QuerySet

from motcua.foundation.audit import api as audit
from motcua.foundation.people.choices import MemberRole
from motcua.foundation.people.models import Enterprise, Membership
from motcua.foundation.people.rules.facts import EnterpriseFacts
from motcua.foundation.people.rules.numbers import check_tax_code, tidy_number
from motcua.lib import text, work
from motcua.lib.actor import Actor, ActorKind
from motcua.lib.clock import local_day
from motcua.lib.dated import holding_on
from motcua.lib.errors import BadInput, Conflict, NotAllowed
from motcua.lib.tongue import said

_MANAGING = (MemberRole.REPRESENTATIVE, MemberRole.MANAGER)


@work.story
def remember_enterprise(facts: EnterpriseFacts, *, by: Actor, at: datetime) -> Enterprise:
    """Return the enterprise with this tax code, newly noted if nobody knew it.

    Officers bring name and contacts up to date; what others enter changes nothing that is known.

    Raises: NumberNotUsable, BadInput.
    """
    code = tidy_number(facts.tax_code)
    check_tax_code(code)
    if not text.tidy(facts.name):
        raise BadInput(said("Hãy ghi tên tổ chức."), field="name")
    known = Enterprise.objects.select_for_update().filter(tax_code=code).first()
    if known is not None and by.kind not in (ActorKind.OFFICER, ActorKind.SYSTEM):
        return known
    enterprise = known or Enterprise(tax_code=code, kind=facts.kind, created_at=at)
    enterprise.rename(facts.name)
    for name in ("phone", "email", "address", "place_code"):
        if value := getattr(facts, name):
            setattr(enterprise, name, value)
    enterprise.save()
    return enterprise


@work.story
def hold_enterprise(enterprise_id: int) -> Enterprise:
    """Lock an enterprise, so that who acts for it changes one after the other.

    Raises: Enterprise.DoesNotExist.
    """
    return Enterprise.objects.select_for_update().get(pk=enterprise_id)


@work.story
def add_member(
    enterprise_id: int, person_id: int, role: MemberRole, *, by: Actor, at: datetime
) -> Membership:
    """Let a person act for an enterprise from today; decided by its managers or at the desk.

    Raises: NotAllowed, Conflict, Enterprise.DoesNotExist.
    """
    enterprise = Enterprise.objects.select_for_update().get(pk=enterprise_id)
    today = local_day(at)
    _check_manages(enterprise_id, by=by, on=today)
    if _current(enterprise_id, person_id, today, role).exists():
        raise Conflict(said("Người này đang giữ vai trò đó trong tổ chức."))
    membership = Membership.objects.create(
        enterprise=enterprise, person_id=person_id, role=role, valid_from=today
    )
    subject, detail = f"enterprise:{enterprise.tax_code}", {"person": person_id, "role": str(role)}
    audit.record("people.member_added", subject, by=by, at=at, detail=detail)
    return membership


@work.story
def end_membership(membership_id: int, *, by: Actor, at: datetime) -> None:
    """End a person's role; today is the first day without it.

    Raises: NotAllowed, Membership.DoesNotExist.
    """
    membership = (
        Membership.objects.select_for_update(of=("self",))
        .select_related("enterprise")
        .get(pk=membership_id)
    )
    today = local_day(at)
    _check_manages(membership.enterprise_id, by=by, on=today)
    subject = f"enterprise:{membership.enterprise.tax_code}"
    detail = {"person": membership.person_id, "role": membership.role}
    audit.record("people.member_removed", subject, by=by, at=at, detail=detail)
    if membership.valid_from == today:  # it has not held for a single whole day
        membership.delete()
        return
    membership.valid_to = today - timedelta(days=1)
    membership.save(update_fields=["valid_to"])


def _check_manages(enterprise_id: int, *, by: Actor, on: date) -> None:
    if by.can("dossiers.receive"):
        return
    mine = Membership.objects.none()
    if by.person_id is not None:
        mine = _current(enterprise_id, by.person_id, on, *_MANAGING)
    if not mine.exists():
        raise NotAllowed(said("Chỉ người quản lý tài khoản của tổ chức làm được việc này."))


def _current(
    enterprise_id: int, person_id: int, on: date, *roles: MemberRole
) -> QuerySet[Membership]:
    return Membership.objects.filter(
        holding_on(on), enterprise_id=enterprise_id, person_id=person_id, role__in=roles
    )
