"""What leaders write on a document (bút phê), and to whom."""

from django.db import models

from motcua.casework.documents.choices import ScopeRole

from .parts import Part


class Directive(Part):
    """One leader's words on a document; secret ones are shown only to those named in it."""

    at = models.DateTimeField("lúc")
    by_id = models.BigIntegerField("mã người cho ý kiến")
    by_name = models.CharField("người cho ý kiến", max_length=200)
    by_title = models.CharField("chức danh", max_length=200, blank=True)
    words = models.CharField("ý kiến", max_length=2000)
    is_secret = models.BooleanField("chỉ người có tên được đọc", default=False)
    task_code = models.CharField("nhiệm vụ", max_length=40, blank=True)


class DirectiveLine(Part):
    """One unit or person named in a directive, with its part and its deadline."""

    directive_seq = models.PositiveIntegerField("thuộc ý kiến")
    part = models.CharField("vai trò", max_length=10, choices=ScopeRole.choices)
    unit_id = models.BigIntegerField("đơn vị")
    account_id = models.BigIntegerField("người", null=True)
    name = models.CharField("tên", max_length=300)
    words = models.CharField("lời dặn riêng", max_length=1000, blank=True)
    due_at = models.DateTimeField("hạn", null=True)
