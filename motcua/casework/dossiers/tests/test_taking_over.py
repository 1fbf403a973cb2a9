"""What lies with somebody who leaves goes to a colleague."""

import pytest

from motcua.casework.dossiers.operations.handling import take_step
from motcua.casework.dossiers.operations.taking_over import take_over_steps
from motcua.casework.dossiers.queries.one import get_dossier_for
from motcua.foundation.access.api import Power
from motcua.foundation.identity import api as identity
from motcua.foundation.identity.tests.make import make_officer_account
from motcua.foundation.organisation import api as organisation
from motcua.foundation.organisation.api import PostRole
from motcua.foundation.organisation.tests.make import make_post
from motcua.lib.actor import Actor
from motcua.lib.errors import NotAllowed

from .make import MONDAY, make_all, make_received, open_step

pytestmark = pytest.mark.django_db
ADMIN = Actor(9, "Vũ Thị Quản", province_powers=frozenset({Power.ADMINISTER_IDENTITY}))


def lies_with(code: str) -> int | None:
    return open_step(code).assignee_id


def make_heir(unit_id: int) -> identity.Account:
    heir = make_officer_account("Cà Thị Hương", username="huong")
    make_post(organisation.Unit.objects.get(pk=unit_id), PostRole.HANDLER, holder=heir.officer)
    return heir


def test_open_steps_are_assigned_to_the_heir() -> None:
    commune = make_all()
    codes = [make_received(commune), make_received(commune)]
    for code in codes:
        take_step(code, open_step(code).seq, by=commune.mai, at=MONDAY)
    heir = make_heir(commune.justice_id)
    order = identity.TakeOver(commune.mai.id, heir.pk)

    taken = take_over_steps(order, ADMIN, MONDAY)

    assert (taken, [lies_with(code) for code in codes]) == (2, [heir.pk] * 2)
    assert get_dossier_for(Actor(heir.pk, heir.full_name), codes[0]).code == codes[0]


def test_steps_the_heir_holds_no_post_for_stay() -> None:
    commune = make_all()
    code = make_received(commune)
    take_step(code, open_step(code).seq, by=commune.mai, at=MONDAY)
    heir = make_heir(commune.desk_id)

    taken = take_over_steps(identity.TakeOver(commune.mai.id, heir.pk), ADMIN, MONDAY)

    assert (taken, lies_with(code)) == (0, commune.mai.id)


def test_who_administers_another_agency_hands_nothing_over() -> None:
    commune = make_all()
    code = make_received(commune)
    take_step(code, open_step(code).seq, by=commune.mai, at=MONDAY)
    heir = make_officer_account("Cà Thị Hương", username="huong")
    stranger = Actor(9, "Đỗ Văn Dũng", powers={Power.ADMINISTER_IDENTITY: frozenset({0})})

    with pytest.raises(NotAllowed):
        take_over_steps(identity.TakeOver(commune.mai.id, heir.pk), stranger, MONDAY)

    assert lies_with(code) == commune.mai.id
