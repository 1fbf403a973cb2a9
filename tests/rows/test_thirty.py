"""Every row of the thirty has its procedure and its walk."""

from pathlib import Path

from demo import catalogue
from motcua.casework.procedures import api as procedures

from .numbers import ROWS, WALKED

HERE = Path(__file__).parent


def test_every_walk_that_is_named_has_its_file_and_the_other_way_round() -> None:
    files = sorted(int(path.name.split("_")[1]) for path in HERE.glob("test_[0-9][0-9]_*.py"))

    assert files == sorted(WALKED)


def test_every_walked_row_has_its_procedure_among_the_texts() -> None:
    there = {procedures.parse_text(text).code for text in catalogue.texts()}

    assert [row.number for row in ROWS] == list(range(1, 31))
    assert {row.code for row in ROWS if row.number in WALKED} <= there


def test_every_page_of_a_demo_procedure_says_that_it_is_made_up() -> None:
    found = [procedures.parse_text(text) for text in catalogue.texts()]

    assert [one.code for one in found if not one.is_demo] == []
