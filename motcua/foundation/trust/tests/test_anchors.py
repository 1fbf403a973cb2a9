"""Two people for every anchor; nothing that was believed is forgotten."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import IntegrityError
from django.db.models import F
from pytest_django import Settings

from motcua.foundation.trust import api as trust
from motcua.foundation.trust.models import Anchor
from motcua.lib.actor import Actor
from motcua.lib.errors import BadInput, NotAllowed

from .make import A_YEAR, MONDAY, QUANG, SEN, make_anchor, make_leaf, make_root

pytestmark = pytest.mark.django_db
A_DAY = timedelta(days=1)


def propose() -> Anchor:
    return trust.propose_anchor(make_root().der, trust.Purpose.DEMO, by=QUANG, at=MONDAY)


def test_an_anchor_is_believed_when_a_second_person_has_approved_it() -> None:
    anchor = propose()

    trust.approve_anchor(anchor.sha256, anchor.sha256[-8:], by=SEN, at=MONDAY)

    assert [one.name for one in trust.anchors_on(MONDAY)] == ["Gốc thử nghiệm"]


def test_what_was_only_proposed_is_not_believed() -> None:
    propose()

    assert trust.anchors_on(MONDAY) == ()


def test_nobody_approves_what_he_proposed() -> None:
    anchor = propose()

    with pytest.raises(trust.SamePerson):
        trust.approve_anchor(anchor.sha256, anchor.sha256[-8:], by=QUANG, at=MONDAY)


def test_who_approves_has_looked_at_the_fingerprint() -> None:
    anchor = propose()

    with pytest.raises(BadInput, match="dấu vân tay"):
        trust.approve_anchor(anchor.sha256, "00000000", by=SEN, at=MONDAY)


def test_a_clerk_may_not_propose() -> None:
    clerk = Actor(id=803, name="Tòng Thị Vân")

    with pytest.raises(NotAllowed):
        trust.propose_anchor(make_root().der, trust.Purpose.DEMO, by=clerk, at=MONDAY)


def test_a_leaf_is_no_anchor() -> None:
    with pytest.raises(trust.NotACertificate):
        trust.propose_anchor(
            make_leaf("Nguyễn Thị Hoa").der, trust.Purpose.PUBLIC, by=QUANG, at=MONDAY
        )


def test_a_demo_root_is_refused_where_papers_count(settings: Settings) -> None:
    settings.SIGNING_DEMO = False

    with pytest.raises(trust.TrustError, match="minh họa"):
        propose()


def test_a_withdrawn_anchor_is_still_believed_for_the_time_before() -> None:
    anchor = make_anchor()

    trust.withdraw_anchor(anchor.sha256, "Lộ khóa", by=SEN, at=MONDAY)

    before, after = trust.anchors_on(MONDAY - A_DAY), trust.anchors_on(MONDAY + A_DAY)
    assert ([one.sha256 for one in before], after) == ([anchor.sha256], ())


def test_withdrawing_needs_a_reason() -> None:
    anchor = make_anchor()

    with pytest.raises(BadInput):
        trust.withdraw_anchor(anchor.sha256, " ", by=SEN, at=MONDAY)


def test_the_database_refuses_one_person_for_both() -> None:
    anchor = make_anchor()

    with pytest.raises(IntegrityError, match="approved_by_another"):
        Anchor.objects.filter(pk=anchor.pk).update(approved_by_id=F("proposed_by_id"))


def test_an_anchor_counts_from_its_first_day() -> None:
    make_anchor(at=MONDAY - A_YEAR)

    assert trust.anchors_on(MONDAY - 2 * A_YEAR) == ()


def test_another_administrator_may_withdraw_alone() -> None:
    anchor = make_anchor()
    third = replace(QUANG, id=804, name="Cà Văn Ba")

    withdrawn = trust.withdraw_anchor(anchor.sha256, "Hết dùng", by=third, at=MONDAY)

    assert withdrawn.withdrawn_by_name == "Cà Văn Ba"
