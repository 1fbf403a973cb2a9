"""One database with its web server and worker, as in production, and what they cost."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from config.pgbox import ROLE, Box

WEB_SERVER = (sys.executable, "-m", "config.web")
TUNED: Mapping[str, str | int | float] = {
    "shared_buffers": "256MB",
    "max_wal_size": "6GB",
    "checkpoint_timeout": "15min",
    "max_connections": 60,
}
_TICKS = os.sysconf("SC_CLK_TCK")
_PATIENCE_S, _LAST_WORDS_S = 180, 30


@dataclass(slots=True)
class Site:
    """A running site; `world` says who is who in its database."""

    box: Box
    port: int
    world: Mapping[str, Any]
    children: list["subprocess.Popen[bytes]"]

    def cpu_seconds(self) -> dict[str, float]:
        """Return the processor time spent so far by Python (web and worker) and PostgreSQL."""
        python = sum(cpu_seconds(pid) for child in self.children for pid in family(child.pid))
        postmaster = self.box.pid()
        return {
            "python": python,
            "postgres": sum(cpu_seconds(pid) for pid in family(postmaster)) if postmaster else 0.0,
        }

    def memory_mb(self) -> float:
        """Return the proportional memory of everything, in MB."""
        postmaster = self.box.pid()
        roots = [child.pid for child in self.children] + ([postmaster] if postmaster else [])
        return sum(_pss(pid) for root in roots for pid in family(root)) / 1024

    def waiting(self) -> bool:
        """Say whether a fact of a dossier is still to be counted, or told to somebody."""
        return self.box.sql(_WAITING, ROLE) == "t"


_WAITING = """
SELECT EXISTS (SELECT FROM outbox_delivery WHERE state = 'waiting') OR EXISTS (
  SELECT FROM outbox_fact f, outbox_position p
  WHERE p.consumer IN ('indicators.dossiers', 'dossiers.tell_applicant', 'dossiers.tell_office')
    AND f.topic = 'dossiers.moved'
    AND (f.epoch, f.xid, f.id) > (p.epoch, p.xid::text::xid8, p.fact_id))
"""


@contextmanager
def site(data: Path, rows: int, port: int) -> Iterator[Site]:
    """Start the database kept under a path, loading so many dossiers once, and a site over it."""
    if answers(port):
        message = f"somebody else answers on port {port} already: choose another with --port"
        raise SystemExit(message)
    box = Box(data, settings=dict(TUNED))
    box.start()
    environment = environment_of(box)
    children: list[subprocess.Popen[bytes]] = []
    try:
        world = prepared(box, rows, environment)
        commands = ([*WEB_SERVER, "--port", str(port)], manage("worker"))
        children.extend(start(command, environment) for command in commands)
        await_port(port)
        yield Site(box, port, world, children)
    finally:
        for child in children:
            child.send_signal(signal.SIGTERM)
        for child in children:
            _await_end(child)
        box.stop()


def _await_end(child: "subprocess.Popen[bytes]") -> None:
    """Wait for a process to end; one that does not listen, for it was just beginning, is ended."""
    try:
        child.wait(_LAST_WORDS_S)
    except subprocess.TimeoutExpired:
        os.killpg(child.pid, signal.SIGKILL)
        child.wait(_LAST_WORDS_S)


def load(data: Path, rows: int) -> None:
    """Load a world, if that has not been done, without a site over it."""
    box = Box(data, settings=dict(TUNED))
    box.start()
    try:
        prepared(box, rows, environment_of(box))
    finally:
        box.stop()


def environment_of(box: Box) -> dict[str, str]:
    """Return with what environment the commands of a site over it run."""
    return {
        **os.environ,
        "MOTCUA_PG_DATA": str(box.data),
        "DJANGO_SETTINGS_MODULE": "config.settings.bench",
    }


def default_data(folder: Path, rows: int) -> Path:
    """Return where a database of so many dossiers is kept if nothing else is said."""
    if os.geteuid() == 0:
        return Path(f"/var/lib/motcua/bench-{rows}")
    return folder / f"pg-{rows}"


def prepared(box: Box, rows: int, environment: Mapping[str, str]) -> Mapping[str, Any]:
    """Return who is who, after bringing the tables up to date and loading what is not there yet.

    The note stands beside the data and is written last: what was interrupted begins again.
    """
    note = box.data.with_name(f"{box.data.name}.world.json")
    if not note.exists():
        box.sql(f"DROP DATABASE IF EXISTS {ROLE} WITH (FORCE)")
        box.sql(f"CREATE DATABASE {ROLE} OWNER {ROLE}")
        box.sql(f"GRANT SET ON PARAMETER session_replication_role TO {ROLE}")
    for command in (("migrate", "-v0"), ("collectstatic", "-v0", "--noinput")):
        subprocess.run(manage(*command), env=environment, check=True)
    if not note.exists():
        loading = manage("bench_load", "--rows", str(rows), "--out", str(note))
        subprocess.run(loading, env=environment, check=True)
        box.sql(f"REVOKE SET ON PARAMETER session_replication_role FROM {ROLE}")
    subprocess.run(manage("bench_ready", "--note", str(note)), env=environment, check=True)
    found: Mapping[str, Any] = json.loads(note.read_text())
    return found


def manage(*words: str) -> list[str]:
    """Return the command line of one of Django's commands."""
    return [sys.executable, "manage.py", *words]


def start(command: list[str], environment: Mapping[str, str]) -> "subprocess.Popen[bytes]":
    """Start one of the site's processes."""
    return subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, process_group=0)


def answers(port: int) -> bool:
    """Say whether somebody listens on the port."""
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def await_port(port: int) -> None:
    """Wait until somebody answers on the port."""
    for _ in range(_PATIENCE_S * 10):
        if answers(port):
            return
        time.sleep(0.1)
    message = f"nothing answers on port {port}"
    raise SystemExit(message)


def family(root: int) -> list[int]:
    """Return the process and all it has started."""
    parents: dict[int, list[int]] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdecimal():
            stat = _read(entry / "stat")
            if stat:
                parents.setdefault(int(stat.rpartition(")")[2].split()[1]), []).append(
                    int(entry.name)
                )
    found, todo = [], [root]
    while todo:
        one = todo.pop()
        found.append(one)
        todo.extend(parents.get(one, ()))
    return found


def cpu_seconds(pid: int) -> float:
    """Return user and system time of the process and its ended children, in seconds."""
    stat = _read(Path(f"/proc/{pid}/stat"))
    return sum(map(int, stat.rpartition(")")[2].split()[11:15])) / _TICKS if stat else 0.0


def _pss(pid: int) -> int:
    for line in _read(Path(f"/proc/{pid}/smaps_rollup")).splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1])
    return 0


def _read(path: Path) -> str:
    try:
        return path.read_text()
    except OSError:
        return ""
