"""What goes to agencies outside: carried, numbered, given up, taken up again, answered."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import pytest

from motcua.casework.exchange.api import (
    Answer,
    Business,
    BusinessKind,
    CarrierAway,
    CarrierRefuses,
    Delivery,
    Handed,
    MessageKind,
    PairCount,
    SignedReceipt,
    Status,
    answer,
    arrivals_in_trouble,
    ask_back,
    carry_due,
    find_envelope,
    missing_of,
    note_delivered,
    note_failed,
    note_taken,
    parcel_numbered,
    retry,
    revive,
    send_again,
    sent_counts,
    troubled_of,
    waiting_for,
)
from motcua.casework.exchange.models import EnvelopeRecipient, ExchangeReceipt, StatusNotice
from motcua.casework.exchange.rules.moves import can_be_asked, can_be_heard

from .partners import (
    Recording,
    carry,
    come,
    heard,
    line,
    make_foreign,
    make_partner,
    make_said,
    taken,
)
from .sending import CLERK, LATER, RECEIVING, make_agencies, make_sent, row_of

pytestmark = pytest.mark.django_db
REF = "H18.5,2026/10/01,0123/SNV-CCHC"
CUT = CarrierAway("Không nối được.", is_line_down=True)
STATUS: Mapping[str, Any] = {"kind": MessageKind.STATUS, "receiver_code": "H18.5"}


def make_gone(recipients: tuple[str, ...] = ("H52.5",)) -> str:
    """Send a document to Sơn La and let it be taken there."""
    sender, _ = make_agencies()
    code = make_sent(sender.pk, recipients=recipients)
    carry(make_partner(), Recording())
    return code


def test_what_a_partner_took_is_delivered_and_its_receipt_kept() -> None:
    code = make_gone()

    row = row_of(code, "H52.5")
    receipt = ExchangeReceipt.objects.get(recipient=row)
    assert (row.transport, row.number, row.counterpart) == ("delivered", 1, "tinh-son-la")
    assert (receipt.said, bytes(receipt.signature)) == ('{"n": 1}', b"signed")


def test_the_worker_leaves_what_goes_outside_to_the_line() -> None:
    sender, _ = make_agencies()
    make_partner()
    make_sent(sender.pk, recipients=("H52.5", "H18.101"))

    assert carry_due(at=LATER) == 1
    assert EnvelopeRecipient.objects.get(code="H52.5").transport == "queued"


def test_the_closest_partner_carries() -> None:
    sender, _ = make_agencies()
    axis = make_partner(code="truc", codes=("*",), name="Trục")
    near = make_partner(code="so-rieng", codes=("H52.5",), name="Sở riêng")
    make_sent(sender.pk, recipients=("H52.5", "H52.7"))
    by_axis, by_near = Recording(), Recording()

    carry(axis, by_axis)
    carry(near, by_near)

    assert [one.receiver_code for one, _ in by_axis.carried] == ["H52.7"]
    assert [one.receiver_code for one, _ in by_near.carried] == ["H52.5"]


def test_after_five_failures_a_person_decides() -> None:
    sender, _ = make_agencies()
    code, partner = make_sent(sender.pk, recipients=("H52.5",)), make_partner()
    way = Recording(*[CarrierAway("Trả lời lạ.")] * 5)

    for minutes in range(0, 20, 4):
        carry(partner, way, at=LATER + timedelta(minutes=minutes))

    assert [one.code for one in troubled_of("H18.5")] == [code]
    assert (row_of(code, "H52.5").transport, revive(partner.code, at=LATER)) == ("failed", 0)
    retry(code, "H52.5", by=CLERK, at=LATER)
    assert carry(partner, way) == 1


def test_what_will_never_be_taken_is_given_up_at_once() -> None:
    sender, _ = make_agencies()
    code = make_sent(sender.pk, recipients=("H52.5",))

    carry(make_partner(), Recording(CarrierRefuses("Nơi nhận bị khóa.")))

    row = row_of(code, "H52.5")
    assert (row.transport, row.trouble) == ("failed", "Nơi nhận bị khóa.")


def test_a_line_that_is_down_is_tried_once_a_round() -> None:
    sender, _ = make_agencies()
    make_sent(sender.pk, recipients=("H52.5", "H52.6", "H52.7"))
    way = Recording(CUT, CUT, CUT)

    carry(make_partner(), way)

    tried = EnvelopeRecipient.objects.order_by("id").values_list("attempts", flat=True)
    assert (len(way.carried), list(tried)) == (1, [1, 0, 0])


def test_what_was_given_up_for_the_line_goes_again_when_it_is_up() -> None:
    sender, _ = make_agencies()
    code, partner = make_sent(sender.pk, recipients=("H52.5",)), make_partner()
    way = Recording(CUT, CUT, CUT, CUT, CUT)
    for minutes in range(0, 20, 4):
        carry(partner, way, at=LATER + timedelta(minutes=minutes))

    given_up = row_of(code, "H52.5").transport
    revived = revive(partner.code, at=LATER)
    carry(partner, way)

    assert (given_up, revived, row_of(code, "H52.5").transport) == ("failed", 1, "delivered")


def test_an_axis_says_later_what_became_of_it() -> None:
    sender, _ = make_agencies()
    code, partner = make_sent(sender.pk, recipients=("H52.5", "H52.6")), make_partner()
    way = Recording(Handed(is_delivered=False, ref="D1"), Handed(is_delivered=False, ref="D2"))
    carry(partner, way)

    known = note_delivered(partner.code, "D1", at=LATER)
    failed = note_failed(partner.code, "D2", "Nơi nhận không tải được.", at=LATER)

    assert (known, failed, note_delivered(partner.code, "D9", at=LATER)) == (True, True, False)
    assert [row_of(code, one).transport for one in ("H52.5", "H52.6")] == ["delivered", "failed"]


def test_a_partner_that_comes_for_it_finds_it_laid_out() -> None:
    sender, _ = make_agencies()
    code = make_sent(sender.pk, recipients=("H52.5",))
    partner, way = make_partner(delivery=Delivery.PULL), Recording()

    carry(partner, way)

    [one] = waiting_for(partner.code)
    pair = PairCount(one.kind, one.sender_code, one.receiver_code, one.number)
    parcel = parcel_numbered(partner, pair, at=LATER)
    assert (way.carried, row_of(code, "H52.5").attempts) == ([], 0)
    assert parcel is not None
    assert parcel.code == code
    receipt = SignedReceipt("{}", b"s", "cd" * 32)
    assert note_taken(partner.code, pair, receipt, at=LATER) is True
    assert (row_of(code, "H52.5").transport, waiting_for(partner.code)) == ("delivered", [])


def test_what_a_receiver_says_reaches_the_sender_step_by_step_or_not() -> None:
    code = make_gone()

    come(make_said("01", REF), line(1, **STATUS))
    come(make_said("05", REF), line(2, **STATUS))
    come(make_said("03", REF), line(3, **STATUS))

    shown = find_envelope(code)
    assert shown is not None
    row = shown.recipients[0]
    told = [(one.to, one.by_name) for one in row.moves if one.axis == "status"]
    assert told == [(step, "Trần Thị Mẫu (Sở Nội vụ tỉnh Sơn La)") for step in ("01", "05")]
    assert row.status == "05"


def test_a_status_names_the_message_where_the_way_carries_its_name() -> None:
    sender, _ = make_agencies()
    partner = make_partner()
    codes = [make_sent(sender.pk, recipients=("H52.5",)) for _ in range(2)]
    carry(partner, Recording())

    come(make_said("02", REF, description="Sai thể thức"), line(1, about=codes[0], **STATUS))

    assert [row_of(code, "H52.5").status for code in codes] == ["02", ""]


def test_who_answers_has_it_whatever_the_line_said() -> None:
    sender, _ = make_agencies()
    code, partner = make_sent(sender.pk, recipients=("H52.5",)), make_partner()
    carry(partner, Recording(CarrierAway("Trả lời lạ.")))

    come(make_said("03", REF), line(1, **STATUS))

    row = row_of(code, "H52.5")
    assert (row.transport, row.status, row.next_try_at) == ("delivered", "03", None)


@pytest.mark.parametrize("ref", ["H18.5,2026/10/01,9999/SNV", "H18.6,2026/10/01,0123/SNV-CCHC"])
def test_a_status_about_nothing_of_ours_waits_for_a_person(ref: str) -> None:
    make_gone()

    come(make_said("03", ref), line(1, **STATUS))

    [trouble] = arrivals_in_trouble()
    assert [one.rule for one in trouble.findings] == ["status-unknown-document"]


def test_nobody_speaks_for_a_receiver_of_another_partner() -> None:
    code = make_gone()
    make_partner(code="tinh-khac", codes=("H99",), name="Tỉnh khác")

    come(make_said("02", REF, description="Từ chối"), line(1, counterpart="tinh-khac", **STATUS))

    [trouble] = arrivals_in_trouble()
    assert ([one.rule for one in trouble.findings], row_of(code, "H52.5").status) == (
        ["sender-not-of-line"],
        "",
    )


def test_what_one_of_ours_answers_goes_to_the_sender_as_status_messages() -> None:
    _, receiver = make_agencies()
    partner, way = make_partner(), Recording()
    got = come(make_foreign())
    answer(got.code, Answer(receiver.pk, Status.ACCEPTED), by=RECEIVING, at=LATER)

    carry(partner, way)

    said = [(one.kind, one.number, one.receiver_code, one.about) for one, _ in way.carried]
    messages = [heard(content) for _, content in way.carried]
    assert said == [(MessageKind.STATUS, n, "H52.5", "GT-H52.5-2026-000009") for n in (1, 2)]
    assert [one.code for one in messages] == ["01", "03"]
    assert [one.about.document_id for one in messages] == [make_foreign().document_id] * 2
    assert list(StatusNotice.objects.values_list("transport", flat=True)) == ["delivered"] * 2


def test_asking_back_from_outside_is_a_status_message() -> None:
    code, way = make_gone(), Recording()
    ask_back(code, "Sai phụ lục", by=CLERK, at=LATER)

    carry(make_partner(), way)

    [(parcel, content)] = way.carried
    message = heard(content)
    assert (parcel.receiver_code, parcel.about) == ("H52.5", code)
    assert (message.code, message.description) == ("13", "Sai phụ lục")


def test_a_sender_outside_asks_back_and_hears_the_answer() -> None:
    _, receiver = make_agencies()
    make_partner()
    got = come(make_foreign())
    asks = make_said("13", make_foreign().document_id, description="Sai")

    come(asks, line(1, kind=MessageKind.STATUS, about="GT-H52.5-2026-000009"))
    answer(got.code, Answer(receiver.pk, Status.AGREED), by=RECEIVING, at=LATER)

    shown = find_envelope(got.code)
    assert shown is not None
    told = [one.to for one in shown.recipients[0].moves if one.axis == "side"]
    assert (told, StatusNotice.objects.filter(status="15").count()) == (["13", "15"], 1)


def test_a_receiver_outside_agrees_to_a_recall() -> None:
    sender, _ = make_agencies()
    partner = make_partner()
    make_sent(sender.pk, recipients=("H52.5",))
    recall = Business(BusinessKind.RECALL, "Sai thể thức")
    code = make_sent(sender.pk, recipients=("H52.5",), business=recall, attachments=())
    carry(partner, Recording())

    come(make_said("15", REF), line(1, **STATUS))

    assert row_of(code, "H52.5").side == "15"


def test_a_number_that_never_came_is_named_and_sent_again() -> None:
    sender, _ = make_agencies()
    partner = make_partner()
    for number in ("1", "2", "3"):
        make_sent(sender.pk, recipients=("H52.5",), document={"number": number})
    way = Recording(taken(), taken(), taken())
    carry(partner, way)
    [pair] = sent_counts(partner.code)

    again = send_again(partner.code, pair, [2, 9], at=LATER)
    carry(partner, way)

    assert (pair.latest, again) == (3, 1)
    assert [one.number for one, _ in way.carried] == [1, 2, 3, 2]
    assert set(EnvelopeRecipient.objects.values_list("next_try_at", flat=True)) == {None}


def test_the_receiving_side_knows_which_numbers_are_missing() -> None:
    make_agencies()
    make_partner()
    come(make_foreign(), line(1))
    come(make_foreign(subject="Khác"), line(4))
    pair = PairCount(MessageKind.DOCUMENT, "H52.5", "H18.101", 5)

    assert missing_of([pair]) == {pair: [2, 3, 5]}


def test_status_messages_are_sent_again_too() -> None:
    make_agencies()
    partner, way = make_partner(), Recording()
    come(make_foreign())
    carry(partner, way)
    [pair] = sent_counts(partner.code)

    send_again(partner.code, pair, [1], at=LATER)
    carry(partner, way)

    assert [one.number for one, _ in way.carried] == [1, 1]


@pytest.mark.parametrize(
    ("current", "target", "is_news"),
    [
        ("", "06", True),
        ("03", "01", False),
        ("03", "02", True),
        ("06", "02", False),
        ("02", "03", False),
        ("05", "04", True),
    ],
)
def test_steps_may_be_left_out_and_none_is_taken_back(
    current: str, target: str, *, is_news: bool
) -> None:
    assert can_be_heard(current, Status(target)) is is_news


@pytest.mark.parametrize(
    ("current", "target", "is_news"),
    [
        ("", "13", True),
        ("13", "13", False),
        ("16", "13", True),
        ("13", "15", True),
        ("15", "16", False),
    ],
)
def test_what_was_agreed_is_not_asked_again(current: str, target: str, *, is_news: bool) -> None:
    assert can_be_asked(current, Status(target)) is is_news
