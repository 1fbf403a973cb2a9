"""`./run bench-ledger`: what the ledger adds to receiving, and how large trees behave.

Everything runs in this process against a throw-away database, so that the processor time of an act
(Python and its database backend) can be told exactly; acts with and without leaves take turns.
"""

import argparse
import gc
import json
import os
import resource
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from hashlib import sha256
from itertools import chain
from pathlib import Path
from random import Random

import django
from django.db import connection

from config.pgbox import ROLE, Box, throwaway_data

from .site import TUNED, manage

ROOT = Path(__file__).resolve().parents[2]
AT_ONCE = 100_000
PROOFS, APPENDS = 200, 20


def main() -> None:
    """Print a line for each figure."""
    options = _arguments()
    data = throwaway_data(ROOT)
    box = Box(data.with_name(f"{data.name}-ledger"), settings=dict(TUNED))
    os.environ |= {
        "MOTCUA_PG_DATA": str(box.data),
        "DJANGO_SETTINGS_MODULE": "config.settings.bench",
    }
    box.start()
    try:
        box.sql(f"GRANT SET ON PARAMETER session_replication_role TO {ROLE}")
        token = _prepare(box)
        django.setup()
        works = chain(_acts(options.acts, token), _sealing(options.leaves), _tree(options.tree))
        for words in works:
            sys.stdout.write(f"{words}\n")
            sys.stdout.flush()
    finally:
        connection.close()
        box.stop()
        shutil.rmtree(box.data, ignore_errors=True)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="./run bench-ledger", description="Đo sổ cam kết.")
    parser.add_argument("--acts", type=int, default=1_000, help="số lần tiếp nhận mỗi kiểu")
    parser.add_argument("--leaves", type=int, default=50_000, help="số lá để niêm phong, so lại")
    parser.add_argument("--tree", type=int, default=10_000_000, help="số lá của cây lớn")
    return parser.parse_args()


def _prepare(box: Box) -> str:
    """Load a small world; return the session of its first desk."""
    note = box.data.with_name(f"{box.data.name}.world.json")
    size = ("--rows", "0", "--agencies", "2", "--procedures", "3", "--out", str(note))
    for words in (("migrate", "-v0"), ("bench_load", *size)):
        subprocess.run(manage(*words), env=os.environ, check=True)  # noqa: S603 -- our own commands
    return str(json.loads(note.read_text())["places"][0]["tokens"]["desk"])


# --- Acts ---


def _acts(count: int, token: str) -> Iterator[str]:
    """Receive dossiers with and without a secret word in turns, fifty at a time."""
    from .acts import receive_all, receive_by_request  # noqa: PLC0415 -- after django.setup

    yield from _compared("receive, the act alone", count, receive_all)
    yield from _compared(
        "receive, by a request", count, lambda codes: receive_by_request(codes, token)
    )


def _compared(words: str, count: int, receive: Callable[[list[str]], None]) -> Iterator[str]:
    from .acts import file_some, without_word  # noqa: PLC0415 -- after django.setup

    spent: dict[bool, list[float]] = {True: [], False: []}
    for turn in range(2 * count // 50):
        has_leaves = bool(turn % 2)
        codes = file_some(50)
        if not has_leaves:
            without_word(codes)
        gc.collect()
        before = _cpu()
        receive(codes)
        spent[has_leaves].append((_cpu() - before) / len(codes) * 1000)
    bare, full = (statistics.median(spent[key]) for key in (False, True))
    yield f"{words}, without leaves {bare:7.3f} ms CPU"
    yield f"{words}, with leaves    {full:7.3f} ms CPU  ({(full / bare - 1) * 100:+.1f} %)"


def _cpu() -> float:
    """Return the processor time of this process and of its database backend, in seconds."""
    connection.ensure_connection()
    pid = connection.connection.info.backend_pid
    backend_ns = int(Path(f"/proc/{pid}/schedstat").read_text().split()[0])
    return time.process_time() + backend_ns / 1e9


# --- Sealing and verifying ---


def _sealing(count: int) -> Iterator[str]:
    from .acts import seal_all, verify_all, write_leaves  # noqa: PLC0415 -- after django.setup

    write_leaves(count)
    spent = _spent(seal_all)
    yield f"seal {count} leaves       {spent:7.2f} s  ({spent / count * 1e4:.2f} s per 10,000)"
    spent = _spent(verify_all)
    yield f"verify {count} leaves     {spent:7.2f} s  ({spent / count * 1e6:.0f} s per million)"


def _spent(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


# --- A large tree ---


def _tree(size: int) -> Iterator[str]:
    from .acts import grow, prove  # noqa: PLC0415 -- after django.setup

    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    begun = time.perf_counter()
    for first in range(0, size, AT_ONCE):
        grow(first, _hashes(first, min(AT_ONCE, size - first)))
    yield f"tree of {size} leaves built in {time.perf_counter() - begun:.0f} s"
    dice, grown = Random(1), size
    appends = []
    for _ in range(APPENDS):
        new = _hashes(grown, 1000)
        appends.append(_spent(lambda at=grown, new=new: grow(at, new)) * 1000)  # type: ignore[misc]  # -- defaults bind the turn
        grown += 1000
    proofs = [_spent(lambda: prove(dice.randrange(grown), grown)) * 1000 for _ in range(PROOFS)]
    yield f"append 1,000            {_figures(appends)}"
    yield f"inclusion proof         {_figures(proofs)}"
    more = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    yield f"memory of it            {more:7.1f} MB more than before"


def _hashes(first: int, count: int) -> list[bytes]:
    return [sha256(b"%d" % number).digest() for number in range(first, first + count)]


def _figures(found: Sequence[float]) -> str:
    return f"{statistics.median(found):7.2f} ms median, {max(found):.2f} ms worst"


if __name__ == "__main__":
    main()
