from datetime import datetime, timedelta

import pytest

from motcua.casework.dossiers import api as dossiers
from motcua.casework.dossiers.models import DossierMove, HandOverItem
from motcua.lib.clock import HANOI
from motcua.lib.errors import BadInput, NotAllowed, NotFound

from .make import (
    MONDAY,
    get_dossier,
    make_all,
    make_commune,
    make_filed,
    make_received_at_desk,
    make_resolved,
)

pytestmark = pytest.mark.django_db


def test_a_list_has_a_number_and_counts_the_papers() -> None:
    commune = make_all()
    codes = [make_received_at_desk(commune) for _ in range(2)]

    listed = dossiers.hand_over(codes, commune.justice_id, by=commune.binh, at=MONDAY)

    items = HandOverItem.objects.filter(hand_over=listed).order_by("id")
    assert (listed.number, listed.from_unit_id) == ("0001/BG-H18.101.MC-2026", commune.desk_id)
    assert [(item.dossier.code, item.papers) for item in items] == [(c, 1) for c in codes]


def test_each_dossier_knows_its_list_and_the_desk_sees_what_is_left() -> None:
    commune = make_all()
    first, second = (make_received_at_desk(commune) for _ in range(2))
    dossiers.hand_over([first], commune.justice_id, by=commune.binh, at=MONDAY)

    left = dossiers.to_hand_over(commune.desk_id, at=MONDAY + timedelta(days=1))

    move = DossierMove.objects.filter(dossier__code=first).latest("seq")
    assert (move.act, move.unit_id, [d.code for d in left]) == (
        "hand_over",
        commune.justice_id,
        [second],
    )


def test_the_unit_takes_the_list_over_once() -> None:
    commune = make_all()
    code = make_received_at_desk(commune)
    number = dossiers.hand_over([code], commune.justice_id, by=commune.binh, at=MONDAY).number

    taken = dossiers.take_over(number, by=commune.mai, at=MONDAY)

    assert (taken.taken_at, taken.taken_by_name) == (MONDAY, "Quàng Thị Mai")
    with pytest.raises(dossiers.AlreadyAnswered, match="Quàng Thị Mai"):
        dossiers.take_over(number, by=commune.mai, at=MONDAY)


def test_outcomes_go_back_to_the_desk_by_a_list() -> None:
    commune = make_all()
    code = make_resolved(commune)

    listed = dossiers.hand_over([code], commune.desk_id, by=commune.mai, at=MONDAY)

    assert (listed.from_unit_id, listed.to_unit_id) == (commune.justice_id, commune.desk_id)


def test_nothing_is_on_two_lists_at_once() -> None:
    commune = make_all()
    code = make_received_at_desk(commune)
    listed = dossiers.hand_over([code], commune.justice_id, by=commune.binh, at=MONDAY)

    with pytest.raises(dossiers.DossierError, match=listed.number):
        dossiers.hand_over([code], commune.justice_id, by=commune.binh, at=MONDAY)


def test_a_list_comes_from_one_place_and_has_received_dossiers() -> None:
    commune = make_all()
    other = make_commune("H18.102", "UBND xã Nà Tấu", first=11)
    mixed = [make_received_at_desk(commune), make_received_at_desk(other)]
    with pytest.raises(dossiers.DossierError, match="cùng một nơi giao"):
        dossiers.hand_over(mixed, commune.justice_id, by=commune.binh, at=MONDAY)
    with pytest.raises(BadInput, match="từ 1 đến 200"):
        dossiers.hand_over([], commune.justice_id, by=commune.binh, at=MONDAY)

    with pytest.raises(dossiers.DossierError, match="chưa tiếp nhận"):
        dossiers.hand_over([make_filed(commune)], commune.justice_id, by=commune.binh, at=MONDAY)


def test_people_of_another_commune_neither_give_nor_take_nor_see() -> None:
    commune = make_all()
    other = make_commune("H18.102", "UBND xã Nà Tấu", first=11)
    code = make_received_at_desk(commune)
    with pytest.raises(NotAllowed):
        dossiers.hand_over([code], commune.justice_id, by=other.binh, at=MONDAY)
    number = dossiers.hand_over([code], commune.justice_id, by=commune.binh, at=MONDAY).number
    with pytest.raises(NotAllowed):
        dossiers.take_over(number, by=other.mai, at=MONDAY)
    with pytest.raises(NotFound):
        dossiers.hand_over_for(other.mai, number)

    seen = [len(dossiers.hand_overs_for(actor)) for actor in (commune.mai, commune.binh, other.mai)]
    assert seen == [1, 1, 0]


def test_a_list_that_is_not_there_is_not_found() -> None:
    commune = make_all()

    with pytest.raises(NotFound):
        dossiers.take_over("0009/BG", by=commune.mai, at=MONDAY)


def test_the_list_can_be_printed_by_both_sides() -> None:
    commune = make_all()
    code = make_received_at_desk(commune)
    number = dossiers.hand_over([code], commune.justice_id, by=commune.binh, at=MONDAY).number

    assert dossiers.hand_over_pdf(commune.mai, number)[:5] == b"%PDF-"


@pytest.mark.parametrize(
    ("received", "due"),
    [
        (datetime(2026, 3, 2, 15, 0, tzinfo=HANOI), datetime(2026, 3, 2, 17, 0, tzinfo=HANOI)),
        (datetime(2026, 3, 2, 15, 1, tzinfo=HANOI), datetime(2026, 3, 3, 7, 30, tzinfo=HANOI)),
    ],
)
def test_papers_taken_in_after_fifteen_o_clock_go_the_next_morning(
    received: datetime, due: datetime
) -> None:
    code = make_received_at_desk(make_all(), at=received)

    assert dossiers.hand_over_due(get_dossier(code)) == due


def test_what_is_not_received_is_not_to_be_handed_over() -> None:
    assert dossiers.hand_over_due(get_dossier(make_filed(make_all()))) is None
