"""The operator's file of services: who may read it, what it may say."""

from pathlib import Path

import pytest
from pytest_django import Settings

from motcua.adapters.csc.services import client_named, read_services
from motcua.foundation.signing import api as signing

GOOD = b'{"thu": {"url": "https://ky.example/csc/v1/", "version": 1, "client_id": "motcua"}}'


def test_a_service_is_asked_at_its_own_hosts_only() -> None:
    service = read_services(GOOD)["thu"]

    assert service.bounds(allows_private=False).hosts == frozenset({"ky.example"})
    assert (service.url, service.oauth_url) == (
        "https://ky.example/csc/v1",
        "https://ky.example/csc/v1/oauth2",
    )


def test_secrets_are_not_told() -> None:
    content = GOOD.replace(b'"motcua"', b'"motcua", "client_secret": "bi-mat"')

    assert "bi-mat" not in repr(read_services(content)["thu"])


@pytest.mark.parametrize(
    "content", [b"", b"[]", b"{", b'{"a": 1}', b'{"a": {"url": "x"}}', b'{"a": {"version": 3}}']
)
def test_a_file_that_cannot_be_understood_is_told(content: bytes) -> None:
    with pytest.raises(signing.HolderRefuses, match="viết sai"):
        read_services(content)


def test_a_file_that_others_may_read_is_not_used(settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "csc.json").write_bytes(GOOD)
    (tmp_path / "csc.json").chmod(0o644)
    settings.CSC_FILE = str(tmp_path / "csc.json")

    with pytest.raises(signing.HolderRefuses, match="0600"):
        client_named("thu")


@pytest.mark.parametrize("name", ["khac", ""])
def test_a_service_that_is_not_named_there_is_told(
    settings: Settings, tmp_path: Path, name: str
) -> None:
    (tmp_path / "csc.json").touch(mode=0o600)
    (tmp_path / "csc.json").write_bytes(GOOD)
    settings.CSC_FILE = str(tmp_path / "csc.json")

    with pytest.raises(signing.HolderRefuses, match="chưa nối"):
        client_named(name)


def test_without_a_file_there_is_no_service(settings: Settings, tmp_path: Path) -> None:
    settings.CSC_FILE = str(tmp_path / "none")

    with pytest.raises(signing.HolderRefuses, match="chưa nối"):
        client_named("thu")
