"""How both plays of an axis are reached: a page for people, faults, one answer per request."""

import argparse
import json
import sys
from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from email.message import Message
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from time import monotonic, sleep
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from .axis import FAULTS, SECRET, SYSTEM, Axis, Failed
from .axis_page import Shown, page

MOST_BODY = 200_000_000
FAULT_SECONDS = 31.0
GREETING = "V/v báo cáo tình hình sắp xếp tổ chức bộ máy quý IV"
Body = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Asked:
    """One request as the plays read it."""

    method: str
    path: str
    query: Mapping[str, str]
    headers: Message
    body: bytes


class Door(BaseHTTPRequestHandler, ABC):
    """Shows the page, takes faults, and lets the play answer the rest."""

    protocol_version = "HTTP/1.1"
    axis: Axis
    shown: Shown

    @abstractmethod
    def answer(self, asked: Asked) -> tuple[int, Body]:
        """Return HTTP's status and what is said; each play has its own. Raises: Failed."""

    @abstractmethod
    def failed(self, error: Failed) -> tuple[int, Body]:
        """Return an error as the play tells it."""

    def do_GET(self) -> None:
        """Answer one request."""
        self.serve("GET")

    def do_POST(self) -> None:
        """Answer one request."""
        self.serve("POST")

    def do_PUT(self) -> None:
        """Answer one request."""
        self.serve("PUT")

    def serve(self, method: str) -> None:
        """Answer people on the page, programs by the play."""
        body = self.rfile.read(min(int(self.headers.get("Content-Length", 0)), MOST_BODY))
        parts = urlsplit(self.path)
        query = dict(parse_qsl(parts.query))
        if parts.path == "/" and method == "GET":
            self.show(page(self.axis, self.shown, query.get("noi", "")))
        elif parts.path == "/faults":
            self.take_fault(body.decode())
            self.tell(200, {"fault": self.axis.fault})
        elif parts.path in ("/loi", "/gui", "/tra-loi"):
            self.hear(parts.path, dict(parse_qsl(body.decode())))
        else:
            self.ask(Asked(method, parts.path, query, self.headers, body))

    def take_fault(self, name: str) -> None:
        """Misbehave from now on, or behave."""
        self.axis.fault = name if name in FAULTS else ""

    def hear(self, path: str, given: Mapping[str, str]) -> None:
        """Do what a person pressed on the page, and show the page again."""
        words = ""
        try:
            if path == "/loi":
                self.take_fault(given.get("fault", ""))
            elif path == "/gui":
                sender, receiver = given.get("sender", ""), given.get("receiver", "").strip()
                subject = given.get("subject", "").strip() or "V/v báo cáo định kỳ"
                self.axis.compose(sender, receiver, subject, urgent="urgent" in given)
                words = f"Đã đặt văn bản vào hộp của {receiver}."
            else:
                reason = given.get("reason", "").strip()
                self.axis.answer(given.get("doc", ""), given.get("code", ""), reason)
                words = "Đã trả lời."
        except Failed as error:
            words = error.words
        self.send_response(303)
        self.send_header("Location", f"/?{urlencode({'noi': words})}")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def ask(self, asked: Asked) -> None:
        """Answer a program, with the fault that is on."""
        fault = self.axis.fault
        if fault == "slow":
            self.wait(fault)
        if fault == "down":
            self.tell(503, {"error": "unavailable"})
        elif fault == "nonsense":
            self.show("<h1>Hệ thống đang bảo trì</h1>")
        elif fault == "error":
            self.tell(*self.failed(Failed("20", "Lỗi kết nối tới trục")))
        else:
            self.tell_or_hang(*self.answered(asked), hangs=fault == "open")

    def answered(self, asked: Asked) -> tuple[int, Body]:
        """Return what the play says, errors included."""
        try:
            return self.answer(asked)
        except Failed as error:
            return self.failed(error)
        except (ValueError, KeyError, TypeError):
            return self.failed(Failed("10", "Yêu cầu không đúng"))

    def wait(self, fault: str) -> None:
        """Wait as long as the fault is on, but not for ever."""
        until = monotonic() + FAULT_SECONDS
        while self.axis.fault == fault and monotonic() < until:
            sleep(0.02)

    def tell_or_hang(self, status: int, said: Body, *, hangs: bool) -> None:
        """Answer; or answer half and leave the line open."""
        if not hangs:
            self.tell(status, said)
            return
        content = json.dumps(said).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(content[: len(content) // 2])
        self.wait("open")
        self.close_connection = True

    def tell(self, status: int, said: Body) -> None:
        """Answer in JSON."""
        self.write(status, "application/json", json.dumps(said).encode())

    def show(self, content: str) -> None:
        """Answer with a page."""
        self.write(200, "text/html; charset=utf-8", content.encode())

    def write(self, status: int, kind: str, content: bytes) -> None:
        """Send an answer whole."""
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        """Stay quiet: headers hold secrets."""


def serve(door: type[Door], shown: Shown) -> None:
    """Serve until told to stop; write the port if it was not given."""
    parser = argparse.ArgumentParser(description=f"{shown.title} (mô phỏng).")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--system", default=SYSTEM, help="mã hệ thống của bên kết nối")
    parser.add_argument("--secret", default=SECRET, help="khóa bí mật của bên kết nối")
    parser.add_argument("--greets", default="", help="gửi sẵn một văn bản tới cơ quan này")
    options = parser.parse_args()
    door.axis = Axis(options.folder, system=options.system, secret=options.secret)
    if options.greets and not door.axis.rows:
        door.axis.compose("G09", options.greets, GREETING)
    server = ThreadingHTTPServer(("127.0.0.1", options.port), door)
    server.daemon_threads = True
    door.shown = shown.at(f"http://127.0.0.1:{server.server_address[1]}")
    if not options.port:
        sys.stdout.write(f"{server.server_address[1]}\n")
        sys.stdout.flush()
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        server.server_close()
