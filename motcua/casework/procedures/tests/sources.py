"""Small sources in the shape of the published ones, in words of our own."""

import json
from collections.abc import Sequence
from io import BytesIO

import openpyxl

from motcua.casework.procedures.rules.published import PublishedProcedure
from motcua.casework.procedures.rules.sources import RefusedRow, read_source

CHANNELS = "Hình thức nộpThời gianPhí, lệ phíMô tả"
PAPERS = "Tên giấy tờMẫu đơn, tờ khaiSố lượng"
BASIS = "Tên văn bản pháp lýMã văn bản"


def text_row(**fields: object) -> dict[str, object]:
    """Make one row of the published texts; every field can be replaced."""
    return {
        "ma_thu_tuc": "1.900001",
        "ten_thu_tuc": "Cấp giấy phép nuôi chim bồ câu",
        "cap_thuc_hien": "Cấp tỉnh, Cấp xã",
        "linh_vuc": "Chăn nuôi",
        "cach_thuc_thuc_hien": f"{CHANNELS}Trực tiếp5 Ngày làm việcMiễn phí",
        "thanh_phan_ho_so": f"--{PAPERS}Đơn đề nghị1 bản chính",
        "trinh_tu_thuc_hien": "Bước 1: Nộp đơn.\nBước 2: Nhận giấy phép.",
        **fields,
    }


def as_lines(*rows: dict[str, object]) -> bytes:
    return "\n".join(json.dumps(row, ensure_ascii=False) for row in rows).encode()


def answer_row(**fields: object) -> dict[str, object]:
    """Make one procedure of an answer of the catalogue service."""
    return {
        "MATTHC": "1.900001.000.00.00.H99",
        "TENTTHC": "Cấp giấy phép nuôi chim bồ câu",
        "CACHTHUCTHUCHIEN": [
            {"KENH": "1", "THOIGIAN": [{"THOIGIANGIAIQUYET": "5", "DONVITINH": "Ngày làm việc"}]}
        ],
        **fields,
    }


def as_answer(*rows: dict[str, object]) -> bytes:
    return json.dumps({"result": rows, "error_code": "0"}, ensure_ascii=False).encode()


HEADING = ("Mã số", "Tên", "Cơ quan ban hành", "Cơ quan thực hiện", "Lĩnh vực")


def workbook(*rows: Sequence[str], heading: Sequence[str] = HEADING) -> bytes:
    """Make an official list: a title over the heading, then the rows."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["DANH SÁCH\nTHỦ TỤC"])
    sheet.append(list(heading))
    for row in rows:
        sheet.append(list(row))
    content = BytesIO()
    book.save(content)
    return content.getvalue()


def read_all(content: bytes) -> tuple[list[PublishedProcedure], list[RefusedRow]]:
    """Read a source to its end: what could be read, and what not."""
    found = list(read_source(content))
    read = [item for item in found if isinstance(item, PublishedProcedure)]
    return read, [item for item in found if isinstance(item, RefusedRow)]


def read_one(content: bytes) -> PublishedProcedure:
    (procedure,), refused = read_all(content)
    assert refused == []
    return procedure
