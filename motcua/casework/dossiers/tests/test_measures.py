from datetime import date

import pytest
from django.core.management import call_command

from motcua.casework.dossiers.api import rebuild_counts
from motcua.casework.dossiers.rules import measuring
from motcua.casework.indicators import api as indicators
from motcua.foundation.calendar.tests.make import make_national_calendar
from motcua.foundation.outbox import api as outbox

from .make import MONDAY, make_all, make_filed, make_received, make_resolved

DAY = date(2026, 3, 2)


def figures(unit_id: int) -> tuple[dict[str, int], dict[str, int]]:
    happened = indicators.totals([unit_id], measuring.HAPPENED, DAY, DAY)
    return happened, {k: v for k, v in indicators.standing([unit_id]).items() if v}


@pytest.mark.django_db(transaction=True)
def test_rolled_up_figures_equal_those_counted_again_from_the_moves() -> None:
    make_national_calendar()
    commune = make_all()
    make_filed(commune)
    make_received(commune)
    make_resolved(commune)
    outbox.catch_up(at=MONDAY)

    rolled = [figures(unit) for unit in (commune.root_id, commune.desk_id, indicators.PROVINCE)]
    rebuild_counts()
    counted = [figures(unit) for unit in (commune.root_id, commune.desk_id, indicators.PROVINCE)]

    assert rolled == counted
    assert rolled[0] == (
        {
            "dossiers.filed": 3,
            "dossiers.filed_online": 3,
            "dossiers.received": 2,
            "dossiers.received_online": 2,
            "dossiers.resolved": 1,
            "dossiers.resolved_online": 1,
        },
        {
            "dossiers.open.submitted": 1,
            "dossiers.open.received": 1,
            "dossiers.open.resolved": 1,
        },
    )


@pytest.mark.django_db(transaction=True)
def test_what_is_counted_again_is_not_counted_twice() -> None:
    make_national_calendar()
    commune = make_all()
    make_filed(commune)

    moves = rebuild_counts()
    outbox.catch_up(at=MONDAY)

    standing = {k: v for k, v in indicators.standing([commune.desk_id]).items() if v}
    assert (moves, standing) == (1, {"dossiers.open.submitted": 1})


@pytest.mark.django_db(transaction=True)
def test_the_command_says_how_much_it_counted(capsys: pytest.CaptureFixture[str]) -> None:
    make_national_calendar()
    make_received(make_all())

    call_command("dossiers_recount")

    assert capsys.readouterr().out == "Đã đếm lại số liệu từ 2 bước.\n"
