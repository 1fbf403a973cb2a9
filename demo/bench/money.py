"""`./run bench-money`: decisions of fees, orders with VietQR, notices of a gateway.

Notices come over HTTP to the web server as production runs it (two processes), each told once and
then once more. Beside the clock the processor time of all processes is told from the kernel's
counters, which can be judged while others work on the machine.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlencode

import django
from django.db import connection

from config.pgbox import ROLE, Box

from .client import Caller, Result, run
from .reconcile import ACCOUNT, AGENCY, Bar, notice_of, open_secrets, say
from .site import TUNED, WEB_SERVER, await_port, cpu_seconds, default_data, family, manage, start
from .spent import SHARE, backend, cpu_ms, percentiles

LEAST_PER_S, MOST_MS, MOST_DECISION_US, CORES = 200.0, 50.0, 20.0, 2
ORDERS, NOTICES, DECISIONS, ROUNDS = 400, 2_000, 4_000, 7
CLIENTS, WARMING, PATIENCE_S = 8, 100, 600.0
PATH = "/thanh-toan/vnpay/bao-co/"


@dataclass(frozen=True, slots=True)
class Told:
    """What a round of notices took. Units: a second, ms."""

    rate: float
    p95: float
    cpu: Mapping[str, float]
    failed: int

    @property
    def whole_ms(self) -> float:
        """Return the processor time of one notice, everything included."""
        return sum(self.cpu.values())

    def words(self, bar: str) -> str:
        """Return the round as a line."""
        spent = ", ".join(f"{name} {ms:.1f}" for name, ms in self.cpu.items())
        most = 1000 * CORES / self.whole_ms
        return (
            f"{self.rate:.0f}/s by the clock{bar}, p95 {self.p95:.0f} ms; {self.whole_ms:.1f} ms of"
            f" processor each ({spent}): {CORES} cores do {most:.0f}/s at most"
        )


def main() -> None:
    """Make a database, measure, and print a line for each bar."""
    options = _arguments()
    with TemporaryDirectory(prefix="motcua-bench-money-") as folder:
        data = options.data or default_data(Path(folder), 0).with_name("bench-acts")
        box = Box(data, settings=TUNED)
        open_secrets(Path(folder), box)
        box.start()
        try:
            bars = list(_measured(box, options))
        finally:
            connection.close()
            box.stop()
    sys.exit(0 if all(bar.is_held for bar in bars) else 1)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="./run bench-money", description="Đo thu tiền.")
    parser.add_argument("--notices", type=int, default=NOTICES, help="số báo có")
    parser.add_argument("--orders", type=int, default=ORDERS, help="số đơn nộp có mã VietQR")
    parser.add_argument("--port", type=int, default=8765, help="cổng của máy chủ web")
    parser.add_argument("--data", type=Path, help="thư mục cơ sở dữ liệu")
    return parser.parse_args()


def _measured(box: Box, options: argparse.Namespace) -> Iterator[Bar]:
    box.sql(f"DROP DATABASE IF EXISTS {ROLE} WITH (FORCE)")
    box.sql(f"CREATE DATABASE {ROLE} OWNER {ROLE}")
    for command in (("migrate", "-v0"), ("collectstatic", "-v0", "--noinput")):
        subprocess.run(manage(*command), env=os.environ, check=True)  # noqa: S603 -- our own command
    django.setup()
    from motcua.lib.clock import now  # noqa: PLC0415 -- after django.setup

    from .money_world import make_world  # noqa: PLC0415 -- after django.setup

    world = make_world(now(), account=ACCOUNT, agency=AGENCY)
    say(f"load {os.getloadavg()[0]:.1f}")
    for bars in (_decisions(), _orders(world, options.orders), _notices(box, world, options)):
        for bar in bars:
            say(bar.words())
            yield bar


def _decisions() -> Iterator[Bar]:
    """Decide by a published table of 64 rows and five columns, as a page does."""
    from motcua.casework.fees import api as fees  # noqa: PLC0415 -- after django.setup
    from motcua.lib.clock import local_day, now  # noqa: PLC0415 -- after django.setup

    from .money_world import fee_facts, publish_big_table  # noqa: PLC0415 -- after django.setup

    code, facts, rounds, on = publish_big_table(now()), fee_facts(), [], local_day(now())
    for _ in range(ROUNDS):
        begun = time.process_time()
        for number in range(DECISIONS):
            fees.decide(code, facts[number % len(facts)], on=on)
        rounds.append((time.process_time() - begun) / DECISIONS * 1e6)
    us = statistics.median(rounds)
    found = f"{us:.1f} µs of processor time (bar {MOST_DECISION_US:.0f})"
    yield Bar("a fee decided among 64 rows of 5 columns", found, us < MOST_DECISION_US)


def _orders(world: dict[str, int], count: int) -> Iterator[Bar]:
    """Open orders and begin their transfers, as counter and portal do."""
    from motcua.lib import work  # noqa: PLC0415 -- after django.setup
    from motcua.lib.clock import now  # noqa: PLC0415 -- after django.setup

    from .money_world import open_with_qr  # noqa: PLC0415 -- after django.setup

    clock, spent = [], []
    place = backend()
    with work.metered() as meter:
        for number in range(count + SHARE):
            begun, cpu = time.perf_counter(), cpu_ms(place)
            open_with_qr(world, number, now())
            clock.append((time.perf_counter() - begun) * 1000)
            spent.append(cpu_ms(place) - cpu)
    p50, p95 = percentiles(clock[SHARE:])
    cpu50, cpu95 = percentiles(spent[SHARE:])
    asked = meter.statements / len(clock)
    found = (
        f"p50 {p50:.1f}, p95 {p95:.1f} ms by the clock (bar {MOST_MS:.0f});"
        f" {cpu50:.1f}, {cpu95:.1f} ms of processor; {asked:.1f} statements, 2 commits"
    )
    yield Bar("an order with VietQR", found, p95 < MOST_MS)


def _notices(box: Box, world: dict[str, int], options: argparse.Namespace) -> Iterator[Bar]:
    """Tell each notice once, then once more, to a site of two processes."""
    from motcua.lib.clock import now  # noqa: PLC0415 -- after django.setup

    from .money_world import page_to_pay  # noqa: PLC0415 -- after django.setup

    count = options.notices + WARMING
    paths = [
        f"{PATH}?{urlencode(notice_of(page_to_pay(world, number, now()), number))}"
        for number in range(count)
    ]
    connection.close()
    web = start([*WEB_SERVER, "--port", f"{options.port}"], os.environ)
    try:
        await_port(options.port)
        _tell(box, web.pid, options.port, paths[:WARMING], "00")
        once = _tell(box, web.pid, options.port, paths[WARMING:], "00")
        again = _tell(box, web.pid, options.port, paths[WARMING:], "02")
    finally:
        web.terminate()
        web.wait()
    yield Bar(
        "notices told once", once.words(f" (bar {LEAST_PER_S:.0f})"), once.rate >= LEAST_PER_S
    )
    yield Bar("the same notices again", again.words(""), again.rate >= LEAST_PER_S)
    yield _recorded(count, once.failed + again.failed)


def _tell(box: Box, web: int, port: int, paths: Sequence[str], code: str) -> Told:
    """Let the partner's servers tell all of it, as fast as they are answered."""
    left = iter(paths)

    async def play(caller: Caller, _turn: int) -> int:
        path = next(left, None)
        if path is None:
            raise EOFError
        _, answer = await caller.exchange("GET", path, "")
        caller.result.failed += json.loads(answer)["RspCode"] != code
        return 1

    before = _spent(box, web)
    found: Result = run(port, CLIENTS, PATIENCE_S, play)
    cpu = {name: (ms - before[name]) / len(paths) for name, ms in _spent(box, web).items()}
    return Told(found.rate, found.percentile(95), cpu, found.failed)


def _spent(box: Box, web: int) -> dict[str, float]:
    """Return the processor time so far of the web server, of PostgreSQL, and of who tells. ms."""
    postmaster = box.pid()
    places: dict[str, Callable[[], float]] = {
        "web": lambda: sum(map(cpu_seconds, family(web))),
        "database": lambda: sum(map(cpu_seconds, family(postmaster))) if postmaster else 0.0,
        "telling": time.process_time,
    }
    return {name: 1000 * read() for name, read in places.items()}


def _recorded(count: int, failed: int) -> Bar:
    """Say whether each notice was recorded once, its order paid, and the books in balance."""
    from motcua.casework.cashbook import api as cashbook  # noqa: PLC0415 -- after django.setup

    with connection.cursor() as cursor:
        cursor.execute(_RECORDED)
        [found] = cursor.fetchall()
    wrong = cashbook.out_of_balance()
    words = (
        f"{found[0]} payments, {found[1]} orders paid, {found[2]} entries, of {count};"
        f" {found[3]} notices kept, {failed} answers wrong, books {'off' if wrong else 'balanced'}"
    )
    is_held = found[:3] == (count, count, count) and not failed and not wrong
    return Bar("each recorded once", words, is_held)


_RECORDED = """
SELECT (SELECT count(*) FROM payments_payment WHERE channel = 'vnpay'),
       (SELECT count(*) FROM payments_order WHERE state = 'paid'),
       (SELECT count(*) FROM cashbook_entry WHERE source = 'payments.payment/vnpay'),
       (SELECT count(*) FROM payments_notice)
"""


if __name__ == "__main__":
    main()
