"""A message goes over the line, whatever the line does to it, once and with a receipt."""

import json
from base64 import b64encode
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pytest_django import Settings

from motcua.adapters.peer_exchange import answering, client
from motcua.adapters.peer_exchange.identity import make_identity
from motcua.adapters.peer_exchange.uploads import sweep
from motcua.adapters.peer_exchange.wire import Answer, Request
from motcua.casework.exchange import api as exchange
from motcua.casework.exchange.api import (
    Attached,
    CarrierAway,
    CarrierRefuses,
    CounterpartInfo,
    Delivery,
    EnvelopeRecipient,
    MessageKind,
    PairCount,
)
from motcua.casework.exchange.tests.make import (
    LATER,
    THURSDAY,
    come,
    keep,
    make_agencies,
    make_foreign,
    make_sent,
)
from motcua.lib import work

from .make import Direct, Faulty, carrier_on, make_known

pytestmark = pytest.mark.django_db
PAIR = PairCount(MessageKind.DOCUMENT, "H18.5", "H52.5", 1)
Known = Callable[..., CounterpartInfo]


@pytest.fixture
def known(settings: Settings, tmp_path: Path) -> Known:
    def made(**changes: Any) -> CounterpartInfo:
        return make_known(settings, tmp_path, **changes)

    return made


def send(**changes: Any) -> EnvelopeRecipient:
    """Queue a document of ours for Sơn La."""
    code = make_sent(make_agencies()[0].pk, recipients=("H52.5",), **changes)
    return EnvelopeRecipient.objects.get(envelope__code=code)


def round_on(wire: Direct) -> exchange.Carried:
    return exchange.carry_to(wire.partner, carrier_on(wire), clock=lambda: LATER)


def came() -> list[tuple[int | None, str]]:
    """Return number and kind of all that was taken at the other end."""
    counts = exchange.came_counts("tinh-son-la")
    return [(one.latest, str(one.kind)) for one in counts]


def test_a_small_parcel_goes_in_one_request(known: Known) -> None:
    row, wire = send(), Direct(known())

    done = round_on(wire)

    row.refresh_from_db()
    assert (done, row.transport) == (exchange.Carried(1), "delivered")
    assert [(one.method, one.path) for one in wire.asked] == [("POST", "/v1/parcels")]
    assert came() == [(1, "document")]


def test_a_large_parcel_goes_on_where_it_was_cut(
    known: Known, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(client, "AT_ONCE", 500)
    monkeypatch.setattr(client, "PIECE", 300)
    row, partner = send(), known()
    wire = Faulty(partner, "", "", "answer lost")

    round_on(wire)
    EnvelopeRecipient.objects.update(next_try_at=LATER)
    wire.asked.clear()
    round_on(wire)

    row.refresh_from_db()
    offsets = [one.path.partition("offset=")[2] for one in wire.asked if one.method == "PUT"]
    assert (row.transport, offsets[0]) == ("delivered", "600")


@pytest.mark.parametrize("fault", ["lost", "doubled", "cut", "answer lost"])
def test_what_the_line_does_to_it_neither_loses_nor_doubles_it(known: Known, fault: str) -> None:
    row, partner = send(), known()
    wire = Faulty(partner, fault)

    for _ in range(2):
        round_on(wire)
        EnvelopeRecipient.objects.exclude(next_try_at=None).update(next_try_at=LATER)

    row.refresh_from_db()
    assert (row.transport, came()) == ("delivered", [(1, "document")])
    assert exchange.missing_of([PAIR]) == {}


class Saying(Direct):
    """A partner that answers what it likes."""

    def __init__(self, partner: CounterpartInfo, status: int, said: object) -> None:
        super().__init__(partner)
        body = said if isinstance(said, bytes) else json.dumps(said).encode()
        self.answer = Answer(status, {}, body)

    def send(self, request: Request) -> Answer:
        self.asked.append(request)
        return self.answer


@pytest.mark.parametrize(
    ("status", "said", "words"),
    [
        (200, {"error": 5}, "báo lỗi bên trong"),
        (200, b"<html>OK</html>", "không hiểu được"),
        (200, [], "báo lỗi bên trong"),
        (200, {}, "không có biên nhận"),
        (200, {"said": "{}", "signature": "AA=="}, "không có biên nhận"),
        (500, {}, "lỗi 500"),
        (403, {}, "chưa khai báo"),
        (507, {}, "hết chỗ"),
        (422, {}, "bị hỏng"),
    ],
)
def test_an_answer_without_a_receipt_that_fits_is_none(
    known: Known, status: int, said: object, words: str
) -> None:
    row, partner = send(), known()

    round_on(Saying(partner, status, said))

    row.refresh_from_db()
    assert (row.transport, row.attempts) == ("queued", 1)
    assert words in row.trouble


def test_what_will_never_be_taken_is_not_tried_again(known: Known) -> None:
    row, partner = send(), known()

    round_on(Saying(partner, 413, {}))

    row.refresh_from_db()
    assert row.transport == "failed"


def test_a_receipt_about_something_else_or_of_somebody_else_is_none(
    known: Known, tmp_path: Path
) -> None:
    row, partner = send(), known()
    good = Direct(partner)
    round_on(good)
    EnvelopeRecipient.objects.update(next_try_at=LATER, transport="queued", delivered_at=None)
    stranger = make_identity(tmp_path / "stranger.pem", "Ai đó", at=THURSDAY)

    class Forged(Direct):
        def send(self, request: Request) -> Answer:
            answer = super().send(request)
            said = json.loads(answer.body)
            forged = b64encode(stranger.sign(said["said"].encode())).decode()
            return Answer(200, {}, json.dumps({**said, "signature": forged}).encode())

    round_on(Forged(partner))

    row.refresh_from_db()
    assert "không do đối tác ký" in row.trouble


def test_damaged_bytes_are_not_taken(known: Known) -> None:
    send()
    partner = known()

    class Damaging(Direct):
        def send(self, request: Request) -> Answer:
            turned = Request(request.method, request.path, request.headers, request.body[::-1])
            return super().send(turned)

    round_on(Damaging(partner))

    assert came() == []


def test_a_gap_that_the_receipt_names_is_sent_again(known: Known) -> None:
    sender, _ = make_agencies()
    for number in "123":
        make_sent(sender.pk, recipients=("H52.5",), document={"number": number})
    wire = Direct(known())
    round_on(wire)
    forget(2)
    make_sent(sender.pk, recipients=("H52.5",), document={"number": "4"})

    round_on(wire)
    EnvelopeRecipient.objects.exclude(next_try_at=None).update(next_try_at=LATER)
    round_on(wire)

    assert exchange.missing_of([PairCount(PAIR.kind, "H18.5", "H52.5", 4)]) == {}


def forget(number: int) -> None:
    """Let the other end lose what it had, as after a restore."""
    work.fetch("DELETE FROM exchange_envelopearrival WHERE number = %s", [number])


def test_what_is_missing_at_the_end_is_found_by_comparing(known: Known) -> None:
    send()
    wire = Direct(known())
    round_on(wire)
    forget(1)
    carrier = carrier_on(wire)

    again = carrier.compare(wire.partner, at=LATER)
    round_on(wire)

    assert (again, came()) == (1, [(1, "document")])
    assert carrier.compare(wire.partner, at=LATER) == 0


def test_a_site_behind_a_wall_comes_for_what_waits(known: Known) -> None:
    row, partner = send(), known(delivery=Delivery.PULL)
    wire = Direct(partner)
    round_on(wire)

    fetched = carrier_on(wire).fetch(partner, at=LATER)

    row.refresh_from_db()
    assert (fetched, row.transport, came()) == (1, "delivered", [(1, "document")])
    assert carrier_on(wire).fetch(partner, at=LATER) == 0


def test_what_is_come_for_goes_in_pieces(known: Known, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(answering, "PIECE", 300)
    send(attachments=(Attached(keep(b"%PDF-1.7\n" + b"x" * 2000 + b"\n%%EOF\n"), "0123.pdf"),))
    partner = known(delivery=Delivery.PULL)
    wire = Direct(partner)
    round_on(wire)

    carrier_on(wire).fetch(partner, at=LATER)

    assert len([one for one in wire.asked if "/v1/parcels/" in one.path]) > 2
    assert came() == [(1, "document")]


def test_who_fetches_finds_the_gaps_too(known: Known) -> None:
    send()
    partner = known(delivery=Delivery.PULL)
    wire = Direct(partner)
    round_on(wire)
    carrier_on(wire).fetch(partner, at=LATER)
    forget(1)

    assert carrier_on(wire).fetch(partner, at=LATER) == 1


def test_statuses_go_the_same_way(known: Known) -> None:
    make_agencies()
    partner = known()
    come(make_foreign())

    round_on(Direct(partner))

    assert came() == [(1, "document"), (1, "status")]


def test_who_answers_names_its_agencies(known: Known) -> None:
    make_agencies()
    partner = known()

    greeting = carrier_on(Direct(partner)).ask(partner)

    assert greeting.agencies == (("H18.101", "UBND xã Mường Phăng"), ("H18.5", "Sở Nội vụ"))


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/", 404),
        ("GET", "/v2/hello", 404),
        ("DELETE", "/v1/parcels", 404),
        ("GET", "/v1/uploads/..%2f..", 400),
        ("GET", "/v1/parcels/document/H18.5/H52.5/9", 404),
        ("GET", "/v1/parcels/pig/H18.5/H52.5/9", 400),
        ("POST", "/v1/parcels", 400),
        ("POST", "/v1/receipts", 400),
        ("POST", "/v1/counts", 400),
    ],
)
def test_what_cannot_be_answered_is_refused(
    known: Known, method: str, path: str, status: int
) -> None:
    wire = Direct(known())

    assert wire.send(Request(method, path)).status == status


def test_a_full_disk_is_told_and_nothing_is_lost(known: Known, settings: Settings) -> None:
    row, wire = send(), Direct(known())
    settings.EXCHANGE_FREE_BYTES = 1 << 60

    round_on(wire)

    row.refresh_from_db()
    assert (row.transport, row.trouble, came()) == (
        "queued",
        "Đối tác hết chỗ lưu; hệ thống tự gửi lại.",
        [],
    )


def test_an_unknown_certificate_or_none_is_no_partner(known: Known) -> None:
    partner = known()

    with pytest.raises(CarrierAway, match="chưa khai báo"):
        carrier_on(Saying(partner, 403, {})).ask(partner)
    with pytest.raises(CarrierRefuses):
        carrier_on(Saying(partner, 400, {})).ask(partner)


def test_what_lies_on_its_way_for_days_is_swept(known: Known) -> None:
    send()
    partner = known(delivery=Delivery.PULL)
    wire = Direct(partner)
    round_on(wire)
    wire.send(Request("GET", "/v1/parcels/document/H18.5/H52.5/1?offset=0"))

    assert sweep() == 0
