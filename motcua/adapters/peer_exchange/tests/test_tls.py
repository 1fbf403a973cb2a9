"""The listening end over real sockets: who is let in, and who misbehaves."""

import socket
import ssl
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from http import HTTPStatus
from pathlib import Path
from threading import Thread

import pytest
from django.db import connections
from pytest_django import Settings

from motcua.adapters.peer_exchange import server, wire
from motcua.adapters.peer_exchange.answering import Asked, Reply
from motcua.adapters.peer_exchange.identity import (
    Identity,
    NoIdentity,
    line_context,
    make_identity,
    our_identity,
)
from motcua.adapters.peer_exchange.wire import HttpsWire, Request
from motcua.casework.exchange.api import CarrierAway, CounterpartInfo, Way
from motcua.lib.clock import now

HELLO = Request("GET", "/v1/hello")


@pytest.fixture
def identity(settings: Settings, tmp_path: Path) -> Identity:
    settings.EXCHANGE_KEY_FILE = str(tmp_path / "exchange.pem")
    return make_identity(tmp_path / "exchange.pem", "Điện Biên", at=now())


@pytest.fixture
def partner(identity: Identity, monkeypatch: pytest.MonkeyPatch) -> Iterator[CounterpartInfo]:
    """Listen on a free port for one partner, who has the same key; no database is asked."""
    der = ssl.PEM_cert_to_DER_cert(identity.pem.decode())
    info = CounterpartInfo("son-la", "Tỉnh Sơn La", Way.PEER, ("H52",), certificates=(der,))
    monkeypatch.setattr("motcua.casework.exchange.api.counterparts", lambda *_: [info])
    monkeypatch.setattr(server, "close_old_connections", lambda: None)
    monkeypatch.setattr(server, "reply_to", echo)
    listening = server.LineServer("127.0.0.1", 0)
    thread = Thread(target=listening.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    port = listening.server_address[1]
    yield replace(info, address=f"https://127.0.0.1:{port}")
    listening.shutdown()
    listening.server_close()
    thread.join()
    connections.close_all()


def echo(asked: Asked) -> Reply:
    """Answer with who asked and how much was sent."""
    if asked.target == "/broken":
        raise RuntimeError("unforeseen")
    size = len(asked.body.read()) if asked.target != "/unread" else 0
    return Reply(HTTPStatus.OK, f"{asked.partner.code} {size}".encode())


def test_a_partner_is_known_by_its_certificate_request_after_request(
    partner: CounterpartInfo,
) -> None:
    line = HttpsWire(partner)

    answers = [line.send(Request("POST", "/x", body=b"a" * size)).body for size in (3, 70_000)]
    line.close()

    assert answers == [b"son-la 3", b"son-la 70000"]


def test_a_line_that_the_other_end_closed_is_opened_again(partner: CounterpartInfo) -> None:
    line = HttpsWire(partner)
    line.send(HELLO)
    line.send(Request("POST", "/unread", body=b"left"))

    assert line.send(HELLO).status == HTTPStatus.OK
    line.close()


def test_a_stranger_is_not_let_in(
    partner: CounterpartInfo, settings: Settings, tmp_path: Path
) -> None:
    settings.EXCHANGE_KEY_FILE = str(tmp_path / "stranger.pem")
    make_identity(tmp_path / "stranger.pem", "Ai đó", at=now())

    with pytest.raises(CarrierAway):
        HttpsWire(partner).send(HELLO)


def test_who_answers_with_another_certificate_is_not_believed(
    partner: CounterpartInfo, tmp_path: Path
) -> None:
    other = make_identity(tmp_path / "other.pem", "Khác", at=now())
    der = ssl.PEM_cert_to_DER_cert(other.pem.decode())

    with pytest.raises(CarrierAway, match="Chứng thư"):
        HttpsWire(replace(partner, certificates=(der,))).send(HELLO)


def test_without_tls_nobody_is_answered(partner: CounterpartInfo) -> None:
    port = int(partner.address.rpartition(":")[2])

    with socket.create_connection(("127.0.0.1", port), 5) as line, suppress(OSError):
        line.sendall(b"GET /v1/hello HTTP/1.1\r\n\r\n")
        assert b"200" not in line.recv(100)


def test_a_fault_of_ours_is_told_as_one(partner: CounterpartInfo) -> None:
    line = HttpsWire(partner)

    assert line.send(Request("GET", "/broken")).status == HTTPStatus.INTERNAL_SERVER_ERROR
    line.close()


def test_more_than_may_be_is_not_read(
    partner: CounterpartInfo, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(server, "MOST_PACKED", 10)
    line = HttpsWire(partner)

    with suppress(CarrierAway):
        answer = line.send(Request("POST", "/x", body=b"a" * 11))
        assert answer.status == HTTPStatus.REQUEST_ENTITY_TOO_LARGE
    line.close()


def test_a_partner_that_never_closes_is_broken_off(
    identity: Identity, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(wire, "_ANSWER_SECONDS", 0.3)
    monkeypatch.setattr(wire, "_SLOWEST", 1e12)
    der = ssl.PEM_cert_to_DER_cert(identity.pem.decode())
    context = line_context([der], is_server=True)
    with socket.create_server(("127.0.0.1", 0)) as listening:
        Thread(target=_say_nothing_more, args=(listening, context), daemon=True).start()
        address = f"https://127.0.0.1:{listening.getsockname()[1]}"
        info = CounterpartInfo("a", "A", Way.PEER, ("H52",), address, certificates=(der,))

        with pytest.raises(CarrierAway, match="đứt giữa chừng") as caught:
            HttpsWire(info).send(HELLO)

    assert caught.value.is_line_down is False


def _say_nothing_more(listening: socket.socket, context: ssl.SSLContext) -> None:
    raw, _ = listening.accept()
    with suppress(OSError), context.wrap_socket(raw, server_side=True) as line:
        line.recv(1000)
        line.sendall(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n")
        line.recv(1000)


def test_nobody_there_is_a_line_that_is_down(identity: Identity) -> None:
    der = ssl.PEM_cert_to_DER_cert(identity.pem.decode())
    info = CounterpartInfo("a", "A", Way.PEER, ("H52",), "https://127.0.0.1:9", certificates=(der,))

    with pytest.raises(CarrierAway, match="Không nối được") as caught:
        HttpsWire(info).send(HELLO)

    assert caught.value.is_line_down is True


def test_a_key_that_others_may_read_is_not_used(identity: Identity) -> None:
    Path(identity.path).chmod(0o644)

    with pytest.raises(NoIdentity, match="0600"):
        our_identity()


def test_without_a_key_it_is_said_how_to_make_one(settings: Settings, tmp_path: Path) -> None:
    settings.EXCHANGE_KEY_FILE = str(tmp_path / "none.pem")

    with pytest.raises(NoIdentity, match="exchange identity"):
        our_identity()
