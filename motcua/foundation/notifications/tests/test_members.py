"""People hear that they may act for an enterprise."""

from datetime import UTC, datetime

import pytest

from motcua.foundation.access import api as access
from motcua.foundation.identity.tests.make import make_account
from motcua.foundation.notifications import api as notifications
from motcua.foundation.outbox import api as outbox
from motcua.foundation.people import api as people
from motcua.foundation.people.tests.make import make_enterprise, make_person
from motcua.lib.actor import Actor

MONDAY = datetime(2026, 1, 5, 2, 0, tzinfo=UTC)
DESK = Actor(id=1, name="Trần Văn Bình", powers={"dossiers.receive": frozenset({10})})


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("language", "subject", "role"),
    [
        ("vi", "Ông/bà được thêm vào Hợp tác xã Mường Thanh", "Nhân viên nộp hồ sơ"),
        ("en", "You were added to Hợp tác xã Mường Thanh", "as: "),
    ],
)
def test_who_is_admitted_hears_of_which_enterprise_and_as_what(
    monkeypatch: pytest.MonkeyPatch, language: str, subject: str, role: str
) -> None:
    person = make_person(confirmed_at=MONDAY)
    account = make_account(person=person, language=language)
    monkeypatch.setattr(people, "find_person_by_number", lambda _: person)
    facts = access.NewMember(person.full_name, "001", people.MemberRole.STAFF)

    access.admit_member(make_enterprise().pk, facts, by=DESK, at=MONDAY)
    outbox.catch_up(at=MONDAY)

    (told,) = notifications.notices_of(account.pk).rows
    assert (told.subject, role in told.body) == (subject, True)
