"""What is said about money that moved."""

from motcua.casework.cashbook.choices import AccountKind
from motcua.lib.money import in_dong

_OURS = {
    "cashbook.opening": "Nhận tiền lẻ cơ quan ứng",
    "cashbook.carrying": "Mang đi nộp ngân hàng, kho bạc",
    "cashbook.closing": "Thừa, thiếu khi đóng ca",
    "cashbook.handing": "Thừa, thiếu khi giao ca",
    "cashbook.counting": "Thừa, thiếu khi kiểm két",
    "cashbook.explained": "Giải trình chênh lệch",
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


def signed(vnd: int) -> str:
    """Return a difference in words: “thừa 20.000 đồng”, “thiếu 5.000 đồng”."""
    return f"thừa {in_dong(vnd)}" if vnd > 0 else f"thiếu {in_dong(-vnd)}"
