"""Words of reconciliation, as stored in the database."""

from collections.abc import Mapping

from django.db import models


class LineState(models.TextChoices):
    """What a line of a statement has come to."""

    WAITING = "waiting", "Chưa xét"
    MATCHED = "matched", "Khớp"
    DIFFERS = "differs", "Có chênh lệch"
    SETTLED = "settled", "Đã xử lý"


class MismatchKind(models.TextChoices):
    """How statement and books disagree."""

    MISSING_HERE = "missing_here", "Sao kê có, sổ không có"
    MISSING_THERE = "missing_there", "Sổ có, sao kê không có"
    AMOUNT_DIFFERS = "amount_differs", "Lệch số tiền"
    DOUBLED = "doubled", "Nộp trùng"
    MONEY_OUT = "money_out", "Tiền ra chưa rõ"


class MismatchState(models.TextChoices):
    """Where settling a difference stands."""

    OPEN = "open", "Chờ xử lý"
    PROPOSED = "proposed", "Chờ người thứ hai duyệt"
    SETTLED = "settled", "Đã xử lý"


class Way(models.TextChoices):
    """How a difference is settled.

    TREASURY_FEE and TREASURY_CHARGE stand in old rows: money goes to the budget by a list now.
    """

    RECORD = "record", "Ghi nhận tiền cho đơn nộp"
    HAND_OVER = "hand_over", "Đối tác chuyển tiền đã thu hộ"
    CASH_SLIP = "cash_slip", "Tiền mặt của quầy, đã có giấy nộp tiền"
    OTHER_INCOME = "other_income", "Không phải phí, lệ phí: chuyển sang khoản khác"
    NOT_OURS = "not_ours", "Không phải giao dịch của cơ quan"
    BY_PARTNER = "by_partner", "Theo số tiền của ngân hàng, đối tác"
    WRITE_OFF = "write_off", "Không có tiền: ghi vào chênh lệch"
    TREASURY_SLIP = "treasury_slip", "Nộp ngân sách theo bảng kê, đã có giấy nộp tiền"
    TREASURY_FEE = "treasury_fee", "Nộp phí vào ngân sách"
    TREASURY_CHARGE = "treasury_charge", "Nộp lệ phí vào ngân sách"
    REFUND = "refund", "Hoàn tiền đã duyệt"
    PARTNER_PAID = "partner_paid", "Trả phí dịch vụ thu hộ đã quyết toán"
    PARTNER_COST = "partner_cost", "Chi phí dịch vụ thu hộ chưa quyết toán"
    OTHER_EXPENSE = "other_expense", "Khoản chi khác"
    APPEARED = "appeared", "Sao kê sau đã có"

    @property
    def needs_second(self) -> bool:
        """Say whether money is written off, so that a second person must approve."""
        return self in _WRITES_OFF


_WRITES_OFF = frozenset({Way.OTHER_INCOME, Way.BY_PARTNER, Way.WRITE_OFF, Way.OTHER_EXPENSE})
_AT_A_BANK: Mapping[str, tuple[Way, ...]] = {
    MismatchKind.MISSING_HERE: (Way.RECORD, Way.HAND_OVER, Way.CASH_SLIP, Way.OTHER_INCOME),
    MismatchKind.MISSING_THERE: (Way.WRITE_OFF,),
    MismatchKind.AMOUNT_DIFFERS: (Way.BY_PARTNER,),
    MismatchKind.DOUBLED: (Way.RECORD, Way.OTHER_INCOME),
    MismatchKind.MONEY_OUT: (
        *(Way.TREASURY_SLIP, Way.REFUND, Way.PARTNER_PAID, Way.PARTNER_COST),
        Way.OTHER_EXPENSE,
    ),
}
_AT_A_GATEWAY: Mapping[str, tuple[Way, ...]] = {
    MismatchKind.MISSING_HERE: (Way.RECORD, Way.NOT_OURS),
    MismatchKind.MISSING_THERE: (Way.WRITE_OFF,),
    MismatchKind.AMOUNT_DIFFERS: (Way.BY_PARTNER,),
    MismatchKind.DOUBLED: (Way.RECORD, Way.NOT_OURS),
    MismatchKind.MONEY_OUT: (Way.REFUND, Way.NOT_OURS),
}


def ways_for(kind: str, *, is_bank: bool) -> tuple[Way, ...]:
    """Return how a difference of this kind may be settled."""
    return (_AT_A_BANK if is_bank else _AT_A_GATEWAY)[kind]
