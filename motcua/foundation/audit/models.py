from django.db import models


class AuditEntry(models.Model):
    """One act of one actor on one subject, written in the act's own transaction.

    Append-only and partitioned by month; nothing points to it and it points to nothing.
    """

    at = models.DateTimeField("lúc")
    action = models.CharField("hành động", max_length=80)
    subject = models.CharField("đối tượng", max_length=120)
    actor_id = models.BigIntegerField("mã người làm")
    actor_name = models.CharField("người làm", max_length=200)
    on_behalf_of = models.CharField("thay mặt", max_length=200, blank=True)
    detail = models.JSONField("chi tiết", default=dict)

    class Meta:
        db_table = "audit_entry"

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.action} {self.subject}"


class AccessEntry(models.Model):
    """One look at somebody's data: who, when, what, and for what purpose.

    Append-only and partitioned by month; the person concerned may read it.
    """

    at = models.DateTimeField("lúc")
    purpose = models.CharField("mục đích", max_length=80)
    subject = models.CharField("đối tượng", max_length=120)
    actor_id = models.BigIntegerField("mã người xem")
    actor_name = models.CharField("người xem", max_length=200)
    actor_title = models.CharField("chức danh", max_length=200, blank=True)
    agency_id = models.BigIntegerField("cơ quan", null=True)
    person_id = models.BigIntegerField("người được xem", null=True)
    detail = models.JSONField("chi tiết", default=dict)

    class Meta:
        db_table = "audit_access"

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.purpose} {self.subject}"
