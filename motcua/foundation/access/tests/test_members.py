"""Who says who acts for an enterprise."""

from datetime import UTC, date, datetime
from threading import Barrier, Thread

import pytest
from django.db import connection

from motcua.foundation.access.operations.members import dismiss_member
from motcua.foundation.people import api as people
from motcua.foundation.people.api import MemberRole
from motcua.foundation.people.tests.make import make_enterprise, make_person
from motcua.lib.actor import Actor, ActorKind, enterprise_unit_id
from motcua.lib.errors import Anticipated, NotAllowed

MONDAY, TODAY = datetime(2026, 1, 5, 2, 0, tzinfo=UTC), date(2026, 1, 5)
DESK = Actor(id=1, name="Trần Văn Bình", powers={"dossiers.receive": frozenset({10})})


def member(enterprise_id: int, name: str, role: MemberRole) -> tuple[Actor, int]:
    """Return somebody who acts for the enterprise, and the number of the membership."""
    person = make_person(name)
    kept = people.add_member(enterprise_id, person.pk, role, by=DESK, at=MONDAY)
    units = frozenset({enterprise_unit_id(enterprise_id)})
    powers = dict.fromkeys(people.MEMBER_POWERS[role], units)
    kind = ActorKind.CITIZEN
    return Actor(person.pk, name, kind=kind, person_id=person.pk, powers=powers), kept.pk


def left(enterprise_id: int) -> list[str]:
    return [one.role for one in people.members_of(enterprise_id, on=TODAY)]


@pytest.mark.django_db
def test_a_manager_does_not_dismiss_who_represents_the_enterprise_by_law() -> None:
    bank = make_enterprise().pk
    _, of_lan = member(bank, "Lò Thị Lan", MemberRole.REPRESENTATIVE)
    ngoc, _ = member(bank, "Trần Thị Ngọc", MemberRole.MANAGER)

    with pytest.raises(NotAllowed, match="đại diện theo pháp luật"):
        dismiss_member(bank, of_lan, by=ngoc, at=MONDAY)

    assert sorted(left(bank)) == ["manager", "representative"]
    dismiss_member(bank, of_lan, by=DESK, at=MONDAY)
    assert left(bank) == ["manager"]


@pytest.mark.django_db
def test_who_represents_it_dismisses_managers_and_others_who_represent_it() -> None:
    bank = make_enterprise().pk
    lan, _ = member(bank, "Lò Thị Lan", MemberRole.REPRESENTATIVE)
    _, of_dung = member(bank, "Cà Văn Dũng", MemberRole.REPRESENTATIVE)
    _, of_ngoc = member(bank, "Trần Thị Ngọc", MemberRole.MANAGER)

    for one in (of_dung, of_ngoc):
        dismiss_member(bank, one, by=lan, at=MONDAY)

    assert left(bank) == ["representative"]


@pytest.mark.django_db(transaction=True)
def test_two_managers_who_dismiss_each_other_at_once_leave_one() -> None:
    bank = make_enterprise().pk
    ngoc, of_ngoc = member(bank, "Trần Thị Ngọc", MemberRole.MANAGER)
    tuan, of_tuan = member(bank, "Lê Anh Tuấn", MemberRole.MANAGER)
    start, refused = Barrier(2), []

    def dismiss(one: int, by: Actor) -> None:
        start.wait()
        try:
            dismiss_member(bank, one, by=by, at=MONDAY)
        except Anticipated as error:
            refused.append(error)
        finally:
            connection.close()

    both = [Thread(target=dismiss, args=pair) for pair in ((of_ngoc, tuan), (of_tuan, ngoc))]
    for thread in both:
        thread.start()
    for thread in both:
        thread.join()

    assert (left(bank), len(refused)) == (["manager"], 1)
