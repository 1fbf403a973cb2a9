"""Small parcels go together: each is still taken, refused and acknowledged by itself."""

import json
import struct
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from pytest_django import Settings

from motcua.adapters.peer_exchange import bundles, client
from motcua.adapters.peer_exchange.server import Pressure
from motcua.adapters.peer_exchange.wire import Answer, Request
from motcua.casework.exchange import api as exchange
from motcua.casework.exchange.api import CounterpartInfo, EnvelopeRecipient
from motcua.casework.exchange.tests.make import (
    LATER,
    come,
    documents_kept,
    make_agencies,
    make_foreign,
    make_sent,
    receipts_said,
)

from .make import Direct, Faulty, carrier_on, make_known

pytestmark = pytest.mark.django_db
Known = Callable[..., CounterpartInfo]


@pytest.fixture
def known(settings: Settings, tmp_path: Path) -> Known:
    def made(**changes: Any) -> CounterpartInfo:
        return make_known(settings, tmp_path, **changes)

    return made


def send_three() -> None:
    """Queue three documents of ours for Sơn La."""
    sender, _ = make_agencies()
    for number in "123":
        make_sent(sender.pk, recipients=("H52.5",), document={"number": number})


def round_on(wire: Direct) -> exchange.Carried:
    return exchange.carry_to(wire.partner, carrier_on(wire), clock=lambda: LATER)


def again_on(wire: Direct) -> exchange.Carried:
    """Let the next try come at once."""
    EnvelopeRecipient.objects.exclude(next_try_at=None).update(next_try_at=LATER)
    wire.asked.clear()
    return round_on(wire)


def states() -> list[tuple[int | None, str]]:
    """Return number and state of transport of all that goes to Sơn La."""
    rows = EnvelopeRecipient.objects.filter(arrival=None).order_by("id")
    return [(row.number, str(row.transport)) for row in rows]


DELIVERED = [(1, "delivered"), (2, "delivered"), (3, "delivered")]


def test_small_parcels_go_in_one_request_and_each_gets_its_receipt(known: Known) -> None:
    send_three()
    wire = Direct(known())

    done = round_on(wire)

    assert [(one.method, one.path) for one in wire.asked] == [("POST", "/v1/bundles")]
    assert (done.count, states(), documents_kept()) == (3, DELIVERED, 3)
    assert [json.loads(said)["number"] for said in receipts_said()] == [1, 2, 3]


@pytest.mark.parametrize("fault", ["lost", "doubled", "cut", "answer lost"])
def test_what_the_line_does_to_them_neither_loses_nor_doubles_one(known: Known, fault: str) -> None:
    send_three()
    wire = Faulty(known(), fault)

    round_on(wire)
    again_on(wire)

    assert (states(), documents_kept()) == (DELIVERED, 3)


def test_what_was_tried_before_goes_alone(known: Known) -> None:
    send_three()
    wire = Faulty(known(), "answer lost")
    round_on(wire)

    again_on(wire)

    assert [one.path for one in wire.asked] == ["/v1/parcels"] * 3


def test_one_that_is_damaged_comes_again_and_the_others_are_there(known: Known) -> None:
    send_three()

    class Damaging(Direct):
        def send(self, request: Request) -> Answer:
            body = bytearray(request.body)
            body[-1] ^= 1  # of the last parcel
            return super().send(replace(request, body=bytes(body)))

    wire = Damaging(known())

    done = round_on(wire)

    assert (done.count, documents_kept()) == (2, 2)
    assert states() == [(1, "delivered"), (2, "delivered"), (3, "queued")]


def test_a_bundle_is_sent_once_it_is_large_enough(
    known: Known, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(client, "BUNDLE", 1)
    send_three()
    wire = Direct(known())

    round_on(wire)

    assert [one.path for one in wire.asked] == ["/v1/parcels"] * 3


def test_while_the_line_is_down_the_rest_is_not_tried(
    known: Known, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(client, "BUNDLE", 1)
    send_three()
    wire = Faulty(known(), "lost")

    done = round_on(wire)

    assert (done.count, "Không nối được" in done.trouble, wire.asked) == (0, True, [])
    assert states() == [(1, "queued"), (2, "queued"), (3, "queued")]


def test_statuses_go_together_too(known: Known) -> None:
    make_agencies()
    partner = known()
    for number in (1, 2):
        reference = f"H52.5,2026/10/01,000{number}/SNV-CCHC"
        come(make_foreign(document_id=reference), exchange_line(number))

    wire = Direct(partner)
    round_on(wire)

    assert [one.path for one in wire.asked] == ["/v1/bundles"]


def exchange_line(number: int) -> exchange.Line:
    """Return how something of Sơn La comes."""
    place = {"counterpart": "tinh-son-la", "sender_code": "H52.5", "receiver_code": "H18.101"}
    return exchange.Line(**place, number=number, kind=exchange.MessageKind.DOCUMENT)


LABEL = json.dumps(
    {"kind": "document", "sender": "H52.5", "receiver": "H18.101", "number": 1, "sha256": "0" * 64}
    | {"size": 1}
).encode()


@pytest.mark.parametrize(
    "body",
    [
        b"\0\0",
        struct.pack(">II", 1 << 30, 1) + b"x",
        struct.pack(">II", 9, 1) + b"no label!" + b"x",
        struct.pack(">II", len(LABEL), 1_000) + LABEL + b"too short",
    ],
)
def test_what_is_no_bundle_is_refused_and_nothing_is_kept(known: Known, body: bytes) -> None:
    wire = Direct(known())

    answer = wire.send(Request("POST", "/v1/bundles", {}, body))

    assert (answer.status, documents_kept()) == (400, 0)


def test_a_bundle_has_a_bound(known: Known, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bundles, "MOST_PARCELS", 2)
    send_three()

    round_on(Direct(known()))

    assert documents_kept() == 0


def test_reading_gives_way_while_more_comes_than_is_read() -> None:
    pressure = Pressure()
    pressure.note(5)

    before = pressure.is_high()
    pressure.note(1)

    assert (before, pressure.is_high()) == (False, True)
