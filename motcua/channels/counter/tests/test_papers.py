"""Slips on paper, lists to print, files of papers."""

from contextlib import closing
from http import HTTPStatus
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image
from pypdf import PdfReader

from motcua.casework.dossiers import api as dossiers
from motcua.casework.dossiers.api import Dossier, SubmitterIn, whole
from motcua.casework.dossiers.tests.make import (
    LAN,
    MONDAY,
    get_dossier,
    make_application,
    make_filed,
    make_received,
)
from motcua.foundation.audit import api as audit
from motcua.foundation.files import api as files
from motcua.foundation.identity.tests.make import make_account
from motcua.foundation.signing import api as signing
from motcua.foundation.signing.api import TurnRole
from motcua.foundation.signing.tests.make import make_prepared, make_signed
from motcua.foundation.trust.tests.make import make_leaf
from motcua.lib.actor import Actor, ActorKind
from motcua.lib.clock import now

from .make import Desk, make_desk, sign_in_dung, told

pytestmark = pytest.mark.django_db


def picture() -> SimpleUploadedFile:
    content = BytesIO()
    Image.new("RGB", (400, 560), "white").save(content, "PNG")
    return SimpleUploadedFile("to-khai.png", content.getvalue(), "image/png")


def test_the_slip_is_shown_in_place_and_its_printing_is_logged() -> None:
    desk = make_desk()
    code = make_received(desk.commune)

    answer = desk.client.get(f"/mot-cua/ho-so/{code}/giay/01/")

    assert (answer.content[:5], answer.headers["Content-Disposition"]) == (
        b"%PDF-",
        f'inline; filename="{code}-mau-01.pdf"',
    )
    assert [one.purpose for one in audit.accesses_of(f"dossier:{code}")] == ["dossiers.print"]


def test_a_slip_that_was_never_issued_is_not_found() -> None:
    desk = make_desk()
    code = make_filed(desk.commune)

    assert desk.client.get(f"/mot-cua/ho-so/{code}/giay/01/").status_code == 404


def test_a_slip_asked_for_leads_to_the_paper() -> None:
    desk = make_desk()
    code = make_received(desk.commune)

    answer = desk.client.post(reverse("counter:slip", args=[code]))

    assert answer.headers["Location"] == f"/mot-cua/ho-so/{code}/giay/01/"


def test_no_slip_before_the_reception() -> None:
    desk = make_desk()
    code = make_filed(desk.commune)

    answer = desk.client.post(reverse("counter:slip", args=[code]))

    assert told(answer) == [f"Hồ sơ {code} chưa được tiếp nhận nên chưa có giấy hẹn."]


def test_one_list_names_all_a_person_handed_in_that_day() -> None:
    desk = make_desk()
    desk.client.post("/mot-cua/tiep-nhan/", desk.form(act="receive", request_key="1"))
    desk.client.post("/mot-cua/tiep-nhan/", desk.form(act="receive", request_key="2"))
    codes = list(Dossier.objects.values_list("code", flat=True))

    printed = desk.client.get(reverse("counter:person_list", args=codes[:1])).content

    words = " ".join(PdfReader(BytesIO(printed)).pages[0].extract_text().split())
    assert [words.count(code) for code in codes] == [1, 1]


def test_a_photographed_paper_is_kept_and_shown_at_the_desk() -> None:
    desk = make_desk()
    form = desk.form(act="receive")

    desk.client.post("/mot-cua/tiep-nhan/", {**form, "paper_to-khai_file": picture()})

    dossier = Dossier.objects.get()
    (paper,) = whole(dossier).papers
    place = reverse("counter:paper_file", args=[dossier.code, paper.seq])
    with closing(desk.client.get(place)) as answer:
        kind = answer.headers["Content-Type"]
    assert (paper.file_name, kind) == ("to-khai.png", "image/png")


def test_a_file_sent_with_a_wrong_date_is_not_asked_for_again() -> None:
    desk = make_desk()
    form = desk.form(act="receive", birth_date="31/2/1985")

    answer = desk.client.post("/mot-cua/tiep-nhan/", {**form, "paper_to-khai_file": picture()})

    page = answer.content.decode()
    assert ("to-khai.png" in page, 'name="paper_to-khai_file_kept"' in page) == (True, True)


def test_a_disguised_file_is_refused_beside_its_paper() -> None:
    desk = make_desk()
    fake = SimpleUploadedFile("to-khai.png", b"MZ not a picture", "image/png")

    answer = desk.client.post(
        "/mot-cua/tiep-nhan/", {**desk.form(act="receive"), "paper_to-khai_file": fake}
    )

    assert (answer.status_code, Dossier.objects.count()) == (422, 0)


@pytest.mark.parametrize("place", ["giay/01/", "danh-sach/", "tep/1000/", "anh/1000/"])
def test_dung_reads_no_paper_of_ours(place: str) -> None:
    desk, dung = make_desk(), sign_in_dung()
    code = make_received(desk.commune)

    assert dung.get(f"/mot-cua/ho-so/{code}/{place}").status_code == 404


def test_the_control_sheet_is_not_for_the_one_who_filed() -> None:
    desk = make_desk()
    lan = make_account(username="lan", full_name="Lò Thị Lan")
    submitter = SubmitterIn(name=lan.full_name, account_id=lan.pk)
    by = Actor(id=lan.pk, name=lan.full_name, kind=ActorKind.CITIZEN)
    application = make_application(desk.commune, submitter=submitter)
    code = dossiers.file_application(application, by=by, at=now())
    dossiers.receive_dossier(code, by=desk.commune.binh, at=now())
    client = Client()
    client.force_login(lan)
    path = f"/mot-cua/ho-so/{code}/giay/{dossiers.IssuedForm.PROGRESS}/"

    statuses = [who.get(path).status_code for who in (client, desk.client)]

    assert statuses == [HTTPStatus.FORBIDDEN, HTTPStatus.OK]


def make_signed_filing(desk: Desk) -> str:
    """Return the code of a dossier with an application signed by Lan, of an unknown authority."""
    content = make_signed(make_prepared(), make_leaf("Lò Thị Lan"), TurnRole.LEADER)
    stored = files.keep_file("to khai.pdf", BytesIO(content), by=LAN, at=MONDAY)
    paper = dossiers.PaperIn("to-khai", "Tờ khai", file_id=stored.pk, file_name="to khai.pdf")
    return make_filed(desk.commune, papers=[paper])


def test_the_desk_sees_who_signed_a_paper_and_whether_it_counts_before_receiving() -> None:
    desk = make_desk()
    address = reverse("counter:dossier", args=[make_signed_filing(desk)])

    before = desk.client.get(address).content.decode()
    signing.examine_due(at=now())
    after = desk.client.get(address).content.decode()

    assert ("Đang kiểm tra" in before, "Lò Thị Lan</strong>" in before) == (True, False)
    assert "Chưa kết luận được" in after
    assert "Lò Thị Lan</strong>" in after
    assert "Không biết nơi cấp chứng thư này" in after


def test_the_waiting_part_asks_again_until_it_knows_but_not_for_ever() -> None:
    desk = make_desk()
    code = make_signed_filing(desk)
    paper = whole(get_dossier(code)).papers[0]
    part = reverse("counter:paper_signatures_part", args=[code, paper.seq])

    words = [desk.client.get(f"{part}?lan={turn}").content.decode() for turn in ("3", "15", "x")]

    assert [f"{part}?lan=4" in words[0], "hx-get" in words[1], "hx-get" in words[2]] == [
        True,
        False,
        True,
    ]


def test_the_signatures_of_a_paper_are_not_told_to_another_office() -> None:
    desk, dung = make_desk(), sign_in_dung()
    code = make_signed_filing(desk)
    paper = whole(get_dossier(code)).papers[0]

    answer = dung.get(reverse("counter:paper_signatures_part", args=[code, paper.seq]))

    assert answer.status_code == 404
