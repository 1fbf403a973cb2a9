"""Addresses of authorities that gave no answer."""

from django.db import models


class Silence(models.Model):
    """One address that was asked and did not answer: for a while nobody waits for it again.

    Written by whoever asked; replaced by the next silence, removed by the next answer.
    """

    address = models.CharField("địa chỉ", max_length=500, unique=True)
    at = models.DateTimeField("hỏi lúc")
    error = models.CharField("lỗi", max_length=300)

    def __str__(self) -> str:
        return f"{self.address} {self.at:%Y-%m-%d %H:%M}"
