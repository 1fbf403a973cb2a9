"""Rows for spreadsheets."""

import pytest

from motcua.channels.kit.spreadsheets import csv_lines, harmless


@pytest.mark.parametrize(
    ("cell", "written"),
    [
        ("=1+1", "'=1+1"),
        ("@a", "'@a"),
        ("\t=1", "'\t'=1"),
        ("\n=1", "'\n'=1"),
        ("＝1+1", "'＝1+1"),
        ('Lan;=cmd|"/C calc"!A0', 'Lan;\'=cmd|"/C calc"!A0'),
        ('Lan;"=1+1', "Lan;\"'=1+1"),
        ("Lan; =1", "Lan; =1"),
        (-5, -5),
        ("Lan", "Lan"),
        ("", ""),
    ],
)
def test_a_cell_is_no_formula_and_a_number_stays_one(cell: object, written: object) -> None:
    assert harmless(cell) == written


def test_rows_come_line_by_line_with_the_mark_of_their_alphabet() -> None:
    lines = list(csv_lines([("Nợ", "Có"), (-5, '=HYPERLINK("x")')]))

    assert lines == ["\ufeff", "Nợ,Có\r\n", '-5,"\'=HYPERLINK(""x"")"\r\n']
