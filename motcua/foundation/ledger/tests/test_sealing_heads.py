"""The province's seal signs heads when its key can be reached; publishing never waits for it."""

import json
from pathlib import Path

import pytest
from pytest_django import Settings

from motcua.foundation.jobs import api as jobs
from motcua.foundation.ledger import api as ledger
from motcua.foundation.signing.tests.make import PROVINCE, make_province
from motcua.foundation.trust import api as trust
from tools.verify_ledger import RIGHT, UNSIGNED, main

from .make import MONDAY, bear_witness, later, make_fact, publish_to, settle, use_key, write

pytestmark = pytest.mark.django_db(transaction=True)


def make_published(settings: Settings, folder: Path) -> tuple[ledger.Head, Path]:
    """Return a published head and the folder of what is published."""
    place = publish_to(settings, folder)
    write(make_fact())
    head = settle()
    assert head is not None
    ledger.publish(at=MONDAY)
    return head, place


def signers_in(place: Path, head: ledger.Head) -> list[tuple[str, str]]:
    plain = json.loads((place / f"heads/2026-03/{head.size}.json").read_text())
    return [(one["name"].partition(",")[0], one["kind"]) for one in plain["signatures"]]


def test_the_seal_joins_the_key_of_the_ledger(settings: Settings, tmp_path: Path) -> None:
    make_province(has_seal=True)
    key = use_key(settings)
    head, place = make_published(settings, tmp_path)

    count = ledger.seal_heads(at=MONDAY)

    assert (count, signers_in(place, head)) == (1, [(key.name, "own"), (PROVINCE, "own")])
    assert (place / "checkpoint").read_text().count("\n— ") == 2


def test_by_the_seal_alone_anybody_finds_the_head_signed(
    settings: Settings, tmp_path: Path
) -> None:
    make_province(has_seal=True)
    settings.LEDGER_SIGNER = ""
    bear_witness(make_fact())
    _, place = make_published(settings, tmp_path)
    before = main([str(place)])

    ledger.seal_heads(at=MONDAY)

    assert (before, main([str(place)])) == (UNSIGNED, RIGHT)
    assert list(ledger.verify()) == []


def test_a_head_is_sealed_once(settings: Settings, tmp_path: Path) -> None:
    make_province(has_seal=True)
    make_published(settings, tmp_path)

    counts = [ledger.seal_heads(at=MONDAY), ledger.seal_heads(at=MONDAY)]

    assert (counts, ledger.want_seals(at=MONDAY)) == ([1, 0], False)


def test_the_signer_is_called_where_a_head_waits(settings: Settings, tmp_path: Path) -> None:
    make_province(has_seal=True)
    make_published(settings, tmp_path)

    assert ledger.want_seals(at=MONDAY)
    assert jobs.is_job_due(MONDAY, runner=jobs.SIGNER)


def test_a_key_that_is_away_stops_nothing(settings: Settings, tmp_path: Path) -> None:
    make_province(has_seal=True)
    head, place = make_published(settings, tmp_path)
    keys, settings.SIGNING_KEYS_DIR = settings.SIGNING_KEYS_DIR, str(tmp_path / "nowhere")
    away = ledger.seal_heads(at=MONDAY)
    settings.SIGNING_KEYS_DIR = keys
    write(make_fact(2))
    newer = settle(at=later())

    count = ledger.seal_heads(at=later())

    assert (away, newer is not None, count) == (0, True, 2)
    assert (PROVINCE, "own") in signers_in(place, head)


def test_a_signature_of_another_key_is_not_kept(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_province(has_seal=True)
    head, place = make_published(settings, tmp_path)
    monkeypatch.setattr(
        "motcua.foundation.ledger.operations.sealing_heads.signing.seal_bytes",
        lambda _, texts: [b"x" * 256 for _ in texts],
    )

    assert ledger.seal_heads(at=MONDAY) == 0
    assert PROVINCE not in [name for name, _ in signers_in(place, head)]


@pytest.mark.parametrize("is_there", [False, True])
def test_without_a_seal_that_signs_by_itself_heads_are_as_before(
    settings: Settings, tmp_path: Path, *, is_there: bool
) -> None:
    if is_there:
        make_province(has_seal=True)
        trust.Certificate.objects.update(state="suspended")
    head, place = make_published(settings, tmp_path)

    assert (ledger.seal_heads(at=MONDAY), ledger.want_seals(at=MONDAY)) == (0, False)
    assert PROVINCE not in [name for name, _ in signers_in(place, head)]
