"""A system that is told by webhooks: shows what came, and answers as it is bidden.

Given the secret of the subscription in its folder (`secret`), it says whether each message is
genuine. The address of its page takes `?tra-loi=503` to answer so from then on.
"""

import argparse
import base64
import hmac
import json
import sys
from collections import deque
from hashlib import sha256
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Lock
from typing import Any
from urllib.parse import parse_qs, urlsplit

MOST_BYTES, MOST_KEPT = 1_000_000, 200
ANSWERS = (200, 400, 410, 429, 500, 503)


class Inbox:
    """What came, the newest first; `status` is what is answered."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._lock = Lock()
        self.status = 200
        self.rows: deque[tuple[str, str]] = deque(maxlen=MOST_KEPT)
        self.ids: set[str] = set()

    def take(self, headers: dict[str, str], body: bytes) -> str:
        """Keep one message and say what it is."""
        message_id = headers.get("webhook-id", "?")
        with self._lock:
            is_again = message_id in self.ids
            self.ids.add(message_id)
            words = (
                f"{message_id} {self._worth(headers, body)}{', đến lần nữa' if is_again else ''}"
            )
            self.rows.appendleft((words, _pretty(body)))
        return words

    def _worth(self, headers: dict[str, str], body: bytes) -> str:
        path = self._folder / "secret"
        if not path.exists():
            return "chưa kiểm (ghi khóa ký vào tệp secret)"
        key = base64.b64decode(path.read_text().strip().removeprefix("whsec_"))
        plain = f"{headers.get('webhook-id')}.{headers.get('webhook-timestamp')}.".encode() + body
        wanted = f"v1,{base64.b64encode(hmac.new(key, plain, sha256).digest()).decode()}"
        given = headers.get("webhook-signature", "").split()
        return "chữ ký đúng" if wanted in given else "CHỮ KÝ SAI"

    def page(self) -> str:
        """Return the page of what came."""
        choices = " · ".join(f'<a href="/?tra-loi={one}">{one}</a>' for one in ANSWERS)
        rows = "".join(
            f"<h2>{escape(head)}</h2><pre>{escape(body)}</pre>" for head, body in self.rows
        )
        return (
            '<!doctype html><html lang="vi"><meta charset="utf-8"><title>Nơi nhận tin</title>'
            f"<h1>Nơi nhận tin</h1><p>Đang trả lời {self.status}. Đổi: {choices}</p>"
            f"{rows or '<p>Chưa có tin nào.</p>'}</html>"
        )


def _pretty(body: bytes) -> str:
    try:
        return json.dumps(json.loads(body), ensure_ascii=False, indent=1)
    except ValueError:
        return repr(body[:500])


class Handler(BaseHTTPRequestHandler):
    """Takes messages by POST, shows them by GET."""

    inbox: Inbox

    def do_POST(self) -> None:
        size = min(int(self.headers.get("Content-Length", "0")), MOST_BYTES)
        headers = {name.lower(): value for name, value in self.headers.items()}
        words = self.inbox.take(headers, self.rfile.read(size))
        sys.stdout.write(f"{words}\n")
        sys.stdout.flush()
        self._answer(self.inbox.status, "text/plain; charset=utf-8", "đã nhận")

    def do_GET(self) -> None:
        wanted = parse_qs(urlsplit(self.path).query).get("tra-loi", [""])[0]
        if wanted.isdecimal() and int(wanted) in ANSWERS:
            self.inbox.status = int(wanted)
        self._answer(200, "text/html; charset=utf-8", self.inbox.page())

    def _answer(self, status: int, kind: str, text: str) -> None:
        content = text.encode()
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: Any) -> None:
        return


def main() -> None:
    """Serve until told to stop."""
    parser = argparse.ArgumentParser(description="Nơi nhận tin của hệ thống khác (webhook).")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--port", type=int, default=0)
    options = parser.parse_args()
    Handler.inbox = Inbox(options.folder)
    server = ThreadingHTTPServer(("127.0.0.1", options.port), Handler)
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        server.server_close()


if __name__ == "__main__":
    main()
