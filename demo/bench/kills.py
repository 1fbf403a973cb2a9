"""`./run bench-kills`: kill -9 under load, then compare the site with the clients' own journal.

Something is killed (a web process, the whole web server, the worker, a database backend, the
postmaster) while eight clients play whole lives; what does not come back by itself is started
again. Afterwards `bench_prove` holds the database against what the clients were promised.
"""

import argparse
import asyncio
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from config.pgbox import Box, default_data

from .journal import Client, Journal
from .site import SERVER, TUNED, await_port, family, manage, start

CLIENTS = 8
ACTS_BETWEEN = 25
_PATIENCE_S = 60
_END_S = 120
_CALM_S = (0.1, 0.8)
SMALL: Mapping[str, str | int | float] = {**TUNED, "shared_buffers": "128MB"}
SIZE = ("--rows", "0", "--agencies", "8", "--procedures", "3")


@dataclass(slots=True)
class Victim:
    """The site's processes, killed and brought back."""

    box: Box
    port: int
    environment: Mapping[str, str]
    dice: random.Random
    web: "subprocess.Popen[bytes]" = field(init=False)
    worker: "subprocess.Popen[bytes]" = field(init=False)
    killed: Counter[str] = field(default_factory=Counter)

    def start(self) -> None:
        """Start the web server and the worker."""
        self._start_web()
        self._start_worker()
        await_port(self.port)

    def _start_web(self) -> None:
        granian = str(Path(sys.executable).parent / "granian")
        place = ("--port", str(self.port), "--respawn-failed-workers", "--respawn-interval", "0.2")
        words = [granian, *SERVER, *place, "--log-level", "warning", "config.wsgi:application"]
        self.web = start(words, self.environment)

    def _start_worker(self) -> None:
        self.worker = start(manage("worker"), self.environment)

    def kill_one(self) -> str:
        """Kill one process that is not expecting it; return what it was."""
        ways: dict[str, tuple[int, Callable[[], bool]]] = {
            "tiến trình web": (3, self._kill_web_process),
            "cả máy chủ web": (1, self._kill_web_server),
            "tiến trình nền": (2, self._kill_worker),
            "tiến trình của cơ sở dữ liệu": (2, self._kill_backend),
            "postmaster": (2, self._kill_postmaster),
        }
        names = self.dice.choices(list(ways), [weight for weight, _ in ways.values()])
        if not ways[names[0]][1]():
            return ""
        self.killed[names[0]] += 1
        return names[0]

    def _kill_web_process(self) -> bool:
        children = family(self.web.pid)[1:]
        return bool(children) and _kill(self.dice.choice(children))

    def _kill_web_server(self) -> bool:
        return _kill_group(self.web.pid)

    def _kill_worker(self) -> bool:
        return _kill(self.worker.pid)

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
        if self.web.poll() is not None:
            _kill_group(self.web.pid)
            self._start_web()
        if self.worker.poll() is not None:
            self._start_worker()

    def stop(self) -> None:
        """End the web server and the worker in order."""
        for child in (self.web, self.worker):
            child.send_signal(signal.SIGTERM)
        for child in (self.web, self.worker):
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


def main() -> None:
    """Kill, prove, print; the answer is 0 only if everything held."""
    options = _arguments()
    folder = Path(os.environ.get("MOTCUA_HOME", ".")).absolute() / "var" / "kills"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    data = default_data(folder).with_name(f"{default_data(folder).name}-kills")
    box = Box(data, settings=dict(SMALL))
    box.stop(force=True)  # what an earlier run left behind
    shutil.rmtree(data, ignore_errors=True)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    box.start()
    try:
        findings = _run(box, folder, options)
    finally:
        box.stop(force=True)
        shutil.rmtree(data, ignore_errors=True)
    sys.stdout.write(json.dumps(findings, ensure_ascii=False, indent=1) + "\n")
    sys.exit(1 if findings["offences"] else 0)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="./run bench-kills", description="Thử giết tiến trình.")
    parser.add_argument("--kills", type=int, default=200, help="số lần kill -9")
    parser.add_argument("--clients", type=int, default=CLIENTS)
    parser.add_argument("--port", type=int, default=8791)
    parser.add_argument("--seed", type=int, default=1)
    return parser.parse_args()


def _run(box: Box, folder: Path, options: argparse.Namespace) -> dict[str, Any]:
    environment = {
        **os.environ,
        "MOTCUA_PG_DATA": str(box.data),
        "DJANGO_SETTINGS_MODULE": "config.settings.bench",
    }
    world = _world(folder, environment)
    victim = Victim(box, options.port, environment, random.Random(options.seed))
    journal = Journal(folder / "journal.jsonl")
    victim.start()
    begin = time.monotonic()
    try:
        took = asyncio.run(_under_load(victim, world, journal, options))
    finally:
        victim.stop()
        journal.close()
    findings = {
        "kills": sum(victim.killed.values()),
        "killed": dict(victim.killed),
        "seconds": round(time.monotonic() - begin),
        "accepted": journal.lines,
        "lost_answers": dict(journal.lost),
        "back_median_s": round(sorted(took)[len(took) // 2], 2) if took else 0.0,
        "back_longest_s": round(max(took, default=0.0), 2),
    }
    proved = _prove(folder, environment)
    unsafe = [] if proved["fsync"] == "on" else ["fsync is off: a kill proves nothing"]
    offences = [*journal.strange[:20], *unsafe, *proved["offences"]]
    return {**findings, **proved, "offences": offences}


def _world(folder: Path, environment: Mapping[str, str]) -> dict[str, Any]:
    note = folder / "world.json"
    for words in (
        ("migrate", "-v0"),
        ("bench_load", *SIZE, "--out", str(note)),
    ):
        subprocess.run(manage(*words), env=environment, check=True)
    found: dict[str, Any] = json.loads(note.read_text())
    return found


def _prove(folder: Path, environment: Mapping[str, str]) -> dict[str, Any]:
    note = folder / "proof.json"
    words = manage("bench_prove", "--journal", str(folder / "journal.jsonl"), "--out", str(note))
    subprocess.run(words, env=environment, check=True)
    found: dict[str, Any] = json.loads(note.read_text())
    return found


async def _under_load(
    victim: Victim, world: Mapping[str, Any], journal: Journal, options: argparse.Namespace
) -> list[float]:
    """Let the clients play while one process after the other dies; return how long each took."""
    stopped = asyncio.Event()
    players = [
        asyncio.create_task(Client(options.port, world, journal, number).play(stopped))
        for number in range(options.clients)
    ]
    took = []
    try:
        while sum(victim.killed.values()) < options.kills and not journal.strange:
            await asyncio.sleep(victim.dice.uniform(*_CALM_S))
            if what := victim.kill_one():
                took.append(await _until_back(victim, journal))
                count = sum(victim.killed.values())
                sys.stderr.write(f"{count:>4} {what:<30} {took[-1]:>6.1f} s {journal.lines}\n")
    finally:
        stopped.set()
        _, late = await asyncio.wait(players, timeout=_END_S)
        for player in late:
            player.cancel()
            journal.strange.append("a client did not come to its end")
    return took


async def _until_back(victim: Victim, journal: Journal) -> float:
    """Return after how many seconds the clients went on as before."""
    begin, wanted = time.monotonic(), journal.lines + ACTS_BETWEEN
    while journal.lines < wanted:
        if time.monotonic() - begin > _PATIENCE_S:
            journal.strange.append("the site did not come back in time")
            break
        await asyncio.to_thread(victim.bring_back)
        await asyncio.sleep(0.05)
    return time.monotonic() - begin


if __name__ == "__main__":
    main()
