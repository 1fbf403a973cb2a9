"""Dull, valid papers: Lan applies, Bình receives, Hoa decides."""

import io
from datetime import UTC, date, datetime
from typing import Any

from docx import Document

from motcua.foundation.papers import api as papers

CODE = "H18.101-261008-0007"
LOOKUP = f"https://motcua.dienbien.example/tra-cuu/?ma={CODE}"
# 10:30 on 2 January 2026 in Hà Nội.
RECEIVED_AT = datetime(2026, 1, 2, 3, 30, tzinfo=UTC)
DUE_AT = datetime(2026, 1, 7, 10, 0, tzinfo=UTC)
NEW_DUE_AT = datetime(2026, 1, 12, 10, 0, tzinfo=UTC)
PROCEDURE = "Cấp Giấy xác nhận tình trạng hôn nhân"


def make_letterhead(*, number: int | None = 7, notation: str = "") -> papers.Letterhead:
    return papers.Letterhead(
        superior="Ủy ban nhân dân phường Mường Thanh",
        issuer="Trung tâm Phục vụ hành chính công",
        place="Mường Thanh",
        issued_on=date(2026, 1, 2),
        number=number,
        notation=notation,
    )


def make_party(*, name: str = "Nguyễn Thị Lan") -> papers.Party:
    return papers.Party(
        name=name,
        address="Số 12, tổ 5, phường Mường Thanh, tỉnh Điện Biên",
        phone="0912 345 678",
        email="lan.nguyen@example.vn",
    )


def make_signer() -> papers.Signer:
    return papers.Signer(capacity="KT. Chủ tịch", title="Phó Chủ tịch", name="Lê Thị Hoa")


def make_listed_papers() -> tuple[papers.ListedPaper, ...]:
    return (
        papers.ListedPaper(name="Tờ khai cấp Giấy xác nhận", kind=papers.PaperKind.ORIGINAL),
        papers.ListedPaper(
            name="Trích lục ghi chú ly hôn",
            kind=papers.PaperKind.COPY,
            quantity=2,
            note="đối chiếu",
        ),
        papers.ListedPaper(
            name="Giấy xác nhận đã cấp trước đây",
            kind=papers.PaperKind.ELECTRONIC,
            digest="9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
        ),
    )


def make_reception_slip(
    *, applicant: papers.Party | None = None, due_at: datetime | None = DUE_AT
) -> papers.ReceptionSlip:
    return papers.ReceptionSlip(
        letterhead=make_letterhead(notation="TNHS"),
        code=CODE,
        procedure_name=PROCEDURE,
        lookup_url=LOOKUP,
        applicant=applicant or make_party(),
        papers=make_listed_papers(),
        sets=1,
        time_limit="03 ngày làm việc",
        received_at=RECEIVED_AT,
        due_at=due_at,
        due_reason="Ngày nhận không tính; 03 và 04/01 là ngày nghỉ; đủ 3 ngày làm việc là 07/01.",
        return_way="Bộ phận Một cửa phường Mường Thanh",
        fees=(
            papers.FeeLine(name="Lệ phí cấp giấy", amount_vnd=15_000, receipt="AB/26E-0000123"),
            papers.FeeLine(name="Phí bản sao", amount_vnd=1_208_000),
        ),
        book_number="02/2026",
        serial="145",
        submitter_name="Nguyễn Thị Lan",
        receiver_name="Trần Văn Bình",
        contact="0215 3825 000",
    )


def make_supplement_request() -> papers.SupplementRequestPaper:
    return papers.SupplementRequestPaper(
        letterhead=make_letterhead(number=12),
        code=CODE,
        procedure_name=PROCEDURE,
        lookup_url=LOOKUP,
        applicant=make_party(),
        items=(
            papers.SupplementItem(
                name="Tờ khai: mục “Nơi cư trú trước đây”",
                reason="Chưa ghi thời gian cư trú tại xã Thanh Nưa",
            ),
            papers.SupplementItem(
                name="Trích lục ghi chú ly hôn", reason="Bản chụp mờ, không đọc được số trích lục"
            ),
        ),
        answer_by=DUE_AT,
        desk_contact="quầy số 3, điện thoại 0215 3825 111",
        guide_name="Trần Văn Bình",
    )


def make_refusal() -> papers.RefusalPaper:
    return papers.RefusalPaper(
        letterhead=make_letterhead(number=3, notation="TCHS"),
        code=CODE,
        procedure_name=PROCEDURE,
        lookup_url=LOOKUP,
        applicant=make_party(),
        reason="Người yêu cầu thường trú tại phường khác;\nđề nghị nộp tại nơi thường trú.",
        legal_basis=("Điều 21 Nghị định số 123/2015/NĐ-CP ngày 15/11/2015 của Chính phủ",),
        submitter_name="Nguyễn Thị Lan",
        receiver_name="Trần Văn Bình",
        desk_contact="0215 3825 222",
    )


def make_apology() -> papers.ApologyPaper:
    return papers.ApologyPaper(
        letterhead=make_letterhead(number=5),
        code=CODE,
        procedure_name=PROCEDURE,
        lookup_url=LOOKUP,
        addressee="Bà Nguyễn Thị Lan",
        received_at=RECEIVED_AT,
        due_originally_at=DUE_AT,
        reason="Chưa nhận được văn bản trả lời xác minh của xã Thanh Nưa",
        due_at=NEW_DUE_AT,
        signer=make_signer(),
        recipients=("Như trên", "Bộ phận Một cửa", "Lưu: VT"),
    )


def make_stop_notice() -> papers.StopNotice:
    return papers.StopNotice(
        letterhead=make_letterhead(number=9, notation="TB-UBND"),
        code=CODE,
        procedure_name=PROCEDURE,
        lookup_url=LOOKUP,
        applicant=make_party(),
        received_at=RECEIVED_AT,
        stopped_at=DUE_AT,
        reason="Người nộp rút hồ sơ theo đơn ngày 05/01/2026",
        legal_basis=("Nghị định số 118/2025/NĐ-CP ngày 09/6/2025 của Chính phủ",),
        fee_handling="Hoàn trả 15.000 đồng tại quầy số 3",
        originals_handling="Trả lại toàn bộ bản chính tại Bộ phận Một cửa",
        signer=make_signer(),
        recipients=("Bà Nguyễn Thị Lan", "Lưu: VT"),
    )


def make_submission_receipt() -> papers.SubmissionReceipt:
    return papers.SubmissionReceipt(
        letterhead=make_letterhead(number=None),
        code=CODE,
        procedure_name=PROCEDURE,
        lookup_url=LOOKUP,
        applicant=make_party(),
        submitter_name="Nguyễn Văn Sơn",
        papers=make_listed_papers(),
        submitted_at=RECEIVED_AT,
        answer_by=DUE_AT,
        next_step="Cán bộ Bộ phận Một cửa kiểm tra hồ sơ",
        contact="0215 3825 000",
    )


def make_outcome() -> papers.OutcomePaper:
    return papers.OutcomePaper(
        letterhead=papers.Letterhead(
            superior="",
            issuer="Ủy ban nhân dân phường Mường Thanh",
            place="Mường Thanh",
            issued_on=date(2026, 3, 5),
            number=15,
            notation="QĐ-UBND",
        ),
        kind="Quyết định",
        subject="Về việc trợ cấp xã hội hằng tháng đối với bà Nguyễn Thị Lan",
        authority="Chủ tịch Ủy ban nhân dân phường Mường Thanh",
        legal_bases=(
            "Căn cứ Luật Tổ chức chính quyền địa phương ngày 16 tháng 6 năm 2025;",
            "Căn cứ Nghị định số 20/2021/NĐ-CP ngày 15 tháng 3 năm 2021 của Chính phủ;",
        ),
        facts=(papers.Fact(name="Mức trợ cấp hằng tháng", value="1.000.000 đồng"),),
        body=(
            papers.Article(
                heading="Điều 1.", text="Trợ cấp xã hội hằng tháng từ tháng 4 năm 2026."
            ),
            papers.Article(heading="Điều 2.", text="Quyết định này có hiệu lực kể từ ngày ký./."),
        ),
        signer=make_signer(),
        recipients=("Như Điều 2", "Sở Y tế", "Lưu: VT"),
    )


def saved(document: Any) -> bytes:
    """Return a document as the bytes of its file."""
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def make_template(*paragraphs: str, header: str = "") -> bytes:
    """Return a document with these paragraphs."""
    document = Document()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    document.sections[0].header.paragraphs[0].text = header
    return saved(document)


def paragraphs_of(document: bytes) -> list[str]:
    """Return the paragraphs of a document."""
    return [paragraph.text for paragraph in Document(io.BytesIO(document)).paragraphs]
