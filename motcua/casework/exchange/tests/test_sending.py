"""A message from one agency to another: queued, carried, delivered, answered."""

import json
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from django.db import IntegrityError

from motcua.casework.exchange.api import (
    Alarm,
    Attached,
    Business,
    BusinessKind,
    CannotWrite,
    CarrierAway,
    DocumentMessage,
    Handed,
    NotToBeRouted,
    Organ,
    OtherInfo,
    SentBefore,
    Transport,
    arrivals_of,
    carry_due,
    choose_successor,
    envelopes_of,
    find_envelope,
    gaps_between,
    heirs_shown,
    not_registered_in_time,
    not_sent_in_time,
    open_envelope,
    retry,
    send,
    troubled_of,
)
from motcua.casework.exchange.models import Envelope, EnvelopeRecipient
from motcua.casework.exchange.queries.shown import whole_message
from motcua.foundation.audit import api as audit
from motcua.foundation.organisation import api as organisation
from motcua.foundation.organisation.tests.make import make_agency
from motcua.lib import work
from motcua.lib.clock import HANOI
from motcua.lib.errors import BadInput

from .messages import PDF, read
from .partners import Recording, carry, make_partner
from .sending import (
    CLERK,
    LATER,
    THURSDAY,
    end_agency,
    keep,
    make_agencies,
    make_delivered,
    make_outgoing,
    make_sent,
    row_of,
)

pytestmark = pytest.mark.django_db


def moves_of(code: str, receiver: str = "H18.101") -> list[tuple[str, str, str]]:
    shown = find_envelope(code)
    assert shown is not None
    [found] = [one for one in shown.recipients if one.code == receiver]
    return [(one.axis, one.to, one.by_name) for one in found.moves]


def facts_of(topic: str) -> list[dict[str, object]]:
    facts = work.fetch("SELECT payload FROM outbox_fact WHERE topic = %s ORDER BY id", [topic])
    return [json.loads(payload) for (payload,) in facts]


def test_what_is_sent_waits_for_each_receiver() -> None:
    sender, _ = make_agencies()

    code = make_sent(sender.pk)

    [recipient] = envelopes_of("documents.outgoing:1")[0].recipients
    assert (code, recipient.transport, recipient.status) == (
        "GT-H18.5-2026-000001",
        Transport.QUEUED,
        "",
    )
    assert moves_of(code) == [("transport", "queued", "Trần Thị Bình")]
    assert [one.action for one in audit.trail_of(f"envelope:{code}")] == ["exchange.sent"]


def test_a_carried_message_is_with_its_receiver_and_says_so() -> None:
    sender, receiver = make_agencies()
    code = make_sent(sender.pk)

    assert carry_due(at=LATER) == 1

    assert moves_of(code)[1:] == [
        ("transport", "sent", "Hệ thống"),
        ("transport", "delivered", "Hệ thống"),
        ("status", "01", "Hệ thống"),
    ]
    assert facts_of("exchange.envelope_arrived") == [
        {
            "code": code,
            "agency_id": receiver.pk,
            "sender_code": "H18.5",
            "business": "new",
            "document_ref": "H18.5,2026/10/01,0123/SNV-CCHC",
        }
    ]
    assert [one.code for one in arrivals_of(receiver.pk)] == [code]


def test_every_change_of_a_state_is_a_fact() -> None:
    sender, _ = make_agencies()
    code = make_delivered(sender.pk)

    states = [
        (fact["transport"], fact["status"])
        for fact in facts_of("exchange.envelope_state_changed")
        if fact["code"] == code
    ]

    assert states == [
        ("queued", ""),
        ("sent", ""),
        ("delivered", ""),
        ("delivered", "01"),
    ]


def test_nothing_is_carried_twice() -> None:
    sender, _ = make_agencies()
    make_delivered(sender.pk)

    assert (carry_due(at=LATER), len(facts_of("exchange.envelope_arrived"))) == (0, 1)


def test_the_receiver_reads_what_was_sent() -> None:
    sender, _ = make_agencies()
    code = make_delivered(sender.pk)

    opened = open_envelope(code)

    assert opened.message.sender == Organ("H18.5", "Sở Nội vụ", "Sở Nội vụ")
    assert [(one.name, one.description, one.size) for one in opened.files] == [
        ("0123.pdf", "Văn bản chính", len(PDF))
    ]
    assert [one.content.read() for one in opened.message.attachments] == [PDF]


def test_the_whole_message_can_be_written_at_any_time() -> None:
    sender, _ = make_agencies()
    partner, way = make_partner(), Recording(Handed(is_delivered=False, ref="DOC-1"))
    code = make_sent(sender.pk, recipients=("H52.5",))

    carry(partner, way)

    reading = read(way.carried[0][1])
    row = row_of(code, "H52.5")
    assert (reading.is_valid, row.transport, row.way_ref) == (True, "sent", "DOC-1")
    assert reading.message == whole_message(Envelope.objects.get(code=code))


def test_numbers_between_two_agencies_have_no_gap() -> None:
    sender, _ = make_agencies()
    make_agency("H18.102", "UBND xã Nà Tấu")
    codes = [
        make_sent(sender.pk, recipients=("H18.101", "H18.102"), document={"number": f"{n}"})
        for n in (1, 2, 3)
    ]
    carry_due(at=LATER)

    assert [row_of(code).number for code in codes] == [1, 2, 3]
    assert [row_of(code, "H18.102").number for code in codes] == [1, 2, 3]
    assert gaps_between("H18.5", "H18.101") == []


def test_a_missing_number_is_found() -> None:
    sender, _ = make_agencies()
    code = make_delivered(sender.pk)
    EnvelopeRecipient.objects.filter(pk=row_of(code).pk).update(number=4)

    assert gaps_between("H18.5", "H18.101") == [1, 2, 3]


def test_the_same_is_sent_once() -> None:
    sender, _ = make_agencies()
    outgoing = make_outgoing(sender.pk, idempotency="đi-1")
    first = send(outgoing, by=CLERK, at=THURSDAY)

    assert send(outgoing, by=CLERK, at=LATER) == first
    with pytest.raises(SentBefore):
        send(
            make_outgoing(sender.pk, idempotency="đi-1", document={"number": "0124"}),
            by=CLERK,
            at=LATER,
        )


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"document": {"subject": ""}}, CannotWrite),
        ({"document": {"issued_on": date(2026, 10, 2)}}, CannotWrite),
        ({"business": Business(BusinessKind.RECALL)}, CannotWrite),
        ({"recipients": ()}, NotToBeRouted),
        ({"recipients": ("xã Mường Phăng",)}, NotToBeRouted),
        ({"attachments": (Attached(999, "a.pdf"),)}, BadInput),
    ],
)
def test_what_a_receiver_would_refuse_is_not_sent(
    changes: dict[str, object], error: type[Exception]
) -> None:
    sender, _ = make_agencies()

    with pytest.raises(error):
        send(make_outgoing(sender.pk, **changes), by=CLERK, at=THURSDAY)

    assert not Envelope.objects.exists()


def test_old_codes_lead_to_todays_agency_once() -> None:
    sender, receiver = make_agencies()
    rows = organisation.Agency.objects.filter(pk=receiver.pk)
    rows.update(legacy_code="101.00.00.H18")
    organisation.forget_tree()

    code = make_sent(sender.pk, recipients=("101.00.00.H18", "H18.101"))

    shown = find_envelope(code)
    assert shown is not None
    assert [(one.code, one.routed_code, one.agency_id) for one in shown.recipients] == [
        ("101.00.00.H18", "H18.101", receiver.pk)
    ]


def test_mail_for_an_agency_that_ended_reaches_its_one_heir() -> None:
    sender, receiver = make_agencies()
    old = make_agency("H18.102", "UBND xã Nà Tấu")
    end_agency(old, receiver)

    code = make_delivered(sender.pk, recipients=("H18.102",))

    row = row_of(code, "H18.102")
    assert (row.routed_code, row.agency_id, row.status) == ("H18.101", receiver.pk, "01")


def test_where_several_came_after_it_a_person_chooses() -> None:
    sender, receiver = make_agencies()
    old, other = (
        make_agency("H18.102", "UBND xã Nà Tấu"),
        make_agency("H18.103", "UBND xã Pá Khoang"),
    )
    end_agency(old, receiver, other)
    code = make_delivered(sender.pk, recipients=("H18.102",))

    assert (row_of(code, "H18.102").transport, len(troubled_of("H18.5"))) == ("unrouted", 1)
    assert [name for _, name in heirs_shown("H18.102", date(2026, 10, 1))] == [
        "UBND xã Mường Phăng",
        "UBND xã Pá Khoang",
    ]

    choose_successor(code, "H18.102", "H18.103", by=CLERK, at=LATER)
    carry_due(at=LATER)

    assert (row_of(code, "H18.102").agency_id, troubled_of("H18.5")) == (other.pk, [])


def test_a_receiver_that_ends_while_a_message_waits_is_followed() -> None:
    sender, receiver = make_agencies()
    heir = make_agency("H18.103", "UBND xã Pá Khoang")
    code = make_sent(sender.pk)
    end_agency(receiver, heir)

    carry_due(at=LATER)

    assert (row_of(code).routed_code, row_of(code).agency_id) == ("H18.103", heir.pk)


def test_after_five_failures_a_message_waits_for_a_person() -> None:
    sender, _ = make_agencies()
    code = make_sent(sender.pk, recipients=("G22",))

    at = THURSDAY
    for _ in range(6):
        at += timedelta(minutes=10)
        carry_due(at=at)

    row = row_of(code, "G22")
    assert (row.transport, row.attempts, row.next_try_at) == ("failed", 5, None)
    assert moves_of(code, "G22")[-1] == ("transport", "failed", "Hệ thống")
    [shown] = troubled_of("H18.5")
    assert shown.recipients[0].trouble == "Chưa có đường liên thông tới cơ quan này."


def test_a_dead_letter_is_tried_again_by_hand() -> None:
    sender, _ = make_agencies()
    code = make_sent(sender.pk, recipients=("G22",))
    EnvelopeRecipient.objects.update(transport="failed", attempts=5, next_try_at=None)

    retry(code, "G22", by=CLERK, at=LATER)

    row = row_of(code, "G22")
    assert (row.transport, row.attempts, row.next_try_at) == ("queued", 0, LATER)


def test_a_way_that_does_not_answer_is_tried_later() -> None:
    sender, _ = make_agencies()
    code = make_sent(sender.pk, recipients=("H52.5",))

    carry(make_partner(), Recording(CarrierAway("Tỉnh Sơn La không trả lời.")))

    row = row_of(code, "H52.5")
    assert (row.transport, row.attempts, row.next_try_at, row.trouble) == (
        "queued",
        1,
        LATER + timedelta(seconds=30),
        "Tỉnh Sơn La không trả lời.",
    )


def test_the_clocks_say_what_was_sent_or_registered_late() -> None:
    sender, _ = make_agencies()
    make_sent(sender.pk)
    friday = datetime(2026, 10, 2, 23, 59, tzinfo=HANOI)

    [waiting] = envelopes_of("documents.outgoing:1")[0].recipients
    carry_due(at=LATER)
    [arrived] = envelopes_of("documents.outgoing:1")[0].recipients

    assert [waiting.alarm_at(at) for at in (THURSDAY, friday, friday + timedelta(minutes=2))] == [
        Alarm.NONE,
        Alarm.SEND_DUE,
        Alarm.SEND_LATE,
    ]
    assert [arrived.alarm_at(at) for at in (LATER, friday, friday + timedelta(minutes=2))] == [
        Alarm.NONE,
        Alarm.REGISTER_DUE,
        Alarm.REGISTER_LATE,
    ]


def test_an_urgent_message_is_late_after_minutes() -> None:
    sender, _ = make_agencies()
    make_sent(sender.pk, document={"other": OtherInfo(priority=3)})
    [waiting] = envelopes_of("documents.outgoing:1")[0].recipients

    assert [waiting.alarm_at(THURSDAY + timedelta(minutes=n)) for n in (15, 16)] == [
        Alarm.NONE,
        Alarm.SEND_LATE,
    ]


def test_a_message_to_many_is_sent_in_few_statements() -> None:
    sender, _ = make_agencies()
    for number in range(45):
        make_agency(f"H18.2{number:02}", f"UBND xã số {number}")
    codes = tuple(f"H18.2{number:02}" for number in range(45))
    outgoing = make_outgoing(sender.pk, recipients=codes, attachments=(Attached(keep(), "a.pdf"),))
    send(replace(outgoing, owner="x"), by=CLERK, at=THURSDAY)

    with work.metered() as meter:
        send(outgoing, by=CLERK, at=THURSDAY)

    assert meter.statements <= 14
    assert carry_due(at=LATER) == 90


def test_a_receiver_sees_nothing_of_the_others() -> None:
    sender, receiver = make_agencies()
    make_agency("H18.102", "UBND xã Nà Tấu")
    make_delivered(sender.pk, recipients=("H18.101", "H18.102"))

    [arrival] = arrivals_of(receiver.pk)

    assert [one.code for one in arrival.recipients] == ["H18.101"]


@pytest.mark.parametrize(
    ("changes", "constraint"),
    [
        ({"transport": "lost", "delivered_at": None, "status": ""}, "transport_is_known"),
        ({"status": "07"}, "status_is_known"),
        ({"side": "01"}, "side_is_known"),
        ({"sent_at": None}, "sent_means_a_moment"),
        ({"delivered_at": None}, "delivered_means_a_moment"),
        ({"transport": "queued", "delivered_at": None}, "status_after_delivery"),
        ({"send_late_at": THURSDAY - timedelta(days=9)}, "clocks_in_order"),
    ],
)
def test_the_database_refuses_what_cannot_be(changes: dict[str, object], constraint: str) -> None:
    sender, _ = make_agencies()
    row = row_of(make_delivered(sender.pk))

    with pytest.raises(IntegrityError, match=constraint):
        EnvelopeRecipient.objects.filter(pk=row.pk).update(**changes)


def test_a_message_is_a_document_message() -> None:
    sender, _ = make_agencies()

    assert isinstance(open_envelope(make_sent(sender.pk)).message, DocumentMessage)


def test_what_is_overdue_is_listed_where_somebody_must_see_to_it() -> None:
    sender, receiver = make_agencies()
    waiting = make_sent(sender.pk, recipients=("G22",))
    arrived = make_delivered(sender.pk, document={"number": "0124"})
    friday = datetime(2026, 10, 2, 9, 0, tzinfo=HANOI)

    lists = [
        [one.code for one in found]
        for at in (LATER, friday)
        for found in (
            not_sent_in_time("H18.5", at=at),
            not_registered_in_time(receiver.pk, at=at),
        )
    ]

    assert lists == [[], [], [waiting], [arrived]]
