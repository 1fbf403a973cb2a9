import gzip
import zipfile
from io import BytesIO

import pytest

from motcua.casework.procedures.errors import SourceBroken
from motcua.casework.procedures.rules import sources, spreadsheet
from motcua.casework.procedures.rules.published import SourceForm

from .sources import answer_row, as_answer, as_lines, read_all, read_one, text_row, workbook

ROW = ["1.900001", "Cấp giấy phép nuôi chim", "Bộ Chim", "Sở Chim\nUBND cấp xã", "Chăn nuôi"]


def with_part(content: bytes, name: str, body: bytes) -> bytes:
    """Add one part to a workbook."""
    changed = BytesIO(content)
    with zipfile.ZipFile(changed, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, body)
    return changed.getvalue()


@pytest.mark.parametrize(
    ("content", "form"),
    [
        (as_lines(text_row()), SourceForm.TEXT),
        (gzip.compress(as_lines(text_row())), SourceForm.TEXT),
        (b"\xef\xbb\xbf" + as_lines(text_row()), SourceForm.TEXT),
        (as_answer(answer_row()), SourceForm.ANSWER),
        (workbook(ROW), SourceForm.LIST),
    ],
    ids=["lines", "gzip", "byte order mark", "answer", "workbook"],
)
def test_a_source_is_known_by_its_content(content: bytes, form: SourceForm) -> None:
    assert read_one(content).source.form == form


def test_a_list_gives_names_agencies_and_sector() -> None:
    procedure = read_one(workbook(ROW))

    assert (procedure.name, procedure.authority) == ("Cấp giấy phép nuôi chim", "Bộ Chim")
    assert procedure.executing == ("Sở Chim", "UBND cấp xã")
    assert (procedure.sector, procedure.channels, procedure.cases) == ("Chăn nuôi", (), ())


def test_a_bad_row_of_a_list_is_refused_alone() -> None:
    read, refused = read_all(workbook(["12", "Sai mã"], ["1.900002", ""], ["", ""], ROW))

    assert [procedure.code for procedure in read] == ["1.900001"]
    assert [row.position for row in refused] == [3, 4]


def test_a_bad_line_is_refused_alone() -> None:
    content = as_lines(text_row(), text_row(ten_thu_tuc=""), text_row(linh_vuc=["a"]))

    read, refused = read_all(content + b"\n{cut")

    assert len(read) == 1
    assert [(row.position, row.reason) for row in refused] == [
        (2, "Thiếu tên thủ tục."),
        (3, "Trường “linh_vuc” không phải là chữ."),
        (4, "Dòng không phải một đối tượng JSON, hoặc quá dài."),
    ]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "rỗng"),
        (b"\xff\xfe\x00", "không phải văn bản UTF-8"),
        (b"{cut", "Không đọc được JSON"),
        (b"[" * 100_000, "Không đọc được JSON"),
        (b'{"result": []}', "LayThuTuc"),
        (b"\x1f\x8b rubbish", "gz hỏng"),
        (gzip.compress(b"x" * 9999)[:-9], "bị cắt"),
        (b"\xd0\xcf\x11\xe0", "đời cũ"),
        (b"PK\x03\x04 rubbish", "hỏng"),
        (workbook(), ""),
    ],
    ids=["empty", "binary", "cut", "deep", "other", "gzip", "cut gzip", "old", "zip", "no rows"],
)
def test_what_cannot_be_read_says_why(content: bytes, message: str) -> None:
    if not message:
        assert read_all(content) == ([], [])
        return
    with pytest.raises(SourceBroken, match=message):
        read_all(content)


def test_a_workbook_without_the_heading_is_refused() -> None:
    with pytest.raises(SourceBroken, match="Không thấy dòng tiêu đề"):
        read_all(workbook(ROW, heading=["Số thứ tự", "Tên"]))


@pytest.mark.parametrize(
    ("name", "body", "message"),
    [
        ("xl/media/bomb.bin", b"\0" * 2**23, "bom nén"),
        ("xl/externalLinks/externalLink1.xml", b"<x/>", "liên kết tới tệp khác"),
        (
            "xl/_rels/more.xml.rels",
            b'<Relationship Type="a/attachedTemplate" Target="http://x" TargetMode="External"/>',
            "địa chỉ bên ngoài",
        ),
        ("xl/evil.xml", b'<!DOCTYPE x [<!ENTITY a "b">]><x/>', "thực thể XML"),
    ],
    ids=["bomb", "link", "remote", "entity"],
)
def test_a_hostile_workbook_is_refused(name: str, body: bytes, message: str) -> None:
    with pytest.raises(SourceBroken, match=message):
        read_all(with_part(workbook(ROW), name, body))


def test_a_workbook_without_its_contents_is_refused() -> None:
    empty = BytesIO()
    with zipfile.ZipFile(empty, "w") as archive:
        archive.writestr("chim.txt", "bồ câu")

    with pytest.raises(SourceBroken, match="hỏng"):
        read_all(empty.getvalue())


def test_a_workbook_with_broken_sheets_is_refused() -> None:
    with zipfile.ZipFile(BytesIO(workbook(ROW))) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    broken = BytesIO()
    with zipfile.ZipFile(broken, "w") as archive:
        for name, body in parts.items():
            archive.writestr(name, body[:200] if "sheet1" in name else body)

    with pytest.raises(SourceBroken, match="hỏng"):
        read_all(broken.getvalue())


def test_a_long_sheet_without_a_heading_is_given_up_early() -> None:
    filler = [["x", "y"]] * 30

    with pytest.raises(SourceBroken, match="Không thấy dòng tiêu đề"):
        read_all(workbook(*filler, heading=["Số", "Chữ"]))


def test_a_plain_web_address_in_a_cell_does_no_harm() -> None:
    link = b'<Relationship Type="a/hyperlink" Target="http://x" TargetMode="External"/>'

    assert read_one(with_part(workbook(ROW), "xl/_rels/more.xml.rels", link)).code == "1.900001"


def test_sizes_have_their_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spreadsheet, "LONGEST_CELL", 20)
    monkeypatch.setattr(sources, "LARGEST_TEXT", 100)
    monkeypatch.setattr(sources, "LONGEST_LINE", 10)

    with pytest.raises(SourceBroken, match="Ô ở dòng 3 dài quá"):
        read_all(workbook(["1.900001", "Một cái tên dài hơn hai mươi chữ"]))
    with pytest.raises(SourceBroken, match="giải nén quá"):
        read_all(gzip.compress(b"x" * 101))
    assert [row.position for row in read_all(as_lines(text_row()))[1]] == [1]


@pytest.mark.parametrize("limit", ["MOST_ROWS", "MOST_COLUMNS"])
def test_a_sheet_has_its_limits(monkeypatch: pytest.MonkeyPatch, limit: str) -> None:
    monkeypatch.setattr(spreadsheet, limit, 2)

    with pytest.raises(SourceBroken, match=r"Bảng tính (kéo dài|có) quá"):
        read_all(workbook(ROW))


@pytest.mark.parametrize(
    ("limit", "message"), [("LARGEST_FILE", "quá lớn"), ("LARGEST_UNPACKED", "giải nén quá lớn")]
)
def test_an_archive_has_its_limits(
    monkeypatch: pytest.MonkeyPatch, limit: str, message: str
) -> None:
    monkeypatch.setattr(spreadsheet, limit, 10)

    with pytest.raises(SourceBroken, match=message):
        read_all(workbook(ROW))
