"""Delegations: standing in for somebody's post."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from motcua.lib.dated import Dated, days_in_order, one_at_a_time


class Delegation(Dated):
    """One post in which an officer stands in for its holder for some days (ủy quyền).

    Given by the holder or an administrator, always with an end; taken back at a moment, never
    deleted. Who stands in acts under the own name, on behalf of the holder.
    """

    post = models.ForeignKey(
        "organisation.Post", on_delete=models.PROTECT, related_name="+", verbose_name="vị trí"
    )
    to_officer = models.ForeignKey(
        "organisation.Officer",
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="người được ủy quyền",
    )
    powers = ArrayField(
        models.CharField(max_length=40), default=list, blank=True, verbose_name="quyền được giao"
    )
    basis = models.CharField("căn cứ", max_length=200, blank=True)
    given_at = models.DateTimeField("ủy quyền lúc")
    given_by = models.BigIntegerField("tài khoản ủy quyền")
    revoked_at = models.DateTimeField("thu hồi lúc", null=True, blank=True)

    class Meta:
        constraints = [
            days_in_order("access_delegation_days_in_order"),
            models.CheckConstraint(
                name="access_delegation_has_an_end", condition=Q(valid_to__isnull=False)
            ),
            one_at_a_time(
                "access_one_delegation_at_a_time",
                "post",
                "to_officer",
                condition=Q(revoked_at__isnull=True),
            ),
            models.CheckConstraint(
                name="access_delegation_revoked_after_it_was_given",
                condition=Q(revoked_at__isnull=True) | Q(revoked_at__gte=F("given_at")),
            ),
        ]

    def __str__(self) -> str:
        return f"post {self.post_id} → officer {self.to_officer_id}"
