"""A file of a stranger is examined in a process with limits, and nothing it does reaches us."""

import subprocess
from collections.abc import Callable
from dataclasses import asdict, replace
from threading import BoundedSemaphore

import pytest

from motcua.foundation.signing.errors import ExaminersBusy
from motcua.foundation.signing.operations import examining
from motcua.foundation.signing.operations.examining import examine_apart
from motcua.foundation.signing.rules.examining.files import examine_file
from motcua.foundation.signing.rules.examining.report import Indication
from motcua.foundation.signing.rules.examining.words import LIMIT

from . import corpus
from .test_engine import make_world


def test_the_process_says_the_same_as_the_judge() -> None:
    sealed = corpus.make_sealed()

    apart = examine_apart(sealed, make_world())

    judged = examine_file(sealed, make_world())
    # What leaves the process says besides whose numbers the certificates name: here nobody's.
    marked = tuple(replace(one, holder=()) for one in judged.signatures)
    assert asdict(apart) == asdict(replace(judged, signatures=marked))


@pytest.mark.parametrize("made", [corpus.bomb, corpus.deeply_nested])
def test_a_bomb_ends_without_a_verdict_in_its_favour(made: Callable[[], bytes]) -> None:
    verdict = examine_apart(made(), make_world()).verdict

    assert verdict.indication == Indication.INDETERMINATE


def test_a_process_that_was_ended_is_told_as_a_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(examining, "SECONDS", 0.0005)

    verdict = examine_apart(corpus.make_sealed(), make_world()).verdict

    assert (verdict.indication, verdict.sub) == (Indication.INDETERMINATE, LIMIT)


@pytest.mark.parametrize("said", [b"", b"[]", b'{"sha256": "0"}'])
def test_nothing_is_believed_of_a_process_that_speaks_nonsense(
    said: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(examining.nursery, "ask", lambda *_, **__: said)

    verdict = examine_apart(b"%PDF-1.7", make_world()).verdict

    assert (verdict.indication, verdict.sub) == (Indication.INDETERMINATE, LIMIT)


def test_a_crowd_is_asked_to_come_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(examining, "WAIT_SECONDS", 0.01)
    monkeypatch.setattr(examining, "free", BoundedSemaphore(1))

    with examining.free, pytest.raises(ExaminersBusy):
        examine_apart(b"%PDF-1.7", make_world())


def test_the_second_examination_need_not_load_the_engine_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    sealed, world = corpus.make_sealed(), make_world()
    first = examine_apart(sealed, world)
    monkeypatch.delattr(subprocess, "Popen")

    assert examine_apart(sealed, world) == first


def test_a_process_that_ended_is_started_again() -> None:
    world = make_world()
    examine_apart(b"%PDF-1.7", world)
    examining.nursery.end()

    report = examine_apart(corpus.make_sealed(), world)

    assert report.verdict.indication == Indication.PASSED


def test_a_bomb_takes_nobody_with_it() -> None:
    world = make_world()
    examine_apart(corpus.bomb(), world)

    report = examine_apart(corpus.make_sealed(), world)

    assert report.verdict.indication == Indication.PASSED
