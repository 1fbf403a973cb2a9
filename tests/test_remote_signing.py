"""Keys at a remote service sign: both versions of its API, one PIN for many, every fault told."""

import http.client
from base64 import urlsafe_b64encode
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from hashlib import sha256
from pathlib import Path
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from pytest_django import Settings

from motcua.adapters.csc.client import Client
from motcua.adapters.csc.services import client_named
from motcua.foundation.identity import api as identity
from motcua.foundation.signing import api as signing
from motcua.foundation.signing.models import SigningAttempt, SigningRequest
from motcua.foundation.signing.tests.foreign import make_decision
from motcua.foundation.signing.tests.make import make_leader, make_request, run_signer
from motcua.foundation.trust import api as trust
from motcua.foundation.trust.tests.make import QUANG, make_leaf
from motcua.lib.actor import Actor
from motcua.lib.clock import local_day, now
from simulators.csc import PIN

from .remote import Remote, keep_key, running_remote

HOA, CURVED = "Nguyễn Thị Hoa", "Lò Văn Cong"
YEARS = 3650  # these tests run by the real clock
CONTENT = b"what is to be signed"
pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("csc")
    keep_key(made, "hoa-1", make_leaf(HOA, days=YEARS))
    keep_key(made, "cong-1", make_leaf(CURVED, kind="ec", days=YEARS))
    return made


@pytest.fixture
def remote(folder: Path, settings: Settings, tmp_path: Path) -> Iterator[Remote]:
    with running_remote(folder) as found:
        found.write_settings(tmp_path / "csc.json")
        settings.CSC_FILE = str(tmp_path / "csc.json")
        yield found


def wanted(*contents: bytes, key: str = "hoa-1") -> signing.ToSign:
    return signing.ToSign(key, [sha256(one).digest() for one in contents])


@pytest.mark.parametrize("version", ["v1", "v2"])
@pytest.mark.usefixtures("remote")
def test_one_permission_signs_many(version: str) -> None:
    client = client_named(version)
    asked = wanted(CONTENT, b"another")

    raws = client.sign(asked, client.authorise(asked, signing.Secrets(PIN)))

    key = make_leaf(HOA, days=YEARS).key.public_key()
    assert isinstance(key, rsa.RSAPublicKey)
    key.verify(raws[0], CONTENT, padding.PKCS1v15(), hashes.SHA256())
    key.verify(raws[1], b"another", padding.PKCS1v15(), hashes.SHA256())


@pytest.mark.parametrize("version", ["v1", "v2"])
@pytest.mark.usefixtures("remote")
def test_an_elliptic_key_signs(version: str) -> None:
    client = client_named(version)
    asked = wanted(CONTENT, key="cong-1")

    (raw,) = client.sign(asked, client.authorise(asked, signing.Secrets(PIN)))

    key = make_leaf(CURVED, kind="ec", days=YEARS).key.public_key()
    assert isinstance(key, ec.EllipticCurvePublicKey)
    key.verify(raw, CONTENT, ec.ECDSA(hashes.SHA256()))


@pytest.mark.parametrize("version", ["v1", "v2"])
@pytest.mark.usefixtures("remote")
def test_a_key_is_told_with_its_certificate_and_how_it_asks(version: str) -> None:
    client = client_named(version)

    found = client.find_keys("hoa")
    key = client.get_key(found[0])

    assert key.certificates[0] == make_leaf(HOA, days=YEARS).der
    assert (found, key.consent, key.most_at_once) == (["hoa-1"], signing.Consent.PIN, 50)


def test_a_second_secret_is_asked_for(folder: Path, settings: Settings, tmp_path: Path) -> None:
    settings.CSC_FILE = str(tmp_path / "csc.json")
    with running_remote(folder, consent="pin_and_otp") as remote:
        remote.write_settings(tmp_path / "csc.json")
        asked = [client_named(one).get_key("hoa-1").consent for one in ("v1", "v2")]
        client_named("v2").send_otp("hoa-1")
        with pytest.raises(signing.HolderRefuses, match="dùng một lần sai"):
            client_named("v2").authorise(wanted(CONTENT), signing.Secrets(PIN, "0"))

    assert asked == [signing.Consent.PIN_AND_OTP] * 2


@pytest.mark.usefixtures("remote")
def test_three_wrong_pins_lock_with_a_clear_answer() -> None:
    client = client_named("v1")
    words = []
    for pin in ("1", "2", "3", PIN):
        with pytest.raises(signing.HolderRefuses) as told:
            client.authorise(wanted(CONTENT), signing.Secrets(pin))
        words.append(str(told.value)[:13])

    assert words == ["Mã PIN sai. H"] * 3 + ["Dịch vụ đã kh"]


@pytest.mark.usefixtures("remote")
def test_a_permission_covers_only_its_hashes() -> None:
    client = client_named("v1")
    grant = client.authorise(wanted(CONTENT), signing.Secrets(PIN))

    with pytest.raises(signing.GrantEnded):
        client.sign(wanted(b"something else"), grant)


@pytest.mark.parametrize("fault", ["down", "nonsense", "few"])
def test_a_service_in_trouble_is_waited_for(remote: Remote, fault: str) -> None:
    client = client_named("v1")
    grant = client.authorise(wanted(CONTENT), signing.Secrets(PIN))
    remote.fault(fault)

    with pytest.raises(signing.HolderAway):
        client.sign(wanted(CONTENT), grant)


def test_a_slow_service_is_not_waited_for_long(remote: Remote) -> None:
    named = client_named("v1")
    client = Client(named.service, replace(remote.bounds, total_s=0.5))
    grant = client.authorise(wanted(CONTENT), signing.Secrets(PIN))
    remote.fault("slow")

    with pytest.raises(signing.HolderAway, match="không trả lời"):
        client.sign(wanted(CONTENT), grant)


def consent_at(remote: Remote, url: str, **typed: str) -> str:
    """Do what a person does on the page of the service; return where it leads."""
    parts = urlsplit(url)
    given = {name: values[0] for name, values in parse_qs(parts.query).items()} | typed
    connection = http.client.HTTPConnection(remote.host)
    connection.request("POST", parts.path, urlencode(given).encode())
    answer = connection.getresponse()
    answer.read()
    connection.close()
    return answer.getheader("Location", "")


@pytest.mark.parametrize("version", ["v1", "v2"])
def test_consent_on_the_page_of_the_service(remote: Remote, version: str) -> None:
    client, asked = client_named(version), wanted(CONTENT)
    verifier, back = "v" * 50, "https://mot-cua.example/ve/"
    page = signing.OwnPage(back, "dau", pkce(verifier))

    location = consent_at(remote, client.consent_address(asked, page), pin=PIN, say="yes")
    code = parse_qs(urlsplit(location).query)["code"][0]
    raws = client.sign(asked, client.redeem(code, verifier, back))

    assert (len(raws), "state=dau" in location) == (1, True)


def pkce(verifier: str) -> str:
    return urlsafe_b64encode(sha256(verifier.encode()).digest()).rstrip(b"=").decode()


def test_a_code_without_its_verifier_is_worth_nothing(remote: Remote) -> None:
    client, asked, back = client_named("v1"), wanted(CONTENT), "https://mot-cua.example/ve/"
    page = signing.OwnPage(back, "dau", pkce("v" * 50))
    location = consent_at(remote, client.consent_address(asked, page), pin=PIN, say="yes")
    code = parse_qs(urlsplit(location).query)["code"][0]

    with pytest.raises(signing.HolderRefuses, match="cho phép lại"):
        client.redeem(code, "stolen" * 10, back)


def make_remote_leader() -> tuple[Actor, str]:
    """Return Hoa and her certificate at the service."""
    hoa = make_leader()
    given = trust.CertificateIn(
        make_leaf(HOA, days=YEARS).der,
        trust.HolderKind.OFFICER,
        officer_id=identity.get_account(hoa.id).officer_id,
        way=trust.Way.REMOTE,
        service_code="csc:v2",
        key_ref="hoa-1",
    )
    return hoa, trust.register_certificate(given, by=QUANG, at=now()).sha256


def ask_all(hoa: Actor, hand: str, count: int) -> list[SigningRequest]:
    requests = [make_request(hoa, owner=f"test:{i}") for i in range(count)]
    for one in requests:
        signing.begin_attempt(one.code, by=hoa, at=now(), hand=hand)
    while run_signer(now()):
        continue
    return requests


def states() -> set[str]:
    return set(SigningAttempt.objects.values_list("state", flat=True))


@pytest.mark.usefixtures("remote")
def test_sixty_documents_are_signed_with_one_pin() -> None:
    hoa, hand = make_remote_leader()
    ask_all(hoa, hand, 60)

    granted = signing.authorise(hand, signing.Secrets(PIN), by=hoa, at=now())
    while run_signer(now()):
        continue

    assert (granted, states()) == (60, {"finished"})


def test_the_queue_goes_on_by_itself_when_the_service_is_back(remote: Remote) -> None:
    hoa, hand = make_remote_leader()
    (request,) = ask_all(hoa, hand, 1)
    client_named("v2").get_key("hoa-1")
    signing.authorise(hand, signing.Secrets(PIN), by=hoa, at=now())
    remote.fault("down")
    run_signer(now())
    waiting, words = states(), signing.latest_error_of(request.pk)
    remote.fault("")

    run_signer(now() + timedelta(seconds=30))

    assert (waiting, states()) == ({"granted"}, {"finished"})
    assert "không trả lời" in words


@pytest.mark.usefixtures("remote")
def test_one_pin_signs_outcomes_documents_handed_in_and_xml_together() -> None:
    hoa, hand = make_remote_leader()
    handed_in = [hand_in_document(hoa) for _ in range(2)]
    for code in handed_in:
        signing.begin_attempt(code, by=hoa, at=now(), hand=hand)
    xml = signing.XmlIn("bien-lai.xml", b"<BienLai/>", "Biên lai", hand=hand)
    signing.sign_xml_file(xml, by=hoa, at=now())
    ask_all(hoa, hand, 3)

    granted = signing.authorise(hand, signing.Secrets(PIN), by=hoa, at=now())
    while run_signer(now()):
        continue

    done = SigningAttempt.objects.values_list("turn__request__document_kind", flat=True)
    assert (granted, states()) == (6, {"finished"})
    assert sorted(done) == ["module_pdf", "module_pdf", "module_xml", *["outcome"] * 3]


def hand_in_document(hoa: Actor) -> str:
    """Return the code of a decision of an office that Hoa is to sign."""
    given = signing.DocumentIn(
        title="Quyết định về việc thử",
        about="",
        content=make_decision(day=f"ngày #h(7mm) tháng #h(7mm) năm {local_day(now()).year}"),
        media_type="application/pdf",
        leaders=(hoa.id,),
        series="QD",
    )
    code = signing.draft_document(given, by=hoa, at=now()).code
    signing.hand_in(code, by=hoa, at=now())
    return code
