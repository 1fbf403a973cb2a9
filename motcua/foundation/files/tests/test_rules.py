import io
import zipfile

import pytest

from motcua.foundation.files.errors import ContentDiffers, FileRefused
from motcua.foundation.files.rules import (
    bears_signature,
    check_content,
    clean_name,
    in_megabytes,
    kind_of_name,
)

from .make import make_pdf, make_picture, make_signature, make_word, make_zip

PROGRAM = b"MZ\x90\x00" + b"\0" * 300
EXCEL = make_zip({"[Content_Types].xml": b"<Types/>", "xl/workbook.xml": b"<workbook/>"})


def check(name: str, content: bytes) -> None:
    check_content(name, kind_of_name(name), io.BytesIO(content))


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("đơn.pdf", make_pdf()),
        ("cccd mặt trước.JPG", make_picture()),
        ("cccd.png", make_picture("PNG")),
        ("tờ khai.docx", make_word()),
        ("danh sách.xlsx", EXCEL),
        ("đơn.pdf.p7s", make_signature()),
        ("hồ sơ.xml", '<?xml version="1.0"?><hồSơ><mã>1</mã></hồSơ>'.encode()),
        ("ghi chú.txt", "Kính gửi Ủy ban nhân dân\r\n".encode()),
        ("bảng.csv", "\ufeffmã,tên\n1,Lò Thị Lan\n".encode()),
    ],
)
def test_an_honest_file_of_each_kind_is_taken(name: str, content: bytes) -> None:
    check(name, content)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("đơn.pdf", PROGRAM),
        ("đơn.pdf", make_picture()),
        ("đơn.pdf", b"\n" + make_pdf()),
        ("ảnh.jpg", make_pdf()),
        ("ảnh.png", make_picture()),
        ("ảnh.jpg", b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"),
        ("tờ khai.docx", make_zip({"a.exe": PROGRAM})),
        ("tờ khai.docx", EXCEL),
        ("tờ khai.docx", b"PK\x03\x04 and nothing more"),
        ("chữ ký.p7s", b"0\x82\x01\x00" + b"\0" * 256),
        ("hồ sơ.xml", b"not xml"),
        ("hồ sơ.xml", b"<a><b></a>"),
        ("ghi chú.txt", PROGRAM),
    ],
)
def test_a_disguised_file_is_refused(name: str, content: bytes) -> None:
    with pytest.raises(ContentDiffers):
        check(name, content)


def many_parts() -> bytes:
    return make_word(**{f"part{number}": b"" for number in range(5_001)})


def locked_word() -> bytes:
    content = bytearray(make_word())
    for signature, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        start = content.find(signature)
        while start >= 0:
            content[start + place] |= 1
            start = content.find(signature, start + 1)
    return bytes(content)


@pytest.mark.parametrize(
    ("name", "content", "because"),
    [
        ("đơn.pdf", make_pdf()[:-40], "cắt cụt"),
        ("bom.docx", make_word(bomb=b"\0" * 30_000_000), "phồng lên"),
        ("nhiều.docx", many_parts(), "phồng lên"),
        ("macro.docx", make_word(**{"word__vbaProject.bin": b"x"}), "macro"),
        ("khóa.docx", locked_word(), "mật khẩu"),
        ("cũ.txt", "Điện Biên".encode("cp1258", "ignore") + b"\xd0\xe5", "Unicode"),
        (
            "cười.xml",
            b'<!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><l>&b;</l>',
            "dữ liệu bên ngoài",
        ),
        (
            "mời.xml",
            b'<!DOCTYPE l [<!ENTITY a SYSTEM "file:///etc/passwd">]><l>&a;</l>',
            "dữ liệu bên ngoài",
        ),
    ],
)
def test_a_harmful_file_is_refused_with_its_reason(name: str, content: bytes, because: str) -> None:
    with pytest.raises(FileRefused, match=because):
        check(name, content)


@pytest.mark.parametrize(
    ("name", "advice"),
    [
        ("IMG_0001.HEIC", "JPEG"),
        ("đơn.doc", "docx"),
        ("hồ sơ.zip", "từng tệp"),
        ("chạy.exe", "Chỉ nhận"),
        ("không đuôi", "Chỉ nhận"),
        ("pdf", "Chỉ nhận"),
    ],
)
def test_a_kind_that_is_not_taken_says_what_to_do(name: str, advice: str) -> None:
    with pytest.raises(FileRefused, match=advice):
        kind_of_name(name)


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("đơn xin.pdf", "đơn xin.pdf"),
        ("../../etc/passwd.txt", "passwd.txt"),
        ("C:\\Users\\Lan\\đơn.pdf", "đơn.pdf"),
        ("hồ sơ\u202efdp.exe", "hồ sơfdp.exe"),
        ("a\r\nSet-Cookie: x.pdf", "aSet-Cookie: x.pdf"),
        ("  hai   dấu cách.pdf ", "hai dấu cách.pdf"),
        ("Đơn".encode().decode() + ".pdf", "Đơn.pdf"),
        ("x" * 300 + ".pdf", "x" * 146 + ".pdf"),
    ],
)
def test_a_name_loses_folders_and_hidden_signs(sent: str, kept: str) -> None:
    assert clean_name(sent) == kept


@pytest.mark.parametrize(("size", "text"), [(20_000_000, "20 MB"), (2_540_000, "2,5 MB")])
def test_sizes_are_written_as_people_read_them(size: int, text: str) -> None:
    assert in_megabytes(size) == text


def test_checking_leaves_the_content_at_its_beginning() -> None:
    content = io.BytesIO(make_word())

    check_content("a.docx", kind_of_name("a.docx"), content)

    assert zipfile.is_zipfile(content) and content.tell() >= 0  # noqa: PT018 -- one fact


XMLDSIG = b'<Signature xmlns="http://www.w3.org/2000/09/xmldsig#"/>'


@pytest.mark.parametrize(
    ("name", "content", "is_signed"),
    [
        ("don.pdf", make_pdf(), False),
        ("don.pdf", b"%PDF-1.7 /ByteRange [0 1 2 3] %%EOF", True),
        pytest.param(
            "don.pdf", b"%PDF-1.7".ljust((1 << 20) - 4) + b"/ByteRange %%EOF", True, id="over a cut"
        ),
        ("don.xml", b"<don/>", False),
        ("don.xml", b"<don>" + XMLDSIG + b"</don>", True),
        ("don.txt", b"/ByteRange", False),
    ],
)
def test_what_bears_a_signature_is_told_from_what_does_not(
    name: str,
    content: bytes,
    is_signed: bool,  # noqa: FBT001 -- a row of the table
) -> None:
    assert bears_signature(kind_of_name(name), io.BytesIO(content)) is is_signed
