"""`./run bench-replay`: two installations exchange over a bad line, both killed at random.

One sends, the other takes: real processes, a database each, mutual TLS between them. Of all
requests a share is lost (or their answers) and a share doubled; the line is cut for a while;
kill -9 hits the processes of exchange, the workers, the sender and both database servers.
Afterwards every document that was accepted has come exactly once, whole, under a number without
gaps, has become exactly one incoming document, and the sender knows it.
"""

import argparse
import json
import os
import random
import shutil
import signal
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from config.pgbox import Box, default_data
from simulators.ports import free_port

from .ends import End, Line
from .site import TUNED

FROM, TO = "H18", "H52"
_PATIENCE_S = 900
_LOOK_S = 2.0
SMALL = {**TUNED, "shared_buffers": "96MB", "max_connections": 30}


def main() -> None:
    """Send, kill, prove, print; the answer is 0 only if everything held."""
    options = _arguments()
    folder = Path(os.environ.get("MOTCUA_HOME", ".")).absolute() / "var" / "replay"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    with _ends(folder, options) as (first, second):
        findings = Replay(first, second, folder, options).run()
    sys.stdout.write(json.dumps(findings, ensure_ascii=False, indent=1) + "\n")
    sys.exit(1 if findings["offences"] else 0)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="./run bench-replay", description="Phát lại văn bản trên đường truyền xấu."
    )
    parser.add_argument("--messages", type=int, default=700_000, help="số văn bản gửi đi")
    parser.add_argument("--per-second", type=float, default=60.0, help="nhịp gửi")
    parser.add_argument("--lost", type=float, default=0.01, help="phần gói tin thất lạc")
    parser.add_argument("--doubled", type=float, default=0.01, help="phần gói tin tới hai lần")
    parser.add_argument("--cut-seconds", type=float, default=600.0, help="đường truyền đứt bao lâu")
    parser.add_argument("--kills", type=int, default=200, help="số lần kill -9")
    parser.add_argument("--seed", type=int, default=1)
    return parser.parse_args()


@contextmanager
def _ends(folder: Path, options: argparse.Namespace) -> Iterator[tuple[End, End]]:
    """Start both installations, known to each other; take them away afterwards."""
    data = default_data(folder)
    line = Line(options.lost, options.doubled, folder / "cut", options.seed)
    ends = []
    try:
        for code in (FROM, TO):
            place = data.with_name(f"{data.name}-replay-{code.lower()}")
            box = Box(place, settings=dict(SMALL))
            box.stop(force=True)  # what an earlier run left behind
            shutil.rmtree(place, ignore_errors=True)
            end = End(code, box, folder / code.lower(), free_port(), line)
            ends.append(end)
            box.start()
            end.build()
        first, second = ends
        first.know(second)
        second.know(first)
        for end in ends:
            end.start()
        yield first, second
    finally:
        for end in ends:
            end.stop()
            end.box.stop(force=True)
            shutil.rmtree(end.box.data, ignore_errors=True)


@dataclass(slots=True)
class Replay:
    """The run: who sends, when the line is cut, what is killed, and what is true afterwards."""

    first: End
    second: End
    folder: Path
    options: argparse.Namespace
    killed: Counter[str] = field(default_factory=Counter)

    @property
    def journal(self) -> Path:
        """Return the sender's own book of what was accepted."""
        return self.folder / "journal"

    def run(self) -> dict[str, Any]:
        """Send everything under faults, wait until it has come, prove."""
        dice = random.Random(self.options.seed)
        begin = time.monotonic()
        self._send_under_faults(dice)
        sent = time.monotonic()
        self._let_everything_come()
        came = time.monotonic()
        found = self._prove()
        return {
            "messages": self.options.messages,
            "kills": sum(self.killed.values()),
            "killed": dict(self.killed),
            "sent_s": round(sent - begin, 1),
            "came_s": round(came - begin, 1),
            **found,
        }

    def _send_under_faults(self, dice: random.Random) -> None:
        """Kill at evenly spread places of the journal; cut the line in its second quarter."""
        whole, kills = self.options.messages, self.options.kills
        due = sorted(dice.randrange(whole // 20, whole) for _ in range(kills))
        cut_from, cut_until = whole // 4, 0.0
        cut = self.folder / "cut"
        self._post()
        while self._accepted() < whole:
            done = self._accepted()
            if not cut_until and done >= cut_from:
                cut.touch()
                cut_until = time.monotonic() + self.options.cut_seconds
            if cut.exists() and time.monotonic() > cut_until:
                cut.unlink()
            while due and done >= due[0]:
                due.pop(0)
                self._kill_one(dice)
            self._bring_back()
            time.sleep(0.2)
        if cut.exists():
            time.sleep(max(cut_until - time.monotonic(), 0.0))
            cut.unlink()

    def _post(self) -> None:
        self.first.run_beside(
            "post",
            *("bench_post", "--messages", str(self.options.messages)),
            *("--per-second", str(self.options.per_second), "--sender", f"{FROM}.02"),
            *("--to", f"{TO}.02", "--journal", str(self.journal)),
        )

    def _accepted(self) -> int:
        """Return how many lines the journal has."""
        if not self.journal.exists():
            return 0
        with self.journal.open("rb") as book:
            book.seek(0, os.SEEK_END)
            start = max(book.tell() - 200, 0)
            book.seek(start)
            lines = book.read().decode().splitlines()
        return int(lines[-1].split()[0]) if lines and " " in lines[-1] else 0

    def _kill_one(self, dice: random.Random) -> None:
        ways: list[tuple[str, Callable[[], bool]]] = [
            ("tiến trình liên thông nơi gửi", lambda: self.first.kill("line")),
            ("tiến trình liên thông nơi nhận", lambda: self.second.kill("line")),
            ("tiến trình nền nơi nhận", lambda: self.second.kill("worker")),
            ("người gửi", lambda: self.first.kill("post")),
            ("postmaster nơi gửi", self.first.kill_postmaster),
            ("postmaster nơi nhận", self.second.kill_postmaster),
        ]
        name, kill = dice.choice(ways)
        if kill():
            self.killed[name] += 1

    def _bring_back(self) -> None:
        self.first.bring_back()
        self.second.bring_back()
        if not self.first.lives("post") and self._accepted() < self.options.messages:
            self._post()

    def _let_everything_come(self) -> None:
        """Wait until the receiver has made documents of all, and the sender knows."""
        until = time.monotonic() + _PATIENCE_S
        while time.monotonic() < until and not (self._knows_all() and self._has_all()):
            self._bring_back()
            time.sleep(_LOOK_S)

    def _knows_all(self) -> bool:
        left = "SELECT count(*) FROM exchange_enveloperecipient WHERE status = ''"
        return self.first.number(left) == 0

    def _has_all(self) -> bool:
        wanted: int = self.options.messages
        return self.second.number(_DOCUMENTS) >= wanted

    def _prove(self) -> dict[str, Any]:
        """Return figures and every offence against “once, whole, in order, known”."""
        accepted = [line.split() for line in self.journal.read_text().splitlines()]
        numbers = [int(number) for number, _ in accepted]
        whole = self.options.messages
        offences = []
        if numbers != list(range(1, whole + 1)):
            offences.append("the journal itself has gaps")
        figures = {
            "accepted": len(set(numbers)),
            "sent": self.first.number("SELECT count(*) FROM exchange_envelope"),
            "came": self.second.number(
                "SELECT count(DISTINCT document_ref) FROM exchange_envelope"
            ),
            "documents": self.second.number(_DOCUMENTS),
        }
        offences += [
            f"{name}: {figures[name]} instead of {whole}"
            for name in figures
            if figures[name] != whole
        ]
        offences += self.first.rows(_NOT_KNOWN)
        offences += self.second.rows(_GAPS) + self.second.rows(_TWICE) + self.second.rows(_OPEN)
        hashes = self.first.rows(_SHAS), self.second.rows(_SHAS)
        if hashes[0] != hashes[1]:
            offences.append("the contents that came are not those that were sent")
        return {**figures, "offences": offences[:20]}


_CAME = "SELECT count(DISTINCT document_ref) FROM exchange_envelope"
_DOCUMENTS = "SELECT count(*) FROM documents_document"
_NOT_KNOWN = """
SELECT 'not known as delivered: ' || count(*) FROM exchange_enveloperecipient
WHERE transport <> 'delivered' OR status = '' HAVING count(*) > 0
"""
_GAPS = """
SELECT 'numbers ' || min(number) || ' to ' || max(number) || ' are ' || count(*)
FROM exchange_envelopearrival WHERE kind = 'document'
HAVING min(number) <> 1 OR max(number) <> count(*)
"""
_TWICE = """
SELECT 'came twice: ' || document_ref FROM exchange_envelope
GROUP BY document_ref HAVING count(*) > 1 LIMIT 5
"""
_OPEN = """
SELECT 'an arrival is ' || state || ': ' || words FROM exchange_envelopearrival
WHERE state NOT IN ('read', 'known') LIMIT 5
"""
_SHAS = """
SELECT md5(string_agg(e.document_ref || ' ' || s.sha256, ',' ORDER BY e.document_ref))
FROM exchange_envelope e JOIN exchange_envelopefile f ON f.envelope_id = e.id
JOIN files_storedfile s ON s.id = f.file_id
"""


if __name__ == "__main__":
    main()
