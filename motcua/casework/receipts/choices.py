"""The closed lists of receipts, with their Vietnamese labels."""

from django.db.models import TextChoices

from motcua.lib.tongue import said


class ReceiptKind(TextChoices):
    """For what money was taken; each kind has its own receipt and its own series."""

    FEE = "fee", said("Phí")
    CHARGE = "charge", said("Lệ phí")


class Nature(TextChoices):
    """Why a receipt was made."""

    ORIGINAL = "original", "Biên lai gốc"
    REPLACEMENT = "replacement", "Biên lai thay thế"
    ADJUSTMENT = "adjustment", "Biên lai điều chỉnh"
    TYPED = "typed", "Ghi theo biên lai đã lập"


class ReceiptState(TextChoices):
    """Whether a receipt counts."""

    DUE = "due", said("Chờ cấp số")
    ISSUED = "issued", said("Có hiệu lực")
    ADJUSTED = "adjusted", said("Đã điều chỉnh")
    REPLACED = "replaced", said("Bị thay thế")
    CANCELLED = "cancelled", said("Đã hủy")


# One of these per order and kind, at most: a constraint sees to it.
LIVING = (ReceiptState.DUE, ReceiptState.ISSUED, ReceiptState.ADJUSTED)
WHOLE = (Nature.ORIGINAL, Nature.REPLACEMENT, Nature.TYPED)


class Act(TextChoices):
    """What happened to a receipt; each is a row of its history."""

    DUE = "due", "Đã thu tiền, chờ cấp số"
    ISSUED = "issued", "Lập biên lai"
    SIGNED = "signed", "Con dấu đã ký"
    ADJUSTED = "adjusted", "Điều chỉnh"
    REPLACED = "replaced", "Thay thế"
    CANCELLED = "cancelled", "Hủy"
    TYPED = "typed", "Ghi lại biên lai đã lập"


class RowState(TextChoices):
    """How the table of a day calls a receipt (trạng thái trên bảng 01/TH-BLĐT)."""

    NEW = "new", "Mới"
    CANCELLED = "cancelled", "Hủy"
    ADJUSTMENT = "adjustment", "Điều chỉnh"
    REPLACEMENT = "replacement", "Thay thế"
