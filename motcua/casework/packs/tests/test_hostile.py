"""Packs of strangers: each fault refused in Vietnamese by file and line, nothing half-imported."""

import stat
import zipfile
from io import BytesIO
from pathlib import Path
from time import process_time

import pytest

from motcua.casework.packs.errors import BadPack
from motcua.casework.packs.models import ReceivedPack
from motcua.casework.packs.operations.receiving import receive_packs
from motcua.casework.packs.rules.archives import read_folder, read_zip, write_zip
from motcua.casework.packs.rules.contents import read_packs
from motcua.casework.packs.rules.manifest import sealed
from motcua.casework.packs.rules.names import MANIFEST
from motcua.casework.procedures.tests.make import EDITOR, NOW

from .make import CODE, changed, plain_pack, with_file, zipped

PACK = plain_pack()


def refused(files: dict[str, bytes]) -> str:
    with pytest.raises(BadPack) as caught:
        read_packs(read_zip(write_zip({CODE: files})))
    return str(caught.value)


def test_a_good_pack_is_read() -> None:
    (pack,) = read_packs(read_zip(write_zip({CODE: PACK})))

    assert (pack.code, pack.definition.plain_name) == (CODE, "Xin giấy xác nhận độc thân")


@pytest.mark.parametrize(
    ("name", "complaint"),
    [
        ("../x.yaml", "đường dẫn ra ngoài thư mục"),
        (f"{CODE}/../../x.yaml", "đường dẫn ra ngoài thư mục"),
        ("/etc/passwd", "đường dẫn tuyệt đối"),
        ("C:\\x.yaml", "đường dẫn tuyệt đối"),
        (f"{CODE}/a\\b.yaml", "đường dẫn tuyệt đối"),
        (f"{CODE}/a\x07.yaml", "không nhìn thấy"),
        (f"{CODE}/a/b/c/d.yaml", "quá sâu"),
        (f"{CODE}/run.sh", "không có tệp tên như vậy"),
        (f"{CODE}/fees/../form.yaml", "đường dẫn ra ngoài thư mục"),
        (f"{CODE}/FORM.yaml", "trùng tên"),
        ("readme.txt", "không có tệp tên như vậy"),
    ],
)
def test_a_path_that_is_none_of_a_packs_is_refused_by_name(name: str, complaint: str) -> None:
    entries = {f"{CODE}/{file}": content for file, content in PACK.items()} | {name: b"x"}

    with pytest.raises(BadPack, match=complaint):
        read_zip(zipped(entries))


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_name_that_stands_twice_is_refused() -> None:
    target = BytesIO(write_zip({CODE: PACK}))
    with zipfile.ZipFile(target, "a") as archive:
        archive.writestr(f"{CODE}/form.yaml", b"form: {}")

    with pytest.raises(BadPack, match=r"form.yaml: trùng tên"):
        read_zip(target.getvalue())


def test_links_in_archives_and_folders_are_refused(tmp_path: Path) -> None:
    target = BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        entry = zipfile.ZipInfo(f"{CODE}/form.yaml")
        entry.create_system, entry.external_attr = 3, (stat.S_IFLNK | 0o777) << 16
        archive.writestr(entry, "/etc/passwd")
    (tmp_path / "form.yaml").symlink_to("/etc/passwd")

    with pytest.raises(BadPack, match="liên kết hoặc tệp đặc biệt"):
        read_zip(target.getvalue())
    with pytest.raises(BadPack, match="liên kết hoặc tệp đặc biệt"):
        read_folder(tmp_path)


def test_a_folder_that_links_elsewhere_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "goi").mkdir()
    (tmp_path / "goi" / "fees").symlink_to("/etc", target_is_directory=True)

    with pytest.raises(BadPack, match="goi/fees: là liên kết"):
        read_folder(tmp_path)


@pytest.mark.parametrize(
    ("entries", "complaint"),
    [
        ({f"{CODE}/form.yaml": b" " * 600_000, f"{CODE}/{MANIFEST}": b""}, "form.yaml: lớn hơn"),
        ({f"{n}/form.yaml": b" " * 5_000_000 for n in range(7)}, "mở ra lớn hơn 30 MB"),
        ({f"{CODE}/fees/t-{n}.dmn": b"" for n in range(25_000)}, "quá 24000 tệp"),
        ({f"{CODE}/fees/t-{n}.dmn": b"" for n in range(401)} | {f"{CODE}/{MANIFEST}": b""}, "400"),
        ({f"{n}/{MANIFEST}": b"" for n in range(61)}, "quá 60 gói"),
        ({"a.txt": b""}, "không phải gói thủ tục"),
        ({}, "không phải gói thủ tục"),
    ],
)
def test_too_much_is_refused(entries: dict[str, bytes], complaint: str) -> None:
    with pytest.raises(BadPack, match=complaint):
        read_zip(zipped(entries))


@pytest.mark.parametrize(
    "content",
    [b"", b"PK\x03\x04", b"x" * 100, zipped({"a": b"b"})[:-10]],
    ids=["empty", "a start", "something else", "cut short"],
)
def test_what_is_no_archive_is_refused(content: bytes) -> None:
    with pytest.raises(BadPack, match="không mở được"):
        read_zip(content)


def test_an_archive_that_lies_about_sizes_is_refused() -> None:
    whole = bytearray(write_zip({CODE: PACK}))
    at = whole.index(b"PK\x01\x02") + 24  # the size in the list at the end
    whole[at : at + 4] = (3).to_bytes(4, "little")

    with pytest.raises(BadPack):
        read_packs(read_zip(bytes(whole)))


@pytest.mark.parametrize(
    ("file", "content", "complaint"),
    [
        ("form.yaml", b"form:\n  a: &x 1\n  b: *x\n", "form.yaml, dòng 2: dấu & hoặc"),
        ("form.yaml", b"form:\n  a: !!python/object:os.system x\n", "form.yaml, dòng 2: nhãn"),
        ("form.yaml", b"form:\n  a: !x y\n", "dòng 2: nhãn"),
        ("form.yaml", b"form: 0x" + b"f" * 5000, "số quá lớn"),
        ("form.yaml", b"form: 1" + b":1" * 100_000, "Dòng 1 có số viết lạ"),
        ("form.yaml", b'form: "a\\0b"\n', "không phải là chữ"),
        ("form.yaml", b"form: 1\nform: 2\n", "form.yaml, dòng 2: mục “form” ghi hai lần"),
        ("form.yaml", b"form: " + b"[" * 5000, "dòng 1: lồng quá"),
        ("form.yaml", b"form:\n  a: [\n", "form.yaml, dòng .*: sai cú pháp"),
        ("form.yaml", b"---\nform: 1\n---\nform: 2\n", "dấu ---"),
        ("form.yaml", b"- 1\n", "phải là một bảng"),
        ("form.yaml", "form: \xe0\n".encode("latin-1"), "form.yaml, dòng 1: chữ không theo mã"),
        ("form.yaml", "form: a\n".encode("utf-16"), "UTF-8"),
        ("form.yaml", b"\xef\xbb\xbfform: {}\n", "BOM"),
        ("form.yaml", b"form: {}\r\n", "kiểu Windows"),
        ("form.yaml", b"process: []\n", "chỉ có một mục “form”"),
        ("process.yaml", b"process: 3\n", "process.yaml: Quy trình phải là danh sách"),
        ("form.yaml", b"form: 3\n", "form.yaml"),
        ("procedure.yaml", b"form: 3\n", "phải nằm trong tệp form.yaml"),
        ("fees/bang.dmn", b"<x/>", "fees/bang.yaml: thiếu tệp"),
        ("templates/khac.docx", b"x", "templates/khac.docx: thủ tục không có kết quả"),
        ("procedure.yaml", b'code: "1.004873"\nname: 3\n', "procedure.yaml"),
    ],
)
def test_texts_that_cannot_be_used_are_named_by_file_and_line(
    file: str, content: bytes, complaint: str
) -> None:
    with pytest.raises(BadPack, match=complaint):
        read_packs({CODE: with_file(PACK, file, content)})


def test_a_bomb_of_anchors_costs_nothing() -> None:
    bomb = "".join(f"  a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 30))
    told = refused(with_file(PACK, "form.yaml", f"form:\n  a0: &a0 x\n{bomb}".encode()))

    assert "form.yaml, dòng 2: dấu & hoặc * của YAML" in told


@pytest.mark.parametrize(
    ("file", "old", "new", "complaint"),
    [
        (
            "form.yaml",
            "kind: yes_no, required: false}",
            "kind: yes_no, show_when: cap_lai = true}",
            r"form.yaml, dòng \d+: Biểu mẫu tự hỏi vòng tròn: cap_lai",
        ),
        ("process.yaml", "kind: decision", "kind: task", "process.yaml: Quy trình phải có ít nhất"),
        (
            "process.yaml",
            "return_to: tham-dinh",
            "return_to: ky",
            r"process.yaml, dòng \d+: bước “",
        ),
        ("procedure.yaml", "1.004873", "1.004874", "mã thủ tục là “1.004874”"),
        ("procedure.yaml", "level: commune", "level: xa", "procedure.yaml, dòng .*“xa”"),
        ("form.yaml", "kind: number", "kind: so", "form.yaml, dòng"),
    ],
)
def test_what_does_not_fit_is_named_by_file_and_line(
    file: str, old: str, new: str, complaint: str
) -> None:
    with pytest.raises(BadPack, match=complaint):
        read_packs({CODE: changed(PACK, file, old, new)})


def test_an_altered_missing_or_added_file_is_refused_by_name() -> None:
    altered = {**PACK, "form.yaml": PACK["form.yaml"] + b"# them\n"}
    missing = {name: content for name, content in PACK.items() if name != "process.yaml"}
    added = {**PACK, "fees/moi.yaml": b""}

    assert "form.yaml: nội dung khác mã băm" in refused(altered)
    assert "process.yaml: bản kê có tệp này nhưng gói không có" in refused(missing)
    assert "fees/moi.yaml: tệp không có trong bản kê" in refused(added)


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        (b"format: 1", b"format: 2", "định dạng “2”.*nâng cấp"),
        (b"product: 0.1.0", b"product: 9.0.0", "lập cho phiên bản 9.0.0.*nâng cấp"),
        (b"product: 0.1.0", b"product: moi", "phải là số phiên bản"),
        (b"name: ", b"ten: ", "thiếu mục “name”"),
        (b"format: 1", b"format: 0x" + b"f" * 5000, "số quá lớn"),
        (b"name: C", b"name: " + b"C" * 1300, "từ 1 đến 1200 ký tự"),
        (b"name: C", b"name: Kh\xc3\xa1c c", "tên thủ tục khác tên trong bản kê"),
    ],
)
def test_a_pack_for_another_product_says_what_to_do(old: bytes, new: bytes, complaint: str) -> None:
    files = {**PACK, MANIFEST: PACK[MANIFEST].replace(old, new)}

    with pytest.raises(BadPack, match=complaint):
        read_packs({CODE: files})


def test_a_text_whose_last_line_was_not_ended_is_read() -> None:
    files = with_file(PACK, "procedure.yaml", PACK["procedure.yaml"].rstrip(b"\n"))

    assert read_packs({CODE: files})[0].code == CODE


def test_an_archive_of_many_names_is_told_apart_soon() -> None:
    entries = {f"{CODE}/fees/t-{n}.dmn": b"" for n in range(20_000)}
    content = zipped(entries)

    begun = process_time()
    with pytest.raises(BadPack, match="không phải gói thủ tục"):
        read_zip(content)

    assert process_time() - begun < 2


def test_two_packs_of_one_procedure_are_refused() -> None:
    with pytest.raises(BadPack, match="hai gói cùng mã"):
        read_packs({"a": PACK, "b": PACK})


@pytest.mark.django_db
def test_one_bad_pack_among_good_ones_keeps_all_out() -> None:
    bad = sealed("1.000001", "Khác", {"procedure.yaml": b"code: x\n"})

    with pytest.raises(BadPack, match=r"1.000001/procedure.yaml"):
        receive_packs({CODE: PACK, "1.000001": bad}, by=EDITOR, at=NOW)

    assert not ReceivedPack.objects.exists()
