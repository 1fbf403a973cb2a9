"""A dossier of a sensitive procedure is known to those who work on it, and to nobody else.

Source: docs/law/access.md
"""

from dataclasses import replace
from typing import Any

import pytest

from motcua.casework.dossiers import api as dossiers
from motcua.foundation.access.api import Power, Secrecy
from motcua.lib.actor import Actor

from .make import (
    LAN,
    MONDAY,
    Commune,
    get_dossier,
    make_all,
    make_commune,
    make_filed,
    make_received,
    open_step,
)

pytestmark = pytest.mark.django_db
SENSITIVE = ('code: "{code}"', 'code: "{code}"\nsensitive: true')
MONITOR = Actor(
    id=801,
    name="Hà Thị Mai",
    sees_all=True,
    province_powers=frozenset({Power.READ_ALL_DOSSIERS, Power.SEARCH_PEOPLE}),
)


@pytest.fixture
def commune() -> Commune:
    return make_all(text_change=SENSITIVE)


def knows(actor: Actor, code: str) -> bool:
    try:
        dossiers.get_dossier_for(actor, code)
    except dossiers.NoSuchDossier:
        return False
    return True


def worked_on(actor: Actor) -> list[str]:
    return [row.code for row in dossiers.worklist_for(actor).rows]


def test_the_version_says_how_closely_a_dossier_is_kept(commune: Commune) -> None:
    assert get_dossier(make_filed(commune)).secrecy == Secrecy.NEED_TO_KNOW


def test_officers_are_told_that_it_is_sensitive(commune: Commune) -> None:
    found = dossiers.whole(get_dossier(make_filed(commune)))

    assert found.flags == ["Thông tin nhạy cảm: chỉ nơi có việc được xem."]


def test_who_works_on_it_and_who_answers_for_it_open_it(commune: Commune) -> None:
    code = make_received(commune)

    who = (LAN, commune.binh, commune.mai, commune.hoa)

    assert [knows(actor, code) for actor in who] == [True, True, True, True]
    assert [worked_on(actor) for actor in (commune.mai, commune.hoa)] == [[code], [code]]


def test_who_sees_the_whole_province_does_not_see_it(commune: Commune) -> None:
    code = make_received(commune)

    lists = [worked_on(MONITOR), [one.code for one in dossiers.dossiers_for(MONITOR).rows]]
    search = dossiers.search_dossiers("Lò Thị Lan", by=MONITOR, at=MONDAY)

    assert (lists, list(search.rows), knows(MONITOR, code)) == ([[], []], [], False)


def test_who_sees_the_whole_province_finds_what_the_own_unit_works_on(commune: Commune) -> None:
    code = make_received(commune)
    leader = replace(MONITOR, id=802, unit_ids=(commune.justice_id,))

    lists = [worked_on(leader), [one.code for one in dossiers.dossiers_for(leader).rows]]

    assert (lists, knows(leader, code)) == ([[code], [code]], True)


def test_who_sees_the_whole_province_finds_what_was_given_to_him(commune: Commune) -> None:
    code = make_received(commune)
    given: dict[str, Any] = {"to_id": MONITOR.id, "to_name": MONITOR.name}
    dossiers.assign_step(code, open_step(code).seq, **given, by=commune.hoa, at=MONDAY)

    lists = [worked_on(MONITOR), [one.code for one in dossiers.dossiers_for(MONITOR).rows]]

    assert (lists, knows(MONITOR, code)) == ([[code], [code]], True)


def test_the_head_of_another_agency_that_took_it_in_does_not_see_it(commune: Commune) -> None:
    other = make_commune("H18.102", "UBND xã Thanh Yên", first=51)
    code = make_filed(commune, receiving_unit_id=other.desk_id)

    assert [knows(actor, code) for actor in (other.binh, other.hoa)] == [True, False]
    assert list(dossiers.queue_for(other.hoa, dossiers.WAITING).rows) == []
    assert [one.code for one in dossiers.queue_for(other.binh, dossiers.WAITING).rows] == [code]


def test_any_other_dossier_is_seen_by_all_above() -> None:
    commune = make_all()
    other = make_commune("H18.102", "UBND xã Thanh Yên", first=51)
    code = make_filed(commune, receiving_unit_id=other.desk_id)

    assert [knows(actor, code) for actor in (other.binh, other.hoa, MONITOR)] == [True, True, True]
