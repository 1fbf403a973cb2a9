"""The site's processes and its partners, of which one after the other is killed."""

import os
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from config.pgbox import Box

from .site import WEB_SERVER, await_port, family, manage, start

_PATIENCE_S = 60
Child = subprocess.Popen[bytes]
WEB, WORKER, SIGNER = "máy chủ web", "tiến trình nền", "tiến trình ký"
STAMPS, REMOTE = "dịch vụ dấu thời gian", "dịch vụ ký từ xa"


@dataclass(slots=True)
class Victim:
    """The site's processes, killed and brought back; `folder` holds what its partners keep."""

    box: Box
    port: int
    environment: Mapping[str, str]
    dice: Random
    folder: Path
    children: dict[str, Child] = field(default_factory=dict)
    killed: Counter[str] = field(default_factory=Counter)

    def start(self) -> None:
        """Start the partners, the web server, the worker and the signer."""
        for name in self._commands():
            self._start(name)
        await_port(self.port)

    def _commands(self) -> dict[str, list[str]]:
        """Return what is started, by its name; the remote service comes back where it was."""
        place = ("--port", str(self.port), "--respawn-failed-workers", "--respawn-interval", "0.2")
        remote = (str(self.folder / "csc"), "--port", str(self.port + 1))
        stamps = ("--folder", str(self.folder / "authority"))
        tell = ("--tell", self.environment["MOTCUA_CSC_FILE"])
        return {
            STAMPS: [sys.executable, "-m", "simulators.trust", *stamps],
            REMOTE: [sys.executable, "-m", "simulators.csc", *remote, *tell],
            WEB: [*WEB_SERVER, *place, "--log-level", "warning"],
            WORKER: manage("worker", "--no-signer"),
            SIGNER: manage("signer"),
        }

    def _start(self, name: str) -> None:
        self.children[name] = start(self._commands()[name], self.environment)

    def kill_one(self) -> str:
        """Kill one process that is not expecting it; return what it was."""
        ways: dict[str, tuple[int, Callable[[], bool]]] = {
            "tiến trình web": (3, self._kill_web_process),
            "cả máy chủ web": (1, lambda: _kill_group(self.children[WEB].pid)),
            WORKER: (2, lambda: _kill(self.children[WORKER].pid)),
            SIGNER: (4, lambda: _kill(self.children[SIGNER].pid)),
            STAMPS: (1, lambda: _kill(self.children[STAMPS].pid)),
            REMOTE: (1, lambda: _kill(self.children[REMOTE].pid)),
            "tiến trình của cơ sở dữ liệu": (2, self._kill_backend),
            "postmaster": (2, self._kill_postmaster),
        }
        names = self.dice.choices(list(ways), [weight for weight, _ in ways.values()])
        if not ways[names[0]][1]():
            return ""
        self.killed[names[0]] += 1
        return names[0]

    def _kill_web_process(self) -> bool:
        children = family(self.children[WEB].pid)[1:]
        return bool(children) and _kill(self.dice.choice(children))

    def _kill_backend(self) -> bool:
        """Kill any child of the postmaster: a client's backend, the writer, the checkpointer."""
        postmaster = self.box.pid()
        children = family(postmaster)[1:] if postmaster else []
        return bool(children) and _kill(self.dice.choice(children))

    def _kill_postmaster(self) -> bool:
        postmaster = self.box.pid()
        return postmaster is not None and _kill(postmaster)

    def bring_back(self) -> None:
        """Start again what is gone."""
        if self.box.pid() is None:
            self.box.start()
        for name, child in list(self.children.items()):
            if child.poll() is not None:
                _kill_group(child.pid)
                self._start(name)

    def bring_back_partners(self) -> None:
        """Start again the partners that are gone, for what is still to be done without the site."""
        for name in (STAMPS, REMOTE):
            if self.children[name].poll() is not None:
                self._start(name)

    def stop_site(self) -> None:
        """End the site in order; its partners stay."""
        self._end([WEB, WORKER, SIGNER])

    def stop(self) -> None:
        """End everything in order."""
        self._end(list(self.children))

    def _end(self, names: list[str]) -> None:
        ended = [self.children.pop(name) for name in names if name in self.children]
        for child in ended:
            child.send_signal(signal.SIGTERM)
        for child in ended:
            try:
                child.wait(_PATIENCE_S)
            except subprocess.TimeoutExpired:
                child.kill()
                child.wait()
            _kill_group(child.pid)


def _kill(pid: int) -> bool:
    try:
        os.kill(pid, signal.SIGKILL)
    except ProcessLookupError:
        return False
    return True


def _kill_group(leader: int) -> bool:
    """Kill a process and what it has started, as a service manager does; none may serve on."""
    try:
        os.killpg(leader, signal.SIGKILL)
    except ProcessLookupError:
        return False
    return True
