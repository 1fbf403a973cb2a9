"""`./run bench-reconcile`: a day of 315,000 orders against statements; notices; orders with VietQR.

Orders and payments of the day are put in by SQL; the statement is taken by the product's own
command as a process of its own, whose time and memory are told by the kernel. Notices and orders
go through the room's operations, by as many processes as the machine has cores.
"""

import argparse
import json
import os
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import django
from django.db import connection

from config.pgbox import ROLE, Box
from motcua.lib.clock import HANOI

from .site import TUNED, default_data, manage

DAY = date(2026, 7, 6)
AT = datetime(2026, 7, 7, 8, 0, tzinfo=HANOI)
ACCOUNT, AGENCY, SECRET = "3800201000001", "H18.101", "khoa-do-thu"
MOST_S, MOST_MB, LEAST_PER_S, MOST_MS = 60.0, 300.0, 200.0, 50.0
ORDERS, NOTICES, EVERY, SHARE = 400, 1200, 1000, 20
_ORDERS_SQL = """
INSERT INTO payments_order (code, token, subject, procedure_code, agency_id, unit_id, payer_name,
  payer_address, payer_tax_code, amount_vnd, applied_vnd, over_vnd, refunded_vnd, paid_vnd, state,
  is_refunding, is_typed, opened_at, opened_by_name, paid_at, version)
SELECT 'TT25-' || n, 'bench' || n, 'bench:' || n, '', %(agency)s, %(unit)s, 'Người nộp ' || n,
  '', '', 25000, 25000, 0, 0, 25000, 'paid', false, false, %(at)s::timestamptz, 'bench',
  %(at)s::timestamptz + n * interval '0.1 second', 1
FROM generate_series(1, %(count)s) n
"""
_PAYMENTS_SQL = """
INSERT INTO payments_payment (order_id, seq, channel, amount_vnd, applied_vnd, over_vnd,
  partner_ref, unit_id, paid_at, taken_at, taken_by_id, taken_by_name, is_late, words)
SELECT o.id, 1, 'transfer', 25000, 25000, 0, %(account)s::text || ':FT' || substr(o.code, 6),
  o.unit_id, o.paid_at, o.paid_at, 0, 'bench', false, ''
FROM payments_order o WHERE o.subject LIKE 'bench:%%'
"""


@dataclass(frozen=True, slots=True)
class Bar:
    """What was found, and whether that is enough."""

    name: str
    found: str
    is_held: bool


def main() -> None:
    """Make a database, measure, and print a line for each bar."""
    options = _arguments()
    with TemporaryDirectory(prefix="motcua-bench-money-") as folder:
        data = options.data or default_data(Path(folder), 0).with_name("bench-money")
        box = Box(data, settings=TUNED)
        secrets = Path(folder) / "secrets.json"
        secrets.touch(mode=0o600)
        shop = {"client": "SHOP", "secret": SECRET, "address": "https://cong.example/pay"}
        secrets.write_text(json.dumps({"vnpay": shop}))
        os.environ |= {
            "MOTCUA_PG_DATA": str(box.data),
            "MOTCUA_PAYMENT_SECRETS": str(secrets),
            "DJANGO_SETTINGS_MODULE": "config.settings.bench",
        }
        box.start()
        try:
            bars = _measured(box, Path(folder), options.orders)
        finally:
            connection.close()
            box.stop()
    for bar in bars:
        _say(f"{'✓' if bar.is_held else '✗'} {bar.name}: {bar.found}")
    sys.exit(0 if all(bar.is_held for bar in bars) else 1)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="./run bench-reconcile", description="Đo tiền.")
    parser.add_argument("--orders", type=int, default=315_000, help="số đơn nộp của ngày")
    parser.add_argument("--data", type=Path, help="thư mục cơ sở dữ liệu")
    return parser.parse_args()


def _say(words: str) -> None:
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


def _measured(box: Box, folder: Path, count: int) -> list[Bar]:
    box.sql(f"DROP DATABASE IF EXISTS {ROLE} WITH (FORCE)")
    box.sql(f"CREATE DATABASE {ROLE} OWNER {ROLE}")
    subprocess.run(manage("migrate", "-v0"), env=os.environ, check=True)  # noqa: S603 -- our own command
    django.setup()
    from .money_world import make_world  # noqa: PLC0415 -- models exist after setup only

    world = make_world(AT - timedelta(days=1), account=ACCOUNT, agency=AGENCY)
    _fill(world, count)
    statement = folder / "sao-ke.csv"
    expected = write_statement(statement, count)
    found, seconds, megabytes = _reconciled(statement)
    load = os.getloadavg()[0]
    _say(f"load {load:.1f}; {count} orders, {found['lines']} lines")
    shown = {name: found[name] for name in expected}
    return [
        Bar("every difference is found, nothing else", f"{shown}", shown == expected),
        Bar("reconciled in", f"{seconds:.1f} s (bar {MOST_S:.0f})", seconds < MOST_S),
        Bar("memory", f"{megabytes:.0f} MB (bar {MOST_MB:.0f})", megabytes < MOST_MB),
        *_acts(world),
    ]


def _fill(world: dict[str, int], count: int) -> None:
    params: dict[str, Any] = {
        **world,
        "count": count,
        "at": datetime(2026, 7, 6, tzinfo=HANOI),
        "account": ACCOUNT,
    }
    with connection.cursor() as cursor:
        cursor.execute(_ORDERS_SQL, params)
        cursor.execute(_PAYMENTS_SQL, params)
        cursor.execute("ANALYZE payments_order, payments_payment")


def write_statement(path: Path, count: int) -> dict[str, int]:
    """Write the day's statement with a difference of each kind in every thousand lines."""
    told = {"missing_there": 0, "amount_differs": 0, "missing_here": 0, "repeated": 0}
    day = f"{DAY:%d/%m/%Y}"
    with path.open("w", encoding="utf-8") as file:
        file.write(f"Số tài khoản,{ACCOUNT}\n")
        file.write("Ngày giao dịch,Số tham chiếu,Ghi nợ,Ghi có,Nội dung,Người chuyển\n")
        for number in range(1, count + 1):
            place = number % EVERY
            if place == 1:
                told["missing_there"] += 1
                continue
            amount = "24,000" if place == 2 else "25,000"  # noqa: PLR2004 -- places of differences
            line = f'{day},FT{number},,"{amount}",TT25 {number} nop phi,NGUOI NOP {number}\n'
            file.write(line)
            told["amount_differs"] += amount != "25,000"
            if place == 3:  # noqa: PLR2004 -- see above
                file.write(line)
                told["repeated"] += 1
            if place == 4:  # noqa: PLR2004 -- see above
                file.write(f'{day},LA{number},,"25,000",khong ghi ma,KHONG RO\n')
                told["missing_here"] += 1
    return {**told, "matched": count - told["missing_there"] - told["amount_differs"]}


def _reconciled(path: Path) -> tuple[dict[str, Any], float, float]:
    """Take the statement as an operator does; return what came of it, seconds, megabytes."""
    words = ("-m", "config.cli", "reconcile", str(path), "--save", "--json", "--agency", AGENCY)
    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    begun = time.monotonic()
    done = subprocess.run(  # noqa: S603 -- our own command
        [sys.executable, *words], env=os.environ, capture_output=True, text=True, check=False
    )
    seconds = time.monotonic() - begun
    after = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    if not done.stdout.startswith("{"):
        sys.exit(done.stderr)
    return json.loads(done.stdout), seconds, max(before, after) / 1024


def _acts(world: dict[str, int]) -> list[Bar]:
    """Measure orders with VietQR, then notices by two processes, each told twice."""
    from .money_world import open_with_qr, page_to_pay  # noqa: PLC0415 -- see above

    times = []
    for number in range(ORDERS):
        begun = time.monotonic()
        open_with_qr(world, number, AT)
        times.append((time.monotonic() - begun) * 1000)
    p95 = statistics.quantiles(times, n=SHARE)[-1]
    notices = [_notice(page_to_pay(world, number, AT), number) for number in range(NOTICES)]
    halves = [[one for one in notices[half::2] for _ in range(2)] for half in range(2)]
    connection.close()
    begun = time.monotonic()
    with ProcessPoolExecutor(max_workers=2) as pool:
        list(pool.map(_tell, halves))
    rate = 2 * NOTICES / (time.monotonic() - begun)
    once = _taken()
    return [
        Bar("an order with VietQR", f"p95 {p95:.1f} ms (bar {MOST_MS:.0f})", p95 < MOST_MS),
        Bar("notices", f"{rate:.0f}/s (bar {LEAST_PER_S:.0f})", rate >= LEAST_PER_S),
        Bar("each recorded once", f"{once} of {NOTICES}", once == NOTICES),
    ]


def _notice(url: str, number: int) -> dict[str, str]:
    """Return what VNPAY would tell of a page that was paid."""
    from motcua.adapters.payment_gateways.vnpay import secure_hash  # noqa: PLC0415 -- see above

    asked = dict(parse_qsl(urlsplit(url).query))
    said = {
        "vnp_TmnCode": asked["vnp_TmnCode"],
        "vnp_Amount": asked["vnp_Amount"],
        "vnp_TxnRef": asked["vnp_TxnRef"],
        "vnp_OrderInfo": asked["vnp_OrderInfo"],
        "vnp_BankCode": "NCB",
        "vnp_PayDate": "20260707080500",
        "vnp_TransactionNo": f"{14_000_000 + number}",
        "vnp_ResponseCode": "00",
        "vnp_TransactionStatus": "00",
    }
    return {**said, "vnp_SecureHash": secure_hash(SECRET.encode(), said)}


def _tell(queries: Sequence[dict[str, str]]) -> None:
    from .money_world import tell  # noqa: PLC0415 -- see above

    for query in queries:
        tell(query, AT + timedelta(minutes=10))


def _taken() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM payments_payment WHERE channel = 'vnpay'")
        [(count,)] = cursor.fetchall()
    return int(count)


if __name__ == "__main__":
    main()
