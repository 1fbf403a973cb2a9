"""What is said about money that moved."""

from collections.abc import Mapping
from typing import Any

from motcua.casework.cashbook.choices import AccountKind
from motcua.lib.money import in_dong

_OURS = {
    "cashbook.opening": "Nhận tiền lẻ cơ quan ứng",
    "cashbook.carrying": "Mang đi nộp ngân hàng, kho bạc",
    "cashbook.closing": "Thừa, thiếu khi đóng ca",
    "cashbook.handing": "Thừa, thiếu khi giao ca",
    "cashbook.counting": "Thừa, thiếu khi kiểm két",
    "cashbook.explained": "Giải trình chênh lệch",
    "cashbook.handed_on": "Nộp phí, lệ phí vào ngân sách",
    "cashbook.reversal": "Đảo bút toán",
}
_KINDS = {
    AccountKind.FEE: "Thu phí",
    AccountKind.CHARGE: "Thu lệ phí",
    AccountKind.OTHER: "Thu khoản khác",
    AccountKind.RECEIVABLE: "Thu các khoản phải thu",
    AccountKind.OVERPAID: "Thu thừa, trả lại",
    AccountKind.REFUND_DUE: "Chi hoàn trả",
}


def moved_words(kind: str, source: str) -> str:
    """Return what cash moved for: by our own act, or by the account it moved against."""
    return _OURS.get(source) or _KINDS.get(AccountKind(kind)) or AccountKind(kind).label


def quarter_lines(figures: Mapping[str, Any]) -> list[tuple[str, int]]:
    """Return the figures of a quarter in words: the desk's cash, then what went to the budget."""
    lines = [
        ("Tiền mặt đầu kỳ", figures["before_vnd"]),
        *((moved_words(kind, source), vnd) for kind, source, vnd in figures["moved"]),
        ("Tiền mặt cuối kỳ", figures["after_vnd"]),
    ]
    if "handed_vnd" in figures:
        lines.append(("Cơ quan đã nộp ngân sách trong quý", figures["handed_vnd"]))
        lines.append(("Phí cơ quan được để lại trong quý", figures["kept_vnd"]))
    return lines


def signed(vnd: int) -> str:
    """Return a difference in words: “thừa 20.000 đồng”, “thiếu 5.000 đồng”."""
    return f"thừa {in_dong(vnd)}" if vnd > 0 else f"thiếu {in_dong(-vnd)}"
