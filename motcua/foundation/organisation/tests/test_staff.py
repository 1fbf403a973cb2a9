"""Units, posts and officers from a spreadsheet: all or nothing, rehearsed, never trusted."""

from contextlib import suppress
from datetime import datetime
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from motcua.foundation.audit import api as audit
from motcua.foundation.organisation import api as organisation
from motcua.foundation.organisation.choices import Level, PostRole
from motcua.foundation.organisation.errors import BrokenSpreadsheet
from motcua.foundation.organisation.models import Officer, Post, PostHolding, Unit
from motcua.foundation.organisation.operations.staff import ImportReport
from motcua.foundation.organisation.rules import spreadsheet
from motcua.foundation.organisation.rules.spreadsheet import MOST_BYTES, Row, read_sheets
from motcua.lib.errors import NotAllowed

from .actors import AT, BINH, HOA, REFORM_DAY, editor_of
from .make import make_agency, root_of
from .sheets import OFFICER, POST, UNIT, UNIT_TITLES, make_book, make_sheets, merged

GOOD = make_book()
PARTS = ZipFile(BytesIO(GOOD)).namelist()
MERELY_TEXT = b"M\xc3\xa3 \xc4\x91\xc6\xa1n v\xe1\xbb\x8b,T\xc3\xaan"


def import_book(content: bytes, *, dry_run: bool = False) -> ImportReport:
    return organisation.import_staff(content, dry_run=dry_run, by=HOA, at=AT)


def counts_of(report: ImportReport) -> tuple[int, int, int, int, int]:
    return (
        report.units_added,
        report.posts_added,
        report.officers_added,
        report.posts_filled,
        report.unchanged,
    )


@pytest.mark.django_db
def test_a_spreadsheet_sets_up_a_unit_with_its_people() -> None:
    make_agency()

    report = import_book(make_book())

    unit = Unit.objects.get(code="H18.101.KT")
    seats = organisation.seats_of_units([unit.pk], REFORM_DAY)
    assert (counts_of(report), report.errors) == ((1, 1, 1, 1, 0), [])
    assert [(seat.title, seat.role, seat.officer_name) for seat in seats] == [
        ("Trưởng phòng", PostRole.UNIT_HEAD, "Trần Văn Bình")
    ]
    imported = [entry.action for entry in audit.trail_of("organisation")]
    assert imported == ["organisation.staff_imported"]


@pytest.mark.django_db
def test_a_rehearsal_counts_and_writes_nothing() -> None:
    make_agency()

    report = import_book(make_book(), dry_run=True)

    assert (counts_of(report), report.is_written) == ((1, 1, 1, 1, 0), False)
    assert (Unit.objects.count(), Post.objects.count(), Officer.objects.count()) == (1, 0, 0)
    assert list(audit.trail_of("unit:H18.101.KT")) == []


@pytest.mark.django_db
def test_the_same_spreadsheet_again_changes_nothing() -> None:
    make_agency()
    import_book(make_book())

    report = import_book(make_book())

    assert counts_of(report) == (0, 0, 0, 0, 4)
    assert PostHolding.objects.count() == 1


@pytest.mark.django_db
def test_one_officer_may_hold_two_posts_on_two_rows() -> None:
    make_agency()
    second = ("H18.101.KT-02", *POST[1:])

    report = import_book(
        make_book(posts=[POST, second], officers=[OFFICER, (*OFFICER[:5], "H18.101.KT-02", "")])
    )

    assert (report.officers_added, report.posts_filled) == (1, 2)


@pytest.mark.django_db
def test_an_officer_may_come_without_a_post() -> None:
    report = import_book(make_book(units=[], posts=[], officers=[(*OFFICER[:5], "", "")]))

    assert counts_of(report) == (0, 0, 1, 0, 0)


@pytest.mark.django_db
def test_cells_may_be_real_dates_numbers_and_stored_words() -> None:
    make_agency()
    day = datetime(2025, 7, 1)  # noqa: DTZ001 -- a spreadsheet knows no time zone
    unit = (*UNIT[:3], "division", "H18.101", day)

    report = import_book(
        make_book([unit], [], [(12.0, "Trần Văn Bình", 912000001, "", day, "", "")])
    )

    officer = Officer.objects.get()
    assert report.errors == []
    assert (officer.code, officer.phone, officer.joined_on) == ("12", "912000001", REFORM_DAY)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("unit", "message"),
    [
        (
            ("", *UNIT[1:]),
            "Chưa có chữ ở ô A3 (Mã đơn vị). Ô có công thức thì dán lại thành giá trị",
        ),
        ((*UNIT[:3], "Xưởng", *UNIT[4:]), "“Xưởng” ở ô D3 (Loại) phải là một trong: "),
        ((*UNIT[:4], "H18.999", UNIT[5]), "Không có cơ quan nào mang mã “H18.999”."),
        (
            (*UNIT[:5], "31/02/2025"),
            "“31/02/2025” ở ô F3 (Từ ngày) không phải một ngày, ví dụ 01/7/2025.",
        ),
        ((*UNIT[:5], ""), "Chưa có ngày ở ô F3 (Từ ngày)."),
        (("phòng", *UNIT[1:]), "Mã đơn vị “phòng” chỉ được dùng"),
        (
            ("H18.101.LD", *UNIT[1:]),
            "Mã này đã có với nội dung khác; hãy sửa trên màn hình, kèm ngày hiệu lực.",
        ),
    ],
)
def test_a_row_that_cannot_be_used_says_why_and_nothing_is_written(
    unit: tuple[object, ...], message: str
) -> None:
    make_agency()
    good = ("H18.101.VP", "Văn phòng", "", "Văn phòng", "H18.101", "01/07/2025")

    report = import_book(make_book([good, unit], [], []))

    assert [(error.sheet, error.row) for error in report.errors] == [("Đơn vị", 3)]
    assert report.errors[0].message.startswith(message)
    assert Unit.objects.count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("posts", "officers", "message"),
    [
        ([(POST[0], "H18.X", *POST[2:])], [], "Không có đơn vị nào mang mã “H18.X”."),
        ([(*POST[:3], "vua", POST[4])], [], "“vua” ở ô D2 (Vai trò) phải là một trong: "),
        ([], [OFFICER], "Không có vị trí nào mang mã “H18.101.KT-01”."),
        ([POST], [OFFICER, ("CB2", *OFFICER[1:])], "Trần Văn Bình đang giữ vị trí này"),
        ([POST], [OFFICER, (OFFICER[0], "Lò Thị Hoa", *OFFICER[2:])], "Mã này đã có"),
        (
            [],
            [(*OFFICER[:4], "hôm qua", "", "")],
            "“hôm qua” ở ô E2 (Vào làm ngày) không phải một ngày",
        ),
    ],
)
def test_a_post_or_officer_that_cannot_be_used_says_why(
    posts: list[tuple[object, ...]], officers: list[tuple[object, ...]], message: str
) -> None:
    make_agency()

    report = import_book(make_book(posts=posts, officers=officers))

    assert [error.message[: len(message)] for error in report.errors] == [message]
    assert not Officer.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("code", ["CB 01", "CB/01", "CB01 ", "cán-bộ", "-01", "CB?1"])
def test_a_code_that_would_break_an_address_is_an_error_of_its_row(code: str) -> None:
    make_agency()

    report = import_book(make_book(officers=[(code, *OFFICER[1:5], "", "")]))

    told = [error.message.partition(" chỉ ")[0] for error in report.errors]
    assert told == ([f"Mã cán bộ “{code}”"] if code.strip() == code else [])


@pytest.mark.django_db
def test_a_formula_nobody_has_computed_is_told_by_its_cell() -> None:
    make_agency()

    report = import_book(make_book([(UNIT[0], "=A2&B2", *UNIT[2:])], [], []))

    (error,) = report.errors
    assert error.message == (
        "Chưa có chữ ở ô B2 (Tên đơn vị)."
        " Ô có công thức thì dán lại thành giá trị; ô gộp thì tách ra."
    )


@pytest.mark.django_db
def test_a_merged_cell_is_told_by_its_place() -> None:
    make_agency()
    second = ("H18.101.VP", None, *UNIT[2:])

    report = import_book(merged(make_book([UNIT, second], [], []), "B2:B3"))

    assert [error.message.partition(".")[0] for error in report.errors] == [
        "Chưa có chữ ở ô B3 (Tên đơn vị)"
    ]


@pytest.mark.django_db
def test_a_row_above_ones_reach_is_an_error_of_that_row() -> None:
    own, other = make_agency(), make_agency("H18.102", "UBND xã Nà Tấu")
    dung = editor_of(root_of(other).pk)

    report = organisation.import_staff(make_book(), dry_run=False, by=dung, at=AT)

    assert [error.row for error in report.errors] == [2, 2, 2]
    assert not Unit.objects.filter(agency=own, code="H18.101.KT").exists()


@pytest.mark.django_db
def test_who_may_not_edit_may_not_even_rehearse() -> None:
    with pytest.raises(NotAllowed):
        organisation.import_staff(make_book(), dry_run=True, by=BINH, at=AT)


@pytest.mark.django_db
def test_the_legacy_level_of_an_agency_stays_untouched() -> None:
    agency = make_agency()

    import_book(make_book())

    agency.refresh_from_db()
    assert agency.level == Level.COMMUNE


def test_blank_rows_are_left_out_and_rows_keep_their_numbers() -> None:
    rows = read_sheets(make_book(units=[(None,) * 6, UNIT]))["Đơn vị"]

    assert [row.number for row in rows] == [3]


def test_sheet_and_column_titles_are_found_without_tones_and_in_any_case() -> None:
    titles = [title.upper() for title in UNIT_TITLES]

    rows = read_sheets(make_sheets({"don vi": [titles, UNIT]}))["Đơn vị"]

    assert rows[0].text("Tên đơn vị") == "Phòng Kinh tế"


def test_a_whole_number_is_told_without_its_decimal_nought() -> None:
    row = Row("Cán bộ", 2, {"ma can bo": 12.0, "dien thoai": 0.5})

    assert (row.text("Mã cán bộ"), row.text("Điện thoại")) == ("12", "0.5")


def test_too_many_rows_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spreadsheet, "MOST_ROWS", 2)

    with pytest.raises(BrokenSpreadsheet, match="quá 2 dòng"):
        read_sheets(make_book(units=[UNIT, UNIT]))


def test_a_missing_column_is_named() -> None:
    with pytest.raises(BrokenSpreadsheet, match="thiếu cột “Mã cơ quan”, “Từ ngày”"):
        read_sheets(make_sheets({"Đơn vị": [UNIT_TITLES[:4]]}))


def test_a_book_without_our_sheets_is_refused() -> None:
    with pytest.raises(BrokenSpreadsheet, match="“Đơn vị”, “Vị trí”, “Cán bộ”"):
        read_sheets(make_sheets({"Lương": [("Tên", "Số tiền")]}))


@pytest.mark.parametrize(
    "content",
    [b"", MERELY_TEXT, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), b"PK\x03\x04" + bytes(99)],
    ids=["empty", "csv", "old or encrypted", "cut off"],
)
def test_a_file_that_is_no_spreadsheet_is_refused(content: bytes) -> None:
    with pytest.raises(BrokenSpreadsheet, match="không phải bảng tính"):
        read_sheets(content)


def test_a_file_too_big_is_refused_unread() -> None:
    with pytest.raises(BrokenSpreadsheet, match="5 MB"):
        read_sheets(bytes(MOST_BYTES + 1))


def packed(**parts: bytes) -> bytes:
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return out.getvalue()


def test_a_zip_bomb_is_refused_before_it_is_unpacked() -> None:
    with pytest.raises(BrokenSpreadsheet, match="quá lớn"):
        read_sheets(packed(**{"xl/worksheets/sheet1.xml": bytes(61_000_000)}))


def test_a_zip_of_very_many_parts_is_refused() -> None:
    with pytest.raises(BrokenSpreadsheet, match="quá lớn"):
        read_sheets(packed(**{f"p{number}": b"" for number in range(501)}))


def test_macros_are_refused() -> None:
    with pytest.raises(BrokenSpreadsheet, match="macro"):
        read_sheets(packed(**{"xl/vbaProject.bin": b"x"}))


def test_a_zip_that_holds_no_workbook_is_refused() -> None:
    with pytest.raises(BrokenSpreadsheet, match="bị hỏng"):
        read_sheets(packed(**{"thư.txt": b"x"}))


def rewritten(part: str, content: bytes) -> bytes:
    """Return a good book with one part replaced."""
    out = BytesIO()
    with ZipFile(BytesIO(GOOD)) as old, ZipFile(out, "w") as new:
        for name in old.namelist():
            new.writestr(name, content if name == part else old.read(name))
    return out.getvalue()


BILLION_LAUGHS = b"""<?xml version="1.0"?><!DOCTYPE w [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>
<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">&b;</workbook>"""
OUTSIDE = b"""<?xml version="1.0"?><!DOCTYPE w [<!ENTITY a SYSTEM "file:///etc/passwd">]>
<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">&a;</workbook>"""


@pytest.mark.parametrize(
    "content", [BILLION_LAUGHS, OUTSIDE, BILLION_LAUGHS.decode().encode("utf-16")]
)
@pytest.mark.parametrize("part", ["xl/workbook.xml", "xl/worksheets/sheet1.xml"])
def test_entities_are_refused(part: str, content: bytes) -> None:
    with pytest.raises(BrokenSpreadsheet, match="không được phép"):
        read_sheets(rewritten(part, content))


@pytest.mark.parametrize("part", ["xl/workbook.xml", "xl/worksheets/sheet1.xml"])
def test_broken_xml_is_refused(part: str) -> None:
    with pytest.raises(BrokenSpreadsheet, match="bị hỏng"):
        read_sheets(rewritten(part, b"<workbook"))


@pytest.mark.filterwarnings("ignore")
@settings(max_examples=100, deadline=None)
@given(st.data())
def test_a_damaged_book_is_read_or_refused_and_never_breaks(data: st.DataObject) -> None:
    good = bytearray(GOOD)
    for _ in range(data.draw(st.integers(1, 6))):
        good[data.draw(st.integers(0, len(good) - 1))] = data.draw(st.integers(0, 255))

    with suppress(BrokenSpreadsheet):
        read_sheets(bytes(good))


@pytest.mark.filterwarnings("ignore")
@settings(max_examples=100, deadline=None)
@given(st.sampled_from(PARTS), st.data())
def test_damaged_xml_is_read_or_refused_and_never_breaks(part: str, data: st.DataObject) -> None:
    with ZipFile(BytesIO(GOOD)) as package:
        xml = bytearray(package.read(part))
    for _ in range(data.draw(st.integers(1, 4))):
        xml[data.draw(st.integers(0, len(xml) - 1))] = data.draw(st.integers(0, 255))

    with suppress(BrokenSpreadsheet):
        read_sheets(rewritten(part, bytes(xml)))
