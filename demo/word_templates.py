"""Word templates of two outcomes and of a refusal, written here and put in use as people would."""

import io
from datetime import datetime
from typing import Any, NamedTuple

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph

from motcua.casework.procedures import api as procedures
from motcua.foundation.files import api as files
from motcua.lib.actor import Actor

from .catalogue import BUILDING_PERMIT, MARITAL_STATUS
from .places import REFORM_DAY

MOTTO = ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc")
CENTRE, JUSTIFY = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.JUSTIFY


class Sample(NamedTuple):
    """One template: for which outcome, its title, its lines."""

    procedure_code: str
    outcome_code: str
    file_name: str
    title: str
    lines: tuple[str, ...]


SAMPLES = (
    Sample(
        MARITAL_STATUS,
        "giay-xac-nhan",
        "giay-xac-nhan-tinh-trang-hon-nhan.docx",
        "GIẤY XÁC NHẬN\nTÌNH TRẠNG HÔN NHÂN",
        (
            "{% for m in can_cu %}Căn cứ {{ m.ten }} ({{ m.so }}); {% endfor %}",
            (
                "Xét đề nghị của {{ nguoi_nop.ten }} tại hồ sơ {{ ho_so.ma }} "
                "nộp ngày {{ ho_so.ngay_nop }},"
            ),
            "{{ co_quan.ten|upper }} XÁC NHẬN:",
            "Họ, chữ đệm, tên: {{ to_khai.ho_ten|upper }}",
            "Ngày sinh: {{ to_khai.ngay_sinh }}",
            "Nơi cư trú: {{ to_khai.noi_cu_tru }}",
            (
                "{% if to_khai.da_ly_hon == 'Có' %}Tình trạng hôn nhân: đã ly hôn hoặc vợ, chồng "
                "đã mất; hiện tại chưa đăng ký kết hôn với ai.{% else %}Tình trạng hôn nhân: theo "
                "sổ hộ tịch, hiện tại chưa đăng ký kết hôn với ai.{% endif %}"
            ),
            "Giấy này được cấp để: {{ to_khai.muc_dich }}.",
            "Giấy này có giá trị đến hết ngày {{ ky.gia_tri_den }}.",
        ),
    ),
    Sample(
        MARITAL_STATUS,
        procedures.REFUSAL.code,
        "thong-bao-tu-choi.docx",
        "THÔNG BÁO\nVề việc không giải quyết hồ sơ",
        (
            "Kính gửi: {{ chu_ho_so.ten }}",
            (
                "{{ co_quan.ten }} đã nhận hồ sơ {{ ho_so.ma }} của ông/bà ngày "
                "{{ ho_so.ngay_tiep_nhan }}, đề nghị {{ ho_so.thu_tuc|lower }}."
            ),
            "Sau khi xem xét, hồ sơ không được giải quyết vì: {{ ket_qua.ly_do }}",
            "Ông/bà có thể liên hệ {{ co_quan.don_vi }} để được hướng dẫn thêm.",
        ),
    ),
    Sample(
        BUILDING_PERMIT,
        "giay-phep",
        "giay-phep-xay-dung.docx",
        "GIẤY PHÉP XÂY DỰNG",
        (
            "1. Cấp cho: {{ to_khai.chu_dau_tu }}; điện thoại: {{ to_khai.dien_thoai }}.",
            (
                "2. Được phép xây dựng tại: {{ to_khai.dia_diem }}, thửa đất số "
                "{{ to_khai.so_thua }}, tờ bản đồ số {{ to_khai.so_to }}."
            ),
            (
                "3. Số tầng: {{ to_khai.so_tang }}; diện tích xây dựng tầng 1: "
                "{{ to_khai.dien_tich }} m²."
            ),
            (
                "{% if to_khai.ngay_khoi_cong %}4. Dự kiến khởi công: {{ to_khai.ngay_khoi_cong }}."
                "{% else %}4. Ngày khởi công: chủ đầu tư báo trước cho "
                "{{ co_quan.ten }}.{% endif %}"
            ),
            (
                "5. Giấy phép có hiệu lực khởi công đến hết ngày {{ ky.gia_tri_den }}; quá thời "
                "hạn này phải đề nghị gia hạn."
            ),
        ),
    ),
)


def put_in_use(*, by: Actor, at: datetime) -> int:
    """Use the templates that are not there yet; answer how many that were."""
    added = 0
    for sample in SAMPLES:
        procedure = procedures.get_procedure(sample.procedure_code)
        known = procedures.templates_of(procedure.pk).filter(outcome_code=sample.outcome_code)
        if known.exists():
            continue
        stored = files.keep_file(sample.file_name, io.BytesIO(written(sample)), by=by, at=at)
        procedures.add_template(
            sample.procedure_code,
            sample.outcome_code,
            stored,
            sample.file_name,
            valid_from=REFORM_DAY,
            by=by,
            at=at,
        )
        added += 1
    return added


def written(sample: Sample) -> bytes:
    """Return a template as a Word file in the layout of administrative documents."""
    document = Document()
    set_page(document)
    write_head(document)
    for number, line in enumerate(sample.title.split("\n")):
        write(document.add_paragraph(), line, bold=True, before=14 if number == 0 else 0)
    for line in sample.lines:
        paragraph = document.add_paragraph(line)
        paragraph.alignment = JUSTIFY
        paragraph.paragraph_format.first_line_indent = Mm(10)
        paragraph.paragraph_format.space_before = Pt(5)
    write_signature(document)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def set_page(document: Any) -> None:
    """Set the page and the letters."""
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin = section.bottom_margin = Mm(20)
    section.left_margin, section.right_margin = Mm(30), Mm(18)
    style = document.styles["Normal"]
    style.font.name, style.font.size = "Times New Roman", Pt(14)
    style.paragraph_format.space_after = Pt(0)


def write_head(document: Any) -> None:
    """Write the issuer on the left, motto, place and date on the right."""
    table = document.add_table(2, 2)
    table.columns[0].width, table.columns[1].width = Mm(56), Mm(106)
    left, right = table.cell(0, 0), table.cell(0, 1)
    write(left.paragraphs[0], "{{ co_quan.cap_tren|upper }}", size=12)
    write(left.add_paragraph(), "{{ co_quan.ten|upper }}", size=12, bold=True)
    write(right.paragraphs[0], MOTTO[0], size=12, bold=True)
    write(right.add_paragraph(), MOTTO[1], size=13, bold=True)
    write(table.cell(1, 0).paragraphs[0], "Số: {{ ky.so }}", size=13, before=4)
    date = "{{ co_quan.dia_danh }}, {{ ky.ngay }}"
    write(table.cell(1, 1).paragraphs[0], date, size=12, italic=True, before=4)


def write_signature(document: Any) -> None:
    """Write the recipients on the left, title and name of the signer on the right."""
    table = document.add_table(1, 2)
    left, right = table.cell(0, 0), table.cell(0, 1)
    write(left.paragraphs[0], "Nơi nhận:", size=12, bold=True, italic=True, before=18, left=True)
    for line in ("- {{ chu_ho_so.ten }};", "- Lưu hồ sơ."):
        write(left.add_paragraph(), line, size=11, left=True)
    write(right.paragraphs[0], "{{ ky.chuc_vu|upper }}", bold=True, before=18)
    write(right.add_paragraph(), "{{ ky.nguoi }}", bold=True, before=70)


def write(  # noqa: PLR0913 -- how a line looks
    paragraph: Paragraph,
    line: str,
    *,
    size: int = 14,
    bold: bool = False,
    italic: bool = False,
    before: int = 0,
    left: bool = False,
) -> None:
    """Write one line of its own look."""
    paragraph.alignment = WD_ALIGN_PARAGRAPH.LEFT if left else CENTRE
    paragraph.paragraph_format.space_before = Pt(before)
    run = paragraph.add_run(line)
    run.bold, run.italic, run.font.size = bold, italic, Pt(size)
