"""Numbers go on after those of the old system; figures count what came by its own days, once."""

import threading
from datetime import date

import pytest
from django.db import connection

from motcua.casework.dossiers.api import RECEIVED, RESOLVED, RESOLVED_LATE, rebuild_counts
from motcua.casework.dossiers.tests.make import MONDAY, make_received_at_desk
from motcua.casework.indicators import api as indicators
from motcua.casework.migration.operations.asking import undo_run
from motcua.casework.migration.operations.turns import go_on_with_next
from motcua.foundation.ledger import api as ledger
from motcua.foundation.outbox import api as outbox

from .make import LATER, OPEN, PAST, QUAN, bring, changed, lines, make_all, make_source

MEASURES = (RECEIVED, RESOLVED, RESOLVED_LATE)
DAYS = (date(2024, 1, 5), date(2024, 1, 9), date(2024, 1, 11), date(2026, 3, 10))
Figures = tuple[dict[tuple[str, date], int], dict[str, int]]


def figures() -> Figures:
    province = [indicators.PROVINCE]
    days = {
        (measure, day): value
        for day in DAYS
        for measure, value in indicators.totals(province, MEASURES, day, day).items()
        if value
    }
    return days, {name: value for name, value in indicators.standing(province).items() if value}


@pytest.mark.django_db
def test_numbers_go_on_after_those_that_came() -> None:
    commune = make_all()
    bring(make_source(), changed(OPEN, code="H18.101-260302-0041"))
    assert make_received_at_desk(commune, at=MONDAY) == "H18.101-260302-0042"


@pytest.mark.django_db
def test_a_code_that_is_ours_is_not_taken_again() -> None:
    commune = make_all()
    ours = make_received_at_desk(commune, at=MONDAY)
    run = bring(make_source(), changed(OPEN, code=ours))
    assert lines(run) == [(2, "refused", f"Mã {ours} đã là của một hồ sơ khác.")]


@pytest.mark.django_db(transaction=True)
def test_figures_count_what_came_by_its_own_days_and_rebuilding_gives_the_same() -> None:
    make_all()
    source = make_source()
    late = changed(
        PAST, code="H18.101-240105-0004", identity="", finished="11/01/2024", returned="12/01/2024"
    )
    run = bring(source, PAST, late, OPEN)
    bring(source, PAST, late, OPEN)
    outbox.catch_up(at=LATER)
    days, open_ = figures()
    assert days[(RECEIVED, date(2024, 1, 5))] == 2
    assert days[(RESOLVED, date(2024, 1, 9))] == 1
    assert days[(RESOLVED_LATE, date(2024, 1, 11))] == 1
    assert open_ == {"dossiers.open.processing": 1}
    rebuild_counts()
    assert figures() == (days, open_)
    done = changed(OPEN, status="Đã trả kết quả", finished="10/03/2026", returned="11/03/2026")
    bring(source, done)
    outbox.catch_up(at=LATER)
    after = figures()
    assert (after[0][(RESOLVED, date(2026, 3, 10))], after[1]) == (1, {})
    rebuild_counts()
    assert figures() == after
    undo_run(run.code, by=QUAN, at=LATER)
    while go_on_with_next(at=LATER, seconds=60):
        pass
    outbox.catch_up(at=LATER)
    assert figures() == ({}, {})


@pytest.mark.django_db
def test_the_ledgers_witness_finds_nothing_wrong_with_what_came() -> None:
    commune = make_all()
    ours = make_received_at_desk(commune, at=MONDAY)
    bring(make_source(), PAST)
    every = ledger.witnesses["dossiers"].testimonies(0, 100)
    told = {one.subject: one for one in every}
    assert (told[PAST[0]].wrong, told[PAST[0]].leaves) == ("", ())
    assert told[ours].leaves


@pytest.mark.django_db(transaction=True)
def test_desks_receive_while_codes_of_the_same_day_come_in() -> None:
    commune = make_all()
    source = make_source()
    rows = [changed(OPEN, code=f"H18.101-260302-{number:04d}") for number in range(1, 13)]
    received: list[str] = []

    def receive() -> None:
        try:
            received.extend(make_received_at_desk(commune, at=MONDAY) for _ in range(12))
        finally:
            connection.close()

    desk = threading.Thread(target=receive)
    desk.start()
    run = bring(source, *rows)
    desk.join()
    brought = {rows[row - 2][0] for row, verdict, _ in lines(run) if verdict == "new"}
    assert len(set(received)) == 12
    assert not brought & set(received)
    assert make_received_at_desk(commune, at=MONDAY) not in {*received, *(row[0] for row in rows)}
