"""One of two installations that exchange: its database, its processes, killed and brought back."""

import os
import signal
import subprocess
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from config.pgbox import ROLE, Box
from motcua.adapters.peer_exchange.identity import make_identity

from .blank import begin_blank
from .site import cpu_seconds, family, manage, start

_PATIENCE_S = 30
_HURRY = """
UPDATE exchange_enveloperecipient SET next_try_at = now() WHERE next_try_at > now();
UPDATE exchange_statusnotice SET next_try_at = now() WHERE next_try_at > now();
UPDATE outbox_delivery SET next_try_at = now() WHERE state = 'waiting' AND next_try_at > now()
"""
Child = subprocess.Popen[bytes]


@dataclass(frozen=True, slots=True)
class Line:
    """How bad the line is: shares of requests, and the file that cuts it while it exists."""

    lost: float
    doubled: float
    cut: Path
    seed: int
    rest_s: float


@dataclass(slots=True)
class End:
    """One installation; `folder` holds its files and its key."""

    code: str
    box: Box
    folder: Path
    port: int
    line: Line
    authority: Path | None = None  # who certifies its seal, if it makes evidence
    speaks_at: int = 0  # where the partner reaches it, if not at its own port
    children: dict[str, Child] = field(default_factory=dict)
    _spent: dict[str, float] = field(default_factory=dict)

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
            "MOTCUA_SIGNING_KEYS_DIR": str(self.folder / "keys"),
        }

    @property
    def certificate(self) -> Path:
        """Return the file of its certificate."""
        return self.folder / "exchange.crt"

    def begin(self) -> None:
        """Make the tables and the key."""
        begin_blank(self.box)
        self.folder.mkdir(parents=True)
        made = make_identity(self.folder / "exchange.pem", self.code, at=datetime.now(UTC))
        self.certificate.write_bytes(made.pem)

    def build(self, other: "End") -> None:
        """Begin to make the agencies, and to enter the other one as a partner."""
        self.run_beside(
            "build",
            *("bench_site", "--code", self.code, "--partner", other.code),
            *("--address", f"https://127.0.0.1:{other.speaks_at or other.port}"),
            *("--certificate", str(other.certificate)),
            *(("--authority", str(self.authority)) if self.authority else ()),
        )

    def await_built(self) -> None:
        """Wait until that is done."""
        if self.children.pop("build").wait():
            message = f"{self.code} was not built"
            raise SystemExit(message)

    def start(self) -> None:
        """Start what always runs: the line and the worker."""
        for name in self._lasting:
            self.run_beside(name, *self._lasting[name])

    @property
    def _lasting(self) -> Mapping[str, tuple[str, ...]]:
        line = self.line
        signer = {"signer": ("signer", "--skip-checks")} if self.authority else {}
        return {
            **signer,
            "line": (
                *("bench_line", "--host", "127.0.0.1", "--port", str(self.port), "--lanes", "2"),
                *("--lost", str(line.lost), "--doubled", str(line.doubled)),
                *("--cut", str(line.cut), "--seed", str(line.seed + self.port)),
                *("--rest", str(line.rest_s)),
            ),
            "worker": ("worker", "--no-signer"),
        }

    def run_beside(self, name: str, *words: str) -> None:
        """Start a process that goes on by itself."""
        self._note(name)
        self.children[name] = start(manage(*words), dict(self.environment))

    def lives(self, name: str) -> bool:
        """Say whether a process still runs."""
        return name in self.children and self.children[name].poll() is None

    def kill(self, name: str) -> bool:
        """Kill a process and all it started; say whether there was one."""
        if not self.lives(name):
            return False
        self._note(name)
        return _killed(self.children.pop(name))

    def kill_postmaster(self) -> bool:
        """Kill the database server; say whether there was one."""
        pid = self.box.pid()
        if pid is None:
            return False
        self._add("postgres", pid)
        os.kill(pid, signal.SIGKILL)
        return True

    def spent(self) -> dict[str, float]:
        """Return the processor time of each process so far, those that were killed included."""
        known = dict(self._spent)
        for name, child in self.children.items():
            if self.lives(name):
                self._add(name, child.pid)
        if (pid := self.box.pid()) is not None:
            self._add("postgres", pid)
        found, self._spent = self._spent, known
        return found

    def _add(self, name: str, pid: int) -> None:
        key = f"{self.code} {name}"
        self._spent[key] = self._spent.get(key, 0.0) + _cpu_of(pid)

    def _note(self, name: str) -> None:
        if self.lives(name):
            self._add(name, self.children[name].pid)

    def hurry(self) -> None:
        """Let what waits for its next try be tried now."""
        with suppress(subprocess.CalledProcessError):  # it is coming back just now
            self.box.sql(_HURRY, ROLE)

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


def summed(*spent: Mapping[str, float]) -> dict[str, float]:
    """Return what each process spent in all."""
    names = {name for one in spent for name in one}
    return {name: sum(one.get(name, 0.0) for one in spent) for name in sorted(names)}


def _cpu_of(root: int) -> float:
    return sum(cpu_seconds(pid) for pid in family(root))


def _killed(child: Child) -> bool:
    try:
        os.killpg(child.pid, signal.SIGKILL)
    except ProcessLookupError:
        return False
    child.wait()
    return True
