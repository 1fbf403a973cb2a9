"""Work files in the browser: opened, filled, closed, handed over; the yearly list; the search."""

import io
import zipfile
from datetime import timedelta

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from motcua.casework.workfiles import api as workfiles
from motcua.casework.workfiles.api import HandOver, WorkFile
from motcua.casework.workfiles.tests.make import read_items
from motcua.foundation.search import api as search
from motcua.lib.clock import local_day, now

from .make import Office, make_arrival, make_office, text_of

pytestmark = pytest.mark.django_db
BASE = "/van-ban"


def opened(office: Office, client: Client | None = None, **more: str) -> str:
    """Open a work file as Tuấn would; return its code."""
    said = {
        "title": "Sửa đường vào bản Hốc",
        "retention": "20",
        "unit": str(office.division_id),
        "symbol": "07.KT",
        **more,
    }
    answer = (client or office.tuan).post(f"{BASE}/ho-so/mo/", said)
    assert answer.status_code == 302, answer.content.decode()[:2000]
    return str(answer.headers["Location"]).split("/")[-2]


def filled(office: Office, **more: str) -> str:
    """Open a work file with one paper in it."""
    code = opened(office)
    sent = SimpleUploadedFile("bien-ban.txt", "Họp bàn sửa đường liên bản".encode())
    said = {"kind": "file", "day": "20/02/2026", "pages": "2", **more}
    answer = office.tuan.post(f"{BASE}/ho-so/{code}/them/", {**said, "file": sent})
    assert answer.status_code == 302, answer.content.decode()[:2000]
    return code


def closed(office: Office) -> str:
    code = filled(office)
    today = f"{local_day(now()):%d/%m/%Y}"
    answer = office.tuan.post(f"{BASE}/ho-so/{code}/ket-thuc/", {"ended_on": today})
    assert answer.status_code == 302, answer.content.decode()[:2000]
    return code


def state_of(code: str) -> str:
    return WorkFile.objects.get(code=code).state


def test_a_file_is_opened_and_stands_in_the_list() -> None:
    office = make_office()

    code = opened(office)

    assert "Sửa đường vào bản Hốc" in text_of(office.tuan, f"{BASE}/ho-so/")
    assert "Chưa có tài liệu nào" in text_of(office.tuan, f"{BASE}/ho-so/{code}/")
    assert "Sửa đường vào bản Hốc" in text_of(office.mai, f"{BASE}/ho-so/?xem=tat-ca")


def test_officers_of_another_agency_find_no_such_file() -> None:
    office = make_office()
    stranger = make_office("H18.102", "UBND xã Nà Tấu", tag="2")
    code = opened(office)

    assert stranger.hoa.get(f"{BASE}/ho-so/{code}/").status_code == 404
    assert "bản Hốc" not in text_of(stranger.hoa, f"{BASE}/ho-so/?xem=tat-ca")


def test_what_was_typed_stays_when_it_is_refused() -> None:
    office = make_office()
    said = {"title": "Đường", "retention": "20", "unit": str(office.division_id), "symbol": "sai"}

    answer = office.tuan.post(f"{BASE}/ho-so/mo/", said)

    assert answer.status_code == 422
    assert "Ký hiệu hồ sơ “sai” chưa đúng" in answer.content.decode()


def test_a_file_is_put_in_read_and_found() -> None:
    office = make_office()
    code = filled(office)
    read_items(code)

    page = text_of(office.tuan, f"{BASE}/tim/?q=đường+liên+bản")

    assert "<mark>đường liên bản</mark>" in page
    assert "bien-ban" in text_of(office.tuan, f"{BASE}/ho-so/{code}/")
    assert "Không tìm thấy" in text_of(office.dung, f"{BASE}/tim/?q=đường+liên+bản")


def test_a_document_is_put_into_the_file_that_fits() -> None:
    office = make_office()
    document = make_arrival(office)
    workfiles_code = opened(office, office.dung, unit=str(office.registry_id))

    page = text_of(office.dung, f"{BASE}/vb/{document.code}/vao-ho-so/")
    office.dung.post(f"{BASE}/vb/{document.code}/vao-ho-so/", {"work_file": workfiles_code})

    assert "Sửa đường vào bản Hốc" in page
    assert [one.code for one in workfiles.files_of(document.code)] == [workfiles_code]
    assert "đã nằm trong" in text_of(office.dung, f"{BASE}/vb/{document.code}/vao-ho-so/")


def test_items_are_moved_described_and_taken_out() -> None:
    office = make_office()
    code = filled(office, title="Một")
    sent = SimpleUploadedFile("hai.txt", b"hai")
    office.tuan.post(f"{BASE}/ho-so/{code}/them/", {"kind": "file", "file": sent, "title": "Hai"})
    found = WorkFile.objects.get(code=code)
    first, second = (item.seq for item in workfiles.whole(found).items)

    office.tuan.post(f"{BASE}/ho-so/{code}/muc/{second}/chuyen/", {"huong": "len"})
    office.tuan.post(f"{BASE}/ho-so/{code}/muc/{second}/", {"day": "01/02/2026", "pages": "9"})
    office.tuan.post(f"{BASE}/ho-so/{code}/muc/{first}/bo/", {"reason": "để nhầm"})

    (left,) = workfiles.whole(found).items
    assert (left.title, left.pages) == ("Hai", 9)
    assert "để nhầm" in text_of(office.tuan, f"{BASE}/ho-so/{code}/")


def test_what_lacks_its_pages_keeps_the_file_open_and_is_named() -> None:
    office = make_office()
    code = filled(office, pages="")

    page = text_of(office.tuan, f"{BASE}/ho-so/{code}/")
    office.tuan.post(f"{BASE}/ho-so/{code}/ket-thuc/", {"ended_on": "20/02/2026"})

    assert "mục 1 thiếu số trang" in page
    assert state_of(code) == "open"


def test_a_closed_file_is_printed_packed_and_opened_again() -> None:
    office = make_office()
    code = closed(office)

    contents = office.tuan.get(f"{BASE}/ho-so/{code}/muc-luc.pdf").getvalue()
    packed = b"".join(office.tuan.get(f"{BASE}/ho-so/{code}/goi.zip"))
    office.tuan.post(f"{BASE}/ho-so/{code}/mo-lai/", {"reason": "còn văn bản"})

    with zipfile.ZipFile(io.BytesIO(packed)) as package:
        assert "ho-so.xml" in package.namelist()
    assert contents.startswith(b"%PDF")
    assert state_of(code) == "open"


def test_a_file_goes_to_the_archive_and_back_and_again() -> None:
    office = make_office()
    code = closed(office)
    assert "Sửa đường" in text_of(office.mai, f"{BASE}/nop-luu/")

    office.mai.post(f"{BASE}/nop-luu/", {"ma": [code]})
    first = HandOver.objects.get().code
    office.dung.post(f"{BASE}/nop-luu/{first}/tra-lai/", {"reason": "thiếu biên bản"})
    after_return = state_of(code)
    office.mai.post(f"{BASE}/nop-luu/", {"ma": [code]})
    second = HandOver.objects.exclude(code=first).get().code
    office.dung.post(f"{BASE}/nop-luu/{second}/nhan/")

    assert (after_return, state_of(code)) == ("closed", "handed_over")
    assert "thiếu biên bản" in text_of(office.mai, f"{BASE}/nop-luu/{first}/")
    for paper in ("bien-ban.pdf", "muc-luc.pdf"):
        assert office.dung.get(f"{BASE}/nop-luu/{second}/{paper}").status_code == 200


def test_a_unit_asks_to_keep_a_file() -> None:
    office = make_office()
    code = closed(office)
    until = local_day(now()) + timedelta(days=500)
    said = {"until": f"{until:%d/%m/%Y}", "reason": "đang tra cứu"}

    office.tuan.post(f"{BASE}/ho-so/{code}/giu-lai/", said)

    assert WorkFile.objects.get(code=code).kept_until == until


def test_title_and_order_are_changed() -> None:
    office = make_office()
    code = filled(office)

    office.tuan.post(f"{BASE}/ho-so/{code}/sua/", {"title": "Đường bản Hốc", "retention": "5"})
    office.tuan.post(f"{BASE}/ho-so/{code}/xep/")

    assert "Đường bản Hốc" in text_of(office.tuan, f"{BASE}/ho-so/{code}/")


def make_sheet() -> SimpleUploadedFile:
    book = openpyxl.Workbook()
    book.worksheets[0].append(("Ký hiệu", "Tiêu đề", "Thời hạn bảo quản", "Đơn vị"))
    book.worksheets[0].append(("02.KT", "Chợ phiên", "5 năm", "Phòng Kinh tế"))
    target = io.BytesIO()
    book.save(target)
    return SimpleUploadedFile("danh-muc.xlsx", target.getvalue())


def test_the_yearly_list_is_drafted_imported_and_approved() -> None:
    office = make_office()
    year = local_day(now()).year
    at = f"{BASE}/danh-muc/{year}/"
    line = {"symbol": "01.KT", "title": "Đường", "retention": "20", "unit": office.division_id}
    assert "chưa lập danh mục" in text_of(office.tuan, at)

    office.tuan.post(at)
    office.tuan.post(f"{at}dong/", line)
    tried = office.tuan.post(f"{at}nhap/", {"sheet": make_sheet(), "is_rehearsal": "on"})
    office.tuan.post(f"{at}nhap/", {"sheet": make_sheet()})
    decided = {"decision": "12/QĐ-UBND", "decided_on": "05/01/2026"}
    office.hoa.post(f"{at}ban-hanh/", decided)

    page = text_of(office.tuan, at)
    assert "sẽ thêm 1 dòng" in tried.content.decode()
    assert ("12/QĐ-UBND" in page, "Chợ phiên" in page, "01.KT" in page) == (True, True, True)
    assert office.tuan.get(f"{at}danh-muc.pdf").status_code == 200
    assert "02.KT – Chợ phiên" in text_of(office.tuan, f"{BASE}/ho-so/mo/")


def test_a_list_is_copied_changed_and_shortened() -> None:
    office = make_office()
    year = local_day(now()).year
    line = {"symbol": "01.KT", "title": "Đường", "retention": "20", "unit": office.division_id}
    for one in (year - 1, year):
        office.tuan.post(f"{BASE}/danh-muc/{one}/")
    office.tuan.post(f"{BASE}/danh-muc/{year - 1}/dong/", line)

    office.tuan.post(f"{BASE}/danh-muc/{year}/chep/")
    listed = workfiles.find_list(office.agency_id, year)
    assert listed is not None
    (copied,) = workfiles.lines_of(listed)
    path = f"{BASE}/danh-muc/{year}/dong/{copied.pk}/"
    office.tuan.post(path, {**line, "title": "Đường mới"})
    changed = "Đường mới" in text_of(office.tuan, f"{BASE}/danh-muc/{year}/")
    office.tuan.post(f"{path}bo/")

    assert (changed, workfiles.lines_of(listed)) == (True, [])
    assert office.tuan.get(path).status_code == 404


def test_searches_are_kept_and_dropped() -> None:
    office = make_office()

    office.tuan.post(f"{BASE}/tim/luu/", {"name": "Đường", "q": "sửa đường"})
    kept = "Lần tìm đã lưu" in text_of(office.tuan, f"{BASE}/tim/")
    (only,) = search.SavedSearch.objects.all()
    office.tuan.post(f"{BASE}/tim/bo/{only.pk}/")

    assert (kept, "Lần tìm đã lưu" in text_of(office.tuan, f"{BASE}/tim/")) == (True, False)
