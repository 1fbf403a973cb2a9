"""Administrators bring over what an old system hands over, page by page, and two of them."""

from datetime import date
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from motcua.casework.dossiers.api import find_dossier
from motcua.casework.migration import api as migration
from motcua.casework.migration.tests.make import OPEN, PAST, changed, make_all, make_csv
from motcua.foundation.organisation import api as organisation
from motcua.foundation.organisation.api import PostRole
from motcua.foundation.people import api as people
from motcua.lib.actor import Actor
from motcua.lib.clock import now

from .people import page_of, seat, signed_in

pytestmark = pytest.mark.django_db
LIST = "/quan-tri/chuyen-du-lieu/"


def go_on() -> None:
    while migration.go_on_with_next(at=now(), seconds=60):
        pass


def sent(client: Client, path: str, **values: object) -> str:
    """Send a form and return what the page then says."""
    answer = client.post(path, {"request_key": str(uuid4()), **values}, follow=True)
    return answer.content.decode()


def make_handed_over(client: Client) -> str:
    """Return the address of an old system with a table."""
    make_all()
    sent(client, f"{LIST}them/", name="Một cửa cũ", agency="")
    path = f"{LIST}{migration.find_source('Một cửa cũ').code}/"  # type: ignore[union-attr]  # -- just made
    odd = changed(OPEN, code="H18.101-260225-0009", status="Chờ ký")
    table = SimpleUploadedFile("ho-so.csv", make_csv(PAST, OPEN, odd))
    assert "hãy xem lại cột nào là gì" in sent(client, f"{path}bang/", file=table)
    return path


def run_path(path: str) -> str:
    source = migration.find_source("Một cửa cũ")
    assert source is not None
    assert path
    return f"{LIST}lan/{migration.runs_of(source)[0].code}/"


def test_a_table_is_tried_mapped_and_brought_over_when_another_has_approved(
    quan: Client, province: organisation.Agency
) -> None:
    path = make_handed_over(quan)
    assert "Bắt đầu." in sent(quan, f"{path}chay/", kind="check")
    go_on()
    tried = quan.get(run_path(path)).content.decode()
    assert ("Chờ ký" in tried, find_dossier(PAST[0])) == (True, None)
    values = quan.get(f"{path}gia-tri/").content.decode()
    assert "Trạng thái: “Chờ ký” (1 dòng)" in values
    words = {"word_0": "processing", "word_1": "processing", "word_2": "returned"}
    assert "Đã lưu." in sent(quan, f"{path}gia-tri/", **words)
    assert "một quản trị viên khác" in sent(quan, f"{path}chay/", kind="carry")
    run = run_path(path)
    assert "Người lập không tự duyệt" in sent(quan, f"{run}duyet/")
    go_on()
    assert find_dossier(PAST[0]) is None
    other = signed_in(seat(province, PostRole.ADMINISTRATOR, "Đỗ Văn Trị", "tri"))
    assert "Duyệt, chuyển thật" in other.get(run).content.decode()
    assert "việc chuyển bắt đầu" in sent(other, f"{run}duyet/")
    go_on()
    assert find_dossier(PAST[0]) is not None
    answer = quan.get(f"{run}bao-cao/")
    report = b"".join(answer.streaming_content).decode()  # type: ignore[attr-defined]  # -- it streams
    assert "H18.101-260225-0009,H18.101-260225-0009" in report
    sent(quan, f"{run}huy/")
    go_on()
    assert find_dossier(PAST[0]) is None


def test_columns_are_changed_and_a_mapping_travels_as_text(quan: Client) -> None:
    path = make_handed_over(quan)
    shown = quan.get(f"{path}cot/").content.decode()
    assert ("Lò Văn Pâng" in shown, "Cột nào là gì" in shown) == (True, True)
    columns = {"heading": "1", "day_order": "dmy", "closing": "16:30", "col_code": "Mã hồ sơ"}
    sent(quan, f"{path}cot/", **columns)
    assert "Còn thiếu: Thủ tục" in quan.get(path).content.decode()
    text = quan.get(f"{path}anh-xa/tai/").content.decode()
    assert '"closing": "16:30"' in text
    refused = sent(quan, f"{path}anh-xa/", text=text.replace('"code"', '"kode"'))
    assert "không có trường “kode”" in refused
    late = sent(quan, f"{path}cot/", **{**columns, "closing": "25:00"})
    assert "Giờ hết làm việc phải như 17:00" in late


def test_what_is_no_table_is_refused_with_its_reason(quan: Client) -> None:
    path = make_handed_over(quan)
    old = SimpleUploadedFile("cu.xls", b"\xd0\xcf\x11\xe0" + bytes(600))
    assert "hãy lưu lại thành .xlsx" in sent(quan, f"{path}bang/", file=old)
    papers = SimpleUploadedFile("tep.zip", b"khong phai zip")
    assert "phải nén thành một tệp ZIP" in sent(quan, f"{path}tep/", file=papers)


def test_the_pages_are_for_administrators_of_the_province_alone(xuan: Client, dung: Client) -> None:
    assert page_of(xuan, "chuyen-du-lieu/") == "403"
    assert page_of(dung, "chuyen-du-lieu/") == "403"


def test_whom_a_row_resembles_is_asked_and_answered(
    quan: Client, province: organisation.Agency
) -> None:
    path = make_handed_over(quan)
    source, at = migration.find_source("Một cửa cũ"), now()
    assert source is not None
    by = Actor(id=900, name="Quản")
    known = people.PersonFacts(full_name="Cà Thị Inh", birth_date=date(1985, 2, 1))
    person = people.remember_person(known, by=by, at=at)
    migration.Likeness.objects.create(
        source=source, ref="A-1", person_id=person.pk, told="Cà Thị Inh, <b>", asked_at=at
    )
    here = f"{path}nguoi/"

    assert "Có phải một người?" in quan.get(path).content.decode()
    page = quan.get(here).content.decode()
    said = sent(quan, f"{here}{migration.Likeness.objects.get().pk}/", la="same")

    assert ("sinh năm 1985" in page, "&lt;b&gt;" in page) == (True, True)
    assert "lần chạy sau dùng" in said
    assert migration.Likeness.objects.get().state == migration.LikenessState.SAME
    assert "Cùng một người, " in quan.get(f"{here}?tra-loi=same").content.decode()
    assert quan.post(f"{here}999999/", {"la": "same"}).status_code == 404
    assert province.pk
