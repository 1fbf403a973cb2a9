"""A service that asks the telephone, as a process of its own: every fault of it is told."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from pytest_django import Settings

from motcua.adapters.push_signing.client import Client
from motcua.adapters.push_signing.services import client_named
from motcua.foundation.signing import api as signing
from motcua.foundation.signing.api import PushOrder, PushState
from motcua.foundation.trust import api as trust
from motcua.foundation.trust.tests.make import MONDAY, QUANG, make_leaf
from motcua.lib.httpclient import ask
from simulators.push_sign import CLIENT, tell_secret

from .contracts import ROOT
from .remote import Remote, keep_key

pytestmark = pytest.mark.django_db
NAME, NUMBER, PHONE, SERIAL = "Lò Thị Lan", "011198000123", "0912000001", "5401"
CONTENTS = {"giay-1": b"what is to be signed", "giay-2": b"another"}


def digest_of(content: bytes) -> bytes:
    made = hashes.Hash(hashes.SHA256())
    made.update(content)
    return made.finalize()


def order(*, user: str = NUMBER, code: str = "giao-dich-1") -> PushOrder:
    wanted = {mark: digest_of(content) for mark, content in CONTENTS.items()}
    return PushOrder(code, user, SERIAL, wanted, "Ký 2 giấy tờ, mã 1234")


@pytest.fixture(scope="module")
def remote(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Remote]:
    folder = tmp_path_factory.mktemp("push")
    (folder / NUMBER).mkdir()
    keep_key(folder / NUMBER, SERIAL, make_leaf(NAME))
    (folder / NUMBER / "phone").write_text(PHONE)
    command = [sys.executable, "-m", "simulators.push_sign", str(folder)]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)  # noqa: S603 -- our own program
    assert process.stdout is not None
    yield Remote(int(process.stdout.readline()))
    process.terminate()
    process.wait()
    process.stdout.close()


@pytest.fixture
def client(remote: Remote, settings: Settings, tmp_path: Path) -> Iterator[Client]:
    settings.PUSH_SIGNING_FILE = str(tmp_path / "push.json")
    tell_secret(tmp_path / "push.json", "thu")
    kind = trust.ServiceKind.PUSH
    given = trust.ServiceIn("thu", "Thử", kind, f"http://{remote.host}", client_ref=CLIENT)
    trust.set_service(given, by=QUANG, at=MONDAY)
    yield client_named("thu")
    remote.fault("")


def say(remote: Remote, code: str, answer: str = "yes") -> None:
    """Press a button on the telephone."""
    body = urlencode({"code": code, "user": NUMBER, "say": answer}).encode()
    ask("POST", f"http://{remote.host}/dien-thoai/", bounds=remote.bounds, body=body)


@pytest.mark.parametrize("user", [NUMBER, PHONE])
def test_a_user_is_known_by_number_and_by_telephone(client: Client, user: str) -> None:
    found = client.find_keys(user)

    assert [(one.key_ref, len(one.certificates)) for one in found] == [(SERIAL, 2)]
    assert found[0].certificates[0] == make_leaf(NAME).der


def test_two_papers_are_signed_with_one_yes(client: Client, remote: Remote) -> None:
    asked = order(code="hai-giay")
    client.start(asked)
    before = client.poll(asked)
    say(remote, "hai-giay")

    answer = client.poll(asked)

    key = make_leaf(NAME).key.public_key()
    assert isinstance(key, rsa.RSAPublicKey)
    for mark, content in CONTENTS.items():
        key.verify(answer.signatures[mark], content, padding.PKCS1v15(), hashes.SHA256())
    assert before.state == PushState.WAITING


def test_the_telephone_shows_what_the_page_shows(client: Client, remote: Remote) -> None:
    client.start(order(code="xem"))

    shown = ask("GET", f"http://{remote.host}/dien-thoai/?so={PHONE}", bounds=remote.bounds)

    assert "Ký 2 giấy tờ, mã 1234" in shown.body.decode()


def test_asked_twice_the_person_is_asked_once(client: Client, remote: Remote) -> None:
    asked = order(code="hai-lan")
    client.start(asked)
    say(remote, "hai-lan")

    client.start(asked)

    assert client.poll(asked).state == PushState.SIGNED


def test_a_no_is_told(client: Client, remote: Remote) -> None:
    client.start(order(code="khong"))
    say(remote, "khong", "no")

    assert client.poll(order(code="khong")).state == PushState.REFUSED


@pytest.mark.parametrize(
    ("fault", "state"), [("refuse", PushState.REFUSED), ("expired", PushState.EXPIRED)]
)
def test_refusals_and_ends_of_the_service_are_told(
    client: Client, remote: Remote, fault: str, state: PushState
) -> None:
    remote.fault(fault)
    client.start(order(code=fault))

    assert client.poll(order(code=fault)).state == state


def test_signatures_told_twice_are_taken_once(client: Client, remote: Remote) -> None:
    client.start(order(code="doi"))
    say(remote, "doi")
    remote.fault("doubled")

    assert list(client.poll(order(code="doi")).signatures) == list(CONTENTS)


@pytest.mark.parametrize("fault", ["few", "nonsense", "down"])
def test_what_cannot_be_used_is_asked_for_again(client: Client, remote: Remote, fault: str) -> None:
    client.start(order(code=f"loi-{fault}"))
    say(remote, f"loi-{fault}")
    remote.fault(fault)

    with pytest.raises(signing.HolderAway):
        client.poll(order(code=f"loi-{fault}"))


def test_a_silent_service_keeps_us_waiting(client: Client, remote: Remote) -> None:
    client.start(order(code="im"))
    say(remote, "im")
    remote.fault("silent")

    assert client.poll(order(code="im")).state == PushState.WAITING


@pytest.mark.usefixtures("client")
def test_a_slow_service_is_not_waited_for(remote: Remote) -> None:
    kind = trust.ServiceKind.PUSH
    quick = trust.ServiceIn(
        "thu", "Thử", kind, f"http://{remote.host}", client_ref=CLIENT, timeout_s=1
    )
    trust.set_service(quick, by=QUANG, at=MONDAY)
    remote.fault("slow")

    with pytest.raises(signing.HolderAway, match="không trả lời"):
        client_named("thu").find_keys(NUMBER)


def test_an_unknown_number_is_refused_with_what_to_do(client: Client) -> None:
    with pytest.raises(signing.HolderRefuses, match="kiểm tra lại số định danh"):
        client.find_keys("999999999999")


def test_a_wrong_secret_is_refused_and_not_told(
    client: Client, settings: Settings, tmp_path: Path
) -> None:
    (tmp_path / "push.json").write_text('{"thu": {"client_secret": "sai-bet"}}')

    found = client_named("thu")

    with pytest.raises(signing.HolderRefuses, match="không nhận tài khoản"):
        found.find_keys(NUMBER)
    assert (found is client, "sai-bet" in repr(found.service)) == (False, False)
    assert settings.PUSH_SIGNING_FILE
