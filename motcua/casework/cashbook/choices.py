"""Kinds of accounts, states of drawers, deposits and lists, ways out of a difference."""

from django.db import models


class AccountKind(models.TextChoices):
    """What an account of an agency's book is for; a debit is above zero, a credit below."""

    DRAWER = "drawer", "Tiền mặt tại quầy"
    BANK = "bank", "Tiền gửi ngân hàng, kho bạc"
    CLEARING = "clearing", "Tiền đang chuyển"
    RECEIVABLE = "receivable", "Phải thu"
    FEE = "fee", "Phí phải nộp"
    CHARGE = "charge", "Lệ phí phải nộp"
    KEPT = "kept", "Phí được để lại"
    OTHER = "other", "Khoản khác"
    OVERPAID = "overpaid", "Thu thừa, phải trả lại"
    REFUND_DUE = "refund_due", "Phải hoàn"
    SUSPENSE = "suspense", "Chênh lệch chờ giải trình"
    PARTNER_COST = "partner_cost", "Chi phí dịch vụ thu hộ"


class DrawerState(models.TextChoices):
    """Where a cashier's shift stands."""

    OPEN = "open", "Đang thu"
    OFFERED = "offered", "Chờ người nhận ca"
    CLOSED = "closed", "Đã đóng"


class DepositState(models.TextChoices):
    """Where money on its way to a bank or the treasury is."""

    ON_THE_WAY = "on_the_way", "Đang mang đi nộp"
    DONE = "done", "Đã nộp"
    TAKEN_BACK = "taken_back", "Mang về, không nộp"


class HandingState(models.TextChoices):
    """Where handing fees and charges on to the budget stands."""

    LISTED = "listed", "Đã lập bảng kê, chờ kho bạc"
    DONE = "done", "Đã nộp ngân sách"
    TAKEN_BACK = "taken_back", "Đã rút lại"


class WayOut(models.TextChoices):
    """What becomes of a difference once it is explained."""

    REPAID = "repaid", "Người thu đã nộp bù bằng tiền mặt"
    OWED = "owed", "Người thu phải bồi hoàn"
    GIVE_BACK = "give_back", "Thu thừa của người nộp, phải trả lại"
    DECIDED = "decided", "Xử lý theo quyết định của người có thẩm quyền"


class QuarterState(models.TextChoices):
    """Where the minutes of a quarter stand."""

    PROPOSED = "proposed", "Chờ kế toán xác nhận"
    CONFIRMED = "confirmed", "Đã xác nhận"
    RETURNED = "returned", "Kế toán trả lại"
