from datetime import UTC, datetime

from django.db import models

from .choices import StepResult

NO_LIMIT = datetime(9999, 1, 1, tzinfo=UTC)


class StepRow(models.Model):
    """One opening of one step of one subject; rooms inherit it and own their table.

    Born when the steps before it are done; closed once, with a result; never reopened: a step
    that must be done again gets a new row of the next round. Without a limit `due_at` is
    `NO_LIMIT`, so that every open step has its place in the lists.
    """

    seq = models.PositiveIntegerField("thứ tự")
    code = models.CharField("mã bước", max_length=40)
    kind = models.CharField("loại", max_length=20)
    round = models.PositiveSmallIntegerField("lượt", default=1)
    unit_id = models.BigIntegerField("đơn vị")
    role = models.CharField("vai trò", max_length=30)
    assignee_id = models.BigIntegerField("người được giao", null=True)
    assignee_name = models.CharField("tên người được giao", max_length=200, blank=True)
    opened_at = models.DateTimeField("mở lúc")
    due_at = models.DateTimeField("hạn", default=NO_LIMIT)
    closed_at = models.DateTimeField("xong lúc", null=True)
    closed_by_id = models.BigIntegerField("người làm xong", null=True)
    closed_by_name = models.CharField("tên người làm xong", max_length=200, blank=True)
    result = models.CharField("kết quả", max_length=12, choices=StepResult.choices, blank=True)
    comment = models.CharField("ý kiến", max_length=2000, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.code}#{self.round}"
