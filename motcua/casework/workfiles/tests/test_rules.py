from datetime import UTC, date, datetime

import pytest

from motcua.casework.workfiles.choices import State
from motcua.casework.workfiles.errors import MoveNotAllowed
from motcua.casework.workfiles.models import WorkFile
from motcua.casework.workfiles.queries.lists import days_left
from motcua.casework.workfiles.rules.keeping import (
    PERMANENT,
    goes_to_archive,
    hand_over_due,
    latest_kept,
    read_retention,
    retention_words,
)
from motcua.casework.workfiles.rules.metadata import file_xml
from motcua.casework.workfiles.rules.moves import MOVES, check_move
from motcua.casework.workfiles.rules.values import checked_symbol
from motcua.lib.errors import BadInput


def test_days_until_the_archive_are_counted_in_hanoi() -> None:
    work_file = WorkFile(state=State.CLOSED, due_on=date(2026, 3, 10))

    found = [days_left(work_file, datetime(2026, 3, 2, hour, tzinfo=UTC)) for hour in (16, 18)]

    assert found == [8, 7]


def test_every_state_has_a_row_and_one_is_the_end() -> None:
    ends = {state for state, further in MOVES.items() if not further}

    assert (set(MOVES), ends) == (set(State), {State.HANDED_OVER})


@pytest.mark.parametrize(
    ("current", "target"),
    [(one, other) for one in State for other in State if other not in MOVES[one]],
)
def test_what_is_not_in_the_table_is_refused(current: State, target: State) -> None:
    with pytest.raises(MoveNotAllowed, match=current.label):
        check_move(current, target)


@pytest.mark.parametrize(
    ("words", "years"),
    [("Vĩnh viễn", PERMANENT), ("VV", PERMANENT), ("20 năm", 20), (" 5 ", 5), ("70 NĂM", 70)],
)
def test_retention_is_read_as_people_write_it(words: str, years: int) -> None:
    assert read_retention(words) == years


@pytest.mark.parametrize("words", ["", "0", "71 năm", "lâu dài", "-5", "9" * 400])
def test_other_words_are_no_retention(words: str) -> None:
    with pytest.raises(BadInput, match="Vĩnh viễn"):
        read_retention(words)


def test_retention_is_printed_in_words() -> None:
    assert [retention_words(years) for years in (PERMANENT, 10)] == ["Vĩnh viễn", "10 năm"]


@pytest.mark.parametrize(("years", "goes"), [(4, False), (5, True), (PERMANENT, True)])
def test_only_what_is_kept_five_years_goes_to_the_archive(years: int, *, goes: bool) -> None:
    assert goes_to_archive(years) == goes


@pytest.mark.parametrize(
    ("ended", "years", "is_construction", "due"),
    [
        (date(2026, 3, 2), 20, False, date(2027, 3, 2)),
        (date(2024, 2, 29), 20, False, date(2025, 2, 28)),
        (date(2026, 11, 30), PERMANENT, True, date(2027, 2, 28)),
        (date(2026, 3, 2), 4, False, None),
    ],
)
def test_a_file_goes_to_the_archive_within_a_year_of_construction_within_three_months(
    ended: date, years: int, due: date | None, *, is_construction: bool
) -> None:
    assert hand_over_due(ended, years, is_construction=is_construction) == due


def test_a_unit_keeps_a_file_two_years_at_most() -> None:
    assert latest_kept(date(2027, 3, 2)) == date(2029, 3, 2)


@pytest.mark.parametrize("symbol", ["01.TCCB", "12", "03.KT.ĐĐ"])
def test_symbols_are_numbers_and_letters(symbol: str) -> None:
    assert checked_symbol(f" {symbol.lower()} ") == symbol


@pytest.mark.parametrize("symbol", ["", "TCCB", "01/TCCB", "01.", "1" * 21])
def test_other_marks_are_no_symbol(symbol: str) -> None:
    with pytest.raises(BadInput, match="Ký hiệu"):
        checked_symbol(symbol)


def test_the_metadata_hold_their_lengths_and_only_what_xml_can_hold() -> None:
    made = file_xml({"FileCode": {"FileCatalog": "20261"}, "Title": "A\x00&B"}, [{"Subject": "S"}])

    assert made.decode() == (
        '<?xml version="1.0" encoding="UTF-8"?>\n<Dossier>\n  <FileCode>\n'
        "    <FileCatalog>2026</FileCatalog>\n  </FileCode>\n  <Title>A&amp;B</Title>\n"
        "  <Documents>\n    <Document>\n      <Subject>S</Subject>\n    </Document>\n"
        "  </Documents>\n</Dossier>\n"
    )
