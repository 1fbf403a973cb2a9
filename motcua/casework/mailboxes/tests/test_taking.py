"""Mailboxes are read: nothing is lost, nothing twice, nothing believed."""

from datetime import datetime, timedelta
from email.message import EmailMessage
from typing import Any

import pytest

from motcua.casework.mailboxes import ports
from motcua.casework.mailboxes.choices import MailState, Sender
from motcua.casework.mailboxes.errors import MailError, NoSuchMail
from motcua.casework.mailboxes.models import Mailbox, MailFile, MailMessage
from motcua.casework.mailboxes.operations import taking
from motcua.casework.mailboxes.operations.ending import mark_taken, purge_mail, refuse_mail
from motcua.casework.mailboxes.operations.setting import MailboxIn, set_mailbox
from motcua.casework.mailboxes.operations.taking import read_mailboxes
from motcua.casework.mailboxes.queries.shown import (
    count_waiting,
    get_mail_for,
    mailbox_for,
    mails_for,
)
from motcua.foundation.access.api import Power
from motcua.foundation.files import api as files
from motcua.foundation.files.tests.make import make_pdf
from motcua.foundation.identity import api as identity
from motcua.foundation.identity.tests.make import make_officer_account
from motcua.foundation.notifications import api as notifications
from motcua.foundation.organisation import api as organisation
from motcua.foundation.organisation.api import PostRole, Unit
from motcua.foundation.organisation.tests.make import make_post
from motcua.lib.actor import Actor
from motcua.lib.errors import BadInput, NotAllowed

from .make import MONDAY, FakeBox, letter, make_desk

pytestmark = pytest.mark.django_db
A_MINUTE, A_YEAR = timedelta(minutes=1), timedelta(days=365)


@pytest.fixture
def box(monkeypatch: pytest.MonkeyPatch) -> FakeBox:
    """Let the folder be a mailbox in memory."""
    fake = FakeBox([])
    monkeypatch.setitem(ports.boxes, "folder", fake.open)
    return fake


def merge(old: int, new: int) -> None:
    """Let an agency end, with another in its place."""
    link = organisation.Link(old, new, organisation.Change.MERGE, MONDAY.date(), "NQ 1")
    powers = frozenset([str(Power.EDIT_ORGANISATION)])
    quan = Actor(id=799, name="Quản", province_powers=powers)
    organisation.record_agency_succession(link, by=quan, at=MONDAY)
    organisation.forget_tree()


def read_one(box: FakeBox, **changes: str) -> MailMessage:
    box.raws.append(letter(**changes).as_bytes())
    read_mailboxes(at=MONDAY)
    return MailMessage.objects.order_by("-id")[0]


def test_a_message_waits_for_the_clerk_with_its_files_and_its_original(box: FakeBox) -> None:
    desk = make_desk()

    message = read_one(box)

    whole = get_mail_for(desk.dung, message.code)
    assert (message.state, message.sender) == (MailState.WAITING, Sender.UNVERIFIED)
    assert [(one.name, one.file is not None) for one in whole.files] == [("công văn 12.pdf", True)]
    assert message.raw is not None
    with files.open_file(message.raw) as original:
        assert original.read() == box.raws[0]
    assert (count_waiting(desk.dung), box.put) == (1, ["1"])


def test_what_was_read_before_is_not_kept_again_even_if_the_server_counts_anew(
    box: FakeBox,
) -> None:
    desk = make_desk()
    read_one(box)
    Mailbox.objects.filter(pk=desk.box.pk).update(mark="")

    read_mailboxes(at=MONDAY + A_MINUTE)

    assert MailMessage.objects.count() == 1


def test_a_line_that_breaks_loses_nothing(box: FakeBox) -> None:
    desk = make_desk()
    box.raws += [letter(**{"Message-ID": f"<{n}@a.example>"}).as_bytes() for n in range(3)]
    box.fails_after = 1
    read_mailboxes(at=MONDAY)
    desk.box.refresh_from_db()
    assert (MailMessage.objects.count(), desk.box.trouble) == (1, "Máy chủ thư ngắt giữa chừng.")

    box.fails_after = None
    read_mailboxes(at=MONDAY + A_MINUTE)

    desk.box.refresh_from_db()
    assert (MailMessage.objects.count(), desk.box.trouble) == (3, "")


@pytest.mark.parametrize(
    ("subject", "finding"),
    [
        ("Đề nghị cấp phép sử dụng hè phố", "Thư trùng với thư đã nhận (cùng Message-ID)."),
        ("Khác hẳn", "Trùng Message-ID với một thư khác nhưng nội dung khác: có thể là thư giả."),
    ],
)
def test_the_same_message_id_again_is_named_and_kept(
    box: FakeBox, subject: str, finding: str
) -> None:
    make_desk()
    first = read_one(box)

    again = read_one(box, Subject=subject, To="khac@h18.example")

    assert (again.same_as_id, again.findings) == (first.pk, [finding])


def test_a_file_that_is_refused_is_named_and_still_in_the_original(box: FakeBox) -> None:
    make_desk()
    message = letter()
    message.add_attachment(b"MZ...", maintype="application", subtype="x", filename="hoa-don.exe")
    box.raws.append(message.as_bytes())

    read_mailboxes(at=MONDAY)

    refused = MailFile.objects.get(name="hoa-don.exe")
    kept = MailMessage.objects.get()
    assert (refused.file, refused.refusal != "", kept.raw is not None) == (None, True, True)


def test_nothing_is_kept_of_a_message_with_a_secret_file(box: FakeBox) -> None:
    make_desk()
    message = letter(Subject="Kế hoạch phòng thủ")
    message.add_attachment(
        make_pdf(), maintype="application", subtype="pdf", filename="TỐI MẬT - kế hoạch.pdf"
    )
    box.raws.append(message.as_bytes())

    read_mailboxes(at=MONDAY)

    kept = MailMessage.objects.get()
    assert (kept.raw, kept.text, kept.subject) == (None, "", "(thư mang dấu mật)")
    assert "sổ văn bản mật" in kept.findings[0]
    assert list(MailFile.objects.exclude(file=None)) == []


def test_of_a_message_too_large_only_its_head_is_fetched(box: FakeBox) -> None:
    make_desk()
    box.claimed_size = taking.LARGEST + 1

    message = read_one(box)

    assert (message.size, message.raw, message.text) == (taking.LARGEST + 1, None, "")
    assert (message.subject, "60 MB" in message.findings[0]) == (
        "Đề nghị cấp phép sử dụng hè phố",
        True,
    )


def test_a_message_of_another_agency_is_not_found(box: FakeBox) -> None:
    make_desk()
    message = read_one(box)
    other = make_desk("H18.102", first=711)

    with pytest.raises(NoSuchMail):
        get_mail_for(other.dung, message.code)
    with pytest.raises(NoSuchMail):
        refuse_mail(message.code, "Không rõ", "", by=other.dung, at=MONDAY)
    assert list(mails_for(other.dung, is_waiting=True).rows) == []


def test_a_refusal_needs_a_reason_and_may_be_told_to_the_sender(box: FakeBox) -> None:
    desk = make_desk()
    message = read_one(box)
    with pytest.raises(BadInput):
        refuse_mail(message.code, " ", "", by=desk.dung, at=MONDAY)

    refuse_mail(message.code, "Bản quét mờ", "Đề nghị gửi lại.", by=desk.dung, at=MONDAY)

    mail = notifications.Mail.objects.get()
    assert (mail.address, mail.body) == ("lienhe@hoaban.example", "Đề nghị gửi lại.")
    assert mail.subject == "Trả lời: Đề nghị cấp phép sử dụng hè phố"
    [row] = mails_for(desk.dung, is_waiting=False).rows
    assert (row.state, row.reason) == (MailState.REFUSED, "Bản quét mờ")


def test_a_refusal_without_an_answer_sends_nothing(box: FakeBox) -> None:
    desk = make_desk()

    refuse_mail(read_one(box).code, "Thư rác", "", by=desk.dung, at=MONDAY)

    assert list(notifications.Mail.objects.all()) == []


def test_two_clerks_do_not_deal_with_one_message(box: FakeBox) -> None:
    desk = make_desk()
    message = read_one(box)
    mark_taken(message.code, "ABCDEFGHJK", by=desk.dung, at=MONDAY)

    with pytest.raises(MailError, match="đã đưa vào văn bản đến"):
        refuse_mail(message.code, "Không rõ", "", by=desk.dung, at=MONDAY)


def test_a_message_whose_document_was_secret_keeps_nothing(box: FakeBox) -> None:
    desk = make_desk()
    message = read_one(box)
    mark_taken(message.code, "ABCDEFGHJK", by=desk.dung, at=MONDAY)

    purge_mail("ABCDEFGHJK", by=desk.dung, at=MONDAY)

    message.refresh_from_db()
    assert message.raw is not None
    assert message.text == ""
    with pytest.raises(files.FileLocked):
        files.open_file(message.raw)


def wanted(**changes: Any) -> MailboxIn:
    facts: dict[str, Any] = {
        "address": "vanthu@xa.example",
        "kind": "imap",
        "host": "mail.example",
        "user": "vanthu",
        "secret": "mật khẩu dài",
        **changes,
    }
    return MailboxIn(**facts)


def test_the_word_of_a_mailbox_is_sealed_and_stays_where_none_is_typed() -> None:
    desk = make_desk()
    set_mailbox(desk.agency_id, wanted(), by=desk.quan, at=MONDAY)
    kept = set_mailbox(desk.agency_id, wanted(secret=""), by=desk.quan, at=MONDAY)

    assert "mật khẩu dài" not in kept.secret
    assert identity.unseal_secret(kept.secret) == "mật khẩu dài"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"address": "vanthu"}, "address"),
        ({"host": ""}, "host"),
        ({"host": "http://mail/"}, "host"),
        ({"user": ""}, "user"),
        ({"secret": ""}, "secret"),
    ],
)
def test_a_mailbox_without_its_facts_is_refused(changes: dict[str, Any], field: str) -> None:
    desk = make_desk()

    with pytest.raises(BadInput) as refused:
        set_mailbox(desk.agency_id, wanted(**changes), by=desk.quan, at=MONDAY)

    assert refused.value.field == field


def test_who_is_no_administrator_sets_no_mailbox() -> None:
    desk = make_desk()

    with pytest.raises(NotAllowed):
        set_mailbox(desk.agency_id, wanted(), by=desk.dung, at=MONDAY)


@pytest.mark.parametrize(
    ("changes", "words", "what"),
    [
        ({"Subject": "[MẬT] Kế hoạch phòng thủ"}, "Gửi đơn vị.", "Tiêu đề thư"),
        ({}, "TỐI MẬT\nKế hoạch phòng thủ khu vực.", "Lời thư"),
    ],
)
def test_nothing_is_kept_of_a_message_whose_words_are_marked(
    box: FakeBox, changes: dict[str, str], words: str, what: str
) -> None:
    desk = make_desk()
    message = EmailMessage()
    for name, value in {"From": "a@b.example", "Subject": "Kế hoạch", **changes}.items():
        message[name] = value
    message.set_content(words)
    box.raws.append(message.as_bytes())

    read_mailboxes(at=MONDAY)

    [kept] = mails_for(desk.dung, is_waiting=True).rows
    assert (kept.raw, kept.text, kept.subject) == (None, "", "(thư mang dấu mật)")
    assert kept.findings[0].startswith(f"{what} mang dấu mật: không lưu lại gì")


def test_the_clerk_hears_of_all_new_mail_at_most_once_in_half_an_hour(box: FakeBox) -> None:
    desk = make_desk()
    account = make_officer_account("Lò Văn Dũng", username="dung")
    [registry] = Unit.objects.filter(agency_id=desk.agency_id, code="H18.101.VT")
    make_post(registry, PostRole.REGISTRY_CLERK, holder=account.officer)

    for minutes in range(0, 70, 10):
        if minutes in (0, 10, 20):
            box.raws.append(letter(**{"Message-ID": f"<{minutes}@x.example>"}).as_bytes())
        read_mailboxes(at=MONDAY + minutes * A_MINUTE)

    notices = notifications.Notice.objects.filter(account_id=account.pk).order_by("at")
    assert [(one.at, one.subject) for one in notices] == [
        (MONDAY, "Thư điện tử mới: 1 thư"),
        (MONDAY + 30 * A_MINUTE, "Thư điện tử mới: 2 thư"),
    ]


def test_mail_for_an_agency_that_ended_is_with_its_heirs_clerk(box: FakeBox) -> None:
    old, new = make_desk(), make_desk("H18.102", first=711)
    stranger = make_desk("H18.103", first=721)
    Mailbox.objects.exclude(agency_id=old.agency_id).delete()
    merge(old.agency_id, new.agency_id)
    message = read_one(box)

    [shown] = mails_for(new.dung, is_waiting=True).rows
    box_shown = mailbox_for(new.dung)
    taken = mark_taken(message.code, "ABCDEFGHJK", by=new.dung, at=MONDAY + A_YEAR)

    assert (shown.code, taken.state) == (message.code, MailState.TAKEN)
    assert box_shown is not None
    assert mails_for(stranger.dung, is_waiting=True).rows == []


def test_a_mailbox_that_fails_says_so_and_the_others_are_read(
    box: FakeBox, monkeypatch: pytest.MonkeyPatch
) -> None:
    bad, good = make_desk(), make_desk("H18.102", first=711)
    as_it_is = taking.read_mailbox

    def read(one: Mailbox, *, at: datetime) -> int:
        if one.pk == bad.box.pk:
            raise UnicodeError
        return as_it_is(one, at=at)

    monkeypatch.setattr(taking, "read_mailbox", read)
    box.raws.append(letter().as_bytes())

    assert (read_mailboxes(at=MONDAY), count_waiting(good.dung)) == (1, 1)
    assert "UnicodeError" in Mailbox.objects.get(pk=bad.box.pk).trouble
