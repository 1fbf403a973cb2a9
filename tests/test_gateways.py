"""The gateways' adapters against the plays of the gateways, as processes of their own."""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from time import monotonic, sleep
from urllib.parse import parse_qsl, urlencode, urlsplit

import pytest
from pytest_django import Settings

from motcua.adapters.payment_gateways.national import NationalPlatform
from motcua.adapters.payment_gateways.vnpay import Vnpay
from motcua.adapters.payment_gateways.vnpt_pay import VnptPay
from motcua.casework.payments.api import (
    AttemptInfo,
    Gateway,
    GatewayAway,
    NoticeIn,
    Outcome,
    RawNotice,
    RefundInfo,
)
from motcua.lib.clock import now
from motcua.lib.httpclient import Bounds, ask
from simulators.gateway import report
from simulators.gateway_bills import Bill, Bills
from simulators.gateway_tongues import TONGUES

from .contracts import ROOT

GATEWAYS: dict[str, Gateway] = {
    "vnpay": Vnpay(),
    "vnpt-pay": VnptPay(),
    "quoc-gia": NationalPlatform(),
}


@dataclass
class Shop:
    """Our side of the line: it answers notices by the adapter and keeps what was told."""

    gateway: Gateway = field(default_factory=Vnpay)
    told: list[NoticeIn] = field(default_factory=list)
    port: int = 0

    def hear(self, raw: RawNotice) -> bytes:
        """Return the reply to a notice."""
        found = self.gateway.read(raw, at=now())
        self.told.append(found)
        outcome = Outcome.CONFIRMED if found.is_genuine else Outcome.BAD_SIGNATURE
        return self.gateway.answer(outcome).body

    def wait(self, count: int) -> list[NoticeIn]:
        """Return what was told as soon as there is so much."""
        until = monotonic() + 8
        while len(self.told) < count and monotonic() < until:
            sleep(0.02)
        return self.told


@contextmanager
def listening(shop: Shop) -> Iterator[Shop]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            query = dict(parse_qsl(parts.query))
            raw = RawNotice(self.command, parts.path, query, body, {}, "127.0.0.1")
            reply = shop.hear(raw)
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(reply)))
            self.end_headers()
            self.wfile.write(reply)

        do_POST = do_GET  # noqa: N815 -- as the library names it

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    shop.port = server.server_address[1]
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield shop
    finally:
        server.shutdown()
        server.server_close()


@pytest.fixture(scope="module")
def play(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    """Run the play; give its address and the operator's file that it wrote."""
    folder = tmp_path_factory.mktemp("gateway")
    secrets = folder / "secrets.json"
    process = subprocess.Popen(  # noqa: S603 -- our own program
        [
            *(sys.executable, "-m", "simulators.gateway", str(folder)),
            *("--tell", str(secrets), "--late", "0.2"),
        ],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    port = process.stdout.readline().strip()
    yield f"http://127.0.0.1:{port}", secrets
    process.terminate()
    process.wait()
    process.stdout.close()


@pytest.fixture
def shop(play: tuple[str, Path], settings: Settings) -> Iterator[Shop]:
    """Listen for notices, with the operator's file in place and no fault on."""
    settings.PAYMENT_SECRETS_FILE = str(play[1])
    fault(play[0], "")
    with listening(Shop()) as found:
        yield found


def call(address: str, body: bytes | None = None) -> bytes:
    bounds = Bounds(frozenset({urlsplit(address).netloc}), allows_private=True)
    return ask("POST" if body is not None else "GET", address, bounds=bounds, body=body).body


def fault(root: str, name: str) -> None:
    call(f"{root}/faults", name.encode())


_numbers = iter(range(1, 1000))


def attempt_at(shop: Shop, slug: str) -> AttemptInfo:
    at = now().replace(microsecond=0)
    return AttemptInfo(
        ref=f"TT2600{next(_numbers):05d}L1",
        order_code="TT26-000001-5",
        amount_vnd=25_000,
        purpose="TT260000015 nop phi",
        created_at=at,
        expires_at=at + timedelta(minutes=15),
        return_url=f"http://127.0.0.1:{shop.port}/thanh-toan/{slug}/tro-ve/",
    )


def press(root: str, slug: str, ref: str, code: str) -> None:
    """Press a button on the page to pay on."""
    call(f"{root}/{slug}/ket-thuc/", urlencode({"ma": ref, "ket_qua": code}).encode())


def begun(shop: Shop, root: str, slug: str) -> AttemptInfo:
    """Begin to pay, as far as the page."""
    shop.gateway = GATEWAYS[slug]
    attempt = attempt_at(shop, slug)
    url = shop.gateway.begin(attempt, at=now()).url
    call(url)
    page = call(f"{root}/{slug}/thanh-toan/?{urlencode({'ma': attempt.ref})}").decode()
    assert "25.000 đồng" in page
    return attempt


@pytest.mark.parametrize("slug", list(GATEWAYS))
def test_paying_is_told_asked_and_given_back(shop: Shop, play: tuple[str, Path], slug: str) -> None:
    attempt = begun(shop, play[0], slug)
    before = shop.gateway.ask(attempt, at=now())

    press(play[0], slug, attempt.ref, "00")
    [told] = shop.wait(1)
    asked = shop.gateway.ask(attempt, at=now())
    refund = RefundInfo("HT1", attempt, told.partner_ref, 10_000, now(), "Nộp thừa", "Oanh")
    first, again = (shop.gateway.refund(refund, at=now()) for _ in range(2))
    too_much = replace(refund, ref="HT2", amount_vnd=20_000)

    assert before is None
    assert (told.is_genuine, told.is_paid, told.amount_vnd, told.attempt_ref) == (
        True,
        True,
        25_000,
        attempt.ref,
    )
    assert asked is not None
    assert (asked.is_paid, asked.partner_ref) == (True, told.partner_ref)
    assert (first.is_done, again.is_done) == (True, True)
    assert shop.gateway.refund(too_much, at=now()).is_refused


@pytest.mark.parametrize("slug", list(GATEWAYS))
def test_what_is_not_paid_is_told_as_such(shop: Shop, play: tuple[str, Path], slug: str) -> None:
    attempt = begun(shop, play[0], slug)

    press(play[0], slug, attempt.ref, "24")

    [told] = shop.wait(1)
    assert (told.is_genuine, told.is_paid, told.code) == (True, False, "24")


@pytest.mark.parametrize("slug", list(GATEWAYS))
@pytest.mark.parametrize("name", ["signature", "amount", "doubled", "late", "future", "silent"])
def test_each_fault_is_what_it_says(
    shop: Shop, play: tuple[str, Path], slug: str, name: str
) -> None:
    attempt = begun(shop, play[0], slug)
    fault(play[0], name)

    press(play[0], slug, attempt.ref, "00")
    found = [] if name == "silent" else shop.wait(2 if name == "doubled" else 1)

    at: datetime = now()
    seen = [(one.is_genuine, one.amount_vnd, one.paid_at > at) for one in found[:2]]
    expected = {
        "signature": [(False, 0, False)],
        "amount": [(True, 26_000, False)],
        "doubled": [(True, 25_000, False)] * 2,
        "late": [(True, 25_000, False)],
        "future": [(True, 25_000, True)],
        "silent": [],
    }
    assert seen[: len(expected[name])] == expected[name]
    asked = shop.gateway.ask(attempt, at=at)
    assert asked is not None
    assert (asked.is_paid, asked.amount_vnd) == (True, 25_000)


@pytest.mark.parametrize("slug", list(GATEWAYS))
@pytest.mark.parametrize("name", ["down", "nonsense"])
def test_a_gateway_that_is_away_is_told_from_one_that_refuses(
    shop: Shop, play: tuple[str, Path], slug: str, name: str
) -> None:
    shop.gateway = GATEWAYS[slug]
    fault(play[0], name)

    with pytest.raises(GatewayAway):
        shop.gateway.ask(attempt_at(shop, slug), at=now())


@pytest.mark.parametrize("slug", list(GATEWAYS))
def test_a_slow_refund_is_neither_done_nor_refused(
    shop: Shop, play: tuple[str, Path], slug: str
) -> None:
    attempt = begun(shop, play[0], slug)
    press(play[0], slug, attempt.ref, "00")
    [told] = shop.wait(1)
    fault(play[0], "slow_refund")
    refund = RefundInfo("HT9", attempt, told.partner_ref, 25_000, now(), "Hoàn", "Oanh")

    first, second = (shop.gateway.refund(refund, at=now()) for _ in range(2))

    assert [(one.is_done, one.is_refused) for one in (first, second)] == [
        (False, False),
        (True, False),
    ]


def test_an_address_altered_on_the_way_is_not_let_in(shop: Shop) -> None:
    url = Vnpay().begin(attempt_at(shop, "vnpay"), at=now()).url

    page = call(url.replace("vnp_Amount=2500000", "vnp_Amount=100"))

    assert "Sai chữ ký" in page.decode()


def test_the_days_report_lists_what_was_paid(shop: Shop, play: tuple[str, Path]) -> None:
    attempt = begun(shop, play[0], "vnpay")
    press(play[0], "vnpay", attempt.ref, "00")
    shop.wait(1)

    report = call(f"{play[0]}/vnpay/bao-cao.csv").decode("utf-8-sig")

    assert attempt.ref in report
    assert json.loads(call(f"{play[0]}/bills"))[f"vnpay:{attempt.ref}"] != []


def test_the_days_report_lists_what_was_given_back(tmp_path: Path) -> None:
    bills = Bills(tmp_path)
    bill = bills.enter(Bill("vnpay", "TT260001L1", 150_000, "Phí", "", "", ""))
    bills.settle(bill, "00")
    bills.give_back(bill, "H1", 50_000)

    rows = (
        report(bills, TONGUES["vnpay"], bill.paid_at[:8]).content.decode("utf-8-sig").splitlines()
    )

    assert [row.split(",")[3:4] + row.split(",")[6:] for row in rows[1:]] == [
        ["150000", "Thanh toán"],
        ["50000", "Hoàn tiền"],
    ]
