"""Print what goes to the budget, for the treasury.

Source: docs/law/money.md
"""

from motcua.casework.cashbook.choices import AccountKind, HandingState
from motcua.casework.cashbook.models import Handing
from motcua.foundation.papers import api as papers
from motcua.foundation.papers.api import Column, Line, Signer
from motcua.lib.clock import local
from motcua.lib.money import in_dong, in_words

COLUMNS = (
    Column(head="STT", width="10"),
    Column(head="Khoản thu"),
    Column(head="Số thu (đồng)", width="30", side="right"),
    Column(head="Để lại (đồng)", width="28", side="right"),
    Column(head="Nộp NSNN (đồng)", width="32", side="right"),
)
KEPT = (
    "Phần để lại theo văn bản quy định tỷ lệ của từng khoản phí; lệ phí nộp toàn bộ vào ngân sách."
)


def handing_pdf(made: Handing) -> bytes:
    """Return the list of fees and charges that go to the budget, for the treasury."""
    return papers.render_paper(
        papers.BudgetList(
            letterhead=papers.letterhead_of_agency(made.agency_id, made.made_at),
            note=(
                f"Số {made.code}; phí, lệ phí thu đến hết ngày {made.until_on:%d/%m/%Y},"
                f" lập lúc {local(made.made_at):%H:%M ngày %d/%m/%Y}"
            ),
            lines=tuple(_head(made)),
            columns=COLUMNS,
            entries=_rows(made),
            closing=(KEPT,) if made.kept_vnd else (),
            signers=(
                Signer(title="Người lập bảng kê", name=made.made_by_name),
                Signer(title="Thủ trưởng đơn vị", name=""),
                Signer(title="Kho bạc Nhà nước", name=""),
            ),
        )
    )


def _head(made: Handing) -> list[Line]:
    lines = [
        Line(label="Nộp tại", value=made.treasury),
        Line(label="Vào tài khoản thu ngân sách", value=made.budget_account),
        Line(label="Mã chương", value=made.chapter or "–"),
        Line(label="Trích từ tài khoản", value=made.account_number),
        Line(label="Số tiền nộp", value=in_dong(made.handed_vnd)),
        Line(label="Bằng chữ", value=in_words(made.handed_vnd)),
    ]
    if made.slip_on is not None:
        slip = f"{made.slip_number} ngày {made.slip_on:%d/%m/%Y}"
        lines.append(Line(label="Giấy nộp tiền số", value=slip))
    if made.state == HandingState.TAKEN_BACK:
        lines.append(Line(label="Đã rút lại", value=made.reason))
    return lines


def _rows(made: Handing) -> tuple[tuple[str, ...], ...]:
    rows = [
        (
            f"{place}",
            line_words(line["kind"], line["procedure"], line["name"]),
            *(_number(line[one]) for one in ("collected_vnd", "kept_vnd", "handed_vnd")),
        )
        for place, line in enumerate(made.lines, 1)
    ]
    sums = (made.collected_vnd, made.kept_vnd, made.handed_vnd)
    return (*rows, ("", "Tổng cộng", *(_number(one) for one in sums)))


def line_words(kind: str, procedure_code: str, name: str) -> str:
    """Return what money was collected for: “Phí – 1.001686 …”."""
    label = "Lệ phí" if kind == AccountKind.CHARGE else "Phí"
    which = " ".join(filter(None, (procedure_code, name)))
    return f"{label} – {which}" if which else f"{label} (không rõ thủ tục)"


def _number(value: int) -> str:
    return f"{value:,}".replace(",", ".").replace("-", "−")
