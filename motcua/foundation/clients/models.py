from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q


class Client(models.Model):
    """One application of somebody else that uses the interface (ứng dụng kết nối).

    Registered by an administrator, who says under which officer's account it acts, with which
    scopes, for which agencies, from which networks and until when. Ended at a moment, never
    deleted.
    """

    name = models.CharField("tên ứng dụng", max_length=120)
    contact = models.CharField("người phụ trách", max_length=300)
    account = models.ForeignKey(
        "identity.Account",
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="tài khoản công vụ",
    )
    scopes = ArrayField(models.CharField(max_length=40), verbose_name="phạm vi")
    agency_ids = ArrayField(models.BigIntegerField(), default=list, verbose_name="cơ quan")
    networks = ArrayField(models.CharField(max_length=50), default=list, verbose_name="mạng")
    valid_to = models.DateField("đến hết ngày")
    basis = models.CharField("căn cứ", max_length=300, blank=True)
    version = models.PositiveIntegerField("phiên bản", default=1)
    registered_at = models.DateTimeField("đăng ký lúc")
    registered_by_name = models.CharField("người đăng ký", max_length=200)
    ended_at = models.DateTimeField("ngừng lúc", null=True)
    ended_why = models.CharField("lý do ngừng", max_length=300, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="clients_client_has_scopes", condition=Q(scopes__len__gt=0)
            ),
            models.CheckConstraint(
                name="clients_client_ended_with_a_reason",
                condition=Q(ended_at__isnull=True, ended_why="")
                | (Q(ended_at__isnull=False) & ~Q(ended_why="")),
            ),
        ]
        indexes = [models.Index(fields=["account"], name="clients_client_by_account")]

    def __str__(self) -> str:
        return self.name


class ClientKey(models.Model):
    """One key of an application, kept as a hash; two may hold at a time while one gives way."""

    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="keys")
    digest = models.CharField("dấu", max_length=64, unique=True)
    hint = models.CharField("bốn chữ cuối", max_length=4)
    made_at = models.DateTimeField("cấp lúc")
    ends_at = models.DateTimeField("dùng đến", null=True)
    seen_at = models.DateTimeField("dùng gần nhất", null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="clients_key_ends_after_it_was_made",
                condition=Q(ends_at__isnull=True) | Q(ends_at__gte=F("made_at")),
            ),
            models.UniqueConstraint(
                fields=["client"],
                condition=Q(ends_at__isnull=True),
                name="clients_one_lasting_key",
            ),
        ]

    def __str__(self) -> str:
        return f"…{self.hint}"
