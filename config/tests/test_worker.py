"""The worker goes on whatever happens in a round or in the thread that waits for strangers."""

import threading
from datetime import timedelta

import pytest
from django.db import connection

from config.management.commands import worker
from motcua.foundation.jobs import api as jobs
from motcua.foundation.outbox import api as outbox
from motcua.lib.clock import now


class Never:
    """No signer."""

    def look(self) -> None:
        """Find nothing to sign."""


def broken(**_: object) -> int:
    raise ZeroDivisionError


@pytest.mark.django_db
def test_a_round_that_fails_is_followed_by_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection, "close", lambda: None)
    monkeypatch.setattr(worker, "close_old_connections", lambda: None)
    monkeypatch.setattr(outbox, "catch_up", broken)
    signer, due = Never(), now()

    assert worker._round("w", due, signer) == (-1, due)  # type: ignore[arg-type]  # noqa: SLF001 -- one round; a signer that is never called


def test_the_thread_beside_the_rounds_outlives_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    stopped, turns = threading.Event(), []

    def run_due(**_: object) -> int:
        turns.append(1)
        if len(turns) == 1:
            raise ZeroDivisionError
        stopped.set()
        return 0

    monkeypatch.setattr(jobs, "run_due", run_due)
    monkeypatch.setattr(worker, "JOBS_EVERY", timedelta(0))
    thread = threading.Thread(target=worker.go_outside, args=[stopped], daemon=True)
    thread.start()
    thread.join(5)

    assert (len(turns), thread.is_alive()) == (2, False)
