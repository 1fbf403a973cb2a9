"""Services as administrators enter them and as the operator's file tells their secrets."""

from pathlib import Path

import pytest
from pytest_django import Settings

from motcua.adapters.csc.services import client_named
from motcua.foundation.signing import api as signing
from motcua.foundation.trust import api as trust
from motcua.foundation.trust.tests.make import MONDAY, QUANG

pytestmark = pytest.mark.django_db
GOOD = b'{"thu": {"url": "https://ky.example/csc/v1/", "version": 1, "client_id": "motcua"}}'


@pytest.fixture(autouse=True)
def file(settings: Settings, tmp_path: Path) -> Path:
    """Give the operator's file, which is not there yet."""
    settings.CSC_FILE = str(tmp_path / "csc.json")
    return tmp_path / "csc.json"


def write(file: Path, content: bytes) -> None:
    file.touch(mode=0o600)
    file.write_bytes(content)


def enter(*, url: str = "https://ky.example/csc/v2", api_version: str = "2.0") -> None:
    """Let an administrator enter a service."""
    kind = trust.ServiceKind.CSC
    given = trust.ServiceIn(
        "thu", "Dịch vụ thử", kind, url, api_version=api_version, client_ref="tinh"
    )
    trust.set_service(given, by=QUANG, at=MONDAY)


def test_a_service_of_the_file_is_asked_at_its_own_hosts_only(file: Path) -> None:
    write(file, GOOD)

    client = client_named("thu")

    assert client.bounds.hosts == frozenset({"ky.example"})
    assert (client.service.url, client.service.oauth_url) == (
        "https://ky.example/csc/v1",
        "https://ky.example/csc/v1/oauth2",
    )


def test_what_an_administrator_entered_counts_and_the_file_adds_the_secret(file: Path) -> None:
    write(file, b'{"thu": {"client_secret": "bi-mat", "oauth_url": "https://vao.example/o"}}')
    enter()

    client = client_named("thu")

    assert (client.service.url, client.service.version, client.service.client_id) == (
        "https://ky.example/csc/v2",
        2,
        "tinh",
    )
    assert client.service.client_secret == "bi-mat"  # noqa: S105 -- a secret of a test
    assert client.bounds.hosts == frozenset({"ky.example", "vao.example"})


@pytest.mark.parametrize(
    ("told", "version"), [("", 1), ("1.0.4", 1), ("v1", 1), ("2", 2), ("v2.0.0.2", 2)]
)
def test_the_version_is_read_as_people_write_it(told: str, version: int) -> None:
    enter(api_version=told)

    assert client_named("thu").service.version == version


def test_a_service_that_was_stopped_is_not_asked() -> None:
    enter()
    trust.stop_service("thu", by=QUANG, at=MONDAY)

    with pytest.raises(signing.HolderRefuses, match="chưa nối"):
        client_named("thu")


def test_a_client_stays_while_nothing_changes() -> None:
    enter()
    first = client_named("thu")
    again = client_named("thu")
    enter(url="https://ky.example/csc/v2-moi")

    assert first is again
    assert client_named("thu") is not first


def test_secrets_are_not_told(file: Path) -> None:
    write(file, GOOD.replace(b'"motcua"', b'"motcua", "client_secret": "bi-mat"'))

    assert "bi-mat" not in repr(client_named("thu").service)


@pytest.mark.parametrize("content", [b"", b"[]", b"{", b'{"thu": 1}'])
def test_a_file_that_cannot_be_understood_is_told(file: Path, content: bytes) -> None:
    write(file, content)

    with pytest.raises(signing.HolderRefuses, match="viết sai"):
        client_named("thu")


@pytest.mark.parametrize("row", [b'{"url": "x"}', b'{"version": 1}', b'{"url": "x", "version": 3}'])
def test_a_service_without_its_address_or_version_is_told(file: Path, row: bytes) -> None:
    write(file, b'{"thu": ' + row + b"}")

    with pytest.raises(signing.HolderRefuses, match="khai báo sai"):
        client_named("thu")


def test_a_file_that_others_may_read_is_not_used(file: Path) -> None:
    write(file, GOOD)
    file.chmod(0o644)

    with pytest.raises(signing.HolderRefuses, match="0600"):
        client_named("thu")


@pytest.mark.parametrize("name", ["khac", ""])
def test_a_service_nobody_knows_is_told(file: Path, name: str) -> None:
    write(file, GOOD)

    with pytest.raises(signing.HolderRefuses, match="chưa nối"):
        client_named(name)
