"""`./run simulators`: all partners as processes, what to enter where, one clean end."""

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic, sleep

from motcua.lib.httpclient import Bounds, NoAnswer, ask
from simulators.__main__ import PLAYS
from simulators.axis import SECRET, SYSTEM

from .contracts import ROOT

PATIENCE_S = 10


@contextmanager
def running(home: Path, *names: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """Run the command until the block ends; give it with what it said until it was ready."""
    process = subprocess.Popen(  # noqa: S603 -- our own program
        [sys.executable, "-m", "simulators", *names],
        cwd=ROOT,
        env={**os.environ, "MOTCUA_HOME": str(home)},
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    said = ""
    for line in process.stdout:
        said += line
        if "Ctrl-C" in line or "đang chạy sẵn." in line:
            break
    try:
        yield process, said
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait()
        process.stdout.close()


def page_at(address: str) -> str:
    """Return a page as soon as somebody answers there; nothing if nobody does."""
    host = address.removeprefix("http://").rstrip("/")
    bounds, until = Bounds(frozenset({host}), allows_private=True), monotonic() + PATIENCE_S
    while monotonic() < until:
        try:
            return ask("GET", address, bounds=bounds).body.decode()
        except NoAnswer:
            sleep(0.1)
    return ""


def addresses(said: str) -> list[str]:
    return re.findall(r"^  (http://127\.0\.0\.1:\d+/)$", said, re.MULTILINE)


def test_partners_run_say_what_to_enter_and_end(tmp_path: Path) -> None:
    with running(tmp_path, "vxp", "lgsp") as (process, said):
        [axis, platform] = addresses(said)
        pages = [page_at(axis), page_at(platform)]
        with running(tmp_path, "vxp", "lgsp") as (_, again):
            pass
    ended = page_at_once(axis)

    assert [title in page for title, page in zip(("quốc gia", "LGSP"), pages, strict=True)] == [
        True,
        True,
    ]
    assert [word in said for word in (SYSTEM, SECRET, f"{platform}truclienthong/v1.0.0")] == [
        True
    ] * 3
    assert (addresses(again), "Tất cả đang chạy sẵn." in again) == ([axis, platform], True)
    assert (process.returncode, ended) == (0, "")


def page_at_once(address: str) -> str:
    host = address.removeprefix("http://").rstrip("/")
    try:
        bounds = Bounds(frozenset({host}), allows_private=True)
        return ask("GET", address, bounds=bounds).body.decode()
    except NoAnswer:
        return ""


def test_a_partner_nobody_plays_is_told() -> None:
    told = subprocess.run(
        [sys.executable, "-m", "simulators", "buu-dien"],
        cwd=ROOT,
        check=False,
        capture_output=True,
        text=True,
    )

    assert (told.returncode, "Không có đối tác buu-dien" in told.stderr) == (1, True)


def test_every_play_of_the_folder_is_run() -> None:
    programs = {path.stem for path in (ROOT / "simulators").glob("*.py") if _is_program(path)}

    assert {one.program for one in PLAYS} == programs


def _is_program(path: Path) -> bool:
    return path.stem != "__main__" and '__name__ == "__main__"' in path.read_text()
