"""The people of the hall in the demo: seconded, ready to stand in, away next week; the library."""

from datetime import timedelta

import pytest

from demo.cast import Cast
from demo.hall import fill_library, set_hall
from motcua.casework.reasons import api as reasons
from motcua.casework.reasons.api import ReasonKind
from motcua.foundation.staffing import api as staffing
from motcua.lib.clock import local_day

from .provinces import AT


@pytest.mark.django_db
def test_the_hall_has_one_seconded_one_stand_by_and_one_absence_to_come(small_cast: Cast) -> None:
    assert [set_hall(small_cast, AT) for _ in range(2)] == [True, False]

    (sent,) = staffing.Secondment.objects.select_related("home_unit__agency")
    (ready,) = staffing.StandBy.objects.select_related("post")
    (away,) = staffing.Absence.objects.all()
    assert (sent.home_unit.agency.code, sent.valid_to is not None) == ("H18.07", True)
    assert ready.post.code == "H18.101-02"
    assert away.valid_from == local_day(AT) + timedelta(days=7)


@pytest.mark.django_db
def test_the_library_has_a_reason_for_every_act(small_cast: Cast) -> None:  # noqa: ARG001 -- its procedures
    count = fill_library(AT)

    kinds = set(reasons.StandardReason.objects.values_list("kind", flat=True))
    assert (count >= 20, kinds) == (True, set(ReasonKind.values))
    assert fill_library(AT) == 0
