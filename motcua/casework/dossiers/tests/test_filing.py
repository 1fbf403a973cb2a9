from datetime import timedelta

import pytest

from motcua.casework.dossiers.choices import Status
from motcua.casework.dossiers.operations.reception import receive_in_person
from motcua.casework.procedures.api import FilingChannel

from .make import MONDAY, get_dossier, make_all, make_application, make_filed, make_received

pytestmark = pytest.mark.django_db


def test_an_outside_code_is_kept_as_the_official_one() -> None:
    code = make_filed(make_all(), outside_code="G09.20-20260302-0092637", origin="dvcqg")

    assert (code, get_dossier(code).origin) == ("G09.20-20260302-0092637", "dvcqg")


def test_what_is_entered_later_counts_from_when_it_was_taken_and_says_so() -> None:
    friday = MONDAY - timedelta(days=3)

    code = make_received(make_all(), legal_at=friday)

    dossier = get_dossier(code)
    assert (dossier.status, dossier.submitted_at, dossier.clock_from, dossier.entered_late_at) == (
        Status.RECEIVED,
        friday,
        friday,
        MONDAY,
    )


def test_what_came_by_post_counts_from_its_minutes_and_is_not_late_entered() -> None:
    commune, friday = make_all(), MONDAY - timedelta(days=3)
    application = make_application(commune, channel=FilingChannel.POST, legal_at=friday)

    code = receive_in_person(application, desk_unit_id=commune.desk_id, by=commune.binh, at=MONDAY)

    dossier = get_dossier(code)
    assert (dossier.clock_from, dossier.entered_late_at) == (friday, None)
