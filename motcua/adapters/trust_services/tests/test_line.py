"""The own network is asked only for what an administrator entered."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from motcua.adapters.trust_services.line import HttpLine, from_settings
from motcua.foundation.trust import api as trust
from motcua.foundation.trust.api import ServiceIn, ServiceKind
from motcua.foundation.trust.tests.make import MONDAY, QUANG


class Answers(BaseHTTPRequestHandler):
    """Says the same to everybody."""

    def do_GET(self) -> None:
        is_there = self.path == "/goc.crl"
        self.send_response(200 if is_there else 404)
        self.send_header("Content-Length", "4")
        self.end_headers()
        self.wfile.write(b"list")

    def log_message(self, *_: object) -> None:
        """Stay quiet."""


@pytest.fixture(scope="module")
def place() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Answers) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"127.0.0.1:{server.server_port}"
        server.shutdown()


def test_an_entered_machine_of_the_own_network_is_asked(place: str) -> None:
    line = HttpLine(allows_private=False, entered=frozenset({place}))

    assert line.crl(f"http://{place}/goc.crl") == b"list"


def test_another_machine_of_the_own_network_is_not_asked(place: str) -> None:
    line = HttpLine(allows_private=False)

    with pytest.raises(trust.LineDown):
        line.crl(f"http://{place}/goc.crl")


def test_an_error_is_no_answer(place: str) -> None:
    line = HttpLine(allows_private=True)

    with pytest.raises(trust.LineDown, match="404"):
        line.crl(f"http://{place}/other.crl")


@pytest.mark.django_db
def test_the_line_of_the_site_knows_what_was_entered() -> None:
    tsa = ServiceIn("tsa-cp", "Dấu thời gian", ServiceKind.TSA, "http://10.0.0.5/tsa")
    trust.set_service(tsa, by=QUANG, at=MONDAY)

    assert from_settings().entered == {"10.0.0.5"}


@pytest.mark.parametrize("url", ["ftp://ca.example.vn/list", "file:///etc/passwd", "http://[::1/x"])
def test_an_address_that_is_none_of_the_web_counts_as_away(url: str) -> None:
    with pytest.raises(trust.LineDown):
        HttpLine(allows_private=True).crl(url)
