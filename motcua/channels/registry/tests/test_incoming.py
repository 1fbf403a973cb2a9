"""Clerks and leaders do their work on the pages, and wrong input says what to do."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from motcua.casework.documents import api as documents
from motcua.casework.documents.api import Document, State
from motcua.casework.documents.tests.make import ENTRY, other
from motcua.foundation.files import api as files
from motcua.foundation.files.tests.make import make_pdf
from motcua.lib.actor import SYSTEM
from motcua.lib.clock import now

from .make import Office, make_arrival, make_office, text_of

pytestmark = pytest.mark.django_db
ENTERED = {
    "named": "45/KH-UBND",
    "issued_on": "27/02/2026",
    "kind": "10",
    "issuer_name": "UBND tỉnh Điện Biên",
    "subject": "Kế hoạch cải cách hành chính năm 2026",
    "urgency": "0",
    "source": "post",
}


def registered(office: Office, **changes: str) -> Document:
    """Register what arrived, on the clerk's page."""
    document = make_arrival(office)
    form = {**ENTERED, "to": f"u{office.root_id}a{office.accounts['hoa']}", **changes}
    answer = office.dung.post(f"/van-ban/vb/{document.code}/dang-ky/", form)
    assert answer.status_code == 302, answer.content.decode()
    document.refresh_from_db()
    return document


def test_a_clerk_registers_and_the_leader_finds_it_waiting() -> None:
    office = make_office()

    document = registered(office)

    assert (document.state, document.ordinal, document.number) == (State.REGISTERED, 1, "45")
    assert document.subject in text_of(office.hoa, "/van-ban/")


def test_a_letter_by_post_is_taken_in_and_leads_to_its_registration() -> None:
    office = make_office()
    scan = SimpleUploadedFile("quet.pdf", make_pdf(), "application/pdf")

    answer = office.dung.post("/van-ban/den/moi/", {**ENTERED, "main": scan})

    document = Document.objects.get()
    assert answer["Location"] == f"/van-ban/vb/{document.code}/dang-ky/"
    assert (document.source, document.notation) == ("post", "KH-UBND")


def test_a_secret_paper_is_stopped_before_its_file_is_kept() -> None:
    office = make_office()
    scan = SimpleUploadedFile("quet.pdf", make_pdf(), "application/pdf")

    answer = office.dung.post("/van-ban/den/moi/", {**ENTERED, "mark": "mật", "main": scan})

    assert answer.status_code == 422
    assert "sổ văn bản mật" in answer.content.decode()
    assert Document.objects.count() == 0


def test_a_clerk_destroys_what_turns_out_to_be_secret() -> None:
    office = make_office()
    document = make_arrival(office)
    path = f"/van-ban/vb/{document.code}/van-ban-mat/"

    shown = text_of(office.dung, path)
    answer = office.dung.post(path, {"mark": "tối mật"})

    document.refresh_from_db()
    assert "không khôi phục được" in shown
    assert (answer.status_code, document.state) == (302, State.REFUSED)


def test_wrong_input_keeps_what_was_typed() -> None:
    office = make_office()
    document = make_arrival(office)
    form = {**ENTERED, "subject": "", "issuer_name": "Sở Tài chính"}

    answer = office.dung.post(f"/van-ban/vb/{document.code}/dang-ky/", form)

    assert answer.status_code == 422
    assert "Sở Tài chính" in answer.content.decode()


def test_the_page_of_registration_warns_of_the_same_document() -> None:
    office = make_office()
    first = make_arrival(office)
    again = make_arrival(office, other(number="123"))

    page = text_of(office.dung, f"/van-ban/vb/{again.code}/dang-ky/")
    answer = office.dung.post(f"/van-ban/vb/{again.code}/trung/{first.code}/")

    assert "Có thể trùng" in page
    again.refresh_from_db()
    assert (answer.status_code, again.state) == (302, State.LINKED)


def test_the_leader_writes_a_directive_with_rows() -> None:
    office = make_office()
    document = registered(office)
    page = text_of(office.hoa, f"/van-ban/vb/{document.code}/")
    href = page.split("/chi-dao/")[1].split("/")[0]

    answer = office.hoa.post(
        f"/van-ban/vb/{document.code}/chi-dao/{href}/",
        {
            "words": "Giao Phòng Kinh tế chủ trì",
            "place_0": f"u{office.division_id}",
            "part_0": "lead",
            "due_0": "",
        },
    )

    assert answer.status_code == 302, answer.content.decode()
    page = text_of(office.tuan, f"/van-ban/vb/{document.code}/")
    assert "Giao Phòng Kinh tế chủ trì" in page


def test_words_without_a_place_are_not_lost() -> None:
    office = make_office()
    document = registered(office)
    page = text_of(office.hoa, f"/van-ban/vb/{document.code}/")
    href = page.split("/chi-dao/")[1].split("/")[0]

    answer = office.hoa.post(
        f"/van-ban/vb/{document.code}/chi-dao/{href}/",
        {"words": "Biết", "place_0": f"u{office.division_id}", "words_4": "Báo cáo tuần này"},
    )

    said = answer.content.decode()
    assert (answer.status_code, "Hãy chọn nơi nhận" in said, "Báo cáo tuần này" in said) == (
        422,
        True,
        True,
    )


@pytest.mark.parametrize("act", ["dang-ky", "tu-choi", "sua", "trinh", "ket-thuc", "tra-lai"])
def test_acts_on_documents_of_others_are_not_found(act: str) -> None:
    office = make_office()
    stranger = make_office("H18.102", "UBND xã Nà Tấu", tag="2")
    document = make_arrival(office)

    assert stranger.dung.get(f"/van-ban/vb/{document.code}/{act}/").status_code == 404


def test_a_handler_may_not_register() -> None:
    office = make_office()
    document = registered(office)

    answer = office.hoa.post(f"/van-ban/vb/{document.code}/sua/", {**ENTERED, "reason": "nhầm"})

    assert answer.status_code == 403


def test_registering_puts_the_mark_on_a_copy_and_the_slip_is_printed() -> None:
    office = make_office()
    at = now()
    kept = files.keep_bytes(make_pdf(side=1500), "application/pdf", by=SYSTEM, at=at)
    main = documents.FileIn(documents.FileRole.MAIN, kept.pk, "cong-van.pdf")
    arrival = documents.ArrivalIn(
        office.agency_id, office.registry_id, documents.Source.AXIS, at, ENTRY, [main]
    )
    document = documents.take_arrival(arrival, by=SYSTEM, at=at)
    path = f"/van-ban/vb/{document.code}"
    assert 'name="stamp"' in text_of(office.dung, f"{path}/dang-ky/")

    office.dung.post(f"{path}/dang-ky/", {**ENTERED, "stamp": "on"})

    page = text_of(office.dung, f"{path}/")
    slip = office.dung.get(f"{path}/phieu-giai-quyet/")
    assert ("den-01-cong-van.pdf" in page, f"{path}/dong-dau-den/" in page) == (True, False)
    assert slip.content.startswith(b"%PDF")
