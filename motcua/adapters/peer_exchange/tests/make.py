"""Two ends of a line in one process: who sends, who takes, and wires that misbehave."""

from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

from pytest_django import Settings

from motcua.adapters.peer_exchange.answering import Asked, reply_to
from motcua.adapters.peer_exchange.client import PeerCarrier
from motcua.adapters.peer_exchange.identity import Identity, make_identity
from motcua.adapters.peer_exchange.wire import Answer, Request
from motcua.casework.exchange import api as exchange
from motcua.casework.exchange.api import CarrierAway, CounterpartInfo
from motcua.casework.exchange.tests.make import ADMIN, LATER, THURSDAY, make_partner
from motcua.lib.clock import local_day


def make_known(settings: Settings, folder: Path, **changes: Any) -> CounterpartInfo:
    """Make our key, and enter a partner that is known by that very key."""
    settings.EXCHANGE_KEY_FILE = str(folder / "exchange.pem")
    identity = make_identity(folder / "exchange.pem", "Điện Biên", at=THURSDAY)
    return with_certificate(make_partner(**changes), identity)


def with_certificate(partner: CounterpartInfo, identity: Identity) -> CounterpartInfo:
    """Enter a certificate of a partner; return the partner as it is known now."""
    exchange.add_certificate(partner.code, identity.pem, by=ADMIN, at=THURSDAY)
    found = exchange.counterpart_named(partner.code, local_day(LATER))
    assert found is not None
    return found


class Direct:
    """A wire that ends in the same process; what was asked is remembered."""

    def __init__(self, partner: CounterpartInfo) -> None:
        self.partner = partner
        self.asked: list[Request] = []

    def send(self, request: Request) -> Answer:
        self.asked.append(request)
        body = BytesIO(request.body)
        asked = Asked(
            self.partner, request.method, request.path, dict(request.headers), body, LATER
        )
        reply = reply_to(asked)
        return Answer(reply.status, dict(reply.headers), reply.body)

    def close(self) -> None:
        self.asked.clear()


class Faulty(Direct):
    """A wire that does to each request what it is told: lose it, its answer, double it, cut it."""

    def __init__(self, partner: CounterpartInfo, *faults: str) -> None:
        super().__init__(partner)
        self.faults = list(faults)

    def send(self, request: Request) -> Answer:
        fault = self.faults.pop(0) if self.faults else ""
        if fault == "lost":
            raise CarrierAway("Không nối được.", is_line_down=True)
        if fault == "doubled":
            super().send(request)
        if fault == "cut":
            half = replace(request, body=request.body[: len(request.body) // 2])
            super().send(half)
            raise CarrierAway("Đứt giữa chừng.")
        answer = super().send(request)
        if fault == "answer lost":
            raise CarrierAway("Đứt giữa chừng.")
        return answer


def carrier_on(wire: Direct) -> PeerCarrier:
    """Return the way that goes over this wire."""
    return PeerCarrier(lambda _: wire)
