"""Who may sign for an agency in which capacity, and who is away."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from motcua.foundation.signing.choices import Capacity, DocumentKind
from motcua.lib.dated import Dated, days_in_order, one_at_a_time

_FOR_SOMEBODY = (Capacity.DEPUTY, Capacity.BY_ORDER, Capacity.BY_AUTHORISATION)


class SigningRight(Dated):
    """How the holder of one post signs for an agency, on which days (thẩm quyền ký).

    Born when an administrator writes it down; ends on a day, never deleted once it counted. No
    kinds mean all documents. A deputy (KT.) whose head signs by order (TL.) has `ordered_by`, the
    post that gives the order: both are printed. From the day an agency has a right for a kind of
    document, nobody signs such a document there without one.
    """

    agency_id = models.BigIntegerField("cơ quan ban hành")
    post = models.ForeignKey(
        "organisation.Post", on_delete=models.PROTECT, related_name="+", verbose_name="vị trí"
    )
    capacity = models.CharField(
        "ký với tư cách", max_length=4, choices=Capacity.choices, blank=True
    )
    head_post = models.ForeignKey(
        "organisation.Post",
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        verbose_name="thay cho, theo lệnh của",
    )
    ordered_by = models.ForeignKey(
        "organisation.Post",
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        verbose_name="người được ký thay ký thừa lệnh của",
    )
    collective = models.CharField("thay mặt tập thể", max_length=200, blank=True)
    kinds = ArrayField(
        models.CharField(max_length=20, choices=DocumentKind.choices),
        default=list,
        blank=True,
        verbose_name="loại văn bản",
    )
    basis_number = models.CharField("số văn bản", max_length=100, blank=True)
    basis_on = models.DateField("ngày văn bản", null=True)
    given_at = models.DateTimeField("ghi lúc")
    given_by_name = models.CharField("người ghi", max_length=200)

    class Meta:
        constraints = [
            days_in_order("signing_right_days_in_order"),
            models.CheckConstraint(
                name="signing_right_capacity_is_known", condition=Q(capacity__in=Capacity.values)
            ),
            models.CheckConstraint(
                name="signing_right_for_somebody",
                condition=Q(capacity__in=_FOR_SOMEBODY, head_post__isnull=False)
                | ~Q(capacity__in=_FOR_SOMEBODY) & Q(head_post__isnull=True),
            ),
            models.CheckConstraint(
                name="signing_right_by_order_and_deputy",
                condition=Q(ordered_by__isnull=True) | Q(capacity=Capacity.DEPUTY, collective=""),
            ),
            models.CheckConstraint(
                name="signing_authorisation_has_document_and_end",
                condition=~Q(capacity=Capacity.BY_AUTHORISATION)
                | ~Q(basis_number="")
                & Q(basis_on__isnull=False, valid_to__isnull=False, kinds__len__gt=0),
            ),
            models.CheckConstraint(
                name="signing_right_for_a_collective_names_it",
                condition=~Q(capacity=Capacity.ON_BEHALF) | ~Q(collective=""),
            ),
            one_at_a_time("signing_one_right_at_a_time", "agency_id", "post", "capacity"),
        ]

    def __str__(self) -> str:
        return f"{self.agency_id}: {self.capacity or 'own'} post {self.post_id}"


class SigningAbsence(Dated):
    """Days on which an officer does not sign, and the deputy to whom the turns go meanwhile.

    Always with an end; ended earlier at a moment, never deleted.
    """

    officer = models.ForeignKey(
        "organisation.Officer",
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="người vắng",
    )
    deputy = models.ForeignKey(
        "organisation.Officer",
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="người ký thay",
    )
    reason = models.CharField("lý do", max_length=300)
    given_at = models.DateTimeField("ghi lúc")
    given_by_name = models.CharField("người ghi", max_length=200)
    ended_at = models.DateTimeField("kết thúc sớm lúc", null=True)

    class Meta:
        constraints = [
            days_in_order("signing_absence_days_in_order"),
            models.CheckConstraint(
                name="signing_absence_has_an_end", condition=Q(valid_to__isnull=False)
            ),
            models.CheckConstraint(
                name="signing_absence_deputy_is_another",
                condition=~Q(deputy=models.F("officer")),
            ),
            one_at_a_time(
                "signing_one_absence_at_a_time", "officer", condition=Q(ended_at__isnull=True)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.officer_id} → {self.deputy_id} từ {self.valid_from:%d/%m/%Y}"
