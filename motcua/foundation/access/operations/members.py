"""Say who acts for an enterprise, so that it holds at the very next request.

Source: docs/law/identity.md
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from motcua.foundation.access.choices import Power
from motcua.foundation.access.events import MemberAdmitted, MemberDismissed
from motcua.foundation.identity import api as identity
from motcua.foundation.outbox import api as outbox
from motcua.foundation.people import api as people
from motcua.lib import work
from motcua.lib.actor import Actor, enterprise_unit_id
from motcua.lib.clock import local_day
from motcua.lib.errors import BadInput, Conflict, NotAllowed
from motcua.lib.tongue import said

_MANAGING = {role for role, powers in people.MEMBER_POWERS.items() if people.MANAGE in powers}


@dataclass(frozen=True, slots=True)
class NewMember:
    """Somebody who is to act for an enterprise: known by number and name together."""

    full_name: str
    personal_id: str
    role: people.MemberRole


@work.story
def admit_member(
    enterprise_id: int, facts: NewMember, *, by: Actor, at: datetime
) -> people.Membership:
    """Let somebody whose account is confirmed act for an enterprise from today.

    Whether the number or the name is wrong is not told: nobody learns names by trying numbers.

    Raises: NotAllowed, BadInput, Conflict, Enterprise.DoesNotExist.
    """
    _require_manager(enterprise_id, by)
    person = people.find_person_by_number(facts.personal_id)
    account = identity.find_account_of_person(person.pk, facts.full_name) if person else None
    if person is None or account is None:
        message = said(
            "Không có tài khoản đã xác nhận nào mang đúng số định danh và họ tên này. Người được"
            " thêm cần có tài khoản và mang thẻ căn cước đến một Bộ phận Một cửa để xác nhận."
        )
        raise BadInput(message, field="personal_id")
    member = people.add_member(enterprise_id, person.pk, facts.role, by=by, at=at)
    identity.raise_version_of_person(person.pk)
    fact = MemberAdmitted(member.pk, 1, account, member.enterprise.name, str(facts.role))
    outbox.announce(fact, by=by, at=at)
    return member


@work.story
def dismiss_member(enterprise_id: int, membership_id: int, *, by: Actor, at: datetime) -> int:
    """Let somebody no longer act for an enterprise; return who. Somebody stays who manages it.

    Who represents it by law is dismissed by another who does, or at a desk: a manager whom the
    representative let in does not turn the enterprise over to somebody else.

    Raises: NotAllowed, BadInput for a member it has not, Conflict for the last who manages.
    """
    _require_manager(enterprise_id, by)
    body = people.hold_enterprise(
        enterprise_id
    )  # two who manage it do not dismiss each other at once
    members = people.members_of(enterprise_id, on=local_day(at))
    found = next((one for one in members if one.pk == membership_id), None)
    if found is None:
        raise BadInput(said("Người này không còn là thành viên của tổ chức."))
    if found.role == people.MemberRole.REPRESENTATIVE:
        _require_representative(members, by)
    others = [one for one in members if one.pk != membership_id and one.role in _MANAGING]
    if found.role in _MANAGING and not others:
        raise Conflict(
            said("Tổ chức phải còn ít nhất một người đại diện hoặc người quản lý tài khoản.")
        )
    people.end_membership(membership_id, by=by, at=at)
    identity.raise_version_of_person(found.person_id)
    account = identity.find_account_of_person(found.person_id, found.person.full_name)
    fact = MemberDismissed(
        membership_id, 2, account or 0, body.pk, body.name, found.person_id, str(found.role)
    )
    outbox.announce(fact, by=by, at=at)
    return found.person_id


def _require_manager(enterprise_id: int, by: Actor) -> None:
    """Raises: NotAllowed for whoever neither manages the enterprise nor sits at a desk."""
    is_manager = by.can(people.MANAGE, unit_id=enterprise_unit_id(enterprise_id))
    if not is_manager and not by.can(Power.RECEIVE_DOSSIERS):
        raise NotAllowed(
            said("Chỉ người đại diện, người quản lý tài khoản của tổ chức làm được việc này.")
        )


def _require_representative(members: Sequence[people.Membership], by: Actor) -> None:
    """Raises: NotAllowed for whoever neither represents the enterprise nor sits at a desk."""
    own = (one for one in members if one.person_id == by.person_id)
    represents = any(one.role == people.MemberRole.REPRESENTATIVE for one in own)
    if not represents and not by.can(Power.RECEIVE_DOSSIERS):
        raise NotAllowed(
            said(
                "Người đại diện theo pháp luật chỉ thay đổi tại Bộ phận Một cửa, theo giấy tờ của"
                " tổ chức."
            )
        )
