"""The public figures of the year."""

from datetime import date

import pytest
from django.core.cache import cache
from django.test import Client

from motcua.casework.dossiers import api as dossiers
from motcua.casework.dossiers.tests.make import make_commune
from motcua.casework.indicators import api as indicators
from motcua.casework.ratings import api as ratings
from motcua.channels.portal.figures import figures_of_agencies, figures_of_province

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 2)


def count(unit_id: int, measure: str, value: int, *, on: date = DAY) -> None:
    indicators.add_counts([indicators.Count(unit_id, measure, on, value)])


def test_the_figures_of_a_year_begin_on_its_first_day() -> None:
    count(indicators.PROVINCE, dossiers.RECEIVED, 7, on=date(2025, 12, 31))
    count(indicators.PROVINCE, dossiers.RECEIVED, 5, on=date(2026, 1, 1))

    assert figures_of_province(DAY).received == 5


def test_shares_are_of_what_was_resolved_and_rated() -> None:
    commune = make_commune()
    for measure, value in (
        (dossiers.RESOLVED, 8),
        (dossiers.RESOLVED_LATE, 2),
        (dossiers.RESOLVED_ONLINE, 4),
        (ratings.GIVEN, 4),
        (ratings.SATISFIED, 3),
    ):
        count(commune.root_id, measure, value)

    (found,) = figures_of_agencies(DAY)

    assert (found.name, found.on_time, found.online_on_time, found.satisfied) == (
        "UBND xã Mường Phăng",
        75.0,
        100.0,
        75.0,
    )


def test_nothing_has_no_share(client: Client) -> None:
    cache.clear()

    page = client.get("/so-lieu/").content.decode()

    assert figures_of_province(DAY).on_time is None
    assert "Năm nay chưa có hồ sơ nào." in page
