"""The authority's services as a process: time stamps, status of certificates, lists of revocation.

`python -m simulators.trust --folder var/authority` answers at the address that its certificates
name. `--fault` lets it misbehave, as services do: slow, down, page, garbage, other, nonce, clock.
"""

import argparse
import sys
import time
from datetime import datetime, timedelta
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

from asn1crypto import tsp

from motcua.lib.clock import now

from . import answers
from .authority import Authority

MOST_ASKED = 20_000
SLOW_SECONDS = 40
FAULTS = ("slow", "down", "page", "garbage", "other", "nonce", "clock")
KINDS = {
    "/tsa": "application/timestamp-reply",
    "/ocsp": "application/ocsp-response",
    "/crl/root": "application/pkix-crl",
    "/crl/between": "application/pkix-crl",
}


def answer(
    authority: Authority, path: str, asked: bytes, *, at: datetime, fault: str = ""
) -> bytes:
    """Return what the service at `path` answers; a fault makes it wrong."""
    if fault == "garbage":
        return b"\x30\x03\x02\x01\x00 and then nonsense"
    if fault == "page":
        return b"<html><body>Bao tri he thong</body></html>"
    if path == "/tsa":
        moment = at + timedelta(days=1) if fault == "clock" else at
        return answers.time_stamp(authority, _falsified(asked, fault), at=moment)
    if path == "/ocsp":
        return answers.status(authority, asked, at=at)
    return authority.crl(path.removeprefix("/crl/"), at=at)


def _falsified(asked: bytes, fault: str) -> bytes:
    """Return another question, so that the answer does not fit."""
    question = tsp.TimeStampReq.load(asked)
    if fault == "other":
        question["message_imprint"]["hashed_message"] = b"\1" * 32
    if fault == "nonce":
        question["nonce"] = 1
    return bytes(question.dump(force=True))


def handler(authority: Authority, fault: str) -> type[BaseHTTPRequestHandler]:
    """Return what answers each request."""

    class Answers(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._reply(b"")

        def do_POST(self) -> None:
            length = min(int(self.headers.get("Content-Length", 0)), MOST_ASKED)
            self._reply(self.rfile.read(length))

        def _reply(self, asked: bytes) -> None:
            path = urlsplit(self.path).path
            if path not in KINDS or fault == "down":
                self.send_error(HTTPStatus.SERVICE_UNAVAILABLE if fault else HTTPStatus.NOT_FOUND)
                return
            if fault == "slow":
                time.sleep(SLOW_SECONDS)
            try:
                said = answer(authority, path, asked, at=now(), fault=fault)
            except (ValueError, KeyError, TypeError):
                self.send_error(HTTPStatus.BAD_REQUEST)
                return
            self.send_response(HTTPStatus.OK)
            self.send_header("Content-Type", "text/html" if fault == "page" else KINDS[path])
            self.send_header("Content-Length", f"{len(said)}")
            self.end_headers()
            self.wfile.write(said)

        def log_message(self, *_: object) -> None:
            """Say nothing: the demo's own log is what people look at."""

    return Answers


def serve(authority: Authority, *, fault: str = "") -> ThreadingHTTPServer:
    """Return a server at the authority's address."""
    place = urlsplit(authority.address)
    server = ThreadingHTTPServer(("127.0.0.1", place.port or 80), handler(authority, fault))
    server.daemon_threads = True
    return server


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folder", type=Path, required=True)
    parser.add_argument("--fault", choices=("", *FAULTS), default="")
    options = parser.parse_args()
    authority = Authority(options.folder, at=now())
    try:
        server = serve(authority, fault=options.fault)
    except OSError:
        sys.stderr.write(f"{authority.address} is taken: nobody stamps the time.\n")
        return
    server.serve_forever()


if __name__ == "__main__":
    main()
