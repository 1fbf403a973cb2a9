from datetime import UTC, datetime, time, timedelta
from functools import partial

import pytest

from motcua.foundation.jobs import api as jobs
from motcua.foundation.jobs import ports
from motcua.foundation.jobs.models import RecurringJob
from motcua.lib.clock import HANOI

NOW = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def _empty_registry(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ports, "registry", {})
    for shelf in ("operations", "queries"):
        monkeypatch.setattr(f"motcua.foundation.jobs.{shelf}.registry", ports.registry)


@pytest.mark.django_db
def test_a_job_is_done_once_in_its_interval() -> None:
    done: list[datetime] = []
    jobs.recurring("sweep", every=HOUR)(done.append)

    for minutes in (0, 30, 61):
        jobs.run_due(at=NOW + timedelta(minutes=minutes))

    assert done == [NOW, NOW + timedelta(minutes=61)]


@pytest.mark.django_db
def test_a_job_held_by_another_worker_is_left_alone() -> None:
    done: list[datetime] = []
    jobs.recurring("sweep", every=HOUR)(done.append)
    RecurringJob.objects.create(name="sweep", next_at=NOW, leased_until=NOW + HOUR)

    jobs.run_due(at=NOW)

    assert done == []


@pytest.mark.django_db
def test_what_needs_the_network_is_left_to_the_signer() -> None:
    done: list[datetime] = []
    jobs.recurring("fetch", every=HOUR, runner=jobs.SIGNER)(done.append)

    jobs.run_due(at=NOW)
    wanted = [jobs.is_job_due(at, runner=jobs.SIGNER) for at in (NOW, NOW + HOUR)]
    jobs.run_due(at=NOW + HOUR)
    jobs.run_due(at=NOW + HOUR, runner=jobs.SIGNER)

    assert (wanted, done) == ([False, True], [NOW + HOUR])


@pytest.mark.django_db
def test_who_waits_for_strangers_holds_up_nothing_else() -> None:
    done: list[str] = []
    jobs.recurring("ask", every=HOUR, runner=jobs.OUTSIDE)(lambda _: done.append("ask"))
    jobs.recurring("sweep", every=HOUR)(lambda _: done.append("sweep"))

    jobs.run_due(at=NOW)
    jobs.run_due(at=NOW, runner=jobs.OUTSIDE)

    assert done == ["sweep", "ask"]


@pytest.mark.django_db
def test_a_job_can_be_hurried() -> None:
    done: list[datetime] = []
    jobs.recurring("fetch", every=HOUR, runner=jobs.SIGNER)(done.append)

    jobs.hurry("fetch", at=NOW)
    jobs.run_due(at=NOW, runner=jobs.SIGNER)

    row = jobs.job_of("fetch")
    assert (done, row and row.finished_at) == ([NOW], NOW)


@pytest.mark.django_db
def test_the_lease_of_a_dead_worker_runs_out() -> None:
    done: list[datetime] = []
    jobs.recurring("sweep", every=HOUR)(done.append)
    RecurringJob.objects.create(name="sweep", next_at=NOW, leased_until=NOW - HOUR)

    jobs.run_due(at=NOW)

    assert done == [NOW]


@pytest.mark.django_db
def test_a_job_that_fails_is_named_and_the_others_are_done() -> None:
    done: list[datetime] = []

    @jobs.recurring("broken", every=HOUR)
    def fail(at: datetime) -> None:
        raise LookupError(at)

    jobs.recurring("sweep", every=HOUR)(done.append)
    jobs.run_due(at=NOW)

    assert (done, jobs.troubled_jobs(NOW)) == ([NOW], ["broken"])


@pytest.mark.django_db
def test_what_was_done_before_a_failure_stays_where_the_job_is_not_whole() -> None:
    def fail(name: str, at: datetime) -> None:
        jobs.beat(name, at=at)
        raise LookupError(name)

    jobs.recurring("whole", every=HOUR)(partial(fail, "whole"))
    jobs.recurring("step by step", every=HOUR, is_whole=False)(partial(fail, "step by step"))
    jobs.run_due(at=NOW)

    assert jobs.silent_processes(NOW + HOUR) == ["step by step"]


@pytest.mark.django_db
def test_a_process_that_no_longer_beats_is_named() -> None:
    jobs.beat("worker-1", at=NOW)

    assert (jobs.silent_processes(NOW), jobs.silent_processes(NOW + HOUR)) == ([], ["worker-1"])


@pytest.mark.django_db
def test_daily_work_waits_for_its_hour_and_is_done_once_a_day() -> None:
    done: list[datetime] = []
    jobs.daily("digest", hour=time(7, 0))(done.append)
    six = datetime(2026, 3, 2, 6, 0, tzinfo=HANOI)

    for hours in (0, 1.1, 5, 24, 25.1):
        jobs.run_due(at=six + timedelta(hours=hours))

    assert done == [six + timedelta(hours=1.1), six + timedelta(hours=25.1)]


@pytest.mark.django_db
def test_daily_work_that_failed_is_tried_again_within_the_hour() -> None:
    seven = datetime(2026, 3, 2, 7, 0, tzinfo=HANOI)

    @jobs.daily("digest", hour=time(7, 0))
    def fail(at: datetime) -> None:
        raise LookupError(at)

    for moment in (seven - HOUR, seven):
        jobs.run_due(at=moment)

    assert RecurringJob.objects.get().next_at == seven + HOUR
