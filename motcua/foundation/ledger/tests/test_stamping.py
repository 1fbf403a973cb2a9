"""Heads get a time stamp when one can be had; nothing waits for it."""

import json
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path

import pytest
from django.db import IntegrityError, InternalError, ProgrammingError
from pytest_django import Settings

from motcua.foundation.jobs import api as jobs
from motcua.foundation.ledger import api as ledger
from motcua.foundation.ledger.models import HeadStamp
from motcua.foundation.ledger.operations.stamping import STAMP
from motcua.foundation.trust import api as trust

from .make import MONDAY, make_fact, publish_to, settle, write

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _nobody_stamps(monkeypatch: pytest.MonkeyPatch) -> None:
    """Begin each test as a process that only serves pages."""
    for name in [*trust.stampers]:
        monkeypatch.delitem(trust.stampers, name)


class Stamper:
    """Stamps what it is asked to, or nothing at all."""

    def __init__(self, *, is_away: bool = False) -> None:
        self.is_away = is_away

    def __call__(self, imprint: bytes, digest: str, *, at: datetime) -> bytes:
        if self.is_away or (digest, at) != ("sha256", MONDAY):
            raise trust.LineDown("Không trả lời đúng hẹn.")
        return b"stamp of " + imprint


def use(monkeypatch: pytest.MonkeyPatch, *, is_away: bool = False) -> None:
    monkeypatch.setitem(trust.stampers, "test", Stamper(is_away=is_away))


def make_published(settings: Settings, folder: Path) -> tuple[ledger.Head, Path]:
    """Return a published head and where its file is."""
    place = publish_to(settings, folder)
    write(make_fact())
    head = settle()
    assert head is not None
    ledger.publish(at=MONDAY)
    return head, place / f"heads/2026-03/{head.size}.json"


def test_a_head_is_stamped_and_its_stamp_published(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    head, file = make_published(settings, tmp_path)
    use(monkeypatch)

    count = ledger.stamp_heads(at=MONDAY)

    text = file.with_suffix(".txt").read_bytes()
    stamp = file.with_suffix(".tst").read_bytes()
    assert (count, text.decode()) == (1, head.text)
    assert stamp == b"stamp of " + sha256(text).digest()
    assert "time_stamp" in json.loads(file.read_text())


def test_a_stamp_stays_when_everything_is_published_anew(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, file = make_published(settings, tmp_path)
    use(monkeypatch)
    ledger.stamp_heads(at=MONDAY)
    file.unlink()

    ledger.publish(at=MONDAY, anew=True)

    assert "time_stamp" in json.loads(file.read_text())


def test_a_head_is_stamped_once(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_published(settings, tmp_path)
    use(monkeypatch)

    counts = [ledger.stamp_heads(at=MONDAY), ledger.stamp_heads(at=MONDAY)]

    assert counts == [1, 0]


def test_nobody_answering_is_no_fault(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    head, file = make_published(settings, tmp_path)
    use(monkeypatch, is_away=True)

    count = ledger.stamp_heads(at=MONDAY)

    assert (count, ledger.stamps_of([head.size])) == (0, {})
    assert "time_stamp" not in json.loads(file.read_text())


def test_where_pages_are_served_nobody_is_asked(settings: Settings, tmp_path: Path) -> None:
    make_published(settings, tmp_path)

    assert ledger.stamp_heads(at=MONDAY) == 0


@pytest.mark.parametrize(
    ("address", "hours", "is_wanted"),
    [("http://tsa.example/", 0, True), ("", 0, False), ("http://tsa.example/", 25, False)],
)
def test_the_signer_is_called_only_where_it_helps(
    settings: Settings, tmp_path: Path, address: str, hours: int, *, is_wanted: bool
) -> None:
    make_published(settings, tmp_path)
    settings.TSA_ADDRESS = address

    ledger.want_stamps(at=MONDAY + timedelta(hours=hours))

    assert (jobs.job_of(STAMP) is not None) == is_wanted


def test_the_database_refuses_to_change_a_stamp() -> None:
    HeadStamp.objects.create(size=1, token=b"x", at=MONDAY)

    with pytest.raises((IntegrityError, InternalError, ProgrammingError), match="append-only"):
        HeadStamp.objects.update(token=b"y")
