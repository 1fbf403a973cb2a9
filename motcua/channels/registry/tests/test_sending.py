"""Clerks choose recipients, send, follow and recall on the pages."""

import pytest

from motcua.casework.documents import api as documents
from motcua.casework.documents.api import Document, DraftIn, PaperIssueIn, RouteIn, State
from motcua.casework.documents.tests.make import BODY
from motcua.foundation.papers.api import DocumentKind
from motcua.lib.actor import Actor
from motcua.lib.clock import local_day, now

from .make import Office, make_office, text_of

pytestmark = pytest.mark.django_db


def issued(office: Office) -> Document:
    """Issue a document on paper, as the pages of writing would."""
    at, units = now(), frozenset({office.root_id, office.registry_id, office.division_id})
    powers = dict.fromkeys(("documents.draft", "documents.approve", "documents.register"), units)
    every = Actor(
        id=77, name="Vì Văn Tư", agency_id=office.agency_id, unit_ids=tuple(units), powers=powers
    )
    draft = DraftIn(
        office.agency_id, office.division_id, DocumentKind.OFFICIAL_LETTER, "V/v họp", body=BODY
    )
    document = documents.begin_draft(draft, by=every, at=at)
    first = RouteIn(office.division_id)
    documents.submit(document.code, first, by=every, at=at)
    step = documents.whole(document).open_steps()[0]
    last = RouteIn(office.root_id)
    documents.approve(document.code, step.seq, "", to=last, is_last=True, by=every, at=at)
    step = documents.whole(document).open_steps()[0]
    paper = PaperIssueIn("Nguyễn Thị Hoa", "Chủ tịch")
    return documents.issue_on_paper(document.code, step.seq, paper, by=every, at=at)


def test_a_clerk_chooses_recipients_and_sends() -> None:
    office = make_office()
    make_office("H18.102", "UBND xã Nà Tấu", tag="2")
    document = issued(office)
    path = f"/van-ban/vb/{document.code}"
    form = {"agencies": ["H18.102"], "others": "Ông Lò Văn A", "others_way": "paper"}

    office.dung.post(f"{path}/noi-nhan/", form)
    sent = office.dung.post(f"{path}/gui/")

    assert sent.status_code == 302
    page = text_of(office.dung, f"{path}/")
    assert "UBND xã Nà Tấu" in page
    assert "Ông Lò Văn A" in page


def test_a_group_is_kept_and_chosen_again() -> None:
    office = make_office()
    make_office("H18.102", "UBND xã Nà Tấu", tag="2")
    document = issued(office)
    path = f"/van-ban/vb/{document.code}/noi-nhan/"
    office.dung.post(path, {"agencies": ["H18.102"], "group_name": "Các xã vùng cao"})
    [group] = documents.groups_of(office.agency_id)

    page = text_of(office.dung, path)

    assert (group.members, "Các xã vùng cao" in page) == (["H18.102"], True)


def test_a_recall_needs_its_reason() -> None:
    office = make_office()
    document = issued(office)
    path = f"/van-ban/vb/{document.code}/thu-hoi/"

    refused = office.dung.post(path, {"reason": ""})
    done = office.dung.post(path, {"reason": "Ban hành nhầm"})

    document.refresh_from_db()
    assert (refused.status_code, done.status_code, document.state) == (422, 302, State.RECALLED)


def test_who_is_no_clerk_sends_nothing() -> None:
    office = make_office()
    document = issued(office)

    assert office.tuan.post(f"/van-ban/vb/{document.code}/gui/").status_code == 403


def test_a_clerk_notes_who_uses_the_kept_copy_and_that_it_came_back() -> None:
    office = make_office()
    document = issued(office)
    path = f"/van-ban/vb/{document.code}"
    assert f"{path}/ban-luu/" in text_of(office.dung, f"{path}/")
    use = {"borrower": "Cà Văn Tuấn", "allowed_by": "Nguyễn Thị Hoa"}

    lent = office.dung.post(f"{path}/ban-luu/", use)
    seq = documents.whole(document).copy_uses[0].seq
    office.dung.post(f"{path}/ban-luu/{seq}/tra/")

    page = text_of(office.dung, f"{path}/")
    assert (lent.status_code, "Cà Văn Tuấn" in page, "· trả" in page) == (302, True, True)


def test_who_has_not_answered_is_listed_reminded_and_written_to() -> None:
    office = make_office()
    make_office("H18.102", "UBND xã Nà Tấu", tag="2")
    document = issued(office)
    Document.objects.filter(pk=document.pk).update(due_on=local_day(now()))
    path = f"/van-ban/vb/{document.code}"
    form = {"agencies": ["H18.102"], "others": "Ông Lò Văn A", "others_way": "paper"}
    office.dung.post(f"{path}/noi-nhan/", form)
    office.dung.post(f"{path}/gui/")

    listed = text_of(office.dung, "/van-ban/di/cho-tra-loi/")
    asked = text_of(office.dung, f"{path}/don-doc-noi-nhan/")
    letter = text_of(office.tuan, f"/van-ban/di/moi/?don-doc={document.code}")
    first, paper = documents.unanswered(document)
    reminded = office.dung.post(f"{path}/don-doc-noi-nhan/", {"places": [str(first.seq)]})
    noted = office.dung.post(f"{path}/da-tra-loi/", {"places": [str(paper.seq)], "words": "Thư"})

    assert ["UBND xã Nà Tấu" in words for words in (listed, asked, letter)] == [True, True, True]
    assert (reminded.status_code, noted.status_code) == (302, 302)
    assert [one.name for one in documents.unanswered(document)] == ["UBND xã Nà Tấu"]


def test_who_sends_a_document_without_a_file_is_told_so() -> None:
    office = make_office()
    make_office("H18.102", "UBND xã Nà Tấu", tag="2")
    path = f"/van-ban/vb/{issued(office).code}"
    office.dung.post(f"{path}/noi-nhan/", {"agencies": ["H18.102"]})

    sent = office.dung.post(f"{path}/gui/", follow=True)

    assert "Văn bản chưa có tệp nào" in sent.content.decode()


def test_who_sends_on_paper_alone_is_told_nothing_of_files() -> None:
    office = make_office()
    path = f"/van-ban/vb/{issued(office).code}"
    office.dung.post(f"{path}/noi-nhan/", {"others": "Ông Lò Văn A", "others_way": "paper"})

    sent = office.dung.post(f"{path}/gui/", follow=True)

    page = sent.content.decode()
    assert ("Đã gửi;" in page, "Văn bản chưa có tệp nào" in page) == (True, False)
