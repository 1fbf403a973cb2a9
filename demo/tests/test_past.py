"""The past of the demo: spread as laid down, in the plan and in what the operations made of it."""

from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from itertools import groupby
from operator import attrgetter

import pytest
from django.db import transaction
from django.db.models import F, Q

from demo.cast import Cast
from demo.catalogue import CERTIFIED_COPIES
from demo.past import live_all
from demo.plan import OF_PROVINCE, WANTED, as_shares, plan_past, shares_of
from motcua.casework.dossiers import api as dossiers
from motcua.casework.dossiers.api import Dossier
from motcua.foundation.organisation import api as organisation
from motcua.lib.clock import HANOI

pytestmark = pytest.mark.usefixtures("cast")
NOW = datetime(2026, 9, 21, 10, 0, tzinfo=HANOI)
SMALL = 100
TOLERANCE = 0.015


@pytest.fixture(scope="module")
def lived(cast: Cast) -> Iterator[list[str]]:
    """Live a small past and yield its codes; it is taken back after these tests."""
    with transaction.atomic():
        yield list(live_all(plan_past(NOW, SMALL), cast))
        transaction.set_rollback(True)


def _near(shares: dict[str, float], tolerance: float) -> list[str]:
    return [
        f"{name}: {share:.3f}, not {WANTED[name]}"
        for name, share in shares.items()
        if abs(share - WANTED[name]) > tolerance
    ]


def test_the_plan_is_spread_as_laid_down() -> None:
    past = plan_past(NOW)

    assert len(past) == 1500
    assert _near(shares_of(past), TOLERANCE) == []


def test_the_plan_is_the_same_each_time() -> None:
    assert plan_past(NOW, 50) == plan_past(NOW, 50)


def test_everything_was_filed_within_nine_months() -> None:
    days = {(NOW - one.filed_at).days for one in plan_past(NOW)}

    assert (min(days) >= 3, max(days) <= 270) == (True, True)


def test_the_operations_make_of_a_small_plan_what_was_planned(cast: Cast, lived: list[str]) -> None:
    past = plan_past(NOW, SMALL)

    made, rows = _shares_made(), Dossier.objects.filter(origin__startswith="demo-")
    assert len(lived) == SMALL
    assert made == pytest.approx(shares_of(past))
    assert dossiers.OPEN & set(rows.values_list("status", flat=True)) == set()
    assert list(live_all(past, cast)) == []


@pytest.mark.usefixtures("lived")
def test_every_dossier_goes_from_status_to_status_without_a_gap() -> None:
    moves = dossiers.DossierMove.objects.order_by("dossier_id", "seq")
    lives = [list(life) for _, life in groupby(moves, key=attrgetter("dossier_id"))]
    assert len(lives) == SMALL
    assert [life[0].dossier_id for life in lives if dossiers.verify_moves(life)] == []


@pytest.mark.usefixtures("lived")
def test_nothing_of_the_past_lies_in_the_future() -> None:
    assert not Dossier.objects.filter(origin__startswith="demo-", closed_at__gt=NOW).exists()


def _shares_made() -> dict[str, float]:
    """Count in the database what the plan counts in itself."""
    rows = Dossier.objects.filter(
        Q(origin__startswith="demo-") | Q(procedure__code=CERTIFIED_COPIES)
    )
    was_late = Q(resolved_at__gt=F("due_at")) | Q(
        reappointed_at__isnull=False, resolved_at__gt=F("due_originally_at")
    )
    found = Counter[str](rows.values_list("channel", flat=True))
    found.update(rows.values_list("status", flat=True))
    tree = organisation.tree()
    is_of_province = rows.filter(procedure__code__in=OF_PROVINCE).count()
    found["late"] = rows.filter(was_late).count()
    found["apology"] = rows.filter(reappointed_at__isnull=False, reappointed_late=False).count()
    found["supplement"] = rows.filter(supplements__gt=0).count()
    found["second_supplement"] = rows.filter(supplements__gt=1).count()
    found["elsewhere"] = sum(
        tree.agency_of(desk).id != agency
        for desk, agency, code in rows.values_list(
            "receiving_unit_id", "agency_id", "procedure__code"
        )
        if code not in OF_PROVINCE
    )
    found["helped"] = rows.exclude(helper_name="").count()
    found["certification"] = rows.filter(procedure__code=CERTIFIED_COPIES).count()
    found["commune"] = rows.count() - is_of_province
    return as_shares(found, rows.count())
