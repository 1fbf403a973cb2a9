"""The fees of the demo province are tables that are proven, and dated where the law is."""

from datetime import date

import pytest
import yaml

from demo.catalogue import texts
from demo.fees import TABLES as FOLDER
from demo.fees import tables
from motcua.casework.fees.api import TableIn, decide_fee, faults_in, wrong_examples
from motcua.casework.procedures.api import parse_text
from motcua.lib.decisions import Table, read_dmn, write_dmn

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


THIRTY = {one["code"]: one for one in yaml.safe_load((FOLDER / "thirty.yaml").read_text("utf-8"))}


def test_thirty_procedures_each_have_their_tables_or_a_reason_for_none() -> None:
    said = [bool(one.get("tables")) != bool(one.get("free")) for one in THIRTY.values()]
    assert (len(THIRTY), all(said)) == (30, True)
    named = {table for one in THIRTY.values() for table in one.get("tables", ())}
    assert named == set(TABLES)


@pytest.mark.parametrize("table", TABLES.values(), ids=TABLES)
def test_each_table_has_worked_examples_for_each_of_its_rows(table: TableIn) -> None:
    decision = table.model.decisions[-1]
    assert isinstance(decision, Table)
    fired = {
        row
        for one in table.examples
        for _, rows in decide_fee(table.model, one["facts"]).fired
        for row in rows
    }
    assert fired == set(range(1, len(decision.rules) + 1))


@pytest.mark.parametrize("text", texts(), ids=lambda text: text.split('"')[1])
def test_procedures_that_are_filed_name_the_tables_of_the_thirty(text: str) -> None:
    definition = parse_text(text)
    named = [line.table for line in definition.fees]
    assert list(dict.fromkeys(named)) == THIRTY[definition.code].get("tables", [])


@pytest.mark.parametrize(
    ("on", "percent", "amount"),
    [
        (date(2026, 8, 14), 50, 8_000),
        (date(2026, 8, 15), 50, 4_000),
        (date(2027, 2, 28), 100, 0),
        (date(2027, 3, 1), 50, 8_000),
    ],
)
def test_digital_citizens_pay_less_only_on_the_days_of_the_resolution(
    on: date, percent: int, amount: int
) -> None:
    facts = {"on": on, "giam_cong_dan_so": percent}
    assert decide_fee(TABLES["phi-ban-sao-ho-tich"].model, facts).amount_vnd == amount


def test_of_several_benefits_the_highest_one_counts() -> None:
    facts = {"on": date(2026, 11, 22), "giam_cong_dan_so": 50, "dien_mien": True}
    assert decide_fee(TABLES["phi-ban-sao-ho-tich"].model, facts).amount_vnd == 0
