"""That a receipt was mailed."""

from django.db import models

from .receipt import Receipt


class ReceiptMail(models.Model):
    """One mail about a receipt to who paid it without an account; the address is the order's."""

    receipt = models.ForeignKey(Receipt, on_delete=models.PROTECT, related_name="+")
    seq = models.PositiveSmallIntegerField("lần")
    at = models.DateTimeField("gửi lúc")
    by_name = models.CharField("người gửi", max_length=200)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["receipt", "seq"], name="receipts_mail_once"),
            models.CheckConstraint(
                name="receipts_mailed_a_few_times", condition=models.Q(seq__gte=1, seq__lte=5)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.receipt_id}#{self.seq}"
