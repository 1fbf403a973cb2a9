"""Give somebody else the powers of a post, and take them back."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from motcua.foundation.access.choices import Power
from motcua.foundation.access.errors import (
    DelegationNotAllowed,
    DelegationOverlaps,
    NoSuchDelegation,
)
from motcua.foundation.access.events import DelegationRevoked, PostDelegated
from motcua.foundation.access.models import Delegation
from motcua.foundation.access.queries.actors import delegations_to, is_held_by
from motcua.foundation.access.rules.roles import ROLE_POWERS
from motcua.foundation.audit import api as audit
from motcua.foundation.identity import api as identity
from motcua.foundation.organisation import api as organisation
from motcua.foundation.outbox import api as outbox
from motcua.lib import work
from motcua.lib.actor import Actor
from motcua.lib.clock import local_day
from motcua.lib.errors import BadInput


@dataclass(frozen=True, slots=True)
class DelegationFacts:
    """Which post goes to whom, from when to when; no powers named means all of the post's."""

    post_id: int
    to_officer_id: int
    valid_from: date
    valid_to: date
    powers: Collection[Power] = ()
    basis: str = ""


@work.story
def delegate_post(facts: DelegationFacts, *, by: Actor, at: datetime) -> Delegation:
    """Let another officer stand in for the holder of a post for some days.

    Raises: DelegationNotAllowed, DelegationOverlaps, BadInput, Post.DoesNotExist.
    Source: docs/law/access.md
    """
    post = organisation.Post.objects.select_for_update(of=("self",)).get(pk=facts.post_id)
    _check_giver(post, by=by, on=local_day(at))
    _check_facts(facts, post, on=local_day(at))
    delegation = Delegation.objects.create(
        post=post,
        to_officer_id=facts.to_officer_id,
        valid_from=facts.valid_from,
        valid_to=facts.valid_to,
        powers=sorted(facts.powers),
        basis=facts.basis,
        given_at=at,
        given_by=by.id,
    )
    identity.raise_actor_version(officer_id=facts.to_officer_id)
    detail = {"to_officer": facts.to_officer_id, "until": f"{facts.valid_to}"}
    audit.record("access.delegated", f"post:{post.code}", by=by, at=at, detail=detail)
    outbox.announce(PostDelegated(aggregate_id=delegation.pk, seq=1), by=by, at=at)
    return delegation


@work.story
def revoke_delegation(delegation_id: int, *, by: Actor, at: datetime) -> None:
    """End a delegation at once; who stands in is without these powers at the next request.

    Raises: NoSuchDelegation, DelegationNotAllowed.
    """
    delegation = (
        Delegation.objects.select_for_update(of=("self",))
        .select_related("post")
        .filter(pk=delegation_id, revoked_at=None)
        .first()
    )
    if delegation is None:
        raise NoSuchDelegation("Không tìm thấy ủy quyền đang có hiệu lực này.")
    _check_giver(delegation.post, by=by, on=local_day(at))
    delegation.revoked_at = at
    delegation.save(update_fields=["revoked_at"])
    identity.raise_actor_version(officer_id=delegation.to_officer_id)
    subject = f"post:{delegation.post.code}"
    audit.record("access.revoked", subject, by=by, at=at, detail={"delegation": delegation_id})
    outbox.announce(DelegationRevoked(aggregate_id=delegation_id, seq=2), by=by, at=at)


@work.story
def act_for(session_key: str, delegation_id: int | None, *, by: Actor, at: datetime) -> None:
    """Work for somebody else from now on in this session, or for oneself again.

    Raises: NoSuchDelegation.
    """
    officer_id = identity.get_account(by.id).officer_id
    if delegation_id is not None:
        mine = delegations_to(officer_id, on=local_day(at)) if officer_id else ()
        if delegation_id not in {one.pk for one in mine}:
            raise NoSuchDelegation("Hôm nay ông/bà không được ủy quyền việc này.")
    identity.set_acting_for(session_key, delegation_id, by=by)
    detail = {"delegation": delegation_id}
    audit.record("access.acts_for", f"account:{by.id}", by=by, at=at, detail=detail)


def _check_giver(post: "organisation.Post", *, by: Actor, on: date) -> None:
    if by.can(Power.ADMINISTER_IDENTITY, unit_id=post.unit_id):
        return
    officer_id = identity.get_account(by.id).officer_id
    if not by.on_behalf_of and officer_id and is_held_by(post.pk, officer_id, on=on):
        return
    message = "Chỉ người đang giữ vị trí này hoặc quản trị viên được ủy quyền."
    raise DelegationNotAllowed(message)


def _check_facts(facts: DelegationFacts, post: "organisation.Post", *, on: date) -> None:
    if facts.valid_to < facts.valid_from or facts.valid_to < on:
        raise BadInput(
            "Ngày kết thúc ủy quyền phải từ hôm nay và sau ngày bắt đầu.", field="valid_to"
        )
    role_grants = ROLE_POWERS[organisation.PostRole(post.role)]
    if not role_grants.issuperset(facts.powers):
        raise BadInput("Không thể giao quyền mà vị trí này không có.", field="powers")
    if is_held_by(post.pk, facts.to_officer_id, on=on):
        raise BadInput("Người được chọn đang giữ chính vị trí này.", field="to_officer")
    overlapping = Delegation.objects.filter(
        post=post,
        to_officer_id=facts.to_officer_id,
        revoked_at=None,
        valid_from__lte=facts.valid_to,
        valid_to__gte=facts.valid_from,
    )
    if overlapping.exists():
        message = "Người này đã được ủy quyền vị trí này trong một số ngày của khoảng đã chọn."
        raise DelegationOverlaps(message, field="valid_from")
