"""What waits for the signer wakes it; what waits for a later try, or is over, does not."""

from datetime import timedelta

import pytest
from django.core.management import call_command

from motcua.foundation.signing import api as signing
from motcua.foundation.signing.models import SigningAttempt, Turn
from motcua.foundation.signing.queries.queue import QueueState
from motcua.foundation.trust.tests.make import MONDAY
from motcua.lib.clock import now

from .make import make_asked, run_signer

pytestmark = pytest.mark.django_db
A_MINUTE = timedelta(minutes=1)


def test_nothing_asked_wakes_nobody() -> None:
    assert not signing.is_work_due(MONDAY)


def test_what_was_asked_wakes_the_signer_until_it_is_signed() -> None:
    make_asked()
    before = signing.is_work_due(MONDAY)

    run_signer()

    assert (before, signing.is_work_due(MONDAY)) == (True, False)


def test_a_later_try_wakes_the_signer_at_its_moment() -> None:
    make_asked()
    SigningAttempt.objects.update(next_try_at=MONDAY + A_MINUTE)

    due = [signing.is_work_due(MONDAY + minutes * A_MINUTE) for minutes in (0, 1)]

    assert due == [False, True]


def test_the_queue_says_how_far_it_is_behind() -> None:
    make_asked()

    assert signing.queue_state(MONDAY + 4 * A_MINUTE) == QueueState(1, 4 * A_MINUTE, 0)
    assert signing.queue_state(MONDAY - A_MINUTE) == QueueState(0, timedelta(), 0)


@pytest.mark.django_db(transaction=True)
def test_a_called_signer_signs_what_waits_and_ends() -> None:
    make_asked()
    SigningAttempt.objects.update(expires_at=now() + A_MINUTE)

    call_command("signer", "--idle", "0.1")

    assert Turn.objects.get(seq=0).state == signing.TurnState.DONE
