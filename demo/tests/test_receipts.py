"""Who collects in the demo: tax codes that hold, numbers of both kinds."""

import pytest

from demo.cast import Cast, founder
from demo.receipts import register_receipts, tax_code
from motcua.casework.receipts import api as receipts
from motcua.foundation.people.api import check_tax_code
from motcua.lib.clock import local_day

from .provinces import AT


def test_tax_codes_of_the_demo_hold() -> None:
    codes = [tax_code(number) for number in range(1_000_000, 1_000_200)]

    for code in codes:
        check_tax_code(code)
    assert len(set(codes)) == len(codes)


@pytest.mark.django_db
def test_each_collecting_agency_has_its_two_series_once(cast: Cast) -> None:  # noqa: ARG001 -- the province stands
    made = [register_receipts(by=founder(), at=AT) for _ in range(2)]

    rows = receipts.series_of(None, year=local_day(AT).year)
    assert (made[0] > 1, made[1], len(rows)) == (True, 0, 2 * made[0])
