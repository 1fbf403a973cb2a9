"""Who used the copy of a document that the registry keeps (bản lưu)."""

from django.db import models
from django.db.models import Q

from .parts import Part


class KeptCopyUse(Part):
    """One use of the kept copy: by whom, allowed by whom, and when it came back."""

    at = models.DateTimeField("lúc giao")
    by_name = models.CharField("người giao", max_length=200)
    borrower = models.CharField("người sử dụng", max_length=200)
    allowed_by = models.CharField("người cho phép", max_length=200)
    purpose = models.CharField("để làm gì", max_length=500, blank=True)
    file_code = models.CharField("hồ sơ số", max_length=100, blank=True)
    returned_at = models.DateTimeField("trả lúc", null=True)
    returned_to = models.CharField("người nhận lại", max_length=200, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="documents_copy_came_back_to_somebody",
                condition=Q(returned_at__isnull=True, returned_to="")
                | Q(returned_at__isnull=False) & ~Q(returned_to=""),
            )
        ]
