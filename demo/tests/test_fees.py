"""The fees of the demo province are tables that are proven, and dated where the law is."""

from datetime import date

import pytest

from demo.fees import tables
from motcua.casework.fees.api import TableIn, decide_fee, faults_in, wrong_examples
from motcua.lib.decisions import read_dmn, write_dmn

TABLES = {one.code: one for one in tables()}


@pytest.mark.parametrize("table", TABLES.values(), ids=TABLES)
def test_each_table_is_sound_and_gives_its_examples(table: TableIn) -> None:
    faults = [*faults_in(table.model), *wrong_examples(table.model, list(table.examples))]
    assert faults == []


@pytest.mark.parametrize("table", TABLES.values(), ids=TABLES)
def test_each_file_is_as_we_write_it(table: TableIn) -> None:
    assert read_dmn(write_dmn(table.model)) == table.model


@pytest.mark.parametrize(
    ("on", "amount"), [(date(2026, 12, 31), 25_000), (date(2027, 1, 1), 50_000)]
)
def test_the_certificate_of_a_vet_is_cheaper_until_the_year_ends(on: date, amount: int) -> None:
    found = decide_fee(TABLES["phi-chung-chi-thu-y"].model, {"on": on})
    assert found.amount_vnd == amount


@pytest.mark.parametrize(("pages", "amount"), [(1, 2_000), (2, 4_000), (3, 5_000), (500, 200_000)])
def test_a_certified_copy_has_two_prices_and_a_most(pages: int, amount: int) -> None:
    found = decide_fee(TABLES["phi-chung-thuc-ban-sao"].model, {"so_trang": pages})
    assert found.amount_vnd == amount
