"""`./run bench-exchange`: what the exchange between two installations does in a second, and costs.

Two real installations on this machine, as in `bench-replay`, behind a line whose width can be set.
First letters with a real signature, 200 kB each, all of them waiting when the line opens; then a
commune at 4 Mbps that sends and receives at the same time; one file of 50 MB; and at last the
intake alone, message by message. The clock is worth something on a quiet machine only; processor
time can be told beside other work, too.
"""

import argparse
import json
import os
import shutil
import signal
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from config.pgbox import Box, default_data
from simulators.ports import free_port

from .ends import End, Line, summed
from .replay import FROM, SMALL, TO, build
from .site import family, manage
from .slow_line import SlowLine

_MBIT = 125_000  # bytes a second
_PATIENCE_S = 600
_LOOK_S = 0.25
_LATE_S, _MOST_MB = 60, 100
_BEGAN = """
SELECT extract(epoch FROM min(taken_at)) FROM exchange_envelopearrival WHERE kind = 'document'
"""
_SETTLED = """
SELECT extract(epoch FROM max(delivered_at)) FROM exchange_enveloperecipient
WHERE arrival_id IS NULL
"""
_CHECKED = """
SELECT coalesce(extract(epoch FROM greatest(
  (SELECT max(read_at) FROM exchange_envelopearrival),
  (SELECT max(examined_at) FROM signing_examination),
  (SELECT max(made_at) FROM exchange_envelopeevidence)) - min(taken_at)), 0)
FROM exchange_envelopearrival WHERE kind = 'document'
"""
_PASSED = """
SELECT count(*) FROM signing_examination
WHERE report -> 'verdict' ->> 'indication' = 'TOTAL-PASSED'
"""
_EXAMINED = "SELECT count(*) FROM signing_examination WHERE examined_at IS NOT NULL"
_CONTAINERS = "SELECT count(DISTINCT file_id) FROM exchange_envelopeevidence"
_SEALED = "SELECT count(*) FROM exchange_envelopeevidence"
_DOCUMENTS = "SELECT count(*) FROM documents_document"
_KNOWN = "SELECT count(*) FROM exchange_enveloperecipient WHERE status <> ''"


def main() -> None:
    """Measure and print a table; the answer is 0 only if every bar is held."""
    options = _arguments()
    folder = Path(os.environ.get("MOTCUA_HOME", ".")).absolute() / "var" / "bench-exchange"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    load = os.getloadavg()[0]
    with _ends(folder) as bench:
        held = [_told(bar) for bar in bench.all_of(options)]
    sys.stdout.write(f"load of the machine: {load:.1f} before, {os.getloadavg()[0]:.1f} after\n")
    sys.exit(0 if all(held) else 1)


def _told(bar: "Bar") -> bool:
    """Print one line of the table; say whether its bar is held."""
    words, found, limit, is_held = bar
    mark = {True: "✓", False: "✗", None: " "}[is_held]
    sys.stdout.write(f"{words:<66} {found:>20}  {limit:<13} {mark}\n")
    sys.stdout.flush()
    return is_held is not False


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="./run bench-exchange", description="Đo liên thông.")
    parser.add_argument("--documents", type=int, default=200, help="số văn bản có chữ ký")
    parser.add_argument("--line-documents", type=int, default=100, help="số văn bản ở 4 Mbps")
    parser.add_argument("--megabytes", type=int, default=50, help="cỡ tệp lớn")
    parser.add_argument("--intake", type=int, default=60, help="số gói tin nhận từng cái")
    return parser.parse_args()


Bar = tuple[str, str, str, bool | None]


@contextmanager
def _ends(folder: Path) -> Iterator["Bench"]:
    """Start both installations, each behind a line that can be narrowed."""
    data = default_data(folder)
    weather = Line(0.0, 0.0, folder / "cut", 1, 0.5)
    ends, lines = [], []
    for code in (FROM, TO):
        box = Box(data.with_name(f"{data.name}-exchange-{code.lower()}"), settings=dict(SMALL))
        end = End(code, box, folder / code.lower(), free_port(), weather, folder / "authority")
        end.speaks_at = free_port()
        lines.append(SlowLine(end.speaks_at, end.port))
        ends.append(end)
    try:
        build(*ends)
        yield Bench(ends[0], ends[1], folder, lines)
    finally:
        for end in ends:
            end.stop()
            end.box.stop(force=True)
            shutil.rmtree(end.box.data, ignore_errors=True)


class Bench:
    """The measurements, one after the other, on the same two installations."""

    def __init__(self, first: End, second: End, folder: Path, lines: list[SlowLine]) -> None:
        self.first, self.second, self.folder, self.lines = first, second, folder, lines
        self.cut = folder / "cut"
        self.there = 0

    def all_of(self, options: argparse.Namespace) -> Iterator[Bar]:
        """Yield every figure."""
        yield from self.letters(options.documents)
        yield from self.commune(options.line_documents)
        yield from self.large(options.megabytes)
        yield from self.intake(options.intake)

    def letters(self, count: int) -> Iterator[Bar]:
        """Let signed letters of 200 kB go that have waited, until each is checked and sealed."""
        self.cut.touch()
        self._post(self.first, self.second, "letters", count, "--kilobytes", "200", is_signed=True)
        for end in (self.first, self.second):
            end.start()
        self._await_quiet()
        before = self._spent()
        self.cut.unlink()
        self.first.hurry()
        self.second.hurry()
        self._await_all(count, sealed=count)
        spent = {name: s - before.get(name, 0.0) for name, s in self._spent().items()}
        # taken from the first byte that came until the receipt of the last was kept
        taken_s = float(self.first.rows(_SETTLED)[0]) - float(self.second.rows(_BEGAN)[0])
        checked_s = float(self.second.rows(_CHECKED)[0])
        passed, containers = self.second.number(_PASSED), self.second.number(_CONTAINERS)
        yield _bar("signed, 200 kB: accepted, stored, acknowledged a second", count / taken_s, 50)
        yield _bar("the same: verified and in evidence a second", count / checked_s, 10)
        late = checked_s - taken_s
        yield (
            f"all checks done after the last was accepted ({count})",
            f"{late:.1f} s",
            "≤ 60 s",
            late <= _LATE_S,
        )
        yield (
            "signatures found good; containers of evidence",
            f"{passed}; {containers}",
            f"{count}",
            passed == count,
        )
        each = {name: f"{s * 1000 / count:.0f}" for name, s in sorted(spent.items()) if s}
        whole = sum(spent.values()) * 1000 / count
        yield "processor time of one, all processes of both", f"{whole:.0f} ms", "", None
        yield " ".join(f"{name} {ms}" for name, ms in each.items()), "", "", None

    def commune(self, count: int) -> Iterator[Bar]:
        """Let a commune at 4 Mbps send and receive so many documents of 300 kB at once."""
        kilobytes = 300
        self.cut.touch()
        time.sleep(1)
        size = 0
        for near, far, name in (
            (self.first, self.second, "received"),
            (self.second, self.first, "sent"),
        ):
            self._post(near, far, name, count, "--kilobytes", str(kilobytes))
            biggest = f"SELECT sum(size) FROM (SELECT size FROM files_storedfile WHERE media_type = 'application/pdf' ORDER BY id DESC LIMIT {count}) AS f"  # noqa: S608, E501 -- our own number
            size = max(size, near.number(biggest))
        for line in self.lines:
            line.bytes_a_second = 4 * _MBIT
        self._await_quiet()
        begun = time.time()
        self.cut.unlink()
        self.first.hurry()
        self.second.hurry()
        self._await_all(self.there + count, back=count)
        raw_s = size / (4 * _MBIT)
        for end, words in ((self.first, "received"), (self.second, "sent")):
            took = float(end.rows(_SETTLED)[0]) - begun
            what = f"4 Mbps: {count} documents of {kilobytes} kB {words}, raw files {raw_s:.1f} s"
            yield what, f"{took:.1f} s ({took / raw_s:.2f} ×)", "≤ 1.10 ×", took <= 1.1 * raw_s
        for line in self.lines:
            line.bytes_a_second = 0.0

    def large(self, megabytes: int) -> Iterator[Bar]:
        """Let one large file go, and tell by how much each process grew at most."""
        pids = {
            f"{end.code} {name}": one
            for end in (self.first, self.second)
            for name, child in end.children.items()
            if end.lives(name)
            for one in family(child.pid)[:1]
        }
        for pid in pids.values():
            Path(f"/proc/{pid}/clear_refs").write_text("5")
        before = {name: _memory(pid, "VmRSS") for name, pid in pids.items()}
        begun = time.monotonic()
        self._post(self.first, self.second, "large", 1, "--kilobytes", str(megabytes * 1000))
        self._await_all(self.there + 1)
        took = time.monotonic() - begun
        grown = {name: _memory(pid, "VmHWM") - before[name] for name, pid in pids.items()}
        most = max(grown.values())
        yield (
            f"{megabytes} MB in one file: memory added to a process at most",
            f"{most:.0f} MB",
            "< 100 MB",
            most < _MOST_MB,
        )
        yield f"{' '.join(f'{n} +{v:.0f}' for n, v in grown.items())}", f"{took:.1f} s", "", None

    def intake(self, count: int) -> Iterator[Bar]:
        """Take in messages one by one, with nothing beside: no line, no worker, no signer."""
        self.first.kill("line")
        self._post(self.first, self.second, "intake", count, "--kilobytes", "200", is_signed=True)
        for name in ("line", "worker", "signer"):  # what follows the intake is not the intake
            self.second.kill(name)
        made, out = self.folder / "messages", self.folder / "intake.json"
        self._run(self.first, "--journal", str(self.folder / "intake"), "--folder", str(made))
        where = ("--partner", FROM.lower(), "--out", str(out))
        self._run(self.second, "--folder", str(made), *where)
        found = json.loads(out.read_text())[5:]  # the first ones load what the others use
        for name, words, bar in (
            ("alone_ms", "intake of one message, no signatures: p50 / p95", 40),
            ("with_signatures_ms", "intake of one message with its signatures: p50 / p95", 150),
        ):
            values = [one[name] for one in found]
            p50, p95 = statistics.median(values), statistics.quantiles(values, n=20)[18]
            yield words, f"{p50:.0f} / {p95:.0f} ms", f"p95 < {bar} ms", p95 < bar
        cpu = statistics.median(one["alone_cpu_ms"] for one in found)
        yield (
            "the same without signatures: processor time of this process",
            f"{cpu:.0f} ms",
            "",
            None,
        )

    def _post(
        self, near: End, far: End, name: str, count: int, *more: str, is_signed: bool = False
    ) -> None:
        """Queue so many documents, each run numbered from where the one before ended."""
        journal = self.folder / name
        words = ("bench_post", "--messages", str(count), "--per-second", "10000")
        signed = ("--authority", str(self.folder / "authority")) if is_signed else ()
        places = ("--sender", f"{near.code}.02", "--to", f"{far.code}.02")
        series = ("--journal", str(journal), "--series", name)
        self._do(near, *words, *places, *series, *signed, *more)

    def _spent(self) -> dict[str, float]:
        return summed(self.first.spent(), self.second.spent())

    def _run(self, end: End, *words: str) -> None:
        self._do(end, "bench_intake", *words)

    def _do(self, end: End, *words: str) -> None:
        subprocess.run(manage(*words), env=end.environment, check=True)

    def _await_quiet(self) -> None:
        """Wait until all processes are up and rest."""
        while True:
            before = self._spent()
            time.sleep(2)
            spent = sum(self._spent().values()) - sum(before.values())
            if spent < 0.6:  # noqa: PLR2004 -- seconds: resting they take a tenth of that
                return

    def _await_all(self, count: int, *, back: int = 0, sealed: int = 0) -> None:
        """Wait until so many became documents there, are known here, and are in evidence."""
        until = time.monotonic() + _PATIENCE_S
        while time.monotonic() < until:
            time.sleep(_LOOK_S)
            came = self.second.number(_DOCUMENTS) >= count and self.first.number(_DOCUMENTS) >= back
            if not came or self.first.number(_KNOWN) < count:
                continue
            is_sealed = (
                self.second.number(_SEALED) >= sealed and self.first.number(_SEALED) >= sealed
            )
            if is_sealed and self.second.number(_EXAMINED) >= sealed:
                self.there = count
                return
        raise SystemExit("not everything came in time")


def _bar(words: str, found: float, bar: float) -> Bar:
    return words, f"{found:.1f}", f"≥ {bar:.0f}", found >= bar


def _memory(pid: int, name: str) -> float:
    """Return one of the memory figures of a process, in MB."""
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith(f"{name}:"):
            return int(line.split()[1]) / 1024
    return 0.0


if __name__ == "__main__":
    main()
