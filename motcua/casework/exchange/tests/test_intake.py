"""What comes from outside: kept first, read, and nothing dropped whatever is wrong with it."""

import errno
from dataclasses import replace
from datetime import datetime, timedelta
from io import BytesIO
from typing import NamedTuple

import pytest
from pytest_django import Settings

from motcua.casework.exchange.api import (
    Answer,
    MoveNotAllowed,
    Organ,
    Status,
    TooLarge,
    answer,
    arrivals_in_trouble,
    arrivals_of,
    close_arrival,
    find_envelope,
    gaps_between,
    keep_in,
    open_envelope,
    raw_of,
    read_again,
    read_arrivals,
    take_in,
)
from motcua.casework.exchange.models import EnvelopeArrival, StatusNotice
from motcua.casework.exchange.operations.reading import read_one
from motcua.casework.exchange.rules.edxml.contents import content_of
from motcua.casework.exchange.rules.edxml.messages import Attachment
from motcua.foundation.files import api as files
from motcua.foundation.organisation.tests.make import make_agency
from motcua.lib.actor import SYSTEM
from motcua.lib.errors import BadInput, NotAllowed

from .messages import read, write
from .partners import ADMIN, SENDER, come, heard, line, make_foreign, make_partner
from .sending import CLERK, LATER, RECEIVING, end_agency, make_agencies

pytestmark = pytest.mark.django_db
INTAKE = "motcua.casework.exchange.operations.intake"


class Space(NamedTuple):
    free: int


def rules(code: str) -> list[str]:
    return [one.rule for one in open_envelope(code).findings if one.severity.value == "error"]


def test_what_comes_is_with_its_receiver_as_the_sender_wrote_it() -> None:
    _, receiver = make_agencies()
    make_partner()

    taken = come(make_foreign())

    [shown] = arrivals_of(receiver.pk)
    opened = open_envelope(taken.code)
    assert (shown.code, shown.sender_name, shown.sender_code) == (
        taken.code,
        "Sở Nội vụ tỉnh Sơn La",
        "H52.5",
    )
    assert (opened.came_through, [one.name for one in opened.files]) == (
        "tinh-son-la",
        ["noi-dung.txt"],
    )
    assert opened.message == make_foreign()
    assert [(one.axis, one.to) for one in shown.recipients[0].moves] == [
        ("transport", "delivered"),
        ("status", "01"),
    ]


def test_its_bytes_are_kept_as_they_came() -> None:
    make_agencies()
    make_partner()
    content = write(make_foreign())

    raw = raw_of(come(content).code)

    assert raw is not None
    with files.open_file(raw) as stream:
        assert stream.read() == content


def test_the_same_number_is_one_message_however_often_it_comes() -> None:
    make_agencies()
    make_partner()
    first = come(make_foreign())

    again = come(make_foreign())

    assert (again.code, again.is_new, EnvelopeArrival.objects.count()) == (first.code, False, 1)


def test_another_message_under_a_known_number_waits_for_a_person() -> None:
    make_agencies()
    make_partner()
    come(make_foreign())
    other = write(make_foreign(subject="Khác"))

    taken = come(other, line(sha256=read(other).sha256))
    come(other, line(sha256=read(other).sha256))

    [trouble] = arrivals_in_trouble()
    assert ([one.rule for one in taken.findings], trouble.id) == (
        ["number-taken"],
        taken.arrival_id,
    )


def test_one_message_to_two_receivers_here_is_one_with_two_rows() -> None:
    make_agencies()
    make_agency("H18.102", "UBND xã Nà Tấu")
    make_partner()
    both = make_foreign(receivers=(Organ("H18.101", "a"), Organ("H18.102", "b")))

    first = come(both)
    second = come(both, line(receiver_code="H18.102"))

    shown = find_envelope(first.code)
    assert shown is not None
    assert (second.code, [one.code for one in shown.recipients]) == (
        first.code,
        ["H18.101", "H18.102"],
    )


def test_a_way_without_numbers_is_known_by_its_own_name_and_reaches_all_receivers() -> None:
    make_agencies()
    make_agency("H18.102", "UBND xã Nà Tấu")
    make_partner()
    both = make_foreign(
        receivers=(Organ("H18.101", "a"), Organ("H18.102", "b"), Organ("H99.1", "c"))
    )
    on = line(None, ref="DOC-7", sender_code="", receiver_code="", kind=None)

    taken, again = come(both, on), come(both, on)

    shown = find_envelope(taken.code)
    assert shown is not None
    assert [one.code for one in shown.recipients] == ["H18.101", "H18.102"]
    assert (again.is_new, again.code) == (False, taken.code)


def test_what_is_kept_is_read_in_the_next_round() -> None:
    _, receiver = make_agencies()
    make_partner()
    kept = keep_in(BytesIO(write(make_foreign())), line(), at=LATER)

    before = arrivals_of(receiver.pk)
    done = read_arrivals(at=LATER)

    assert (kept.code, before, done) == ("", [], 1)
    assert [one.document_ref for one in arrivals_of(receiver.pk)] == [make_foreign().document_id]
    assert read_arrivals(at=LATER) == 0


@pytest.mark.parametrize(
    ("content", "rule"),
    [
        (b"", "file-empty"),
        (b"khong phai xml", "xml-broken"),
        (b"<?xml version='1.0' encoding='UTF-16'?><a/>", "xml-encoding"),
        (b"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>", "xml-doctype"),
        (b"<html/>", "root"),
    ],
)
def test_what_cannot_be_read_is_kept_and_waits_for_a_person(content: bytes, rule: str) -> None:
    make_agencies()
    make_partner()

    taken = come(content)

    [trouble] = arrivals_in_trouble()
    assert ([one.rule for one in taken.findings], trouble.id, trouble.number) == (
        [rule],
        taken.arrival_id,
        1,
    )
    assert (taken.is_valid, gaps_between("H52.5", "H18.101")) == (False, [])


def test_a_person_closes_what_cannot_be_taken_with_a_reason() -> None:
    make_agencies()
    make_partner()
    taken = come(b"<html/>")

    with pytest.raises(NotAllowed):
        close_arrival(taken.arrival_id, "x", by=CLERK, at=LATER)
    with pytest.raises(BadInput):
        close_arrival(taken.arrival_id, " ", by=ADMIN, at=LATER)
    close_arrival(taken.arrival_id, "Đã gọi Sở Nội vụ Sơn La", by=ADMIN, at=LATER)

    assert arrivals_in_trouble() == []
    with pytest.raises(MoveNotAllowed):
        close_arrival(taken.arrival_id, "x", by=ADMIN, at=LATER)


def test_what_waits_for_its_receiver_is_read_again_once_there_is_one() -> None:
    make_partner()
    taken = come(make_foreign())
    _, receiver = make_agencies()

    read_again(taken.arrival_id, by=ADMIN, at=LATER)
    read_arrivals(at=LATER)

    assert [one.rule for one in taken.findings] == ["receiver-not-here"]
    assert len(arrivals_of(receiver.pk)) == 1


@pytest.mark.parametrize(
    ("sender", "rule"),
    [
        ("H77.1", "sender-unknown"),
        ("H99.2", "sender-not-of-line"),
        ("H18.5", "sender-is-ours"),
    ],
)
def test_a_sender_who_is_not_who_the_line_belongs_to_is_named(sender: str, rule: str) -> None:
    make_agencies()
    make_partner()
    make_partner(code="tinh-khac", codes=("H99",), name="Tỉnh khác")
    message = make_foreign(sender=Organ(sender, "Ai đó"))

    taken = come(message, line(sender_code=sender))

    assert rules(taken.code) == [rule]


def test_a_message_that_says_otherwise_than_its_line_is_named() -> None:
    make_agencies()
    make_agency("H18.102", "UBND xã Nà Tấu")
    make_partner()

    taken = come(make_foreign(), line(sender_code="H52.6", receiver_code="H18.102"))

    assert rules(taken.code) == ["sender-differs", "receiver-not-listed"]


def test_a_clerk_refuses_a_message_with_errors_and_the_sender_hears_why() -> None:
    _, receiver = make_agencies()
    make_partner()
    broken = make_foreign(receivers=(Organ("H18.101", "a"), Organ("H18.101", "a")), issued_on=None)

    taken = come(broken)
    said = Answer(receiver.pk, Status.REFUSED, "Nơi nhận ghi hai lần")
    answer(taken.code, said, by=RECEIVING, at=LATER)

    refused = StatusNotice.objects.get(status="02")
    message = heard(refused.content)
    assert "receiver-repeated" in rules(taken.code)
    assert (refused.receiver_code, refused.about) == ("H52.5", "GT-H52.5-2026-000009")
    assert (message.code, message.description) == ("02", "Nơi nhận ghi hai lần")


def test_files_that_are_not_taken_are_named_and_the_rest_is() -> None:
    make_agencies()
    make_partner()
    lies = Attachment("cid:2", "ban-ve.docx", content_of(b"not a Word file at all"))
    old = Attachment("cid:3", "cu.rtf", content_of(b"{\\rtf1 cu}"))
    good = make_foreign().attachments[0]

    taken = come(make_foreign(attachments=(good, lies, old)))

    opened = open_envelope(taken.code)
    assert [one.name for one in opened.files] == ["noi-dung.txt"]
    assert rules(taken.code) == ["type-differs", "attachment-refused", "attachment-refused"]


def test_mail_for_an_agency_that_ended_reaches_its_successor() -> None:
    _, old = make_agencies()
    heir = make_agency("H18.103", "UBND xã Mường Phăng mới")
    end_agency(old, heir)
    make_partner()

    come(make_foreign())

    [shown] = arrivals_of(heir.pk)
    assert (shown.recipients[0].code, shown.recipients[0].routed_code) == ("H18.101", "H18.103")


def test_a_full_disk_takes_nothing_and_loses_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    make_agencies()
    make_partner()
    monkeypatch.setattr(f"{INTAKE}.shutil.disk_usage", lambda _: Space(0))

    with pytest.raises(OSError, match="full") as caught:
        come(make_foreign())

    assert (caught.value.errno, EnvelopeArrival.objects.count()) == (errno.ENOSPC, 0)


def test_a_disk_that_fills_while_reading_leaves_it_to_be_read_later(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    make_agencies()
    make_partner()
    keep_in(BytesIO(write(make_foreign())), line(), at=LATER)

    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "full")

    with monkeypatch.context() as patch:
        patch.setattr("motcua.foundation.files.api.keep_file", full)
        with pytest.raises(OSError, match="full"):
            read_arrivals(at=LATER)

    assert read_arrivals(at=LATER + timedelta(minutes=1)) == 1
    assert arrivals_in_trouble() == []


def test_what_breaks_the_reading_stops_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    _, receiver = make_agencies()
    make_partner()
    first = keep_in(BytesIO(write(make_foreign())), line(), at=LATER)
    keep_in(BytesIO(write(make_foreign(subject="Khác"))), line(2), at=LATER)

    def breaking(arrival_id: int, *, at: datetime) -> None:
        if arrival_id == first.arrival_id:
            raise RuntimeError("unforeseen")
        read_one(arrival_id, at=at)

    monkeypatch.setattr(f"{INTAKE}.read_one", breaking)
    read_arrivals(at=LATER)

    assert [one.subject for one in arrivals_of(receiver.pk)] == ["Khác"]
    assert [one.id for one in arrivals_in_trouble()] == [first.arrival_id]


def test_more_than_a_message_may_have_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    make_agencies()
    make_partner()
    monkeypatch.setattr(f"{INTAKE}.MOST_BYTES", 100)

    with pytest.raises(TooLarge):
        take_in(BytesIO(b"x" * 101), line(), at=LATER)


def test_a_large_file_of_a_message_has_a_limit_of_its_own(settings: Settings) -> None:
    make_agencies()
    make_partner()
    settings.FILES_MOST_BYTES = 3

    whole = come(make_foreign())
    settings.EXCHANGE_MOST_FILE_BYTES = 3
    small = come(replace(make_foreign(), subject="Khác"), line(2))

    assert (len(open_envelope(whole.code).files), rules(small.code)) == (1, ["attachment-refused"])


def test_who_sends_is_named_as_the_message_names_them() -> None:
    make_agencies()
    make_partner()

    shown = find_envelope(come(make_foreign(sender=replace(SENDER, name=""))).code)

    assert shown is not None
    assert shown.sender_name == "H52.5"


def test_a_secret_file_is_destroyed_with_the_message_that_brought_it() -> None:
    _, receiver = make_agencies()
    make_partner()
    secret = Attachment("cid:2", "bao-cao (TUYỆT MẬT).txt", content_of("Báo cáo".encode()))

    taken = come(make_foreign(attachments=(*make_foreign().attachments, secret)))

    raw = raw_of(taken.code)
    assert raw is not None
    assert raw.purged_at == LATER
    assert (rules(taken.code), len(arrivals_of(receiver.pk))) == (["attachment-secret"], 1)


def test_what_was_purged_and_comes_again_is_acknowledged_and_holds_no_bytes() -> None:
    make_agencies()
    content = write(make_foreign())
    first = keep_in(BytesIO(content), line(), at=LATER)
    held = EnvelopeArrival.objects.get(pk=first.arrival_id)
    files.purge([held.file_id or 0], by=SYSTEM, at=LATER)

    again = keep_in(BytesIO(content), line(2), at=LATER)

    row = EnvelopeArrival.objects.get(pk=again.arrival_id)
    assert (again.is_new, row.file_id, row.size) == (True, None, 0)
