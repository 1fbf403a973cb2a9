"""Row 26: thirty dossiers from one spreadsheet, thirty codes, one note for what is to be paid."""

from collections.abc import Sequence
from datetime import timedelta
from io import BytesIO

import openpyxl

from motcua.casework.dossiers import api as dossiers
from motcua.casework.payments import api as payments
from motcua.foundation.organisation.api import PostRole
from motcua.lib.clock import now

from .acts import (
    KHANH,
    LAN,
    Request,
    act,
    draft_until_check,
    file_online,
    finish,
    hand_out,
    take,
)
from .hall import Hall, dossier, due, open_steps, whole
from .visitor import Visitor

BADGES, COPIES = "2.002288", "2.000635"
COMPANY = {"organisation": "Công ty TNHH Vận tải Khánh Điện Biên (mẫu)", "tax_code": "5699000014"}
FIRM = Request(BADGES, "cap-moi", authority="staff", people=COMPANY)


def filled(blank: bytes, heading: str, values: Sequence[str | int]) -> bytes:
    """Return the template filled in below its first row: only what differs from the pattern."""
    book = openpyxl.load_workbook(BytesIO(blank))
    sheet = book.worksheets[0]
    column = [cell.value for cell in sheet[1]].index(heading) + 1
    sheet.delete_rows(2)
    for number, value in enumerate(values, start=2):
        sheet.cell(number, column, value)
    target = BytesIO()
    book.save(target)
    return target.getvalue()


def to_sheet(who: Visitor, request: Request) -> Visitor:
    """Let somebody write the pattern and come to the page of the spreadsheet."""
    return draft_until_check(who, request).follow("nộp tất cả từ bảng tính")


def preview(who: Visitor, content: bytes, name: str = "xe.xlsx", *, refused: bool = False) -> None:
    who.press("Xem trước", {"bang": (name, content)}, refused=refused)


def file_all(who: Visitor, words: str) -> list[str]:
    """Let somebody file what is previewed; return the codes."""
    who.press(words, {"declared": True})
    return [one.split("/")[-2] for one in who.links("H18.")]


def test_thirty_dossiers_are_filed_in_one_act_and_not_twice(hall: Hall) -> None:
    khanh = to_sheet(hall(KHANH), FIRM)
    plates = [f"27B-{number:05}" for number in range(30)]
    preview(khanh, filled(khanh.fetch(khanh.links("Tải bảng mẫu")[0]), "Biển số", plates))
    khanh.reads("30 hồ sơ sẽ được nộp", "27B-00029")
    token = khanh.path

    codes = file_all(khanh, "Nộp 30 hồ sơ")

    assert len(set(codes)) == 30
    khanh.reads("Đã nộp 30 hồ sơ", "Không có khoản phí")
    assert [whole(one).answers["xe"][0]["bien_so"] for one in codes] == plates  # type: ignore[index]  # -- rows of the form
    assert {dossier(one).applicant_name for one in codes} == {COMPANY["organisation"]}
    assert khanh.fetch(khanh.links("Tải danh sách")[0]).startswith(b"PK")
    hall(KHANH).go(token)
    assert dossiers.Dossier.objects.filter(procedure__code=BADGES).count() == 30


def test_every_wrong_row_is_named_with_its_column(hall: Hall) -> None:
    khanh = to_sheet(hall(KHANH), FIRM)
    blank = khanh.fetch(khanh.links("Tải bảng mẫu")[0])
    years: list[str | int] = [2019, "năm ngoái", 1900, 2019]

    preview(khanh, filled(blank, "Năm sản xuất", years), refused=True)

    khanh.reads("Dòng 3, cột “Năm sản xuất”", "Dòng 4, cột “Năm sản xuất”", "Giống hệt dòng 2")
    assert not khanh.has_button("Nộp 2 hồ sơ")
    assert not dossiers.Dossier.objects.exists()


def test_what_is_no_honest_spreadsheet_is_refused_in_words(hall: Hall) -> None:
    khanh = to_sheet(hall(KHANH), FIRM)
    blank = khanh.fetch(khanh.links("Tải bảng mẫu")[0])

    preview(khanh, filled(blank, "Biển số", ["=A1"]), refused=True)
    khanh.reads("là công thức")
    preview(khanh, ("Biển số\n" + "27B-1\n" * 200_000).encode(), "xe.csv", refused=True)
    khanh.reads("quá 100 dòng")
    preview(khanh, "Biển số\n27B-1\n".encode("utf-16-be"), "xe.csv", refused=True)
    khanh.reads("Unicode")
    preview(khanh, "Màu xe;Biển số\nđỏ;27B-1\n".encode(), "xe.csv", refused=True)
    khanh.reads("Cột không có trong mẫu: “Màu xe”")


def test_all_fees_stand_in_one_order(hall: Hall) -> None:
    lan = to_sheet(hall(LAN), Request(COPIES, answers={"so_ban": 2, "dien_mien": False}))
    blank = lan.fetch(lan.links("Tải bảng mẫu")[0])
    heading = "Họ, chữ đệm, tên người được cấp bản sao"
    names = [f"Lò Văn {name}" for name in ("An", "Bình", "Chung")]
    preview(lan, filled(blank, heading, names))

    codes = file_all(lan, "Nộp 3 hồ sơ")

    orders = {payments.waiting_order(dossiers.subject_of(one)) for one in codes}
    assert [one.amount_vnd for one in orders if one] == [3 * 2 * 8000]
    lan.follow("Xem, nộp tiền một lần").reads("48.000")


def test_badges_spend_blanks_once_and_go_by_post(hall: Hall) -> None:
    khanh = to_sheet(hall(KHANH), FIRM)
    plates = ["27B-00001", "27B-00002"]
    preview(khanh, filled(khanh.fetch(khanh.links("Tải bảng mẫu")[0]), "Biển số", plates))
    first, second = file_all(khanh, "Nộp 2 hồ sơ")
    desk = hall.officer("H18.01", PostRole.DESK_OFFICER)
    for code in (first, second):
        desk.go(f"/mot-cua/ho-so/{code}/").press("Tiếp nhận")
        step = open_steps(code)[0]
        officer = hall.doer(step)
        officer.go(f"/xu-ly/ho-so/{code}/viec/hoan-thanh/?buoc={step.seq}")
        finish(officer, code, step, {"serial": "PH 000777"})

    step = open_steps(first)[0]
    act(hall.doer(step), first, "ky", step=step)
    step = open_steps(second)[0]
    act(hall.doer(step), second, "ky", step=step, refused=True).reads("PH 000777 đã dùng")

    hand_out(
        hall.officer("H18.01", PostRole.DESK_OFFICER), first, {"checked": "post", "note": "EB1"}
    )
    assert dossier(first).return_way == "post"
    ends = whole(first).outcomes[0].valid_until
    assert ends is not None
    hall.set(f"{ends - timedelta(days=29):%d/%m/%Y} 09:00")
    assert dossiers.remind(at=now()) == 1
    hall(KHANH).go("/ho-so/soan-san/").reads("Phù hiệu", f"Có giá trị đến {ends:%d/%m/%Y}")


def test_what_is_missing_is_asked_for_within_a_working_day(hall: Hall) -> None:
    code = file_online(hall(KHANH), FIRM)
    desk = hall.officer("H18.01", PostRole.DESK_OFFICER)
    desk.go(f"/mot-cua/ho-so/{code}/").press("Tiếp nhận")
    assert due(code) == "13/03 17:00"
    step = open_steps(code)[0]
    officer = hall.doer(step)
    take(officer, code, step)

    hall.set("13/03/2026 08:00")
    missing = {"what_1": "Bản chụp đăng ký xe", "reason_1": "Mờ"}
    act(hall.doer(step), code, "yeu-cau-bo-sung", missing, refused=True)

    assert list(whole(code).supplements) == []
