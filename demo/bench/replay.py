"""`./run bench-replay`: two installations exchange over a bad line, both killed at random.

One sends, the other takes: real processes, a database each, mutual TLS between them. Of all
requests a share is lost (or their answers) and a share doubled; the line is cut for a while;
kill -9 hits the processes of exchange, the workers, the sender and both database servers.
Afterwards every document that was accepted has come exactly once, whole, under a number without
gaps, has become exactly one incoming document, and the sender knows it.

What takes hours may be stopped (Ctrl-C) and goes on with `--continue`.
"""

import argparse
import json
import os
import random
import shutil
import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from config.pgbox import Box, default_data
from simulators.authority import Authority
from simulators.ports import free_port

from .ends import End, Line, summed
from .evenness import prove
from .site import TUNED

FROM, TO = "H18", "H52"
_STOPS = (signal.SIGTERM, signal.SIGINT)
_STILL_S = 900  # so long nothing new may come before it is called lost
_LOOK_S, _PULSE_S = 1.0, 0.2
_MANY = 10_000  # of so many it is asked less often how many came
SMALL = {**TUNED, "shared_buffers": "96MB", "max_connections": 30}
_KNOWN = "SELECT count(*) FROM exchange_enveloperecipient WHERE status <> ''"
_DOCUMENTS = "SELECT count(*) FROM documents_document"
_SEALED = "SELECT count(*) FROM exchange_envelopeevidence"


@dataclass(slots=True)
class State:
    """What is to be known to go on after a stop; kept beside the journal."""

    options: dict[str, Any]
    ports: list[int] = field(default_factory=list)
    killed: dict[str, int] = field(default_factory=dict)
    seconds: float = 0.0
    cut_left_s: float = 0.0
    spent_s: dict[str, float] = field(default_factory=dict)

    def keep(self, place: Path) -> None:
        """Write it down."""
        place.write_text(json.dumps(asdict(self)))


def main() -> None:
    """Send, kill, prove, print; the answer is 0 only if everything held."""
    options = _arguments()
    folder = Path(os.environ.get("MOTCUA_HOME", ".")).absolute() / "var" / "replay"
    for name in _STOPS:
        signal.signal(name, lambda *_: sys.exit(1))
    state = _state(folder, options)
    begun = time.monotonic()
    with _ends(folder, state) as (first, second):
        ready = time.monotonic() - begun
        findings = Replay(first, second, folder, state).run()
    shutil.rmtree(folder, ignore_errors=True)
    said = {**findings, "set_up_s": round(ready, 1)}
    sys.stdout.write(json.dumps(said, ensure_ascii=False, indent=1) + "\n")
    sys.exit(1 if findings["offences"] else 0)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="./run bench-replay", description="Phát lại văn bản trên đường truyền xấu."
    )
    parser.add_argument("--documents", type=int, default=700_000, help="số văn bản gửi đi")
    parser.add_argument("--kilobytes", type=int, default=0, help="cỡ tệp (bỏ: một trang trắng)")
    parser.add_argument("--per-second", type=float, default=60.0, help="nhịp gửi")
    parser.add_argument("--lost", type=float, default=0.01, help="phần gói tin thất lạc")
    parser.add_argument("--doubled", type=float, default=0.01, help="phần gói tin tới hai lần")
    parser.add_argument("--minutes-cut", type=float, default=10.0, help="đường truyền đứt bao lâu")
    parser.add_argument("--kills", type=int, default=200, help="số lần kill -9")
    parser.add_argument("--evidence", action="store_true", help="lập cả tệp bằng chứng")
    parser.add_argument("--rest", type=float, default=30.0, help="nghỉ khi đường truyền đứt (giây)")
    parser.add_argument("--hurry", action="store_true", help="không đợi giờ hẹn gửi lại")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument(
        "--continue", dest="goes_on", action="store_true", help="làm tiếp lần bị dừng"
    )
    return parser.parse_args()


def _state(folder: Path, options: argparse.Namespace) -> State:
    """Return where to go on, or a beginning."""
    note = folder / "state.json"
    if options.goes_on:
        if not note.exists():
            raise SystemExit("Không có lần phát lại nào đang dở.")
        return State(**json.loads(note.read_text()))
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return State(vars(options), cut_left_s=options.minutes_cut * 60)


@contextmanager
def _ends(folder: Path, state: State) -> Iterator[tuple[End, End]]:
    """Start both installations, known to each other; leave them only if all is done."""
    data, options = default_data(folder), state.options
    line = Line(
        options["lost"], options["doubled"], folder / "cut", options["seed"], options["rest"]
    )
    is_new, note = not state.ports, folder / "state.json"
    ports = state.ports or [free_port(), free_port()]
    ends = []
    for code, port in zip((FROM, TO), ports, strict=True):
        place = data.with_name(f"{data.name}-replay-{code.lower()}")
        box = Box(place, settings=dict(SMALL))
        authority = folder / "authority" if options["evidence"] else None
        ends.append(End(code, box, folder / code.lower(), port, line, authority))
    try:
        if is_new:
            build(*ends)
        state.ports = ports
        for end in ends:
            end.box.start()
            end.start()
        yield ends[0], ends[1]
        state.ports = []
    finally:
        _deaf()
        for end in ends:
            state.spent_s = summed(state.spent_s, end.spent())
            end.stop()
            end.box.stop(force=True)
        if state.ports:
            state.keep(note)
            sys.stderr.write("Đã dừng; làm tiếp bằng ./run bench-replay --continue\n")
        else:
            for end in ends:
                shutil.rmtree(end.box.data, ignore_errors=True)


def _deaf() -> None:
    """Let nothing disturb the ending: who is told twice to stop would leave processes behind."""
    for name in _STOPS:
        signal.signal(name, signal.SIG_IGN)


def build(first: End, second: End) -> None:
    """Make both worlds, known to each other."""
    if first.authority is not None:
        Authority(first.authority, at=datetime.now(UTC))
    for end in (first, second):
        end.begin()
    first.build(second)
    second.build(first)
    first.await_built()
    second.await_built()


@dataclass(slots=True)
class Replay:
    """The run: who sends, when the line is cut, what is killed, and what is true afterwards."""

    first: End
    second: End
    folder: Path
    state: State
    looked_at: float = field(default_factory=time.monotonic)

    @property
    def journal(self) -> Path:
        """Return the sender's own book of what was accepted."""
        return self.folder / "journal"

    @property
    def whole(self) -> int:
        """Return how many documents there are to be."""
        return int(self.state.options["documents"])

    def run(self) -> dict[str, Any]:
        """Send everything under faults, wait until it has come, prove."""
        self._send_under_faults()
        sent = self.state.seconds
        self._let_everything_come()
        came = self.state.seconds
        spent = summed(self.state.spent_s, self.first.spent(), self.second.spent())
        found = prove(self.first, self.second, self.journal, self.whole)
        return {
            "documents": self.whole,
            "kills": sum(self.state.killed.values()),
            "killed": self.state.killed,
            "sent_s": round(sent, 1),
            "came_s": round(came, 1),
            "per_second": round(self.whole / came, 1),
            "cpu_ms_each": {name: round(s * 1000 / self.whole, 1) for name, s in spent.items()},
            **found,
        }

    def _pass(self, seconds: float) -> None:
        """Rest a moment; the clock of the run goes on, through stops too."""
        time.sleep(seconds)
        now = time.monotonic()
        self.state.seconds += now - self.looked_at
        self.looked_at = now

    def _send_under_faults(self) -> None:
        """Kill at evenly spread places of the journal; cut the line in its second quarter."""
        whole, kills = self.whole, self.state.options["kills"]
        dice = random.Random(self.state.options["seed"])
        due = sorted(dice.randrange(whole // 20, whole) for _ in range(kills))
        ways = self._ways(dice, kills)
        self._post()
        while (done := self._accepted()) < whole or self.state.cut_left_s > 0:
            self._weather(done)
            turn = sum(self.state.killed.values())
            if turn < len(due) and done >= due[turn]:
                name, kill = ways[turn]
                is_there = kill()
                self.state.killed[name] = self.state.killed.get(name, 0) + is_there
            self._bring_back()
            self._pass(_PULSE_S)
        (self.folder / "cut").unlink(missing_ok=True)

    def _weather(self, done: int) -> None:
        """Cut the line when a quarter was sent, for as long as it is to be cut."""
        cut, since = self.folder / "cut", self.state.seconds
        if self.state.cut_left_s <= 0:
            cut.unlink(missing_ok=True)
        elif done >= self.whole // 4:
            cut.touch()
            self._pass(_PULSE_S)
            self.state.cut_left_s -= self.state.seconds - since + _PULSE_S

    def _post(self) -> None:
        options = self.state.options
        self.first.run_beside(
            "post",
            *("bench_post", "--messages", str(self.whole), "--sender", f"{FROM}.02"),
            *("--per-second", str(options["per_second"]), "--to", f"{TO}.02"),
            *("--journal", str(self.journal), "--kilobytes", str(options["kilobytes"])),
        )

    def _accepted(self) -> int:
        """Return the number in the journal's last whole line."""
        if not self.journal.exists():
            return 0
        with self.journal.open("rb") as book:
            book.seek(max(book.seek(0, os.SEEK_END) - 200, 0))
            lines = book.read().decode().split("\n")[:-1]
        return int(lines[-1].split()[0]) if lines else 0

    def _ways(self, dice: random.Random, kills: int) -> list[tuple[str, Callable[[], bool]]]:
        """Return what is killed in its turn: each in a row of all, the rows shuffled."""
        ways: list[tuple[str, Callable[[], bool]]] = [
            ("tiến trình liên thông nơi gửi", lambda: self.first.kill("line")),
            ("tiến trình liên thông nơi nhận", lambda: self.second.kill("line")),
            ("tiến trình nền nơi nhận", lambda: self.second.kill("worker")),
            ("người gửi", lambda: self.first.kill("post")),
            ("postmaster nơi gửi", self.first.kill_postmaster),
            ("postmaster nơi nhận", self.second.kill_postmaster),
        ]
        found: list[tuple[str, Callable[[], bool]]] = []
        while len(found) < kills:
            found += dice.sample(ways, len(ways))
        return found

    def _bring_back(self) -> None:
        self.first.bring_back()
        self.second.bring_back()
        if not self.first.lives("post") and self._accepted() < self.whole:
            self._post()

    def _let_everything_come(self) -> None:
        """Wait until the receiver has made documents of all, and the sender knows."""
        best, changed_at = (-1, -1, -1), time.monotonic()
        while (now_there := self._there()) != (self.whole,) * 3:
            if now_there > best:
                best, changed_at = now_there, time.monotonic()
            if time.monotonic() - changed_at > _STILL_S:
                break
            self._bring_back()
            if self.state.options["hurry"]:
                self.first.hurry()
                self.second.hurry()
            self._pass(_LOOK_S if self.whole < _MANY else 10 * _LOOK_S)

    def _there(self) -> tuple[int, int, int]:
        """Return how many became documents, how many are known to the sender, are in evidence."""
        sealed = self.second.number(_SEALED) if self.state.options["evidence"] else self.whole
        return self.second.number(_DOCUMENTS), self.first.number(_KNOWN), sealed


if __name__ == "__main__":
    main()
