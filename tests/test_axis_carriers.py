"""Documents and statuses go to a ministry and come from it, through plays of both axes."""

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from pytest_django import Settings

from motcua.adapters.document_exchange.carriers import AxisCarrier
from motcua.adapters.document_exchange.lgsp import Lgsp
from motcua.adapters.document_exchange.lines import Broken
from motcua.adapters.document_exchange.vxp import Vxp
from motcua.casework.exchange import api as exchange
from motcua.casework.exchange.tests.partners import make_partner
from motcua.casework.exchange.tests.sending import (
    RECEIVING,
    make_agencies,
    make_sent,
    row_of,
)
from motcua.lib.clock import now
from simulators.axis import SECRET, SYSTEM

from .axis import QUICK, Played, running_axis

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module", params=["vxp", "lgsp"])
def running(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Played]:
    with running_axis(request.param, tmp_path_factory.mktemp(request.param)) as played:
        yield played


@pytest.fixture
def axis(running: Played) -> Iterator[Played]:
    """Give a play that behaves, with nothing left to fetch."""
    yield running
    running.fault("")
    line = running.line()
    for row in line.received():
        line.mark(row.ref, "done")


@pytest.fixture
def partner(axis: Played, settings: Settings, tmp_path: Path) -> exchange.CounterpartInfo:
    path = tmp_path / "secrets.json"
    path.touch(mode=0o600)
    path.write_text(json.dumps({"truc": SECRET}))
    settings.EXCHANGE_SECRETS_FILE = str(path)
    make_agencies()
    way = exchange.Way(axis.way)
    return make_partner(
        code="truc",
        name="Trục liên thông",
        way=way,
        codes=("*",),
        address=axis.url,
        client_ref=SYSTEM,
        is_fetched=True,
    )


@pytest.fixture
def carrier(axis: Played) -> AxisCarrier:
    make = Vxp if axis.way == "vxp" else Lgsp
    return AxisCarrier(exchange.Way(axis.way), make, QUICK)


def sent_to(code: str = "G09", subject: str = "V/v xin ý kiến") -> str:
    """Send a document of Sở Nội vụ to a ministry."""
    sender = exchange.route_to("H18.5", now().date()).agency_id
    assert sender is not None
    return make_sent(sender, at=now(), recipients=(code,), document={"subject": subject})


def carry(
    partner: exchange.CounterpartInfo, carrier: AxisCarrier, *, later: timedelta = timedelta()
) -> int:
    return exchange.carry_to(partner, carrier, clock=lambda: now() + later).count


def composed(axis: Played, subject: str = "V/v báo cáo quý") -> None:
    """Let the ministry send a document to Mường Phăng."""
    axis.press("/gui", sender="G09", receiver="H18.101", subject=subject)


def arrived() -> list[exchange.EnvelopeShown]:
    """Return what came for Mường Phăng."""
    agency = exchange.route_to("H18.101", now().date()).agency_id
    assert agency is not None
    return exchange.arrivals_of(agency)


def states_of(axis: Played, receiver: str, subject: str) -> list[str]:
    """Return the transport states of documents on the axis."""
    return [
        one["status"]
        for one in axis.boxes()
        if one["receiver"] == receiver and one["kind"] == "edoc" and subject in one["title"]
    ]


def test_a_document_reaches_the_ministry_and_its_states_come_back(
    axis: Played, partner: exchange.CounterpartInfo, carrier: AxisCarrier
) -> None:
    code = sent_to()

    assert carry(partner, carrier) == 1
    before = row_of(code, "G09").transport
    carrier.fetch(partner, at=now())

    row = row_of(code, "G09")
    assert (before, row.transport, row.status) == ("sent", "delivered", "01")
    assert row.way_ref in {one["sent_id"] for one in axis.boxes()}


def test_a_document_of_the_ministry_comes_and_is_answered(
    axis: Played, partner: exchange.CounterpartInfo, carrier: AxisCarrier
) -> None:
    composed(axis, "V/v được trả lời")
    taken = carrier.fetch(partner, at=now())
    [shown] = arrived()
    agency_id = shown.recipients[0].agency_id
    assert agency_id is not None

    said = exchange.Answer(agency_id, exchange.Status.REFUSED, "Gửi nhầm nơi nhận")
    exchange.answer(shown.code, said, by=RECEIVING, at=now())
    carry(partner, carrier)

    titles = [one["title"] for one in axis.boxes() if one["kind"] == "status"]
    assert (taken, shown.sender_name, shown.subject) == (1, "Bộ Nội vụ", "V/v được trả lời")
    assert states_of(axis, "H18.101", "V/v được trả lời") == ["done"]
    assert [one for one in titles if one.startswith("02") and "Gửi nhầm nơi nhận" in one] != []


def test_the_ministry_refuses_and_the_sender_reads_why(
    axis: Played, partner: exchange.CounterpartInfo, carrier: AxisCarrier
) -> None:
    code = sent_to(subject="V/v bị từ chối")
    carry(partner, carrier)
    carrier.fetch(partner, at=now())
    [doc] = [one["doc_id"] for one in axis.boxes() if "V/v bị từ chối" in one["title"]]

    axis.press("/tra-loi", doc=doc, code="02", reason="Không thuộc thẩm quyền")
    carrier.fetch(partner, at=now())

    [shown] = [one for one in [exchange.find_envelope(code)] if one]
    [receiver] = shown.recipients
    assert (receiver.status, receiver.moves[-1].reason) == ("02", "Không thuộc thẩm quyền")


def test_the_ministry_gives_a_document_back(
    axis: Played, partner: exchange.CounterpartInfo, carrier: AxisCarrier
) -> None:
    code = sent_to(subject="V/v lấy lại")
    carry(partner, carrier)
    carrier.fetch(partner, at=now())
    exchange.ask_back(code, "Gửi nhầm", by=RECEIVING, at=now())
    carry(partner, carrier)
    docs = [one for one in axis.boxes() if "V/v lấy lại" in one["title"]]

    axis.press("/tra-loi", doc=docs[0]["doc_id"], code="15")
    carrier.fetch(partner, at=now())

    asked = [one["title"] for one in axis.boxes() if one["title"].startswith("13 ")]
    assert (len(asked) > 0, row_of(code, "G09").side) == (True, "15")


def test_what_is_delivered_twice_is_one_message(
    axis: Played, partner: exchange.CounterpartInfo, carrier: AxisCarrier
) -> None:
    axis.fault("doubled")
    composed(axis, "V/v giao hai lần")

    carrier.fetch(partner, at=now())

    assert [one.subject for one in arrived()] == ["V/v giao hai lần"]
    assert states_of(axis, "H18.101", "V/v giao hai lần") == ["done", "done"]


@pytest.mark.parametrize("is_new_process", [False, True])
def test_a_state_that_was_lost_is_told_again(
    axis: Played,
    partner: exchange.CounterpartInfo,
    carrier: AxisCarrier,
    *,
    is_new_process: bool,
) -> None:
    subject = f"V/v mất trạng thái {is_new_process}"
    composed(axis, subject)
    axis.fault("lost")
    carrier.fetch(partner, at=now())
    before = states_of(axis, "H18.101", subject)
    axis.fault("")
    make = Vxp if axis.way == "vxp" else Lgsp
    again = AxisCarrier(exchange.Way(axis.way), make, QUICK) if is_new_process else carrier

    taken = again.fetch(partner, at=now())

    assert (before, taken, len(arrived())) == (["initial"], 0, 1)
    assert states_of(axis, "H18.101", subject) == ["done"]


def test_in_another_order_the_earlier_comes_first(
    axis: Played, partner: exchange.CounterpartInfo, carrier: AxisCarrier
) -> None:
    code = sent_to(subject="V/v ngược thứ tự")
    carry(partner, carrier)
    [doc] = [one["doc_id"] for one in axis.boxes() if "V/v ngược thứ tự" in one["title"]]
    axis.press("/tra-loi", doc=doc, code="03")
    axis.press("/tra-loi", doc=doc, code="06")
    axis.fault("order")

    carrier.fetch(partner, at=now())

    assert row_of(code, "G09").status == "06"


def test_what_cannot_leave_waits_five_times_and_then_for_a_person(
    axis: Played, partner: exchange.CounterpartInfo, carrier: AxisCarrier
) -> None:
    code = sent_to(subject="V/v trục hỏng")
    axis.fault("down")
    for minutes in range(5):
        carry(partner, carrier, later=timedelta(minutes=10 * minutes))
    dead = row_of(code, "G09")
    axis.fault("")

    exchange.retry(code, "G09", by=RECEIVING, at=now())
    carry(partner, carrier)

    assert (dead.transport, dead.attempts) == ("failed", 5)
    assert "tạm dừng phục vụ" in dead.trouble
    assert row_of(code, "G09").transport == "sent"


def test_a_receiver_the_axis_does_not_know_is_told_at_once(
    partner: exchange.CounterpartInfo, carrier: AxisCarrier
) -> None:
    code = sent_to("G99")

    carry(partner, carrier)

    row = row_of(code, "G99")
    assert (row.transport, row.attempts) == ("failed", 1)
    assert "chưa có trên trục" in row.trouble


def test_what_nobody_can_read_is_kept_and_the_axis_is_told(
    axis: Played, partner: exchange.CounterpartInfo, carrier: AxisCarrier
) -> None:
    composed(axis, "V/v hỏng")
    [doc] = [one["doc_id"] for one in axis.boxes() if "V/v hỏng" in one["title"]]
    (axis.folder / f"{doc}.edxml").write_bytes(b"<edXML><khong-dong>")

    carrier.fetch(partner, at=now())

    assert states_of(axis, "H18.101", "V/v hỏng") == ["fail"]
    assert [one.sender_code for one in exchange.arrivals_in_trouble()] == ["G09"]


def test_asking_the_axis_fills_the_address_book(
    partner: exchange.CounterpartInfo, carrier: AxisCarrier
) -> None:
    words = exchange.greet(partner, carrier, at=now())

    names = [one.name for one in exchange.outside_agencies(now().date())]
    assert (words, names[:2]) == ("Trục trả lời tốt, có 5 cơ quan.", ["Bộ Nội vụ", "Bộ Tài chính"])


def test_an_axis_in_trouble_is_told_in_words(
    axis: Played, partner: exchange.CounterpartInfo, carrier: AxisCarrier
) -> None:
    axis.fault("nonsense")

    with pytest.raises(exchange.CarrierAway, match="không hiểu được"):
        exchange.greet(partner, carrier, at=now())

    row = exchange.get_counterpart(partner.code)
    assert "không hiểu được" in row.latest_error


def test_no_log_holds_the_secret(
    axis: Played,
    partner: exchange.CounterpartInfo,
    carrier: AxisCarrier,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level("DEBUG")
    sent_to(subject="V/v bí mật")
    axis.fault("secret")

    carry(partner, carrier)
    with pytest.raises(exchange.CarrierAway) as told:
        carrier.fetch(partner, at=now())

    assert SECRET not in f"{caplog.text} {told.value} {told.value.__cause__!r} {carrier.__dict__}"


class Half:
    """A line that lists two messages and can hand out only the second."""

    def __init__(self, axis: Played) -> None:
        self.line = axis.line()
        self.marked: list[tuple[str, str]] = []

    def __getattr__(self, name: str) -> Any:
        return getattr(self.line, name)

    def fetch(self, ref: str, into: Any) -> None:
        if ref == self.line.received()[-2].ref:
            raise Broken("hỏng")
        self.line.fetch(ref, into)

    def mark(self, ref: str, state: str) -> None:
        self.marked.append((ref, state))
        self.line.mark(ref, state)


def test_one_that_is_broken_holds_up_no_other(
    axis: Played, partner: exchange.CounterpartInfo
) -> None:
    composed(axis, "V/v nửa chừng")
    composed(axis, "V/v nguyên vẹn")
    half = Half(axis)
    carrier = AxisCarrier(exchange.Way(axis.way), lambda _: half, QUICK)

    for _ in range(4):
        with pytest.raises(exchange.CarrierAway):
            carrier.fetch(partner, at=now())
    carrier.fetch(partner, at=now())

    assert [one.subject for one in arrived()] == ["V/v nguyên vẹn"]
    assert [state for _, state in half.marked] == ["done", "fail"]
