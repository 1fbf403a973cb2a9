"""Lines to the axis, spoken with plays that are processes of their own: each call, each fault."""

from collections.abc import Iterator
from io import BytesIO
from tempfile import TemporaryFile

import pytest

from motcua.adapters.document_exchange.lines import Away, AxisLine, Refused
from motcua.casework.exchange.api import Organ, read_message
from motcua.casework.exchange.tests.make import make_message, make_status, read, write
from motcua.lib.clock import now
from simulators.axis import FAULTS

from .axis import Played, letter, running_axis

MINISTRY = Organ("G09", "Bộ Nội vụ")
OURS = make_message(receivers=(MINISTRY,))
TROUBLES = {
    "down": "tạm dừng phục vụ",
    "slow": "không trả lời",
    "open": "không trả lời",
    "error": "đang có lỗi",
    "nonsense": "không hiểu được",
    "secret": "khóa bí mật",
}


@pytest.fixture(scope="module", params=["vxp", "lgsp"])
def running(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Played]:
    with running_axis(request.param, tmp_path_factory.mktemp(request.param)) as played:
        yield played


@pytest.fixture
def axis(running: Played) -> Iterator[Played]:
    yield running
    running.fault("")


@pytest.fixture
def line(axis: Played) -> AxisLine:
    return axis.line()


def composed(axis: Played, subject: str) -> str:
    """Let the ministry send a document to Mường Phăng; return the axis' number of it."""
    axis.press("/gui", sender="G09", receiver="H18.101", subject=subject)
    return str(axis.boxes()[-1]["doc_id"])


def test_a_document_goes_to_the_ministry_byte_by_byte(axis: Played, line: AxisLine) -> None:
    content = write(OURS)

    ref = line.send(letter(content))

    [row] = [one for one in axis.boxes() if one["sent_id"] == ref]
    assert (row["kind"], row["sender"], row["receiver"]) == ("edoc", "H18.5", "G09")
    assert (axis.folder / f"{row['doc_id']}.edxml").read_bytes() == content


def test_the_axis_tells_that_the_ministry_took_it(line: AxisLine) -> None:
    ref = line.send(letter(write(OURS)))

    [row] = [one for one in line.sent() if one.ref == ref]

    assert (row.receiver, row.state) == ("G09", "done")


def test_a_document_of_the_ministry_is_listed_and_read(axis: Played, line: AxisLine) -> None:
    ref = composed(axis, "V/v báo cáo quý")
    [row] = [one for one in line.received() if one.ref == ref]
    target = BytesIO()

    line.fetch(ref, target)

    target.seek(0)
    reading = read_message(target, at=now())
    assert (row.kind, row.sender, row.receiver, row.state) == ("edoc", "G09", "H18.101", "initial")
    assert getattr(reading.message, "subject", "") == "V/v báo cáo quý"
    assert reading.is_valid


@pytest.mark.parametrize("state", ["done", "fail"])
def test_what_became_of_it_on_the_way_is_told(axis: Played, line: AxisLine, state: str) -> None:
    ref = composed(axis, "V/v trạng thái truyền")

    line.mark(ref, state)

    assert [one.state for one in line.received() if one.ref == ref] == [state]


def test_a_status_goes_through_the_axis(axis: Played, line: AxisLine) -> None:
    about = make_status(sender=Organ("H18.5", "Sở Nội vụ"))

    ref = line.send(letter(write(about), kind="status"))

    assert [one["kind"] for one in axis.boxes() if one["sent_id"] == ref] == ["status"]


def test_the_ministry_says_that_it_came(line: AxisLine) -> None:
    before = {one.ref for one in line.received()}
    line.send(letter(write(OURS)))
    [row] = [one for one in line.received() if one.ref not in before]
    target = BytesIO()

    line.fetch(row.ref, target)

    message = read(target.getvalue()).message
    assert (row.kind, row.sender, getattr(message, "code", "")) == ("status", "G09", "01")


def test_the_agencies_are_named(line: AxisLine) -> None:
    assert line.agencies()[0] == ("G09", "Bộ Nội vụ")


@pytest.mark.parametrize(("fault", "words"), TROUBLES.items())
def test_a_line_in_trouble_says_which(axis: Played, line: AxisLine, fault: str, words: str) -> None:
    axis.fault(fault)

    with pytest.raises(Away, match=words):
        line.agencies()


def test_every_fault_that_can_be_switched_has_a_test() -> None:
    here = {*TROUBLES, "doubled", "order", "lost", ""}

    assert here == set(FAULTS)


def test_what_was_done_without_an_answer_is_done_again(axis: Played, line: AxisLine) -> None:
    line.agencies()
    axis.fault("open")
    with pytest.raises(Away):
        line.send(letter(write(make_message(receivers=(MINISTRY,), subject="V/v hai lần"))))
    axis.fault("")

    line.send(letter(write(make_message(receivers=(MINISTRY,), subject="V/v hai lần"))))

    sent = [one for one in axis.boxes() if "V/v hai lần" in one["title"] and one["kind"] == "edoc"]
    assert len(sent) == 2


def test_a_doubled_document_is_listed_twice(axis: Played, line: AxisLine) -> None:
    axis.fault("doubled")
    composed(axis, "V/v nhân đôi")
    axis.fault("")

    known = {one["doc_id"] for one in axis.boxes() if "V/v nhân đôi" in one["title"]}
    assert len([one for one in line.received() if one.ref in known]) == 2


def test_a_state_that_was_lost_is_still_open(axis: Played, line: AxisLine) -> None:
    ref = composed(axis, "V/v mất trạng thái")
    axis.fault("lost")

    line.mark(ref, "done")

    assert [one.state for one in line.received() if one.ref == ref] == ["initial"]


def test_another_order_is_told_as_it_is(axis: Played, line: AxisLine) -> None:
    first, second = composed(axis, "V/v một"), composed(axis, "V/v hai")
    axis.fault("order")

    listed = [one.ref for one in line.received() if one.ref in (first, second)]

    assert listed == [second, first]


def test_a_secret_that_is_not_ours_opens_nothing(axis: Played) -> None:
    with pytest.raises(Away, match="khóa bí mật"):
        axis.line(secret="khac").agencies()  # noqa: S106 -- a wrong one


@pytest.mark.parametrize(
    ("content", "receiver", "words"),
    [
        (write(OURS), "Z99", "chưa có trên trục"),
        (b"khong phai xml", "G09", "sai định dạng"),
        (write(make_message(sender=Organ("H20", "Sở khác"))), "G09", "chưa được đăng ký"),
    ],
)
def test_what_an_axis_never_takes_is_refused_in_words(
    line: AxisLine, content: bytes, receiver: str, words: str
) -> None:
    with pytest.raises(Refused, match=words):
        line.send(letter(content, receiver=receiver))


def test_a_message_the_axis_does_not_know_is_refused(line: AxisLine) -> None:
    with TemporaryFile() as target, pytest.raises(Refused):
        line.fetch("khong-co", target)


def test_secrets_are_not_told(axis: Played) -> None:
    line = axis.line(secret="chi-minh-ta-biet")  # noqa: S106 -- looked for below

    assert "chi-minh-ta-biet" not in repr(getattr(line, "place", ""))


def test_the_page_says_what_to_enter_and_shows_messages(axis: Played) -> None:
    composed(axis, "V/v <b>thử</b>")

    page = axis.page()

    assert axis.url in page
    assert "V/v &lt;b&gt;thử&lt;/b&gt;" in page


def test_the_ministry_answers_when_somebody_presses(axis: Played, line: AxisLine) -> None:
    ref = line.send(letter(write(OURS)))
    [doc] = [one["doc_id"] for one in axis.boxes() if one["sent_id"] == ref]
    before = {one.ref for one in line.received()}

    axis.press("/tra-loi", doc=doc, code="02", reason="Gửi nhầm nơi nhận")

    [row] = [one for one in line.received() if one.ref not in before]
    target = BytesIO()
    line.fetch(row.ref, target)
    message = read(target.getvalue()).message
    assert (getattr(message, "code", ""), getattr(message, "description", "")) == (
        "02",
        "Gửi nhầm nơi nhận",
    )
