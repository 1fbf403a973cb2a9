"""The money of the journeys: a bank and gateways that run apart, a seal, quick payments."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from time import monotonic, sleep
from urllib.parse import urlencode, urlsplit

from django.core.management import call_command
from django.db import connections
from django.test import override_settings

from demo import contracts, paying
from demo.cast import founder, gather
from demo.proof import set_up_signing
from demo.receipts import register_receipts
from motcua.casework.payments import api as payments
from motcua.casework.payments.api import Channel, LineIn, LineKind, Order, OrderIn, Payer
from motcua.casework.receipts import api as receipts
from motcua.foundation.organisation import api as organisation
from motcua.foundation.signing.operations.sealing_xml import seal_documents
from motcua.foundation.signing.ports import let_seal_xml
from motcua.lib.actor import Actor, ActorKind
from motcua.lib.clock import HANOI, now
from motcua.lib.httpclient import Bounds, ask
from tests.contracts import ROOT

from .wall_clock import WallClock

WEDNESDAY = datetime(2026, 11, 11, 9, 0, tzinfo=HANOI)  # the rules of July are in force
BANK, PAID = "970405", "00"
PATIENCE_S = 20
PAYER = Actor(id=0, name="Lò Thị Lan", kind=ActorKind.CITIZEN)
DESK = "H18.101"


@dataclass(frozen=True)
class Takers:
    """Where the site is, the bank and the gateways."""

    site: str
    bank: str
    gateway: str


@contextmanager
def takers_of_money(site: str, clock: WallClock, home: Path) -> Iterator[Takers]:
    """Run the bank and the gateways; let the ward have accounts, contracts, receipts and a seal."""
    by, secrets, port = founder(), home / "secrets.json", home / "bank-port"
    told = ("--site", site, "--tell", str(secrets))
    with ExitStack() as stack:
        ports = [stack.enter_context(_played(name, home, clock, told)) for name in _PLAYS]
        port.write_text(ports[0])
        entered = {
            "HOME": home,
            "SIGNING_KEYS_DIR": str(home / "keys"),
            "PAYMENT_SECRETS_FILE": str(secrets),
            "PLAYED_BANK_FILE": str(port),
            "PLAYED_BANK_BIN": BANK,
        }
        stack.enter_context(override_settings(**entered))
        contracts.sign_contracts(by=by, at=now())
        register_receipts(by=by, at=now())
        paying.open_accounts(by=by, at=now())
        set_up_signing(gather(now()), now())
        yield Takers(site, *(f"http://127.0.0.1:{one}" for one in ports))


_PLAYS = ("bank", "gateway")


@contextmanager
def _played(name: str, home: Path, clock: WallClock, told: tuple[str, ...]) -> Iterator[str]:
    ahead = f"{clock.ahead.total_seconds()}"
    words = [ahead, name, str(home / name), *told]
    process = subprocess.Popen(  # noqa: S603 -- our own program with our own words
        [sys.executable, "-m", "tests.journeys.played", *words],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    try:
        yield process.stdout.readline().strip()
    finally:
        process.terminate()
        process.wait()
        process.stdout.close()


def let_work_be_done() -> None:
    """Do what the worker does when it hears of money, what the signer does then, and refunds."""
    apart(partial(call_command, "worker", "--once"))
    apart(seal)
    apart(partial(payments.send_refunds, at=now()))


def seal() -> None:
    """Let the seals sign receipts, as in the signer's process."""
    let_seal_xml(seal_documents)
    receipts.sign_due(at=now())


def apart(what: Callable[[], object]) -> None:
    """Do something in a thread of its own: the browser's loop is at work in this one."""

    def do() -> None:
        try:
            what()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(1) as threads:
        threads.submit(do).result()


def asked_of(name: str, amount_vnd: int) -> Order:
    """Return an order of the ward that waits to be paid."""
    desk = organisation.tree().unit_by_code(DESK)
    assert desk is not None
    line = LineIn("ban-sao", "Phí cấp bản sao trích lục hộ tịch", LineKind.FEE, 1, amount_vnd)
    asked = OrderIn("case:1", desk.agency_id, desk.id, Payer(name), [line])
    return payments.open_order(asked, by=founder(), at=now())


def pay_at_gateway(takers: Takers, order: Order, fault: str = "") -> str:
    """Pay an order at the gateway without a browser, with a fault on; return its reference."""
    back = f"{takers.site}/thanh-toan/vnpay/tro-ve/"
    url = payments.begin_attempt(
        order.code, Channel.VNPAY, by=PAYER, at=now(), return_url=back, ip="127.0.0.1"
    ).url
    ref = payments.whole_order(order).attempts[0].ref
    call(f"{takers.gateway}/faults", fault.encode())
    call(url)
    call(f"{takers.gateway}/vnpay/ket-thuc/", urlencode({"ma": ref, "ket_qua": PAID}).encode())
    await_money(order, 0 if fault == "silent" else 1)
    call(f"{takers.gateway}/faults", b"")
    return ref


def await_money(order: Order, count: int) -> None:
    """Wait until so many payments of an order were told."""
    until = monotonic() + PATIENCE_S
    while len(payments.whole_order(order).payments) < count:
        assert monotonic() < until, f"nobody told of {order.code}"
        sleep(0.05)


def call(address: str, body: bytes | None = None) -> bytes:
    """Ask a play for something."""
    bounds = Bounds(frozenset({urlsplit(address).netloc}), allows_private=True)
    return ask("POST" if body is not None else "GET", address, bounds=bounds, body=body).body
