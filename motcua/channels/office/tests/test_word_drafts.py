"""Proposing an outcome: from the Word template, ready-made, or with a file of one's own."""

import io
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from motcua.casework.dossiers.api import DossierOutcome
from motcua.casework.dossiers.tests.make import ANSWERS, make_received
from motcua.casework.procedures import api as procedures
from motcua.casework.procedures.tests.make import EDITOR
from motcua.foundation.files import api as files
from motcua.foundation.papers.tests.make import make_template, paragraphs_of
from motcua.lib.clock import local_day, now

from .make import Office, address, make_office, text_of

pytestmark = pytest.mark.django_db
GRANT = {"comment": "Đủ điều kiện.", "kind": "granted"}


def add_template() -> None:
    at = now()
    content = io.BytesIO(make_template("Xác nhận {{ to_khai.ho_ten }}, số {{ ky.so }}"))
    stored = files.keep_file("mau.docx", content, by=EDITOR, at=at)
    procedures.add_template(
        "1.004873",
        "xac-nhan",
        stored,
        "mau.docx",
        valid_from=local_day(at),
        by=EDITOR,
        at=at,
    )


def propose(office: Office, code: str, **typed: object) -> Any:
    return office.mai.post(address(code, "hoan-thanh"), {**GRANT, **typed})


def the_outcome(code: str) -> DossierOutcome:
    return DossierOutcome.objects.select_related("file").get(dossier__code=code)


def test_a_handler_proposes_from_the_template() -> None:
    office = make_office()
    add_template()
    code = make_received(office.commune, at=now())

    propose(office, code, source="mau")

    assert the_outcome(code).file_name == "mau.docx"


def test_the_filled_template_is_offered_for_word() -> None:
    office = make_office()
    add_template()
    code = make_received(office.commune, at=now())
    page = text_of(office.mai, address(code, "hoan-thanh"))

    answer = office.mai.get(f"{address(code)}mau-word/xac-nhan/")

    assert "Tải Giấy xác nhận tình trạng hôn nhân (.docx)" in page
    assert paragraphs_of(answer.content) == ["Xác nhận Lò Thị Lan, số [số, ký hiệu]"]


def test_without_a_template_none_is_offered() -> None:
    office = make_office()
    code = make_received(office.commune, at=now())

    page = text_of(office.mai, address(code, "hoan-thanh"))

    assert ("Mẫu Word của thủ tục" in page, "Bản dựng sẵn" in page) == (False, True)


def test_an_edited_word_file_is_proposed() -> None:
    office = make_office()
    code = make_received(office.commune, at=now())
    edited = SimpleUploadedFile("da-sua.docx", make_template("Đã sửa"))

    propose(office, code, source="tep", file=edited)

    shown = office.mai.get(f"{address(code)}ket-qua/{the_outcome(code).seq}/")
    assert (the_outcome(code).file_name, shown.content[:5]) == ("da-sua.docx", b"%PDF-")


def test_a_file_that_is_missing_is_asked_for() -> None:
    office = make_office()
    code = make_received(office.commune, at=now())

    answer = propose(office, code, source="tep")

    page = answer.content.decode()
    assert (answer.status_code, "Hãy chọn tệp dự thảo" in page) == (422, True)


def test_a_word_file_with_a_picture_is_told_and_what_was_typed_stays() -> None:
    office = make_office()
    code = make_received(office.commune, at=now())
    edited = SimpleUploadedFile("da-sua.docx", make_template("Lan", header="UBND"))

    answer = propose(office, code, source="tep", file=edited)

    page = answer.content.decode()
    assert (answer.status_code, "tự xuất ra PDF" in page, "Đủ điều kiện." in page) == (
        422,
        True,
        True,
    )


def test_a_handler_of_another_commune_gets_no_filled_template() -> None:
    office = make_office()
    add_template()
    code = make_received(office.commune, at=now())

    assert office.dung.get(f"{address(code)}mau-word/xac-nhan/").status_code == 404


def test_taking_the_filled_template_is_told_in_the_trail() -> None:
    office = make_office()
    add_template()
    code = make_received(office.commune, at=now())
    office.nam.get(f"{address(code)}mau-word/xac-nhan/")

    trail = text_of(office.mai, f"{address(code)}?phan=nhat-ky")

    assert "Lường Văn Nam" in trail


def test_a_leader_who_signs_without_a_draft_may_use_the_template() -> None:
    office = make_office()
    add_template()
    code = make_received(office.commune, at=now())
    office.mai.post(address(code, "hoan-thanh"), {"comment": "", "kind": "later"})
    office.thu.post(address(code, "duyet"), {"comment": ""})

    office.hoa.post(address(code, "ky"), {**GRANT, "source": "mau"})

    outcome = the_outcome(code)
    assert (outcome.file_name, bool(outcome.number)) == ("mau.docx", True)


def test_a_proposal_is_expected_where_a_leader_comes_next() -> None:
    office = make_office()
    code = make_received(office.commune, at=now())

    page = text_of(office.mai, address(code, "hoan-thanh"))

    assert 'value="granted" checked' in page


def test_a_step_that_is_not_needed_is_passed_over() -> None:
    consult = "{{code: hoi, name: Hỏi, kind: consultation, duty: justice, role: handler"
    change = (
        "  - {{code: duyet,",
        f"  - {consult}, when: ho_ngheo = true}}}}\n  - {{{{code: duyet,",
    )
    office = make_office(text_change=change)
    codes = [
        make_received(office.commune, at=now(), answers={**ANSWERS, "ho_ngheo": is_poor})
        for is_poor in (False, True)
    ]

    pages = [text_of(office.mai, address(code, "hoan-thanh")) for code in codes]

    assert ['value="granted" checked' in page for page in pages] == [True, False]


def test_what_is_on_paper_only_needs_no_file_to_be_proposed() -> None:
    office = make_office(text_change=("{code: xac-nhan,", "{code: xac-nhan, on_paper_only: true,"))
    code = make_received(office.commune, at=now())
    page = text_of(office.mai, address(code, "hoan-thanh"))

    answer = propose(office, code, source="san")

    assert "Chỉ cấp bản giấy, dự thảo để xem và in: Giấy xác nhận" in page
    assert (answer.status_code, the_outcome(code).file_id) == (302, None)
