"""How the plays of those who take money are reached: one answer per request, and their looks."""

import argparse
import json
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from fcntl import LOCK_EX, flock
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

MOST_BODY = 1_000_000
SITE = "http://127.0.0.1:8000"


@dataclass(frozen=True, slots=True)
class Asked:
    """One request as the plays read it."""

    method: str
    path: str
    query: Mapping[str, str]
    headers: Mapping[str, str]
    body: bytes

    @property
    def form(self) -> dict[str, str]:
        """Return what a person sent with a button."""
        return dict(parse_qsl(self.body.decode(errors="replace")))


@dataclass(frozen=True, slots=True)
class Said:
    """What is answered."""

    status: int = 200
    kind: str = "text/html; charset=utf-8"
    content: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)


def as_json(said: Mapping[str, Any], status: int = 200) -> Said:
    """Return an answer for programs."""
    return Said(status, "application/json", json.dumps(said, ensure_ascii=False).encode())


def as_page(title: str, body: str, status: int = 200) -> Said:
    """Return a page for people."""
    return Said(
        status,
        content=(
            '<!doctype html><html lang="vi"><meta charset="utf-8">'
            '<meta name="viewport" content="width=device-width">'
            f"<title>{escape(title)} – mô phỏng</title><style>{STYLE}</style>"
            f"<h1>{escape(title)}</h1>"
            "<p class='mark'>Bản mô phỏng để chạy thử – không có tiền thật, không có giá trị "
            f"pháp lý.</p>{body}</html>"
        ).encode(),
    )


def going_to(address: str) -> Said:
    """Send a person on."""
    return Said(303, headers={"Location": address})


class Door(BaseHTTPRequestHandler):
    """Reads a request and lets one function answer it."""

    protocol_version = "HTTP/1.1"
    answer: Callable[[Asked], Said]

    def do_GET(self) -> None:
        """Answer one request."""
        self.serve("GET")

    def do_POST(self) -> None:
        """Answer one request."""
        self.serve("POST")

    def serve(self, method: str) -> None:
        """Read, answer, write."""
        body = self.rfile.read(min(int(self.headers.get("Content-Length", 0)), MOST_BODY))
        parts = urlsplit(self.path)
        headers = {name.lower(): value for name, value in self.headers.items()}
        asked = Asked(method, parts.path, dict(parse_qsl(parts.query)), headers, body)
        said = type(self).answer(asked)
        self.send_response(said.status)
        self.send_header("Content-Type", said.kind)
        self.send_header("Content-Length", str(len(said.content)))
        for name, value in said.headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(said.content)

    def log_message(self, *_: object) -> None:
        """Stay quiet: addresses hold names."""


def arguments(words: str) -> argparse.Namespace:
    """Return the options that every play of money has."""
    parser = argparse.ArgumentParser(description=words)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--site", default=SITE, help="địa chỉ của motcua, nơi nhận báo có")
    parser.add_argument("--late", type=float, default=20.0, help="báo muộn bao nhiêu giây")
    parser.add_argument("--tell", type=Path, help="ghi khóa của ta vào tệp này, như người vận hành")
    return parser.parse_args()


def serve(make: Callable[[str], Callable[[Asked], Said]], port: int) -> None:
    """Serve until told to stop; write the port if it was not given."""
    server = ThreadingHTTPServer(("127.0.0.1", port), Door)
    server.daemon_threads = True
    Door.answer = staticmethod(make(f"http://127.0.0.1:{server.server_address[1]}"))
    if not port:
        sys.stdout.write(f"{server.server_address[1]}\n")
        sys.stdout.flush()
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        server.server_close()


def tell_secrets(path: Path, entered: Mapping[str, Any]) -> None:
    """Write what we are there as an operator would, beside what stands there."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    path.touch(mode=0o600)
    with path.open("r+") as file:
        flock(file, LOCK_EX)  # another play may write at the same moment
        known = json.loads(file.read() or "{}")
        banks = {**known.get("banks", {}), **entered.get("banks", {})}
        file.seek(0)
        file.truncate()
        file.write(json.dumps({**known, **entered, "banks": banks}, indent=1))


def faults_form(faults: Mapping[str, str], current: str) -> str:
    """Return the choice of how to misbehave."""
    choices = "".join(
        f"<label><input type='radio' name='fault' value='{name}'"
        f"{' checked' if name == current else ''}> {escape(words)}</label>"
        for name, words in faults.items()
    )
    return (
        "<section><h2>Đang chạy thế nào</h2><form method='post' action='/loi'>"
        f"<fieldset><legend>Chọn một kiểu</legend>{choices}</fieldset>"
        "<button>Đặt</button></form></section>"
    )


STYLE = (
    "body{font:16px/1.5 system-ui,sans-serif;max-width:52rem;margin:1rem auto;padding:0 1rem;"
    "color:#1b1b1b}h1{margin-bottom:0}.mark{color:#9a0000;margin-top:0}section{border-top:1px "
    "solid #999;padding:.5rem 0}dl{display:grid;grid-template-columns:auto 1fr;gap:.3rem 1rem}"
    "dt{color:#444}dd{margin:0;overflow-wrap:anywhere}label{display:block;margin:.3rem 0}"
    "input:not([type=radio],[type=checkbox]),select,textarea{font:inherit;width:100%;box-sizing:"
    "border-box;padding:.4rem}button{font:inherit;padding:.5rem 1rem;min-height:44px;margin:.2rem "
    ".4rem .2rem 0}button.main{background:#0b5d2a;color:#fff;border:0;border-radius:4px}"
    "article{border:1px solid #bbb;padding:.5rem 1rem;margin:.5rem 0;overflow-wrap:anywhere}"
    ".sum{font-size:1.8rem;font-weight:700;margin:.3rem 0}.told{background:#e7f3e7;padding:.5rem "
    "1rem}.bad{background:#fbe9e7;padding:.5rem 1rem}"
)
