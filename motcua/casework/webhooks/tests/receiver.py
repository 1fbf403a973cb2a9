"""A system that is told: answers as it is bidden, and remembers what came."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from time import sleep
from typing import Any


@dataclass
class Receiver:
    """What the receiver does and what it got: (headers, body) in the order of arrival.

    `statuses` are answered one after the other, the last one for ever.
    """

    url: str = ""
    statuses: list[int] = field(default_factory=lambda: [200])
    location: str = ""
    dribble_s: float = 0.0
    content: bytes = b"ok"
    got: list[tuple[dict[str, str], bytes]] = field(default_factory=list)

    @property
    def ids(self) -> list[str]:
        return [headers["webhook-id"] for headers, _ in self.got]

    def next_status(self) -> int:
        return self.statuses.pop(0) if len(self.statuses) > 1 else self.statuses[0]


@contextmanager
def receiving() -> Iterator[Receiver]:
    """Listen on this machine until the end of the block."""
    receiver = Receiver()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            size = int(self.headers["Content-Length"])
            body = self.rfile.read(size)
            headers = {name.lower(): value for name, value in self.headers.items()}
            receiver.got.append((headers, body))
            self.send_response(receiver.next_status())
            if receiver.location:
                self.send_header("Location", receiver.location)
            self.send_header("Content-Length", str(len(receiver.content)))
            self.end_headers()
            self._write()

        def _write(self) -> None:
            if not receiver.dribble_s:
                self.wfile.write(receiver.content)
                return
            for byte in receiver.content:
                try:
                    self.wfile.write(bytes([byte]))
                    self.wfile.flush()
                except OSError:
                    return
                sleep(receiver.dribble_s)

        def log_message(self, *_: Any) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    receiver.url = f"http://127.0.0.1:{server.server_port}/nhan-tin"
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    try:
        yield receiver
    finally:
        server.shutdown()
        server.server_close()
