"""Codes by which whoever has the telephone of an account sets its password."""

from django.db import models

from .accounts import Account


class SignInCode(models.Model):
    """One code on its way to a telephone; without an account nothing can be done with it.

    Born when a password is asked for by telephone; dies with its minutes, its use, too many wrong
    tries, or the next code to the same telephone. `token` stays in the browser that asked.
    """

    token = models.CharField("mã của trình duyệt", max_length=40, unique=True)
    account = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, related_name="+")
    phone = models.CharField("điện thoại", max_length=20, db_index=True)
    salt = models.CharField("muối", max_length=32)
    digest = models.CharField("dấu", max_length=64)
    sent_at = models.DateTimeField("gửi lúc")
    expires_at = models.DateTimeField("dùng đến")
    wrong = models.PositiveSmallIntegerField("số lần sai", default=0)
    proven_at = models.DateTimeField("nhập đúng lúc", null=True)
    ended_at = models.DateTimeField("hết dùng lúc", null=True)

    def __str__(self) -> str:
        return f"code of {self.sent_at:%Y-%m-%d %H:%M}"
