"""What receivers answer, what the sender takes back, and what may follow what."""

from collections.abc import Sequence
from datetime import timedelta

import pytest

from motcua.casework.exchange.api import (
    Answer,
    Business,
    BusinessKind,
    MoveNotAllowed,
    NoSuchEnvelope,
    Status,
    answer,
    ask_back,
    carry_due,
    choose_successor,
    envelopes_of,
    retry,
)
from motcua.casework.exchange.choices import Transport
from motcua.casework.exchange.rules.moves import (
    SIDE,
    SIDE_MOVES,
    STATUS_MOVES,
    TRANSPORT_MOVES,
    check_side,
    check_status,
    check_transport,
)
from motcua.foundation.organisation.tests.make import make_agency
from motcua.lib.errors import BadInput

from .sending import CLERK, LATER, RECEIVING, make_agencies, make_delivered, make_sent, row_of

pytestmark = pytest.mark.django_db
RECALL = Business(BusinessKind.RECALL, "Sai thể thức")


def say(code: str, agency_id: int, *statuses: Status, reason: str = "") -> None:
    for status in statuses:
        answer(code, Answer(agency_id, status, reason), by=RECEIVING, at=LATER)


def test_a_receiver_takes_a_document_to_its_end() -> None:
    sender, receiver = make_agencies()
    code = make_delivered(sender.pk)

    steps = (Status.ACCEPTED, Status.ASSIGNED, Status.PROCESSING, Status.FINISHED)
    say(code, receiver.pk, *steps)

    [shown] = envelopes_of("documents.outgoing:1")[0].recipients
    assert (shown.status, shown.words, shown.answered_at) == ("06", "Hoàn thành", LATER)
    assert [(one.to, one.by_name) for one in shown.moves if one.axis == "status"] == [
        ("01", "Hệ thống"),
        *((step.value, "Lò Thị Hoa") for step in steps),
    ]


def test_a_receiver_refuses_with_a_reason() -> None:
    sender, receiver = make_agencies()
    code = make_delivered(sender.pk)

    with pytest.raises(BadInput, match="lý do"):
        say(code, receiver.pk, Status.REFUSED)
    say(code, receiver.pk, Status.REFUSED, reason="Gửi nhầm nơi nhận")

    [shown] = envelopes_of("documents.outgoing:1")[0].recipients
    assert (shown.status, shown.moves[-1].reason) == ("02", "Gửi nhầm nơi nhận")


def test_who_refuses_later_what_he_took_in_time_is_not_late() -> None:
    sender, receiver = make_agencies()
    code = make_delivered(sender.pk)
    say(code, receiver.pk, Status.ACCEPTED)

    said = Answer(receiver.pk, Status.REFUSED, "Gửi nhầm xã")
    answer(code, said, by=RECEIVING, at=LATER + timedelta(days=9))

    [shown] = envelopes_of("documents.outgoing:1")[0].recipients
    assert (shown.status, shown.answered_at) == ("02", LATER)


def test_what_a_receiver_made_of_it_is_found_by_its_own_key() -> None:
    sender, receiver = make_agencies()
    code = make_delivered(sender.pk)
    said = Answer(receiver.pk, Status.ACCEPTED, owner="documents.incoming:7")

    answer(code, said, by=RECEIVING, at=LATER)

    assert [one.code for one in envelopes_of("documents.incoming:7")] == [code]


def test_an_agency_that_did_not_receive_it_cannot_answer() -> None:
    sender, _ = make_agencies()
    other = make_agency("H18.102", "UBND xã Nà Tấu")
    code = make_delivered(sender.pk)

    with pytest.raises(NoSuchEnvelope):
        say(code, other.pk, Status.ACCEPTED)


def test_what_has_not_arrived_is_not_answered() -> None:
    sender, receiver = make_agencies()
    code = make_sent(sender.pk)

    with pytest.raises(MoveNotAllowed):
        say(code, receiver.pk, Status.ACCEPTED)


def test_what_has_not_left_is_taken_back_here() -> None:
    sender, _ = make_agencies()
    code = make_sent(sender.pk)

    ask_back(code, "Sai phụ lục", by=CLERK, at=LATER)

    row = row_of(code)
    assert (row.transport, row.side, carry_due(at=LATER)) == ("cancelled", "", 0)


@pytest.mark.parametrize("status", [Status.AGREED, Status.DECLINED])
def test_a_receiver_agrees_to_give_it_back_or_declines(status: Status) -> None:
    sender, receiver = make_agencies()
    code = make_delivered(sender.pk)
    say(code, receiver.pk, Status.ACCEPTED)

    ask_back(code, "Sai phụ lục", by=CLERK, at=LATER)
    say(code, receiver.pk, status, reason="Đã xử lý")

    assert (row_of(code).side, row_of(code).status) == (status.value, "03")


def test_what_was_given_back_is_handled_no_further() -> None:
    sender, receiver = make_agencies()
    code = make_delivered(sender.pk)
    ask_back(code, "Sai phụ lục", by=CLERK, at=LATER)
    say(code, receiver.pk, Status.AGREED)

    with pytest.raises(MoveNotAllowed, match="đã được lấy lại"):
        say(code, receiver.pk, Status.ACCEPTED)


def test_only_some_receivers_may_be_asked() -> None:
    sender, _ = make_agencies()
    make_agency("H18.102", "UBND xã Nà Tấu")
    code = make_delivered(sender.pk, recipients=("H18.101", "H18.102"))

    ask_back(code, "Gửi nhầm", by=CLERK, at=LATER, only=["H18.102"])

    assert (row_of(code).side, row_of(code, "H18.102").side) == ("", "13")


def test_who_was_asked_is_not_asked_again() -> None:
    sender, _ = make_agencies()
    code = make_delivered(sender.pk)
    ask_back(code, "Sai phụ lục", by=CLERK, at=LATER)

    with pytest.raises(MoveNotAllowed, match="Không còn nơi nhận nào"):
        ask_back(code, "Sai phụ lục", by=CLERK, at=LATER)


def test_taking_back_needs_a_reason_and_a_receiver() -> None:
    sender, _ = make_agencies()
    code = make_delivered(sender.pk)

    with pytest.raises(BadInput, match="lý do"):
        ask_back(code, " ", by=CLERK, at=LATER)
    with pytest.raises(NoSuchEnvelope, match="không gửi tới"):
        ask_back(code, "Sai", by=CLERK, at=LATER, only=["H99"])


def test_a_recall_is_agreed_to_without_being_asked_twice() -> None:
    sender, receiver = make_agencies()
    code = make_delivered(sender.pk, business=RECALL)

    say(code, receiver.pk, Status.AGREED)

    assert row_of(code).side == "15"


def test_a_receiver_does_not_ask_itself() -> None:
    sender, receiver = make_agencies()
    code = make_delivered(sender.pk)

    with pytest.raises(MoveNotAllowed):
        say(code, receiver.pk, Status.ASKED_BACK, reason="x")


def test_what_goes_its_way_is_neither_tried_again_nor_led_elsewhere() -> None:
    sender, _ = make_agencies()
    code = make_delivered(sender.pk)

    with pytest.raises(MoveNotAllowed):
        retry(code, "H18.101", by=CLERK, at=LATER)
    with pytest.raises(MoveNotAllowed):
        choose_successor(code, "H18.101", "H18.5", by=CLERK, at=LATER)


STATES: Sequence[str] = ["", *(one for one in Status.values if one not in SIDE)]


@pytest.mark.parametrize("current", STATES)
@pytest.mark.parametrize("target", [one for one in Status if one not in SIDE])
def test_a_status_follows_only_what_the_table_says(current: str, target: Status) -> None:
    if target in STATUS_MOVES[current]:
        check_status(current, target)
        return
    with pytest.raises(MoveNotAllowed):
        check_status(current, target)


@pytest.mark.parametrize("current", Transport)
@pytest.mark.parametrize("target", Transport)
def test_a_transport_follows_only_what_the_table_says(
    current: Transport, target: Transport
) -> None:
    if target in TRANSPORT_MOVES[current]:
        check_transport(current, target)
        return
    with pytest.raises(MoveNotAllowed):
        check_transport(current, target)


@pytest.mark.parametrize("current", ["", *sorted(SIDE)])
@pytest.mark.parametrize("target", sorted(SIDE))
def test_a_side_follows_only_what_the_table_says(current: str, target: str) -> None:
    if target in SIDE_MOVES[current]:
        check_side(current, Status(target), "new")
        return
    with pytest.raises(MoveNotAllowed):
        check_side(current, Status(target), "new")


def test_the_ends_are_exactly_these() -> None:
    ends = [state for state, following in STATUS_MOVES.items() if not following]
    sides = [state for state, following in SIDE_MOVES.items() if not following]
    transports = [state for state, following in TRANSPORT_MOVES.items() if not following]

    assert (ends, sides, transports) == (["06", "02"], ["15"], ["delivered", "cancelled"])
