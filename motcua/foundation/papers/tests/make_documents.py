"""Dull, valid administrative documents: Hoa signs them, Bình writes the minutes."""

from datetime import date
from typing import Any

from motcua.foundation.papers import api as papers
from motcua.foundation.papers.api import DocumentKind as K

SUBJECT = "Về việc phân công nhiệm vụ quản lý hồ sơ, tài liệu"
LONG_AGENCY = "Ban Quản lý dự án đầu tư xây dựng các công trình nông nghiệp và phát triển nông thôn"
SENTENCE = (
    "Sở Nội vụ chủ trì, phối hợp với các cơ quan, đơn vị liên quan rà soát, thống kê, lập danh "
    "mục hồ sơ, tài liệu giấy cần số hóa; báo cáo Ủy ban nhân dân tỉnh trước ngày 30 tháng 6."
)
HOA = papers.Signer(
    capacity="TM. Ủy ban nhân dân\nKT. Chủ tịch", title="Phó Chủ tịch", name="Lê Thị Hoa"
)
BINH = papers.Signer(title="Thư ký", name="Trần Văn Bình")
RECIPIENTS = ("Như trên", "Thường trực Tỉnh ủy", "Lưu: VT, NC")


def make_head(**changes: Any) -> papers.Letterhead:
    values: dict[str, Any] = {
        "superior": "",
        "issuer": "Ủy ban nhân dân tỉnh Điện Biên",
        "place": "Điện Biên",
        "issued_on": date(2026, 2, 5),
        "number": 7,
        "notation": "QĐ-UBND",
    }
    return papers.Letterhead(**{**values, **changes})


def make_document(
    kind: papers.DocumentKind = K.DECISION, *, body: str = "", **changes: Any
) -> papers.AdministrativeDocument:
    """Return a document of a kind with all that the kind must say."""
    profile = changes.get("profile", papers.LayoutProfile.GOVERNMENT)
    form = papers.form_of(kind, profile)
    values: dict[str, Any] = {
        "letterhead": make_head(notation=papers.notation_of(kind, "UBND", "NC", profile)),
        "body": papers.body_from(body or papers.starting_body(kind, profile)),
        "subject": SUBJECT if form.needs_subject else "",
        "authority": "Ủy ban nhân dân tỉnh Điện Biên" if form.needs_authority else "",
        "attached_to": "" if form.has_place or form.is_numbered else "Kèm theo Quyết định số 9/QĐ",
        "bases": ("Căn cứ Luật Lưu trữ ngày 21 tháng 6 năm 2024",) if form.enacting else (),
        "signers": _signers(form),
        "recipients": RECIPIENTS,
    }
    return papers.AdministrativeDocument(kind=kind, **{**values, **changes})


def make_long_document(**changes: Any) -> papers.AdministrativeDocument:
    """Return a plan of three pages, with a table that goes on over a page."""
    articles = [f"{number}. {SENTENCE}" for number in range(1, 16)]
    rows = [f"| {number} | {SENTENCE[:90]} | Sở Nội vụ |" for number in range(1, 19)]
    table = ["| TT | Nội dung công việc | Cơ quan chủ trì |", "|:-:|---|---|", *rows]
    return make_document(K.PLAN, body="\n".join([*articles, *table, SENTENCE]), **changes)


def _signers(form: papers.KindForm) -> tuple[papers.Signer, ...]:
    if form.signers == 1:
        return (HOA,)
    return (HOA, BINH) if form.is_sealed_first else (BINH, HOA)
