"""Issued papers, as their QR marks tell."""

from django.db import models
from django.db.models import Q

from motcua.foundation.signing.choices import DocumentKind, PaperState

from .request import SigningRequest


class SignedPaper(models.Model):
    """One paper that was issued with its signatures: what anybody who holds it may learn.

    Born with the last signature; never deleted. A decision corrects, replaces or revokes it;
    that it expired is said by `valid_until`. Carries no name.
    """

    token = models.CharField("mã trên QR", max_length=40, unique=True)
    request = models.OneToOneField(
        SigningRequest, on_delete=models.PROTECT, related_name="+", null=True
    )
    document_kind = models.CharField("loại văn bản", max_length=20, choices=DocumentKind.choices)
    agency_id = models.BigIntegerField("cơ quan ban hành")
    title = models.CharField("tên văn bản", max_length=500)
    number = models.CharField("số, ký hiệu", max_length=100, blank=True)
    issued_on = models.DateField("ngày ban hành")
    sha256 = models.CharField("dấu vân tay bản mới nhất", max_length=64)
    state = models.CharField("hiệu lực", max_length=10, choices=PaperState.choices)
    valid_until = models.DateField("giá trị đến hết ngày", null=True)
    successor_token = models.CharField("giấy thay thế", max_length=40, blank=True)
    basis_number = models.CharField("số quyết định", max_length=100, blank=True)
    basis_on = models.DateField("ngày quyết định", null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="signing_paper_state_is_known", condition=Q(state__in=PaperState.values)
            ),
            models.CheckConstraint(
                name="signing_paper_changed_by_a_decision",
                condition=Q(state__in=(PaperState.IN_FORCE, PaperState.EXPIRED))
                | ~Q(basis_number=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.token} ({self.state})"


class PaperChange(models.Model):
    """One decision that corrected, replaced or revoked a paper; all of them stay.

    Number and day are shown to whoever holds the paper; the reason may speak of people, so only
    officers and whose paper it is read it.
    """

    pk = models.CompositePrimaryKey("paper_id", "seq")
    paper = models.ForeignKey(
        SignedPaper, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    seq = models.PositiveSmallIntegerField("lần")
    state = models.CharField("hiệu lực", max_length=10, choices=PaperState.choices)
    basis_number = models.CharField("số quyết định", max_length=100)
    basis_on = models.DateField("ngày quyết định")
    successor_token = models.CharField("giấy thay thế", max_length=40, blank=True)
    reason = models.CharField("lý do", max_length=1000)
    by_id = models.BigIntegerField("mã người ghi")
    by_name = models.CharField("người ghi", max_length=200)
    at = models.DateTimeField("lúc")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="signing_change_is_by_decision",
                condition=Q(
                    state__in=(PaperState.CORRECTED, PaperState.REPLACED, PaperState.REVOKED)
                ),
            ),
            models.CheckConstraint(
                name="signing_replaced_by_another",
                condition=Q(state=PaperState.REPLACED) & ~Q(successor_token="")
                | ~Q(state=PaperState.REPLACED) & Q(successor_token=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.paper_id}#{self.seq} {self.state}"
