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


class Attempts(models.Model):
    """How often somebody tried one thing of late, whichever process answered; swept after a day.

    The key is a hash: it names neither an address nor a person.
    """

    key = models.CharField("dấu", max_length=64, primary_key=True)
    began_at = models.DateTimeField("bắt đầu đếm lúc", db_index=True)
    count = models.PositiveIntegerField("số lần")

    def __str__(self) -> str:
        return f"{self.count} since {self.began_at:%Y-%m-%d %H:%M}"
