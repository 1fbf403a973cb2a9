from datetime import timedelta

import pytest

from motcua.casework.dossiers.choices import Status

from .make import MONDAY, get_dossier, make_all, make_filed, make_received

pytestmark = pytest.mark.django_db


def test_an_outside_code_is_kept_as_the_official_one() -> None:
    code = make_filed(make_all(), outside_code="G09.20-20260302-0092637", origin="dvcqg")

    assert (code, get_dossier(code).origin) == ("G09.20-20260302-0092637", "dvcqg")


def test_what_came_by_post_counts_from_its_hand_over_minutes() -> None:
    friday = MONDAY - timedelta(days=3)

    code = make_received(make_all(), legal_at=friday)

    dossier = get_dossier(code)
    assert (dossier.status, dossier.submitted_at, dossier.clock_from, dossier.entered_late_at) == (
        Status.RECEIVED,
        friday,
        friday,
        MONDAY,
    )
