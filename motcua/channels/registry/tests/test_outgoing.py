"""Documents are written, approved and brought to signature on the pages."""

import io
from datetime import date

import docx
import pytest

from motcua.casework.documents.api import Document, State

from .make import Office, make_office, text_of

pytestmark = pytest.mark.django_db
WRITTEN = {
    "kind": "18",
    "urgency": "0",
    "subject": "V/v báo cáo tình hình sản xuất",
    "text": "Đề nghị các bản báo cáo trước ngày 20.",
    "recipients": "Như trên\nLưu: VT",
}


def drafted(office: Office) -> Document:
    """Write a draft on Tuấn's page."""
    answer = office.tuan.post("/van-ban/di/moi/", WRITTEN)
    assert answer.status_code == 302, answer.content.decode()
    return Document.objects.get()


def act(document: Document, page: str, slug: str) -> str:
    """Return the address of an act that a page offers."""
    found = page.split(f"/vb/{document.code}/{slug}/")[1].split('"', maxsplit=1)[0]
    return f"/van-ban/vb/{document.code}/{slug}/{found}"


def test_a_draft_goes_from_its_writer_to_who_signs() -> None:
    office = make_office()
    document = drafted(office)
    mai = f"u{office.division_id}a{office.accounts['mai']}"
    hoa = f"u{office.root_id}a{office.accounts['hoa']}"

    sent = office.tuan.post(f"/van-ban/vb/{document.code}/trinh-duyet/", {"to": mai})
    page = text_of(office.mai, f"/van-ban/vb/{document.code}/")
    approved = office.mai.post(act(document, page, "duyet"), {"to": hoa, "what": "ky"})

    assert (sent.status_code, approved.status_code) == (302, 302)
    assert document.subject in text_of(office.hoa, "/van-ban/")


def test_who_has_no_certificate_is_told_to_sign_on_paper() -> None:
    office = make_office()
    document = drafted(office)
    hoa = f"u{office.root_id}a{office.accounts['hoa']}"
    office.tuan.post(f"/van-ban/vb/{document.code}/trinh-duyet/", {"to": hoa})
    page = text_of(office.hoa, f"/van-ban/vb/{document.code}/")
    office.hoa.post(act(document, page, "duyet"), {"to": hoa, "what": "ky"})
    page = text_of(office.hoa, f"/van-ban/vb/{document.code}/")

    shown = text_of(office.hoa, act(document, page, "ky"))

    assert "chưa có chứng thư số" in shown


def test_the_draft_is_seen_as_a_pdf_and_not_by_others() -> None:
    office = make_office()
    document = drafted(office)

    answer = office.tuan.get(f"/van-ban/vb/{document.code}/xem-truoc/")

    assert answer["Content-Type"] == "application/pdf"
    assert office.dung.get(f"/van-ban/vb/{document.code}/xem-truoc/").status_code == 404


def test_an_empty_draft_keeps_what_was_typed_and_says_what_is_missing() -> None:
    office = make_office()

    answer = office.tuan.post("/van-ban/di/moi/", {**WRITTEN, "text": ""})

    assert answer.status_code == 422
    assert "Hãy viết nội dung" in answer.content.decode()
    assert Document.objects.count() == 0


def test_a_deadline_for_answers_is_set_and_taken_out_again() -> None:
    office = make_office()
    document = drafted(office)
    path, due = f"/van-ban/vb/{document.code}/sua-du-thao/", []

    for said in ("20/12/2090", ""):
        office.tuan.post(path, {**WRITTEN, "due_on": said})
        due.append(Document.objects.get().due_on)

    assert due == [date(2090, 12, 20), None]


def test_an_opinion_is_given_and_settled() -> None:
    office = make_office()
    document = drafted(office)
    office.mai.post(f"/van-ban/vb/{document.code}/gop-y/", {"words": "Nêu rõ mẫu báo cáo"})
    page = text_of(office.tuan, f"/van-ban/vb/{document.code}/")

    office.tuan.post(act(document, page, "giai-trinh"), {"taken": "co", "answer": "Đã thêm"})

    assert "Đã tiếp thu: Đã thêm" in text_of(office.tuan, f"/van-ban/vb/{document.code}/")


def test_the_word_template_of_a_kind_is_handed_out() -> None:
    office = make_office()

    answer = office.tuan.get("/van-ban/di/mau/2/")

    head = docx.Document(io.BytesIO(answer.content)).tables[0].cell(0, 0)
    said = " ".join(line.text for line in head.paragraphs if line.text)
    assert said == "Ủy ban nhân dân xã Mường Phăng"


def test_a_submitted_draft_is_taken_back() -> None:
    office = make_office()
    document = drafted(office)
    mai = f"u{office.division_id}a{office.accounts['mai']}"
    office.tuan.post(f"/van-ban/vb/{document.code}/trinh-duyet/", {"to": mai})

    office.tuan.post(f"/van-ban/vb/{document.code}/rut/")

    document.refresh_from_db()
    assert document.state == State.DRAFT
