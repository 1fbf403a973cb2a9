"""The plays of an axis as processes of their own, for tests."""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from motcua.adapters.document_exchange.lgsp import Lgsp
from motcua.adapters.document_exchange.lines import AxisLine, Letter, Patience, Place
from motcua.adapters.document_exchange.vxp import Vxp
from motcua.lib.httpclient import Bounds, ask
from simulators.axis import SECRET, SYSTEM

from .contracts import ROOT

QUICK = Patience(0.5, 2.0)
PATHS = {"vxp": "", "lgsp": "/truclienthong/v1.0.0"}


@dataclass(frozen=True)
class Played:
    """A running play of an axis."""

    way: str
    port: int
    folder: Path

    @property
    def host(self) -> str:
        return f"127.0.0.1:{self.port}"

    @property
    def url(self) -> str:
        return f"http://{self.host}{PATHS[self.way]}"

    @property
    def bounds(self) -> Bounds:
        return Bounds(frozenset({self.host}), allows_private=True)

    def line(self, secret: str = SECRET, patience: Patience = QUICK) -> AxisLine:
        """Return a line of ours to it."""
        place = Place(self.url, SYSTEM, secret, self.bounds, patience)
        return Vxp(place) if self.way == "vxp" else Lgsp(place)

    def fault(self, name: str) -> None:
        """Let it behave badly from now on; nothing ends that."""
        self.post("/faults", name.encode())

    def press(self, path: str, **given: str) -> None:
        """Press a button of its page."""
        self.post(path, urlencode(given).encode())

    def post(self, path: str, body: bytes) -> None:
        ask("POST", f"http://{self.host}{path}", bounds=self.bounds, body=body)

    def page(self) -> str:
        """Return its page."""
        return ask("GET", f"http://{self.host}/", bounds=self.bounds).body.decode()

    def boxes(self) -> list[dict[str, Any]]:
        """Return all that lies in its mailboxes."""
        path = self.folder / "boxes.json"
        return list(json.loads(path.read_text())) if path.exists() else []


def letter(content: bytes, *, kind: str = "edoc", receiver: str = "G09") -> Letter:
    """Return a message for a ministry."""
    digest = sha256(content).digest()
    return Letter(kind, "H18.5", receiver, BytesIO(content), len(content), digest)


@contextmanager
def running_axis(way: str, folder: Path) -> Iterator[Played]:
    """Run a play until the block ends."""
    command = [sys.executable, "-m", f"simulators.{way}", str(folder)]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)  # noqa: S603 -- our own program
    try:
        assert process.stdout is not None
        yield Played(way, int(process.stdout.readline()), folder)
    finally:
        process.terminate()
        process.wait()
        if process.stdout is not None:
            process.stdout.close()
