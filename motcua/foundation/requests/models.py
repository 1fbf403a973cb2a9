from django.db import models


class RequestKey(models.Model):
    """One request that was carried out, under the key its sender chose, and what was answered.

    Born in the same transaction as the act; a second request with the key gets the same answer.
    """

    actor_id = models.BigIntegerField("người gửi")
    key = models.CharField("khóa", max_length=80)
    answer = models.CharField("trả lời", max_length=200)
    at = models.DateTimeField("lúc")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["actor_id", "key"], name="requests_key_once"),
        ]

    def __str__(self) -> str:
        return f"{self.key} → {self.answer}"
