"""What the tax body asks for land, as the land officers note it."""

from tests.rows.acts import act
from tests.rows.visitor import Visitor

NOTICE = {
    "body_name": "Thuế cơ sở 5 tỉnh Điện Biên",
    "notice_number": "2217/TB-TCS5",
    "notice_on": "12/03/2026",
    "name": "Tiền sử dụng đất",
    "amount": "86.400.000",
}


def note_dues(officer: Visitor, code: str) -> None:
    """Write down the notice of the tax body: from then on the dossier waits for the money."""
    act(officer, code, "thong-bao-thue", NOTICE)


def prove_dues(officer: Visitor, code: str) -> None:
    """Write down by which slip one knows that the dues were paid."""
    officer.go(f"/xu-ly/ho-so/{code}/viec/chung-tu/")
    due = next(key for key in officer.options("due") if key)
    paid = {"due": due, "evidence_number": "GNT-0091", "evidence_on": "16/03/2026"}
    act(officer, code, "chung-tu", {**paid, "evidence_words": "Kho bạc Nhà nước khu vực X"})
