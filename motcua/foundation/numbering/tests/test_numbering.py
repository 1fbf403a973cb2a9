from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from django.db import connection

from motcua.foundation.numbering import api as numbering
from motcua.lib import work


@pytest.mark.django_db
def test_numbers_of_a_series_follow_each_other() -> None:
    assert [numbering.allocate_number("a"), numbering.allocate_number("a")] == [1, 2]


@pytest.mark.django_db
def test_two_series_do_not_disturb_each_other() -> None:
    numbering.allocate_number("a")

    assert numbering.allocate_number("b") == 1


@pytest.mark.django_db
def test_a_story_that_fails_gives_its_number_back() -> None:
    @work.story
    def fail() -> None:
        numbering.allocate_number("a")
        raise LookupError

    with pytest.raises(LookupError):
        fail()

    assert numbering.allocate_number("a") == 1


@pytest.fixture
def _closing() -> Iterator[None]:
    yield
    connection.close()


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("_closing")
def test_writers_at_once_leave_no_gap_and_no_double() -> None:
    def take(_: int) -> int:
        try:
            return numbering.allocate_number("rush")
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        numbers = list(pool.map(take, range(100)))

    assert sorted(numbers) == list(range(1, 101))


@pytest.mark.parametrize(
    ("number", "code"), [(7, "H18.101-261008-0007"), (12345, "H18.101-261008-12345")]
)
def test_a_code_is_wider_than_four_digits_when_the_day_needs_it(number: int, code: str) -> None:
    assert numbering.dossier_code("H18.101", date(2026, 10, 8), number) == code


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("000.00.04.G18-210315-0007", ("000.00.04.G18", "210315", 7)),
        ("H15.50.05.13-261008-0975", ("H15.50.05.13", "261008", 975)),
        ("g09.20-20260609-0092637 ", ("G09.20", "20260609", 92637)),
    ],
)
def test_codes_of_other_systems_are_read(text: str, parts: tuple[str, str, int]) -> None:
    assert numbering.parse_dossier_code(text) == parts


@pytest.mark.parametrize("text", ["", "H18-1-1", "H18.101-261008-007", "Nguyễn Văn An"])
def test_what_is_not_a_code_is_none(text: str) -> None:
    assert numbering.parse_dossier_code(text) is None


@pytest.mark.django_db
def test_several_numbers_follow_each_other_and_leave_no_gap() -> None:
    taken = [
        list(numbering.allocate_numbers("book:x:2026", 3)),
        [numbering.allocate_number("book:x:2026")],
        list(numbering.allocate_numbers("book:x:2026", 2)),
    ]

    assert taken == [[1, 2, 3], [4], [5, 6]]
