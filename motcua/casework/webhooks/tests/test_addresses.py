"""Nothing is sent inside one's own network, however the address is dressed up."""

import socket
from typing import Any

import pytest

from motcua.casework.webhooks.rules.addresses import bounds_for, check_address
from motcua.lib.errors import BadInput
from motcua.lib.httpclient import NoAnswer, ask, is_outside


@pytest.mark.parametrize(
    "url",
    [
        "http://he-thong.vn/nhan",
        "ftp://he-thong.vn/",
        "https://127.0.0.1/",
        "https://[::1]/",
        "https://[::ffff:10.0.0.1]/",
        "https://[fe80::1%25eth0]/",
        "https://10.1.2.3/",
        "https://192.168.1.1/",
        "https://169.254.169.254/latest/meta-data/",
        "https://localhost/",
        "https://localhost./",
        "https://10.0.0.1./",
        "https://kho.local./",
        "https://postgres/",
        "https://kho.local/",
        "https://metadata.google.internal/",
        "https://ai:matkhau@he-thong.vn/",
        "https://he-thong.vn/#doan",
        "https://he-thong.vn:99999/",
        "https://hệ-thống.vn/",
        "https://he thong.vn/",
        "https:///nhan",
        "file:///etc/passwd",
        "",
        "https://he-thong.vn/" + "a" * 500,
    ],
)
def test_an_address_that_leads_inside_or_nowhere_is_refused(url: str) -> None:
    with pytest.raises(BadInput) as refused:
        check_address(url, allows_local=False)

    assert refused.value.field == "url"


def test_a_public_address_is_taken_and_this_machine_only_where_it_is_allowed() -> None:
    check_address("https://he-thong.vn:8443/nhan?a=1", allows_local=False)
    check_address("http://127.0.0.1:9000/", allows_local=True)

    with pytest.raises(BadInput, match="https"):
        check_address("http://10.0.0.1:9000/", allows_local=True)


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "10.0.0.7",
        "172.16.0.1",
        "192.168.3.4",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",  # noqa: S104 -- looked at, not listened on
        "224.0.0.251",
        "::1",
        "fe80::1%eth0",
        "fd12::7",
        "::ffff:127.0.0.1",
        "2002:7f00:1::",
        "64:ff9b::a00:1",
        "64:ff9b:1::a00:1",
        "fec0::7",
        "192.0.0.170",
    ],
)
def test_addresses_of_networks_of_ones_own_are_known(address: str) -> None:
    assert not is_outside(address)


@pytest.mark.parametrize("address", ["8.8.8.8", "2001:4860:4860::8888", "64:ff9b::808:808"])
def test_addresses_of_the_internet_are_known(address: str) -> None:
    assert is_outside(address)


def test_a_name_that_is_public_when_written_and_private_when_asked_is_not_connected_to(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    answers = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("169.254.169.254", 443))]
    opened: list[Any] = []
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: answers)
    monkeypatch.setattr(socket, "socket", lambda *args, **__: opened.append(args))
    url = "https://doi-ten.vn/"
    check_address(url, allows_local=False)

    with pytest.raises(NoAnswer):
        ask("POST", url, bounds=bounds_for(url, allows_local=True))

    assert opened == []
