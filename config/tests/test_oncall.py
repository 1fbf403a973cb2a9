"""The signer is called when something waits for it, and what breaks is not started all the time."""

import sys
import time
from collections.abc import Callable, Sequence

import pytest

from config import oncall
from config.oncall import OnCall

STAYS = (sys.executable, "-c", "import time; time.sleep(60)")
ENDS = (sys.executable, "-c", "pass")
BREAKS = (sys.executable, "-c", "raise SystemExit(3)")


def make_on_call(words: Sequence[str], *, is_wanted: bool = True) -> OnCall:
    return OnCall(lambda: is_wanted, words, look_s=0.0)


def wait_for(is_so: Callable[[], bool]) -> bool:
    patience = time.monotonic() + 10
    while not is_so() and time.monotonic() < patience:
        time.sleep(0.02)
    return is_so()


def looked(signer: OnCall) -> int | None:
    signer.look()
    return signer.pid


def test_nothing_runs_while_nothing_waits() -> None:
    assert looked(make_on_call(STAYS, is_wanted=False)) is None


def test_one_process_runs_however_often_one_looks() -> None:
    signer = make_on_call(STAYS)

    pids = {looked(signer), looked(signer)}
    signer.end()

    assert len(pids - {None}) == 1
    assert signer.pid is None


def test_a_process_that_ended_for_want_of_work_is_started_again() -> None:
    signer = make_on_call(ENDS)
    first = looked(signer)

    assert wait_for(lambda: looked(signer) not in (first, None))
    signer.end()


def test_a_process_that_breaks_rests_before_the_next_start(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(oncall, "FIRST_REST_S", 0.5)
    signer = make_on_call(BREAKS)
    signer.look()

    assert wait_for(lambda: looked(signer) is None)
    assert wait_for(lambda: looked(signer) is not None)
    signer.end()


def test_between_two_looks_nobody_is_asked() -> None:
    asked: list[bool] = []
    signer = OnCall(lambda: bool(asked.append(True)), STAYS, look_s=60.0)  # type: ignore[func-returns-value]  # -- it only counts

    signer.look()
    signer.look()

    assert asked == [True]


def test_a_process_that_will_not_end_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(oncall, "PATIENCE_S", 0.3)
    deaf = "import signal, sys, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); "
    signer = make_on_call((sys.executable, "-c", f"{deaf}time.sleep(60)"))
    signer.look()
    time.sleep(0.3)

    signer.end()

    assert signer.pid is None
