"""`./run bench-kills`: kill -9 under load, then compare the site with the clients' own journal.

Something is killed (a web process, the whole web server, the worker, the signer, a partner's
service, a database backend, the postmaster) while eight clients play whole lives and two leaders
sign batches of outcomes, which two clerks number and seal; what does not come back by itself is
started again. Afterwards `bench_prove` holds the database against what the clients were promised.
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
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from config.pgbox import ROLE, Box, default_data
from motcua.adapters.key_file.signer import make_key_file

from .blank import begin_blank
from .journal import Client, Journal
from .signers import Clerk, Leader
from .site import TUNED, manage
from .victims import Victim

CLIENTS = 8
ACTS_BETWEEN = 25
BATCHES = 3  # under way at once at each place
_PATIENCE_S = 60
_END_S = 400  # what a killed signer had in hand is free again after two minutes
_CALM_S = (0.1, 0.8)
SMALL: Mapping[str, str | int | float] = {**TUNED, "shared_buffers": "128MB"}
_HURRY = """
UPDATE signing_signingattempt SET next_try_at = now() WHERE ended_at IS NULL;
UPDATE signing_signingrequest SET lift_at = now() WHERE lift_at < now() + interval '1 day'
"""
SIZE = ("--rows", "0", "--agencies", "8", "--procedures", "3", "--plain")


def main() -> None:
    """Kill, prove, print; the answer is 0 only if everything held."""
    options = _arguments()
    folder = Path(os.environ.get("MOTCUA_HOME", ".")).absolute() / "var" / "kills"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    data = default_data(folder).with_name(f"{default_data(folder).name}-kills")
    box = Box(data, settings=dict(SMALL))
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    begin_blank(box)
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
    parser.add_argument("--batches", type=int, default=BATCHES, help="lô ký cùng lúc ở mỗi nơi")
    parser.add_argument("--port", type=int, default=8791)
    parser.add_argument("--seed", type=int, default=1)
    return parser.parse_args()


def _run(box: Box, folder: Path, options: argparse.Namespace) -> dict[str, Any]:
    environment = _environment(box, folder)
    world = _world(folder, environment)
    victim = Victim(box, options.port, environment, random.Random(options.seed), folder)
    journal, told = Journal(folder / "journal.jsonl"), Journal(folder / "told.jsonl")
    victim.start()
    begin = time.monotonic()
    try:
        took = asyncio.run(
            _under_load(victim, _players(options, world, journal, told), journal, options)
        )
        victim.stop_site()
        victim.bring_back_partners()
        _finish_signing(box, environment)
    finally:
        victim.stop()
        journal.close()
        told.close()
    findings = {
        "kills": sum(victim.killed.values()),
        "killed": dict(victim.killed),
        "seconds": round(time.monotonic() - begin),
        "accepted": journal.lines,
        "numbers_told": told.lines,
        "lost_answers": dict(journal.lost),
        "back_median_s": round(sorted(took)[len(took) // 2], 2) if took else 0.0,
        "back_longest_s": round(max(took, default=0.0), 2),
    }
    proved = _prove(folder, environment)
    unsafe = [] if proved["fsync"] == "on" else ["fsync is off: a kill proves nothing"]
    offences = [*journal.strange[:20], *unsafe, *proved["offences"]]
    return {**findings, **proved, "offences": offences}


def _environment(box: Box, folder: Path) -> dict[str, str]:
    """Return what the processes are told: everything they keep lies in one folder."""
    key = folder / "ledger.pem"
    make_key_file(key)
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "config.settings.bench",
        "MOTCUA_PG_DATA": str(box.data),
        "MOTCUA_FILES_DIR": str(folder / "files"),
        "MOTCUA_LEDGER_DIR": str(folder / "ledger"),
        "MOTCUA_LEDGER_KEY": str(key),
        "MOTCUA_SIGNING_KEYS_DIR": str(folder / "keys"),
        "MOTCUA_CSC_FILE": str(folder / "csc.json"),
    }


def _world(folder: Path, environment: Mapping[str, str]) -> dict[str, Any]:
    note = folder / "world.json"
    for words in (
        ("collectstatic", "-v0", "--noinput", "--skip-checks"),
        ("bench_load", *SIZE, "--out", str(note)),
        ("bench_sign", "--note", str(note), "--folder", str(folder)),
    ):
        subprocess.run(manage(*words), env=environment, check=True)
    found: dict[str, Any] = json.loads(note.read_text())
    return found


def _players(
    options: argparse.Namespace, world: Mapping[str, Any], journal: Journal, told: Journal
) -> "tuple[list[Client], list[Client]]":
    """Return who begins new work until told to stop, and who goes on until all of it is done."""
    port, places = options.port, world["signing"]
    clients = [Client(port, world, journal, number) for number in range(options.clients)]
    desks = [place for place in places for _ in range(options.batches)]
    leaders = [Leader(port, world, journal, n, place=place) for n, place in enumerate(desks)]
    clerks = [Clerk(port, world, journal, n, place=p, told=told) for n, p in enumerate(places)]
    return [*clients, *leaders], [*clerks]


def _finish_signing(box: Box, environment: Mapping[str, str]) -> None:
    """Let the signer do at once what it would take up again after a pause."""
    box.sql(_HURRY, ROLE)
    subprocess.run(manage("signer", "--once"), env=environment, check=True)


def _prove(folder: Path, environment: Mapping[str, str]) -> dict[str, Any]:
    note = folder / "proof.json"
    books = ("--journal", str(folder / "journal.jsonl"), "--told", str(folder / "told.jsonl"))
    subprocess.run(manage("bench_prove", *books, "--out", str(note)), env=environment, check=True)
    found: dict[str, Any] = json.loads(note.read_text())
    return found


async def _under_load(
    victim: Victim,
    players: tuple[list[Client], list[Client]],
    journal: Journal,
    options: argparse.Namespace,
) -> list[float]:
    """Let the clients play while one process after the other dies; return how long each took."""
    stopped, ended = asyncio.Event(), asyncio.Event()
    first = [asyncio.create_task(one.play(stopped)) for one in players[0]]
    last = [asyncio.create_task(one.play(ended)) for one in players[1]]
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
        await asyncio.to_thread(victim.box.sql, _HURRY, ROLE)
        await _ended(first, journal)
        ended.set()
        await _ended(last, journal)
    return took


async def _ended(players: "list[asyncio.Task[None]]", journal: Journal) -> None:
    _, late = await asyncio.wait(players, timeout=_END_S)
    for player in late:
        player.cancel()
        journal.strange.append("a client did not come to its end")


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
