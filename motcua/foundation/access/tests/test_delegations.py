"""Standing in for somebody: who gives it, what it brings, how it ends."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError

from motcua.foundation.access.choices import Power
from motcua.foundation.access.errors import (
    DelegationNotAllowed,
    DelegationOverlaps,
    NoSuchDelegation,
)
from motcua.foundation.access.models import Delegation
from motcua.foundation.access.operations.delegating import (
    DelegationFacts,
    act_for,
    delegate_post,
    revoke_delegation,
)
from motcua.foundation.access.queries.actors import actor_of
from motcua.foundation.audit import api as audit
from motcua.foundation.identity import api as identity
from motcua.foundation.identity.tests.make import make_officer_account, make_session
from motcua.foundation.organisation.api import Post, PostRole
from motcua.foundation.organisation.tests.make import make_agency, make_post, make_unit
from motcua.lib.actor import Actor
from motcua.lib.errors import BadInput

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 1, 5, 2, 0, tzinfo=UTC)


class Office:
    """Hoa heads the unit; Bình is to stand in for her; Dũng works elsewhere."""

    def __init__(self) -> None:
        self.hoa = make_officer_account("Quàng Thị Hoa", username="hoa")
        self.binh = make_officer_account()
        self.dung = make_officer_account("Lê Quang Dũng", username="dung")
        self.unit = make_unit(make_agency())
        self.post: Post = make_post(self.unit, PostRole.UNIT_HEAD, holder=self.hoa.officer)

    def facts(self) -> DelegationFacts:
        assert self.binh.officer_id is not None
        return DelegationFacts(
            self.post.pk, self.binh.officer_id, date(2026, 1, 5), date(2026, 1, 9)
        )

    def actor(self, account: "identity.Account", acting_for: int | None = None) -> Actor:
        account.refresh_from_db()
        version = (account.actor_version, id(self))
        return actor_of(account.pk, version, at=MONDAY, acting_for=acting_for).actor

    def delegated(self, **more: Any) -> Delegation:
        facts = replace(self.facts(), **more)
        return delegate_post(facts, by=self.actor(self.hoa), at=MONDAY)


def test_who_stands_in_has_the_powers_and_acts_on_behalf_of_the_holder() -> None:
    office = Office()
    delegation = office.delegated()

    actor = office.actor(office.binh, delegation.pk)

    assert actor.can(Power.APPROVE_DOSSIERS, unit_id=office.unit.pk)
    assert (actor.id, actor.on_behalf_of, actor.unit_ids) == (
        office.binh.pk,
        "Quàng Thị Hoa",
        (office.unit.pk,),
    )


def test_without_saying_so_nobody_stands_in() -> None:
    office = Office()
    office.delegated()

    actor = office.actor(office.binh)

    assert (actor.on_behalf_of, actor.can(Power.APPROVE_DOSSIERS)) == ("", False)


def test_a_part_of_the_powers_can_be_given() -> None:
    office = Office()
    delegation = office.delegated(powers=[Power.APPROVE_DOSSIERS])

    actor = office.actor(office.binh, delegation.pk)

    assert {p for p in Power if actor.can(p)} == {Power.APPROVE_DOSSIERS}


def test_another_officers_delegation_counts_for_nothing() -> None:
    office = Office()
    delegation = office.delegated()

    assert office.actor(office.dung, delegation.pk).on_behalf_of == ""


def test_a_revoked_delegation_ends_at_the_next_request() -> None:
    office = Office()
    delegation = office.delegated()
    before = office.actor(office.binh, delegation.pk)

    revoke_delegation(delegation.pk, by=office.actor(office.hoa), at=MONDAY)

    after = office.actor(office.binh, delegation.pk)
    assert (before.on_behalf_of, after.on_behalf_of) == ("Quàng Thị Hoa", "")
    actions = [entry.action for entry in audit.trail_of(f"post:{office.post.code}")]
    assert actions == ["access.delegated", "access.revoked"]


def test_only_the_holder_or_an_administrator_delegates() -> None:
    office = Office()

    for account in (office.dung, office.binh):
        with pytest.raises(DelegationNotAllowed):
            delegate_post(office.facts(), by=office.actor(account), at=MONDAY)


def test_who_stands_in_does_not_pass_it_on() -> None:
    office = Office()
    standing_in = office.actor(office.binh, office.delegated().pk)
    assert office.dung.officer_id is not None
    onward = replace(office.facts(), to_officer_id=office.dung.officer_id)

    with pytest.raises(DelegationNotAllowed):
        delegate_post(onward, by=standing_in, at=MONDAY)


@pytest.mark.parametrize(
    "change",
    [
        {"valid_to": date(2026, 1, 4)},
        {"valid_from": date(2026, 1, 12)},
        {"powers": [Power.ADMINISTER_IDENTITY]},
    ],
    ids=["over", "backwards", "more than the post has"],
)
def test_what_cannot_be_delegated_is_refused(change: dict[str, object]) -> None:
    with pytest.raises(BadInput):
        Office().delegated(**change)


def test_nobody_stands_in_for_oneself() -> None:
    office = Office()

    with pytest.raises(BadInput, match="chính vị trí"):
        office.delegated(to_officer_id=office.hoa.officer_id)


def test_two_delegations_of_one_post_to_one_officer_do_not_overlap() -> None:
    office = Office()
    delegation = office.delegated()

    with pytest.raises(DelegationOverlaps):
        office.delegated(valid_to=date(2026, 2, 1))
    with pytest.raises(IntegrityError, match="one_delegation_at_a_time"):
        Delegation.objects.create(
            post_id=delegation.post_id,
            to_officer_id=delegation.to_officer_id,
            valid_from=date(2026, 1, 9),
            valid_to=date(2026, 1, 9),
            given_at=MONDAY,
            given_by=1,
        )


def test_a_delegation_has_an_end() -> None:
    delegation = Office().delegated()

    with pytest.raises(IntegrityError, match="has_an_end"):
        Delegation.objects.filter(pk=delegation.pk).update(valid_to=None)


def test_the_session_remembers_for_whom_one_works() -> None:
    office = Office()
    delegation = office.delegated()
    session = make_session(office.binh, at=MONDAY)

    act_for(session.session_key, delegation.pk, by=office.actor(office.binh), at=MONDAY)

    found = identity.signed_in(session.session_key, at=MONDAY + timedelta(minutes=1))
    assert found is not None
    assert found.acting_for == delegation.pk


def test_nobody_works_under_a_strangers_delegation() -> None:
    office = Office()
    delegation = office.delegated()
    session = make_session(office.dung, at=MONDAY)

    with pytest.raises(NoSuchDelegation):
        act_for(session.session_key, delegation.pk, by=office.actor(office.dung), at=MONDAY)


def test_a_delegation_is_revoked_once() -> None:
    office = Office()
    delegation = office.delegated()
    hoa = office.actor(office.hoa)
    revoke_delegation(delegation.pk, by=hoa, at=MONDAY)

    with pytest.raises(NoSuchDelegation):
        revoke_delegation(delegation.pk, by=hoa, at=MONDAY)
