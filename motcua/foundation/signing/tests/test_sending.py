"""Signed outside: one consent for many, a queue that waits and goes on by itself."""

from dataclasses import dataclass, replace
from datetime import timedelta

import pytest

from motcua.foundation.identity import api as identity
from motcua.foundation.signing import api as signing
from motcua.foundation.signing.models import SigningAttempt, SigningRequest, Turn
from motcua.foundation.signing.operations.granting import FRESH
from motcua.foundation.trust.api import Way
from motcua.foundation.trust.tests.make import MONDAY, make_leaf
from motcua.lib.actor import Actor

from .make import make_leader, make_request, run_signer
from .services import PIN, FakeService, make_outside_certificate, sign_by_device

pytestmark = pytest.mark.django_db
HOA = "Nguyễn Thị Hoa"
A_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True)
class Scene:
    """Hoa with a key outside, and documents that wait for her hand."""

    hoa: Actor
    hand: str
    service: FakeService
    requests: list[SigningRequest]


@pytest.fixture
def service(monkeypatch: pytest.MonkeyPatch) -> FakeService:
    made = FakeService(make_leaf(HOA))
    monkeypatch.setitem(signing.remote_signers, "fake", lambda _: made)
    return made


def make_scene(service: FakeService, *, count: int = 1, way: Way = Way.REMOTE) -> Scene:
    hoa = make_leader()
    officer_id = identity.get_account(hoa.id).officer_id
    hand = make_outside_certificate(HOA, officer_id, way=way).sha256
    requests = [make_request(hoa, owner=f"test:{i}") for i in range(count)]
    for one in requests:
        signing.begin_attempt(one.code, by=hoa, at=MONDAY, hand=hand)
    run_signer()
    return Scene(hoa, hand, service, requests)


def authorise(scene: Scene, pin: str = PIN) -> int:
    return signing.authorise(scene.hand, signing.Secrets(pin), by=scene.hoa, at=MONDAY)


def states() -> list[str]:
    return list(SigningAttempt.objects.order_by("id").values_list("state", flat=True))


def test_the_ways_she_has_are_offered(service: FakeService) -> None:
    scene = make_scene(service)

    found = signing.hands_for(scene.hoa, MONDAY)

    assert [one.way for one in found] == ["server", "remote", "elsewhere"]
    assert [one.key for one in found[1:]] == [scene.hand, signing.ELSEWHERE]


def test_one_pin_signs_three_documents(service: FakeService) -> None:
    scene = make_scene(service, count=3)

    granted = authorise(scene)
    run_signer()

    assert (granted, service.granted, service.asked) == (3, [3], [3])
    assert states() == ["finished"] * 3


def test_the_service_is_asked_for_no_more_at_once_than_it_takes(service: FakeService) -> None:
    service.most_at_once = 2
    scene = make_scene(service, count=3)

    authorise(scene)
    run_signer()

    assert service.asked == [2, 1]


def test_without_consent_nothing_is_signed(service: FakeService) -> None:
    make_scene(service)

    run_signer(MONDAY + A_MINUTE)

    assert (states(), service.asked) == (["prepared"], [])


def test_a_wrong_pin_is_told_and_loses_nothing(service: FakeService) -> None:
    scene = make_scene(service)

    with pytest.raises(signing.GrantRefused, match="PIN sai"):
        authorise(scene, "000000")

    assert states() == ["prepared"]


def test_a_service_that_is_away_is_asked_again_until_it_is_back(service: FakeService) -> None:
    scene = make_scene(service, count=2)
    authorise(scene)
    service.is_away = True
    run_signer()
    waiting = states()
    service.is_away = False

    run_signer(MONDAY + A_MINUTE)

    assert waiting == ["granted", "granted"]
    assert states() == ["finished", "finished"]


def test_a_service_that_is_away_when_consent_is_given_is_told(service: FakeService) -> None:
    scene = make_scene(service)
    service.is_away = True

    with pytest.raises(signing.ServiceAway, match="không trả lời"):
        authorise(scene)


def test_a_consent_that_ran_out_is_asked_for_again(service: FakeService) -> None:
    service.until = MONDAY + A_MINUTE
    scene = make_scene(service)
    authorise(scene)
    service.is_away = True
    run_signer()
    service.is_away = False

    run_signer(MONDAY + 5 * A_MINUTE)

    assert (states(), service.asked) == (["prepared"], [])
    assert "cho phép ký lại" in signing.latest_error_of(scene.requests[0].pk)


def test_what_waited_too_long_is_prepared_with_the_present_moment(service: FakeService) -> None:
    make_scene(service)
    before = bytes(SigningAttempt.objects.get().attributes or b"")

    run_signer(MONDAY + FRESH)

    after = bytes(SigningAttempt.objects.get().attributes or b"")
    assert (states(), before == after) == (["prepared"], False)


def test_a_permission_holds_only_for_what_was_consented_to(
    service: FakeService, monkeypatch: pytest.MonkeyPatch
) -> None:
    scene = make_scene(service)
    honest = service.authorise

    def slow(wanted: signing.ToSign, secrets: signing.Secrets) -> signing.Grant:
        SigningAttempt.objects.update(attributes=b"prepared anew meanwhile")
        return honest(wanted, secrets)

    monkeypatch.setattr(service, "authorise", slow)

    assert (authorise(scene), states()) == (0, ["prepared"])


def test_too_few_signatures_are_none(service: FakeService, monkeypatch: pytest.MonkeyPatch) -> None:
    scene = make_scene(service, count=2)
    authorise(scene)
    monkeypatch.setattr(service, "sign", lambda *_: [b"x"])

    run_signer()

    assert states() == ["prepared", "prepared"]
    assert "trả về thiếu" in signing.latest_error_of(scene.requests[0].pk)


def test_swapped_signatures_never_become_documents(
    service: FakeService, monkeypatch: pytest.MonkeyPatch
) -> None:
    scene = make_scene(service, count=2)
    authorise(scene)
    honest = service.sign
    monkeypatch.setattr(service, "sign", lambda w, g: list(reversed(honest(w, g))))

    run_signer()

    assert states() == ["failed", "failed"]
    assert set(Turn.objects.filter(role="leader").values_list("state", flat=True)) == {"ready"}


def test_a_signature_that_came_survives_a_kill(service: FakeService) -> None:
    scene = make_scene(service)
    authorise(scene)
    attempt = SigningAttempt.objects.get()
    raw = service.sign(signing.ToSign("", [_digest(attempt)]), signing.Grant("", MONDAY))[0]
    SigningAttempt.objects.update(state="signed", raw=raw)

    run_signer()

    assert states() == ["finished"]


def _digest(attempt: SigningAttempt) -> bytes:
    return bytes.fromhex(sign_by_device(make_leaf(HOA), [attempt])[0].attributes_sha256)


def test_the_permission_is_kept_sealed_and_only_until_it_is_used(service: FakeService) -> None:
    scene = make_scene(service)
    authorise(scene)
    kept = SigningAttempt.objects.get().sealed_grant

    run_signer()

    assert ("sad" in kept, kept != "", SigningAttempt.objects.get().sealed_grant) == (
        False,
        True,
        "",
    )


def test_consent_on_the_services_own_page(service: FakeService) -> None:
    scene = make_scene(service, count=2)
    page = signing.OwnPage("https://mot-cua.example/ve/", "dau", "thach-thuc")
    url, ids = signing.consent_address(scene.hand, page, by=scene.hoa)
    given = {"code": "c", "verifier": "v", "return_url": page.return_url}

    granted = signing.take_consent(ids, given, by=scene.hoa, at=MONDAY)
    run_signer()

    assert (url, granted) == ("https://dich-vu.example/?state=dau&n=2", 2)
    assert states() == ["finished", "finished"]


def test_nobody_else_consents_for_her(service: FakeService) -> None:
    scene = make_scene(service)
    dung = Actor(990, "Lò Văn Dũng")

    with pytest.raises(signing.NotYourTurn):
        authorise(replace(scene, hoa=dung))


def test_what_a_device_signed_is_taken(service: FakeService) -> None:
    scene = make_scene(service, count=2, way=Way.AGENT)
    signed = sign_by_device(make_leaf(HOA), signing.underway_of(scene.hoa))

    taken = signing.take_signatures(signed, by=scene.hoa, at=MONDAY)
    run_signer()

    assert (taken, states()) == (2, ["finished", "finished"])


def test_what_a_device_signed_too_late_does_not_fit(service: FakeService) -> None:
    scene = make_scene(service, way=Way.AGENT)
    signed = sign_by_device(make_leaf(HOA), signing.underway_of(scene.hoa))
    run_signer(MONDAY + FRESH)

    taken = signing.take_signatures(signed, by=scene.hoa, at=MONDAY + FRESH)

    assert (taken, states()) == (0, ["prepared"])


def test_the_signature_of_another_device_frees_the_turn(service: FakeService) -> None:
    scene = make_scene(service, way=Way.AGENT)
    signed = sign_by_device(make_leaf("Lò Văn Dũng"), signing.underway_of(scene.hoa))

    signing.take_signatures(signed, by=scene.hoa, at=MONDAY)
    run_signer()

    assert states() == ["failed"]
    assert "không khớp" in signing.latest_error_of(scene.requests[0].pk)


def test_a_service_that_is_not_set_up_is_told(service: FakeService) -> None:
    scene = make_scene(service)
    del signing.remote_signers["fake"]

    with pytest.raises(signing.GrantRefused, match="chưa nối"):
        authorise(scene)
