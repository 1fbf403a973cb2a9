"""One rating for one dossier, by whoever filed it."""

import pytest
from django.db import IntegrityError, transaction

from motcua.casework.dossiers.api import NoSuchDossier
from motcua.casework.dossiers.tests.make import (
    DUNG,
    LAN,
    MONDAY,
    get_dossier,
    make_all,
    make_filed,
    make_resolved,
)
from motcua.casework.indicators import api as indicators
from motcua.casework.ratings.api import (
    GIVEN,
    SATISFIED,
    Marks,
    NotYetRateable,
    RatedBefore,
    Rating,
    find_rating,
    rate_dossier,
)
from motcua.casework.ratings.measures import rebuild_counts
from motcua.foundation.calendar.tests.make import make_national_calendar
from motcua.foundation.outbox import api as outbox
from motcua.lib.clock import local_day
from motcua.lib.errors import BadInput

pytestmark = pytest.mark.django_db
GOOD = Marks(overall=3, convenience=2, timeliness=3, attitude=2)


def test_the_applicant_rates_what_has_a_result() -> None:
    code = make_resolved(make_all())

    rate_dossier(code, GOOD, " Làm nhanh ", by=LAN, at=MONDAY)

    rating = find_rating(get_dossier(code).pk)
    assert rating is not None
    assert (rating.overall, rating.convenience, rating.timeliness, rating.attitude) == GOOD
    assert rating.comment == "Làm nhanh"


def test_nothing_is_rated_before_its_result() -> None:
    code = make_filed(make_all())

    with pytest.raises(NotYetRateable, match="chưa có kết quả"):
        rate_dossier(code, GOOD, "", by=LAN, at=MONDAY)


def test_a_dossier_is_rated_once() -> None:
    code = make_resolved(make_all())
    rate_dossier(code, GOOD, "", by=LAN, at=MONDAY)

    with pytest.raises(RatedBefore, match="chỉ đánh giá một lần"):
        rate_dossier(code, GOOD, "", by=LAN, at=MONDAY)


def test_the_handling_office_does_not_rate_itself() -> None:
    commune = make_all()
    code = make_resolved(commune)

    with pytest.raises(NoSuchDossier):
        rate_dossier(code, GOOD, "", by=commune.binh, at=MONDAY)


def test_a_stranger_does_not_know_of_the_dossier() -> None:
    code = make_resolved(make_all())

    with pytest.raises(NoSuchDossier):
        rate_dossier(code, GOOD, "", by=DUNG, at=MONDAY)


@pytest.mark.parametrize("aspect", ["overall", "convenience", "timeliness", "attitude"])
@pytest.mark.parametrize("level", [0, 4])
def test_there_are_three_levels(aspect: str, level: int) -> None:
    code = make_resolved(make_all())

    with pytest.raises(BadInput) as refused:
        rate_dossier(code, GOOD._replace(**{aspect: level}), "", by=LAN, at=MONDAY)

    assert refused.value.field == aspect


@pytest.mark.parametrize("aspect", ["overall", "convenience", "timeliness", "attitude"])
def test_the_database_knows_three_levels(aspect: str) -> None:
    code = make_resolved(make_all())
    rate_dossier(code, GOOD, "", by=LAN, at=MONDAY)

    with pytest.raises(IntegrityError, match="levels_are_three"), transaction.atomic():
        Rating.objects.update(**{aspect: 4})


@pytest.mark.django_db(transaction=True)
def test_satisfaction_counts_two_of_three_levels() -> None:
    make_national_calendar()
    commune = make_all()
    for overall in (1, 2, 3):
        code = make_resolved(commune)
        rate_dossier(code, GOOD._replace(overall=overall), "", by=LAN, at=MONDAY)
    outbox.catch_up(at=MONDAY)

    rolled = [figures(unit) for unit in (commune.root_id, indicators.PROVINCE)]
    rebuild_counts()
    counted = [figures(unit) for unit in (commune.root_id, indicators.PROVINCE)]

    assert rolled == counted == [{GIVEN: 3, SATISFIED: 2}] * 2


def figures(unit_id: int) -> dict[str, int]:
    day = local_day(MONDAY)
    return indicators.totals([unit_id], (GIVEN, SATISFIED), day, day)
