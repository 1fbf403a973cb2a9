"""Messages that came to the registry's mailbox are read, taken in and refused on the pages."""

from pathlib import Path

import pytest
from pytest_django.fixtures import Settings

from motcua.casework.documents.api import Document, DocumentFile, FileRole, Source, State
from motcua.casework.mailboxes import api as mailboxes
from motcua.casework.mailboxes.api import Mailbox, MailMessage
from motcua.casework.mailboxes.tests.make import letter
from motcua.lib.clock import now

from .make import Office, make_office, text_of

pytestmark = pytest.mark.django_db
ENTRY = {
    "named": "12/CV-HB",
    "kind": "18",
    "issuer_name": "Công ty Hoa Ban",
    "subject": "Đề nghị cấp phép sử dụng hè phố",
    "urgency": "0",
}


@pytest.fixture
def office(tmp_path: Path, settings: Settings) -> Office:
    """An office whose mailbox is a folder with one message."""
    settings.MAILBOX_DIR = str(tmp_path)
    folder = tmp_path / "H18.101"
    folder.mkdir()
    (folder / "a.eml").write_bytes(letter().as_bytes())
    found = make_office()
    facts = {"address": "vanthu@xa.example", "kind": "folder", "changed_by_name": "Quản"}
    Mailbox.objects.create(agency_id=found.agency_id, changed_at=now(), **facts)
    mailboxes.read_mailboxes(at=now())
    return found


def message() -> MailMessage:
    return MailMessage.objects.get()


def test_a_message_waits_as_unverified_and_is_opened(office: Office) -> None:
    listed = text_of(office.dung, "/van-ban/thu/")
    shown = text_of(office.dung, f"/van-ban/thu/{message().code}/")
    attached = office.dung.get(f"/van-ban/thu/{message().code}/tep/1/")
    original = office.dung.get(f"/van-ban/thu/{message().code}/ban-goc/")

    assert ("Chưa xác minh" in listed, "Công ty Hoa Ban" in listed) == (True, True)
    assert "Công ty gửi kèm công văn." in shown
    assert b"".join(attached).startswith(b"%PDF")
    assert b"".join(original).startswith(b"From:")
    assert original["Content-Disposition"].startswith("attachment")


def test_a_clerk_makes_a_document_of_a_message_and_goes_on_to_register_it(office: Office) -> None:
    path = f"/van-ban/thu/{message().code}/nhan/"
    assert "Là văn bản" in text_of(office.dung, path)

    answer = office.dung.post(path, {**ENTRY, "role_1": "main"})

    document = Document.objects.get()
    assert answer["Location"] == f"/van-ban/vb/{document.code}/dang-ky/"
    assert (document.source, document.state) == (Source.EMAIL, State.ARRIVED)
    assert DocumentFile.objects.get(document=document).role == FileRole.MAIN
    assert message().document_code == document.code
    assert office.dung.post(path, ENTRY).status_code == 422


def test_a_refusal_asks_why_and_offers_an_answer(office: Office) -> None:
    path = f"/van-ban/thu/{message().code}/khong-nhan/"
    assert "Đề nghị ông/bà gửi lại" in text_of(office.dung, path)

    refused = office.dung.post(path, {"reason": ""})
    done = office.dung.post(path, {"reason": "Thư rác"})

    assert (refused.status_code, done.status_code) == (422, 302)
    assert "Thư rác" in text_of(office.dung, f"/van-ban/thu/{message().code}/")
    assert "Đề nghị cấp phép" in text_of(office.dung, "/van-ban/thu/?xong=1")


def test_who_keeps_no_register_sees_no_mail(office: Office) -> None:
    stranger = make_office("H18.102", "UBND xã Nà Tấu", tag="2")

    assert office.tuan.get("/van-ban/thu/").status_code == 403
    assert office.tuan.get(f"/van-ban/thu/{message().code}/").status_code == 404
    assert stranger.dung.get(f"/van-ban/thu/{message().code}/").status_code == 404
