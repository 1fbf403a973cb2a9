from itertools import product

import pytest

from motcua.casework.dossiers.choices import Status
from motcua.casework.dossiers.errors import MoveNotAllowed
from motcua.casework.dossiers.rules.moves import ENDS, MOVES, check_move

FORBIDDEN = [(a, b) for a, b in product(Status, Status) if b not in MOVES[a]]


def test_the_ten_statuses_have_the_national_numbers() -> None:
    assert [status.national for status in Status] == [*range(1, 11)]


def test_every_status_has_a_row() -> None:
    assert set(MOVES) == set(Status)


def test_exactly_four_statuses_are_ends() -> None:
    assert {status.national for status in ENDS} == {3, 7, 8, 10}


def test_the_table_is_the_one_of_the_law() -> None:
    table = {a.national: sorted(b.national for b in targets) for a, targets in MOVES.items()}

    assert table == {
        1: [2, 3, 5, 6, 7],
        2: [4, 5, 6, 7, 8],
        3: [],
        4: [5, 6, 7, 8, 9],
        5: [2, 4, 7, 8],
        6: [2, 4, 7, 8],
        7: [],
        8: [],
        9: [10],
        10: [],
    }


@pytest.mark.parametrize(("current", "target"), FORBIDDEN)
def test_what_is_not_in_the_table_is_refused(current: Status, target: Status) -> None:
    with pytest.raises(MoveNotAllowed):
        check_move(current, target)


def test_after_receipt_a_refusal_is_an_outcome() -> None:
    with pytest.raises(MoveNotAllowed, match="Không được tiếp nhận"):
        check_move(Status.PROCESSING, Status.REFUSED)
