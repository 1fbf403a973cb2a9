from dataclasses import replace

import pytest

from motcua.casework.dossiers import api as dossiers
from motcua.lib import work

from .make import LAN, make_all, make_commune, make_filed, make_received, make_resolved

pytestmark = pytest.mark.django_db


def test_a_handler_sees_the_work_of_the_unit_the_most_urgent_first() -> None:
    commune = make_all()
    codes = [make_received(commune) for _ in range(3)]

    rows = dossiers.worklist_for(commune.mai).rows

    assert [(row.code, row.step_code) for row in rows] == [(code, "tham-dinh") for code in codes]


def test_a_work_list_goes_on_by_cursor_and_comes_back() -> None:
    commune = make_all()
    codes = [make_received(commune) for _ in range(5)]

    first = dossiers.worklist_for(commune.mai, limit=2)
    second = dossiers.worklist_for(commune.mai, limit=2, after=first.next)
    back = dossiers.worklist_for(commune.mai, limit=2, after=second.previous)

    pages = [[row.code for row in page.rows] for page in (first, second, back)]
    assert pages == [codes[:2], codes[2:4], codes[:2]]


def test_an_officer_of_another_commune_sees_none_of_it() -> None:
    commune = make_all()
    dung = make_commune("H18.102", "UBND xã Nà Tấu", first=11)
    make_received(commune)

    assert [
        dossiers.worklist_for(dung.mai).rows,
        dossiers.dossiers_for(dung.binh).rows,
        dossiers.queue_for(dung.binh, dossiers.WAITING).rows,
    ] == [(), [], ()]


def test_a_leader_sees_the_work_of_all_units_below() -> None:
    commune = make_all()
    code = make_received(commune)

    assert [row.code for row in dossiers.worklist_for(commune.hoa).rows] == [code]


def test_my_own_work_is_what_i_took() -> None:
    commune = make_all()
    code, _ = make_received(commune), make_received(commune)
    row = dossiers.worklist_for(commune.mai).rows[0]
    dossiers.take_step(code, row.step_seq, by=commune.mai, at=row.opened_at)

    mine = dossiers.worklist_for(commune.mai, only=dossiers.WorkFilter(mine=True))

    assert [row.code for row in mine.rows] == [code]


def test_a_citizen_sees_own_dossiers_and_nobody_elses() -> None:
    commune = make_all()
    code = make_filed(commune)
    stranger = replace(LAN, id=502)

    found = [[d.code for d in dossiers.dossiers_for(who).rows] for who in (LAN, stranger)]

    assert found == [[code], []]


def test_a_guessed_code_of_another_agency_is_not_found() -> None:
    commune = make_all()
    dung = make_commune("H18.102", "UBND xã Nà Tấu", first=11)
    code = make_received(commune)

    with pytest.raises(dossiers.NoSuchDossier):
        dossiers.get_dossier_for(dung.binh, code)


def test_the_desk_has_its_queues() -> None:
    commune = make_all()
    waiting, resolved = make_filed(commune), make_resolved(commune)

    queues = [
        [d.code for d in dossiers.queue_for(commune.binh, queue).rows]
        for queue in (dossiers.WAITING, dossiers.TO_HAND_OUT)
    ]

    assert queues == [[waiting], [resolved]]


@pytest.mark.parametrize("how_many", [1, 3])
def test_lists_cost_the_same_however_long(how_many: int) -> None:
    commune = make_all()
    for _ in range(how_many):
        make_received(commune)
    spent = []
    for read in (dossiers.worklist_for, dossiers.dossiers_for):
        with work.metered() as meter:
            assert len(read(commune.mai).rows) == how_many
        spent.append(meter.statements)

    assert spent == [1, 2]


def test_a_dossier_is_read_whole() -> None:
    commune = make_all()
    code = make_resolved(commune)

    whole = dossiers.whole(dossiers.get_dossier_for(commune.binh, code))

    assert (len(whole.moves), [o.name for o in whole.outcomes], whole.open_steps) == (
        5,
        ["Giấy xác nhận tình trạng hôn nhân"],
        [],
    )
