"""Officers hear that a post was delegated to them, and that it was taken back."""

from datetime import UTC, date, datetime

import pytest

from motcua.foundation.access import api as access
from motcua.foundation.access.api import DelegationFacts, Power
from motcua.foundation.identity.tests.make import make_officer_account
from motcua.foundation.notifications import api as notifications
from motcua.foundation.organisation.api import PostRole
from motcua.foundation.organisation.tests.make import make_agency, make_post, make_unit
from motcua.foundation.outbox import api as outbox
from motcua.lib.actor import Actor

pytestmark = pytest.mark.django_db(transaction=True)
MONDAY = datetime(2026, 1, 5, 2, 0, tzinfo=UTC)
BEGIN, END = date(2026, 1, 5), date(2026, 1, 9)


class Office:
    """Hoa heads the unit; Bình is to stand in for her."""

    def __init__(self) -> None:
        self.hoa = make_officer_account("Quàng Thị Hoa", username="hoa")
        self.binh = make_officer_account()
        self.unit = make_unit(make_agency())
        self.post = make_post(self.unit, PostRole.UNIT_HEAD, holder=self.hoa.officer)

    def delegate(self, by: Actor) -> access.Delegation:
        assert self.binh.officer_id is not None
        facts = DelegationFacts(self.post.pk, self.binh.officer_id, BEGIN, END, basis="12/GUQ-VP")
        return access.delegate_post(facts, by=by, at=MONDAY)

    def heard(self) -> list[tuple[str, str]]:
        """Return what Bình was told, newest first."""
        outbox.catch_up(at=MONDAY)
        return [(one.subject, one.body) for one in notifications.notices_of(self.binh.pk).rows]


def administrator(account_id: int = 7) -> Actor:
    return Actor(
        id=account_id, name="Quản trị", province_powers=frozenset({Power.ADMINISTER_IDENTITY})
    )


def test_who_is_to_stand_in_hears_for_whom_and_until_when() -> None:
    office = Office()

    office.delegate(administrator())

    title, unit = office.post.title, office.unit.name
    assert office.heard() == [
        (
            f"Ông/bà được ủy quyền: {title}",
            (
                f"Ông/bà được làm thay Quàng Thị Hoa, {title}, {unit}, từ ngày 05/01/2026 đến hết "
                "ngày 09/01/2026. Trong những ngày đó hãy chọn “Làm việc thay” ở trang tài khoản. "
                "Căn cứ: 12/GUQ-VP."
            ),
        )
    ]


def test_who_stood_in_hears_that_it_was_taken_back() -> None:
    office = Office()
    delegation = office.delegate(administrator())
    office.heard()

    access.revoke_delegation(delegation.pk, by=administrator(), at=MONDAY)

    title, unit = office.post.title, office.unit.name
    assert office.heard()[0] == (
        f"Thôi ủy quyền: {title}",
        (
            f"Ông/bà không còn làm thay Quàng Thị Hoa, {title}, {unit}: ủy quyền đến hết ngày "
            "09/01/2026 đã được thu hồi. Việc đang làm dở ở vị trí này do người giữ vị trí làm "
            "tiếp."
        ),
    )


def test_who_delegates_to_the_own_account_needs_no_notice() -> None:
    office = Office()

    office.delegate(administrator(office.binh.pk))

    assert office.heard() == []


def test_a_delegate_without_an_account_is_told_nothing() -> None:
    office = Office()
    delegation = office.delegate(administrator())
    office.binh.delete()

    assert (office.heard(), outbox.dead_letters()) == ([], [])
    assert delegation.revoked_at is None
