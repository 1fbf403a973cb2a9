"""Every fault, some of each: the whole number is played by `./run bench-payments`."""

import pytest

from .faults import FAULTS, play_payments, wrong_in
from .make import Partner, make_till

pytestmark = pytest.mark.django_db


def test_payments_with_every_fault_end_balanced_and_explained(partner: Partner) -> None:
    play = play_payments(make_till(), partner, len(FAULTS))

    assert wrong_in(play) == []
    assert len(play.truth) == 15
