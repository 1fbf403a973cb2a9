"""What minutes leave behind: what was found, and who put a name to them."""

from typing import Any

from django.db import models
from django.db.models import Q

from motcua.casework.dossiers.choices import SignerRole, SigningWay

from .parts import Part


class StepFinding(Part):
    """What one visit or meeting found, by the version's own list; the latest of a name counts.

    `about_seq` is the visit or meeting.
    """

    step_code = models.CharField("bước", max_length=40)
    about_seq = models.PositiveIntegerField("lần kiểm tra hoặc cuộc họp")
    found: "models.JSONField[dict[str, Any], dict[str, Any]]" = models.JSONField("kết luận")
    at = models.DateTimeField("lúc")
    by_name = models.CharField("người ghi", max_length=200)


class MinutesSignature(Part):
    """One name under minutes: typed, drawn with a finger, on paper; or refused before a witness.

    `strokes` are the lines drawn, as numbers only.
    """

    about_seq = models.PositiveIntegerField("lần kiểm tra hoặc cuộc họp")
    role = models.CharField("tư cách", max_length=10, choices=SignerRole.choices)
    name = models.CharField("họ tên", max_length=200)
    way = models.CharField("cách ký", max_length=10, choices=SigningWay.choices)
    strokes = models.TextField("nét ký", blank=True)
    witness = models.CharField("người làm chứng", max_length=200, blank=True)
    reason = models.CharField("lý do không ký", max_length=500, blank=True)
    at = models.DateTimeField("lúc")
    taken_by_name = models.CharField("cán bộ", max_length=200)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="dossiers_refusing_to_sign_is_witnessed",
                condition=~Q(way=SigningWay.REFUSED) | ~Q(witness=""),
            ),
            models.CheckConstraint(
                name="dossiers_drawn_signature_has_strokes",
                condition=~Q(way=SigningWay.DRAWN) | ~Q(strokes=""),
            ),
        ]
