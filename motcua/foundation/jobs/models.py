from django.db import models


class RecurringJob(models.Model):
    """One piece of work done again and again by whichever worker is free.

    Born when a worker first sees it registered; a lease keeps two workers from doing it at once.
    """

    name = models.CharField("việc", max_length=80, primary_key=True)
    next_at = models.DateTimeField("lần tới")
    leased_until = models.DateTimeField("giữ đến", null=True, blank=True)
    finished_at = models.DateTimeField("xong lúc", null=True, blank=True)
    latest_error = models.CharField("lỗi mới nhất", max_length=200, blank=True)
    failures = models.PositiveIntegerField("số lần lỗi liên tiếp", default=0)

    def __str__(self) -> str:
        return self.name


class Heartbeat(models.Model):
    """When a long-running process last said that it lives."""

    process = models.CharField("tiến trình", max_length=80, primary_key=True)
    at = models.DateTimeField("lúc")

    def __str__(self) -> str:
        return f"{self.process} {self.at:%H:%M:%S}"
