"""Texts leave by the relay or into the folder; what goes wrong is said once, without the text."""

import json
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from pytest_django import Settings

from motcua.adapters.text_messages.carriers import Folder, Relay
from motcua.foundation.identity.api import TextNotSent

PHONE, TEXT = "0912000077", "Ma 123456: dong y"


class Played(BaseHTTPRequestHandler):
    """A relay that answers as its address says, and keeps what it was sent."""

    taken: list[tuple[str, dict[str, str]]]

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        type(self).taken.append((self.headers["Authorization"], body))
        self.send_response(int(self.path.strip("/")))
        self.send_header("Location", "/200")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_args: object) -> None:
        """Say nothing."""


@pytest.fixture
def relay(settings: Settings) -> Iterator[Settings]:
    Played.taken = []
    server = ThreadingHTTPServer(("127.0.0.1", 0), Played)
    Thread(target=server.serve_forever, daemon=True).start()
    settings.TEXT_RELAY_KEY = "khoa"
    settings.TEXT_RELAY_URL = f"http://127.0.0.1:{server.server_port}/202"
    yield settings
    server.shutdown()
    server.server_close()


@pytest.mark.usefixtures("relay")
def test_the_relay_gets_number_text_and_key() -> None:
    Relay().send(PHONE, TEXT)

    assert Played.taken == [("Bearer khoa", {"to": PHONE, "text": TEXT})]


@pytest.mark.parametrize("status", ["302", "400", "500"])
def test_only_a_yes_counts_and_nothing_is_sent_elsewhere(relay: Settings, status: str) -> None:
    relay.TEXT_RELAY_URL = relay.TEXT_RELAY_URL.replace("202", status)

    with pytest.raises(TextNotSent) as error:
        Relay().send(PHONE, TEXT)

    assert (len(Played.taken), TEXT in str(error.value), PHONE in str(error.value)) == (
        1,
        False,
        False,
    )


@pytest.mark.parametrize("address", ["", "file:///etc/passwd", "http://127.0.0.1:1/"])
def test_an_address_that_is_none_sends_nothing(settings: Settings, address: str) -> None:
    settings.TEXT_RELAY_URL, settings.TEXT_RELAY_KEY = address, "khoa"

    with pytest.raises(TextNotSent):
        Relay().send(PHONE, TEXT)


def test_the_folder_keeps_one_file_for_each_text(settings: Settings, tmp_path: Path) -> None:
    settings.TEXT_FOLDER = str(tmp_path / "texts")

    Folder().send(PHONE, TEXT)
    Folder().send(PHONE, TEXT)

    found = list((tmp_path / "texts").iterdir())
    assert [one.read_text() for one in found] == [TEXT, TEXT]


def test_a_folder_that_cannot_be_is_said(settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    settings.TEXT_FOLDER = str(tmp_path / "file")

    with pytest.raises(TextNotSent):
        Folder().send(PHONE, TEXT)
