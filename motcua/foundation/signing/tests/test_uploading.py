"""A document taken away comes back signed, by its signer, and the next one can go on."""

from pathlib import Path

import pytest

from motcua.foundation.signing import api as signing
from motcua.foundation.signing.models import DocumentVersion, SigningAttempt, SigningRequest, Turn
from motcua.foundation.signing.operations import uploading
from motcua.foundation.signing.rules.order import Lock
from motcua.foundation.trust.tests.make import MONDAY, make_leaf
from motcua.lib.actor import Actor

from .make import make_leader, make_prepared, make_request, run_signer
from .returned import drawn_over, sign_by_command

pytestmark = pytest.mark.django_db


def make_handed_out() -> tuple[Actor, SigningRequest, bytes]:
    """Return Hoa, a document she takes away, and its bytes."""
    hoa = make_leader()
    request = make_request(hoa)
    signing.begin_attempt(request.code, by=hoa, at=MONDAY, hand=signing.ELSEWHERE)
    run_signer()
    request.refresh_from_db()
    return hoa, request, signing.document_of(request)


def test_what_other_software_signed_is_taken_and_the_clerk_can_seal(tmp_path: Path) -> None:
    hoa, request, sent = make_handed_out()
    back = sign_by_command(sent, make_leaf("Nguyễn Thị Hoa", days=365), tmp_path)

    signing.take_upload(request.code, back, by=hoa, at=MONDAY)
    signing.number_and_seal(request.code, by=hoa, at=MONDAY)
    run_signer()

    request.refresh_from_db()
    versions = DocumentVersion.objects.filter(request=request).order_by("seq")
    made = [one.made_by for one in versions]
    assert made == ["drafted", "prepared", "uploaded", "sealed"]
    assert request.state == "completed"


def test_what_was_taken_is_byte_for_byte_what_came(tmp_path: Path) -> None:
    hoa, request, sent = make_handed_out()
    back = sign_by_command(sent, make_leaf("Nguyễn Thị Hoa", days=365), tmp_path)

    signing.take_upload(request.code, back, by=hoa, at=MONDAY)

    request.refresh_from_db()
    assert signing.document_of(request) == back


def test_a_wrong_file_loses_nothing_and_the_right_one_may_follow(tmp_path: Path) -> None:
    hoa, request, sent = make_handed_out()
    with pytest.raises(signing.NotOnlySigned, match="chưa có chữ ký"):
        signing.take_upload(request.code, drawn_over(sent), by=hoa, at=MONDAY)
    back = sign_by_command(sent, make_leaf("Nguyễn Thị Hoa", days=365), tmp_path)

    signing.take_upload(request.code, back, by=hoa, at=MONDAY)

    assert Turn.objects.get(request=request, seq=0).state == "done"


def test_a_certificate_that_is_not_hers_is_refused_by_name(tmp_path: Path) -> None:
    hoa, request, sent = make_handed_out()
    back = sign_by_command(sent, make_leaf("Lò Văn Dũng"), tmp_path)

    with pytest.raises(signing.WrongCertificate, match="Lò Văn Dũng"):
        signing.take_upload(request.code, back, by=hoa, at=MONDAY)


def test_nobody_else_brings_her_document_back() -> None:
    _, request, sent = make_handed_out()
    dung = Actor(990, "Lò Văn Dũng")

    with pytest.raises(signing.NotYourTurn):
        signing.take_upload(request.code, sent, by=dung, at=MONDAY)


def test_she_may_choose_another_way() -> None:
    hoa, request, _ = make_handed_out()

    signing.give_up(request.code, by=hoa, at=MONDAY)
    signing.begin_attempt(request.code, by=hoa, at=MONDAY)
    run_signer()

    states = SigningAttempt.objects.order_by("id").values_list("way", "state")
    assert list(states) == [("elsewhere", "failed"), ("server", "finished")]


def test_nobody_else_gives_up_for_her() -> None:
    _, request, _ = make_handed_out()

    with pytest.raises(signing.NotYourTurn):
        signing.give_up(request.code, by=Actor(990, "Lò Văn Dũng"), at=MONDAY)


def test_a_file_that_takes_too_long_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uploading, "SECONDS", 0.01)
    sent = make_prepared()

    with pytest.raises(signing.NotOnlySigned, match="quá lâu"):
        uploading.look_apart(sent, sent + b"x", "SIG_LEADER_1", Lock((), 2, is_field_lock=True))


def test_too_large_a_file_is_refused_unread(monkeypatch: pytest.MonkeyPatch) -> None:
    hoa, request, sent = make_handed_out()
    monkeypatch.setattr(uploading, "MOST_BYTES", 100)

    with pytest.raises(signing.NotOnlySigned, match="20 MB"):
        signing.take_upload(request.code, sent, by=hoa, at=MONDAY)
