"""Tables of strangers are read in little memory, or refused with what to do."""

import io
import tracemalloc
import zipfile
from datetime import datetime

import openpyxl
import pytest

from motcua.casework.migration.errors import Unreadable
from motcua.casework.migration.rules.scripts import TCVN3, VNI, decode, guess
from motcua.casework.migration.rules.tables import Table
from motcua.casework.migration.rules.values import read_moment
from motcua.lib.clock import local
from motcua.lib.errors import BadInput

WORDS = "Nguyễn Thị Lò, xã Mường Phăng, đã trả kết quả; thủ tục ký giấy chứng nhận đất"
AS_TCVN3 = (
    b"Nguy\xd4n Th\xde L\xdf, x\xb7 M\xad\xeang Ph\xa8ng, \xae\xb7 tr\xb6 k\xd5t qu\xb6; "
    b"th\xf1 t\xf4c k\xfd gi\xcay ch\xf8ng nh\xcbn \xae\xcat"
)
AS_VNI = (
    "Nguyeãn Thò Loø, xaõ Möôøng Phaêng, ñaõ traû keát quaû; thuû tuïc kyù giaáy chöùng nhaän ñaát"
).encode("latin-1")


def rows(name: str, content: bytes, **reading: str) -> list[tuple[str, ...]]:
    with Table(name, io.BytesIO(content), **reading) as table:
        return [row.cells for row in table.rows()]


@pytest.mark.parametrize(
    "content",
    [
        WORDS.encode(),
        WORDS.encode("utf-8-sig"),
        WORDS.encode("utf-16"),
        WORDS.encode("utf-16-le"),
        AS_TCVN3,
        AS_VNI,
    ],
)
def test_the_encoding_of_a_file_is_recognised(content: bytes) -> None:
    assert decode(content, guess(content)).removeprefix("\ufeff") == WORDS
    assert rows("a.csv", content.replace(b";", b",")) != []


def test_bytes_that_are_no_vietnamese_are_asked_about() -> None:
    with pytest.raises(Unreadable, match="Không nhận ra bảng mã"):
        guess(bytes(range(128, 256)) * 4)
    assert (guess(AS_TCVN3), guess(AS_VNI)) == (TCVN3, VNI)


def make_book() -> bytes:
    book, out = openpyxl.Workbook(), io.BytesIO()
    sheet = book.active
    assert sheet is not None
    sheet.append(["DANH SÁCH"])
    sheet.merge_cells("A1:C1")
    sheet.append(["Mã hồ sơ", "Ngày nhận", "Tổng"])
    sheet.append(["A-1", datetime(2024, 1, 5, 8, 30), "=1+1"])  # noqa: DTZ001 -- cells know no zone
    sheet.append(["A-2", 95000123, True])
    book.save(out)
    return out.getvalue()


def test_a_workbook_gives_what_is_stored_and_names_what_is_odd() -> None:
    with Table("a.xlsx", io.BytesIO(make_book())) as table:
        read, notes = list(table.rows()), table.notes
    assert [row.cells for row in read[2:]] == [
        ("A-1", "2024-01-05T08:30:00", ""),
        ("A-2", "95000123", "có"),
    ]
    assert read[2].odd == ("ô C3 là công thức chưa có giá trị lưu sẵn",)
    assert (notes.formulas, notes.uncomputed_at, notes.merged_at) == (1, ["C3"], ["A1:C1"])


def with_part(name: str, change: tuple[bytes, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(make_book())) as book, zipfile.ZipFile(out, "w") as made:
        for one in book.namelist():
            content = book.read(one)
            made.writestr(one, content.replace(*change) if one == name else content)
    return out.getvalue()


def test_hostile_and_broken_workbooks_are_refused() -> None:
    sheet = "xl/worksheets/sheet1.xml"
    lol = b'<!DOCTYPE x [<!ENTITY a "aaaa">]><worksheet'
    for content in (
        with_part(sheet, (b"<worksheet", lol)),
        with_part(sheet, (b"</sheetData>", b"")),
        make_book()[:900],
        b"PK\x03\x04" + bytes(200),
    ):
        with pytest.raises(Unreadable):
            rows("a.xlsx", content)
    with pytest.raises(Unreadable, match="Không có trang"):
        rows("a.xlsx", make_book(), sheet="Khác")


def test_json_in_all_its_shapes_becomes_rows() -> None:
    wanted = [("ma", "chu.ten"), ("1", "Lò"), ("2", "")]
    lines = '{"ma":1,"chu":{"ten":"Lò"}}\n{"ma":2}\n'
    array = '[{"ma":1,"chu":{"ten":"Lò"}},{"ma":2}]'
    for content in (lines, array, f'{{"data":{array}}}', f'{{\n "data": {array}\n}}'):
        assert rows("a.json", content.encode()) == wanted
    assert rows("a.ndjson", b'{"a":1}\nxx\n')[-1] == ("",)
    with pytest.raises(Unreadable, match="hỏng sau hồ sơ thứ 1"):
        rows("a.json", b'[{"a":1},{"a":')
    with pytest.raises(Unreadable, match="Tệp rỗng"):
        rows("a.csv", b"")


def test_many_rows_need_little_memory() -> None:
    line = ('{"ma":"H18-%06d","chu":"Nguyễn Văn %d"}' + "\n").encode()
    content = io.BytesIO(b"".join(line % (n, n) for n in range(50_000)))
    tracemalloc.start()
    count = sum(1 for _ in Table("a.ndjson", content).rows())
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert count == 50_001
    assert peak < 12_000_000


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("05/01/2024 08:30", "2024-01-05 08:30"),
        ("5-1-2024", "2024-01-05 00:00"),
        ("08h30 ngày 05/01/2024", "2024-01-05 08:30"),
        ("2024-01-05T01:30:00Z", "2024-01-05 08:30"),
        ("2024-01-05 08:30:00.000", "2024-01-05 08:30"),
        ("20240105083000", "2024-01-05 08:30"),
        ("1704418200000", "2024-01-05 08:30"),
        ("/Date(1704418200000)/", "2024-01-05 08:30"),
        ("202401050830", "2024-01-05 08:30"),
        ("2024-01-05 01:30:00+00:00", "2024-01-05 08:30"),
        ("2024-01-05 01:30:00.5Z", "2024-01-05 08:30"),
        ("2024-01-05 01:30:00+00", "2024-01-05 08:30"),
        ("08:30 05-01-2024", "2024-01-05 08:30"),
        ("05/01/2024 2:15:00 CH", "2024-01-05 14:15"),
    ],
)
def test_moments_are_read_in_the_shapes_old_systems_write(written: str, read: str) -> None:
    found = read_moment(written, "Nộp lúc")
    assert found is not None
    assert f"{local(found.at):%Y-%m-%d %H:%M}" == read


@pytest.mark.parametrize("written", ["31/02/2024", "hôm qua", "05/01/24", "45296", "05/01/0024"])
def test_what_is_no_moment_is_refused(written: str) -> None:
    with pytest.raises(BadInput, match="không phải ngày giờ"):
        read_moment(written, "Nộp lúc")
