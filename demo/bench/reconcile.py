"""`./run bench-reconcile`: a day of 315,000 orders against statements.

Orders and payments of the day are put in by SQL; the statement is taken by the product's own
command as a process of its own, whose time and memory are told by the kernel.
"""

import argparse
import json
import os
import subprocess
import sys
import time
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

from .site import TUNED, cpu_seconds, default_data, family, manage

DAY = date(2026, 7, 6)
AT = datetime(2026, 7, 7, 8, 0, tzinfo=HANOI)
ACCOUNT, AGENCY, SECRET = "3800201000001", "H18.101", "khoa-do-thu"
MOST_S, MOST_MB = 60.0, 300.0
EVERY = 1000
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

    def words(self) -> str:
        """Return the bar as a line."""
        return f"{'✓' if self.is_held else '✗'} {self.name}: {self.found}"


def main() -> None:
    """Make a database, measure, and print a line for each bar."""
    options = _arguments()
    with TemporaryDirectory(prefix="motcua-bench-money-") as folder:
        data = options.data or default_data(Path(folder), 0).with_name("bench-money")
        box = Box(data, settings=TUNED)
        open_secrets(Path(folder), box)
        box.start()
        try:
            bars = _measured(box, Path(folder), options.orders)
        finally:
            connection.close()
            box.stop()
    for bar in bars:
        say(bar.words())
    sys.exit(0 if all(bar.is_held for bar in bars) else 1)


def open_secrets(folder: Path, box: Box) -> None:
    """Let every process of the bench know the database, and the partner's secret."""
    secrets = folder / "secrets.json"
    secrets.touch(mode=0o600)
    shop = {"client": "SHOP", "secret": SECRET, "address": "https://cong.example/pay"}
    secrets.write_text(json.dumps({"vnpay": shop}))
    os.environ |= {
        "MOTCUA_PG_DATA": str(box.data),
        "MOTCUA_PAYMENT_SECRETS": str(secrets),
        "DJANGO_SETTINGS_MODULE": "config.settings.bench",
    }


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="./run bench-reconcile", description="Đo tiền.")
    parser.add_argument("--orders", type=int, default=315_000, help="số đơn nộp của ngày")
    parser.add_argument("--data", type=Path, help="thư mục cơ sở dữ liệu")
    return parser.parse_args()


def say(words: str) -> None:
    """Tell whoever watches."""
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
    found, took = _reconciled(statement, box)
    load = os.getloadavg()[0]
    say(f"load {load:.1f}; {count} orders, {found['lines']} lines")
    shown = {name: found[name] for name in expected}
    return [
        Bar("every difference is found, nothing else", f"{shown}", shown == expected),
        Bar("reconciled in", took.words(), took.seconds < MOST_S),
        Bar(
            "memory of the command",
            f"{took.megabytes:.0f} MB (bar {MOST_MB:.0f})",
            took.megabytes < MOST_MB,
        ),
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


def _reconciled(path: Path, box: Box) -> tuple[dict[str, Any], "Took"]:
    """Take the statement as an operator does; return what came of it, and what it took."""
    words = ("-m", "config.cli", "reconcile", str(path), "--save", "--json", "--agency", AGENCY)
    postmaster = box.pid() or 0
    begun, before = time.monotonic(), sum(map(cpu_seconds, family(postmaster)))
    with (path.parent / "said.json").open("w+") as said:
        child = subprocess.Popen([sys.executable, *words], env=os.environ, stdout=said)  # noqa: S603 -- our own command
        _, status, used = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
        seconds = time.monotonic() - begun
        said.seek(0)
        text = said.read()
    if not text.startswith("{"):
        sys.exit("the statement was not taken")
    database = sum(map(cpu_seconds, family(postmaster))) - before
    python = used.ru_utime + used.ru_stime
    return json.loads(text), Took(seconds, python, database, used.ru_maxrss / 1024)


@dataclass(frozen=True, slots=True)
class Took:
    """What the command took: by the clock, of the processor, of memory."""

    seconds: float
    python: float
    database: float
    megabytes: float

    def words(self) -> str:
        """Return the time as words."""
        cpu = f"{self.python:.1f} s of processor and {self.database:.1f} s in the database"
        return f"{self.seconds:.1f} s by the clock (bar {MOST_S:.0f}), {cpu}"


def notice_of(url: str, number: int) -> dict[str, str]:
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


if __name__ == "__main__":
    main()
