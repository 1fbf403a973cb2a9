"""Asking other machines within bounds."""

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO

import pytest

from motcua.lib.httpclient import AddressRefused, Answer, Bounds, NoAnswer, Stream, ask, checked

OPEN = Bounds(frozenset({"dich-vu.example"}))


class Partner(BaseHTTPRequestHandler):
    """Answers as its path says."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        if self.path == "/elsewhere":
            self.send_response(302)
            self.send_header("Location", "http://127.0.0.1:9/")
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        self.send_response(200)
        self.send_header("Content-Type", "application/json; charset=utf-8")
        body = b"x" * 3000 if self.path == "/large" else b'{"tu": "khoa"}'
        self.send_header("Content-Length", str(len(body) + 10 * (self.path == "/broken-off")))
        self.end_headers()
        self.close_connection = self.path == "/broken-off"
        for place in range(len(body)):
            self.wfile.write(body[place : place + 1])
            if self.path == "/drop-by-drop":
                time.sleep(0.1)

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.send_response(400)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Stay quiet."""


@contextmanager
def partner() -> Iterator[tuple[str, Bounds]]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Partner)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    place = f"127.0.0.1:{server.server_address[1]}"
    try:
        yield f"http://{place}", Bounds(frozenset({place}), allows_private=True)
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def test_an_answer_comes_whole() -> None:
    with partner() as (url, bounds):
        answer = ask("GET", f"{url}/", bounds=bounds)

    assert answer == Answer(200, "application/json", b'{"tu": "khoa"}')
    assert answer.json() == {"tu": "khoa"}


def test_a_refusal_is_an_answer_too() -> None:
    with partner() as (url, bounds):
        answer = ask("POST", f"{url}/", bounds=bounds, body=b"sai")

    assert (answer.status, answer.body) == (400, b"sai")


def test_what_is_sent_piece_by_piece_comes_whole() -> None:
    pieces = Stream((b"x" * 70_000 for _ in range(3)), 210_000)

    with partner() as (url, bounds):
        answer = ask("POST", f"{url}/", bounds=bounds, body=pieces)

    assert answer.body == b"x" * 210_000


def test_an_answer_goes_into_a_file() -> None:
    kept = BytesIO()

    with partner() as (url, bounds):
        answer = ask("GET", f"{url}/large", bounds=bounds, into=kept)

    assert (answer.body, kept.getvalue()) == (b"", b"x" * 3000)


def test_an_answer_that_breaks_off_is_none() -> None:
    with partner() as (url, bounds), pytest.raises(NoAnswer):
        ask("GET", f"{url}/broken-off", bounds=bounds)


def test_a_redirect_is_told_and_not_followed() -> None:
    with partner() as (url, bounds):
        answer = ask("GET", f"{url}/elsewhere", bounds=bounds)

    assert answer.status == 302


def test_too_large_an_answer_is_none() -> None:
    with partner() as (url, bounds), pytest.raises(NoAnswer):
        ask("GET", f"{url}/large", bounds=replace(bounds, most_bytes=2000))


def test_an_answer_drop_by_drop_does_not_outlast_the_time() -> None:
    began = time.monotonic()

    with partner() as (url, bounds), pytest.raises(NoAnswer):
        ask("GET", f"{url}/drop-by-drop", bounds=replace(bounds, total_s=0.4))

    assert time.monotonic() - began < 1.2


def test_what_is_no_json_is_no_answer() -> None:
    with pytest.raises(NoAnswer):
        Answer(200, "text/html", b"<html>").json()


def test_an_address_inside_ones_own_network_is_not_asked() -> None:
    with partner() as (url, bounds), pytest.raises(NoAnswer):
        ask("GET", f"{url}/", bounds=replace(bounds, allows_private=False))


def test_nobody_there_is_no_answer() -> None:
    bounds = Bounds(frozenset({"127.0.0.1:9"}), allows_private=True, total_s=1)

    with pytest.raises(NoAnswer):
        ask("GET", "http://127.0.0.1:9/", bounds=bounds)


@pytest.mark.parametrize(
    "url",
    [
        "https://noi-khac.example/",
        "https://dich-vu.example:8443/",
        "https://lan@dich-vu.example/",
        "https://dich-vu.example@noi-khac.example/",
        "file:///etc/passwd",
        "ftp://dich-vu.example/",
        "https://dich-vu.example:99999/",
        "https://dich-vu.example/\r\nHost: x",
        "",
    ],
)
def test_other_addresses_are_refused(url: str) -> None:
    with pytest.raises(AddressRefused):
        checked(url, OPEN)


def test_the_usual_port_need_not_be_named() -> None:
    assert checked("https://dich-vu.example:443/", OPEN).hostname == "dich-vu.example"


class Dripping(BaseHTTPRequestHandler):
    """Lets a line of the head, or a letter of the body, fall now and then, and never ends."""

    def do_GET(self) -> None:
        begin = b"HTTP/1.0 200 OK\r\n" + (b"\r\n" if self.path == "/body" else b"")
        drop = b"x" if self.path == "/body" else b"X-Drop: 1\r\n"
        with suppress(OSError):
            self.wfile.write(begin)
            for _ in range(80):
                self.wfile.write(drop)
                time.sleep(0.1)

    def log_message(self, *_: object) -> None:
        """Stay quiet."""


@pytest.mark.parametrize("part", ["head", "body"])
def test_who_lets_an_answer_drip_is_broken_off(part: str) -> None:
    with ThreadingHTTPServer(("127.0.0.1", 0), Dripping) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        place = f"127.0.0.1:{server.server_port}"
        bounds = Bounds(frozenset({place}), total_s=1.0, allows_private=True)
        begun = time.monotonic()

        with pytest.raises(NoAnswer):
            ask("GET", f"http://{place}/{part}", bounds=bounds)

        server.shutdown()
        assert time.monotonic() - begun < 4


@contextmanager
def dribbling() -> Iterator[Bounds]:
    """Answer a handshake by one byte now and then, for ever."""
    listener = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        with suppress(OSError):
            place, _ = listener.accept()
            with place:
                place.sendall(b"\x16\x03\x03\x40\x00\x02")
                while True:
                    place.sendall(b"\x00")
                    time.sleep(0.05)

    threading.Thread(target=serve, daemon=True).start()
    hosts = frozenset({f"127.0.0.1:{listener.getsockname()[1]}"})
    try:
        yield Bounds(hosts, allows_private=True, total_s=0.4)
    finally:
        listener.close()


def test_a_handshake_without_end_is_broken_off() -> None:
    with dribbling() as bounds:
        began = time.monotonic()

        with pytest.raises(NoAnswer):
            ask("GET", f"https://{next(iter(bounds.hosts))}/", bounds=bounds)

        assert time.monotonic() - began < 2
