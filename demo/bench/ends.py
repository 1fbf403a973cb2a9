"""One of two installations that exchange: its database, its processes, killed and brought back."""

import os
import signal
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from config.pgbox import ROLE, Box

from .site import manage, start

_PATIENCE_S = 30
Child = subprocess.Popen[bytes]


@dataclass(frozen=True, slots=True)
class Line:
    """How bad the line is: shares of requests, and the file that cuts it while it exists."""

    lost: float
    doubled: float
    cut: Path
    seed: int


@dataclass(slots=True)
class End:
    """One installation; `folder` holds its files and its key."""

    code: str
    box: Box
    folder: Path
    port: int
    line: Line
    children: dict[str, Child] = field(default_factory=dict)

    @property
    def environment(self) -> Mapping[str, str]:
        """Return what its processes are told."""
        return {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "config.settings.bench",
            "MOTCUA_PG_DATA": str(self.box.data),
            "MOTCUA_FILES_DIR": str(self.folder / "files"),
            "MOTCUA_LEDGER_DIR": str(self.folder / "ledger"),
            "MOTCUA_EXCHANGE_KEY": str(self.folder / "exchange.pem"),
        }

    @property
    def certificate(self) -> Path:
        """Return the file of its certificate."""
        return self.folder / "exchange.crt"

    def build(self) -> None:
        """Make the tables, the agencies and the key."""
        self.folder.mkdir(parents=True)
        self.run("migrate", "-v0")
        self.run("bench_site", "--code", self.code)
        self.run("exchange_identity", "--out", str(self.certificate))

    def know(self, other: "End") -> None:
        """Enter the other one as a partner."""
        self.run(
            *("exchange_partners", "--set", other.code.lower(), "--name", other.code),
            *("--codes", other.code, "--address", f"https://127.0.0.1:{other.port}"),
            *("--certificate", str(other.certificate)),
        )

    def run(self, *words: str) -> None:
        """Run a command to its end."""
        subprocess.run(manage(*words), env=self.environment, check=True, stdout=subprocess.DEVNULL)

    def start(self) -> None:
        """Start what always runs: the line and the worker."""
        for name in self._lasting:
            self.run_beside(name, *self._lasting[name])

    @property
    def _lasting(self) -> Mapping[str, tuple[str, ...]]:
        line = self.line
        return {
            "line": (
                *("bench_line", "--host", "127.0.0.1", "--port", str(self.port), "--lanes", "2"),
                *("--lost", str(line.lost), "--doubled", str(line.doubled)),
                *("--cut", str(line.cut), "--seed", str(line.seed + self.port)),
            ),
            "worker": ("worker", "--no-signer"),
        }

    def run_beside(self, name: str, *words: str) -> None:
        """Start a process that goes on by itself."""
        self.children[name] = start(manage(*words), dict(self.environment))

    def lives(self, name: str) -> bool:
        """Say whether a process still runs."""
        return name in self.children and self.children[name].poll() is None

    def kill(self, name: str) -> bool:
        """Kill a process and all it started; say whether there was one."""
        if not self.lives(name):
            return False
        return _killed(self.children[name])

    def kill_postmaster(self) -> bool:
        """Kill the database server; say whether there was one."""
        pid = self.box.pid()
        if pid is None:
            return False
        os.kill(pid, signal.SIGKILL)
        return True

    def bring_back(self) -> None:
        """Start again what is gone, but for the sender."""
        if self.box.pid() is None:
            self.box.start()
        for name in self._lasting:
            if not self.lives(name):
                self.run_beside(name, *self._lasting[name])

    def number(self, statement: str) -> int:
        """Return the number that a statement answers with."""
        return int(self.box.sql(statement, ROLE) or 0)

    def rows(self, statement: str) -> list[str]:
        """Return the lines that a statement answers with."""
        return [line for line in self.box.sql(statement, ROLE).splitlines() if line]

    def stop(self) -> None:
        """End everything in order."""
        for child in self.children.values():
            child.send_signal(signal.SIGTERM)
        for child in self.children.values():
            try:
                child.wait(_PATIENCE_S)
            except subprocess.TimeoutExpired:
                _killed(child)
                child.wait()


def _killed(child: Child) -> bool:
    try:
        os.killpg(child.pid, signal.SIGKILL)
    except ProcessLookupError:
        return False
    child.wait()
    return True
