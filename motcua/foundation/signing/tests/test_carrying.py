"""The queue of the signer: what is due is signed, what fails is told, nothing is signed twice."""

import io
import json
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import IntegrityError
from pytest_django import Settings

from motcua.foundation.signing import api as signing
from motcua.foundation.signing.errors import VersionSignedMeanwhile
from motcua.foundation.signing.models import DocumentVersion, SigningAttempt, SigningRequest, Turn
from motcua.foundation.signing.operations import carrying
from motcua.foundation.signing.operations.carrying import sign_here
from motcua.foundation.signing.operations.finishing import finish_attempt
from motcua.foundation.trust.tests.make import (
    MONDAY,
)
from motcua.lib.actor import Actor

from .make import make_asked, make_drafted, make_leader, make_request, run_signer

pytestmark = pytest.mark.django_db
A_MINUTE = timedelta(minutes=1)


def test_the_versions_follow_one_another() -> None:
    request = make_asked()

    run_signer()

    versions = DocumentVersion.objects.filter(request=request).order_by("seq")
    assert [one.made_by for one in versions] == ["drafted", "prepared", "signed"]


def test_numbers_are_given_in_order_with_their_day() -> None:
    hoa = make_leader()
    requests = [make_request(hoa, owner=f"test:{i}") for i in (1, 2)]
    for request in requests:
        signing.begin_attempt(request.code, by=hoa, at=MONDAY)
    run_signer()

    sealed = [signing.number_and_seal(one.code, by=hoa, at=MONDAY) for one in requests]

    expected = [("01/G15", date(2026, 3, 2)), ("02/G15", date(2026, 3, 2))]
    assert [(one.number_words, one.numbered_on) for one in sealed] == expected


def test_before_the_leader_nobody_seals() -> None:
    hoa = make_leader()
    request = make_request(hoa)

    with pytest.raises(signing.NotYourTurn):
        signing.number_and_seal(request.code, by=hoa, at=MONDAY)


def test_a_turn_in_the_leaders_name_is_nobody_elses() -> None:
    hoa = make_leader()
    request = make_request(hoa)
    deputy = Actor(990, "Lò Văn Phó", powers=hoa.powers)

    with pytest.raises(signing.NotYourTurn, match="Nguyễn Thị Hoa"):
        signing.begin_attempt(request.code, by=deputy, at=MONDAY)


def test_a_version_is_signed_once_however_many_try() -> None:
    request = make_asked()
    attempt = SigningAttempt.objects.select_related("turn__request", "certificate").get()
    first, second = (sign_here(attempt, at=MONDAY) for _ in range(2))
    finish_attempt(attempt.pk, first, at=MONDAY)

    with pytest.raises(VersionSignedMeanwhile):
        finish_attempt(attempt.pk, second, at=MONDAY)

    assert DocumentVersion.objects.filter(request=request).count() == 3


def test_what_a_killed_signer_left_is_taken_up_when_its_lease_is_over() -> None:
    make_asked()
    SigningAttempt.objects.update(tries=1, next_try_at=MONDAY + carrying.LEASE)

    worked = (run_signer(MONDAY + A_MINUTE), run_signer(MONDAY + 3 * A_MINUTE))

    assert worked == (0, 1)


def test_a_holder_that_is_away_is_asked_again_later(monkeypatch: pytest.MonkeyPatch) -> None:
    class Away:
        def sign_many(self, *_: object) -> list[bytes]:
            raise signing.HolderAway("Nơi giữ khóa không trả lời.")

    request = make_asked()
    monkeypatch.setitem(signing.token_holders, "software", Away)

    run_signer()

    attempt = SigningAttempt.objects.get(turn__request=request)
    assert (attempt.state, attempt.latest_error) == ("asked", "Nơi giữ khóa không trả lời.")
    assert attempt.next_try_at == MONDAY + carrying.FIRST_PAUSE


def test_a_key_that_is_refused_frees_the_turn(settings: Settings) -> None:
    request = make_asked()
    settings.SIGNING_DEMO = False

    run_signer()

    turn = Turn.objects.get(request=request, seq=0)
    assert (turn.state, signing.latest_error_of(request.pk)[:19]) == (
        "ready",
        "Khóa trong tệp chỉ ",
    )


def test_a_false_answer_never_becomes_a_signature(monkeypatch: pytest.MonkeyPatch) -> None:
    class Liar:
        def sign_many(self, *_: object) -> list[bytes]:
            return [b"\1" * 256]

    request = make_asked()
    monkeypatch.setitem(signing.token_holders, "software", Liar)

    run_signer()

    assert DocumentVersion.objects.filter(request=request).count() == 1
    assert "không khớp" in signing.latest_error_of(request.pk)


def test_something_unforeseen_is_tried_again_and_stops_nobody(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    class Broken:
        def sign_many(self, *_: object) -> list[bytes]:
            raise RuntimeError("a bug")

    request = make_asked()
    monkeypatch.setitem(signing.token_holders, "software", Broken)

    assert run_signer() == 1
    assert "RuntimeError" in signing.latest_error_of(request.pk)


def test_the_database_refuses_two_tries_at_once() -> None:
    make_asked()
    attempt = SigningAttempt.objects.get()
    attempt.pk = None

    with pytest.raises(IntegrityError, match="one_attempt_underway"):
        attempt.save(force_insert=True)


def test_the_command_tells_whether_all_passed(tmp_path: Path) -> None:
    request = make_asked()
    run_signer()
    path = tmp_path / "giay.pdf"
    path.write_bytes(signing.document_of(SigningRequest.objects.get(pk=request.pk)))
    told = io.StringIO()

    call_command("verify", str(path), "--json", "--at", "2026-03-05", stdout=told)

    report = json.loads(told.getvalue())[0]
    assert report["verdict"]["indication"] == "TOTAL-PASSED"
    assert [one["signer"] for one in report["signatures"]] == ["Nguyễn Thị Hoa"]


def test_the_command_answers_unsigned_with_two(tmp_path: Path) -> None:
    path = tmp_path / "giay.pdf"
    path.write_bytes(make_drafted())

    with pytest.raises(SystemExit) as ended:
        call_command("verify", str(path), stdout=io.StringIO())

    assert ended.value.code == 2
