"""The list of dossiers as a file: short ones at once, long ones asked for."""

from io import BytesIO

import openpyxl
import pytest

from motcua.casework.dossiers import api as dossiers
from motcua.casework.dossiers.tests.make import MONDAY, make_received
from motcua.channels.office.views import exporting

from .make import make_office

pytestmark = pytest.mark.django_db
EXPORT = "/xu-ly/xuat-ho-so/"
MARCH = {"first": "1/3/2026", "latest": "31/3/2026"}


def test_a_short_list_is_sent_at_once_in_either_form() -> None:
    office = make_office()
    code = make_received(office.commune, at=MONDAY)

    table = office.hoa.post(EXPORT, {**MARCH, "how": "csv"})
    book = office.hoa.post(EXPORT, {**MARCH, "how": "xlsx"})

    lines = table.getvalue().decode().splitlines()
    sheet = openpyxl.load_workbook(BytesIO(book.getvalue())).active
    assert (lines[0][:10], lines[1].split(",")[0]) == ("\ufeffMã hồ sơ,", code)
    assert sheet is not None
    assert [row[0].value for row in sheet.iter_rows()] == ["Mã hồ sơ", code]
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("A2", "A1:O2")
    filed, received = sheet["F2"], sheet["G2"]
    assert filed.value == received.value == MONDAY.replace(tzinfo=None)
    assert (filed.number_format, sheet["K2"].value) == ("DD/MM/YYYY HH:MM", None)


def test_a_long_list_is_asked_for_and_fetched(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exporting, "AT_ONCE", 0)
    office = make_office()
    make_received(office.commune, at=MONDAY)

    refused = office.hoa.post(EXPORT, {**MARCH, "how": "xlsx"}).content.decode()
    office.hoa.post(EXPORT, {**MARCH, "how": "csv"})
    page = office.hoa.get(EXPORT).content.decode()

    waiting = dossiers.ListExport.objects.get()
    dossiers.ListExport.objects.update(state="failed")
    failed = office.hoa.get(EXPORT).content.decode()
    dossiers.ListExport.objects.update(state="waiting")

    assert "Không lập được do lỗi" in failed
    assert ("quá dài cho Excel" in refused, "Đang lập" in page) == (True, True)
    assert office.hoa.get(f"{EXPORT}{waiting.pk}/").status_code == 302
    assert office.dung.get(f"{EXPORT}{waiting.pk}/").status_code in (403, 404)


def test_who_may_export_finds_the_page_from_the_list() -> None:
    office = make_office()

    assert office.hoa.get(EXPORT).status_code == 200
    assert "Xuất danh sách" in office.hoa.get("/xu-ly/ho-so/").content.decode()
