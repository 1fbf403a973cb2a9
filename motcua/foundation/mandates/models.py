"""Tables of helpers, mandates, codes, sessions and what was done in them."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from motcua.foundation.files.api import StoredFile
from motcua.foundation.identity.api import Account
from motcua.foundation.people.api import Enterprise

from .choices import EndedBecause, MandateKind, Proof, Word


class Helper(models.Model):
    """One appointment of somebody who helps households of a commune to apply.

    Born by a decision of the commune (trưởng thôn, tổ công nghệ số cộng đồng, nhân viên bưu
    chính); holds for its days, or until the commune ends it. One account has one at a time.
    """

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    full_name = models.CharField("họ và tên", max_length=200)
    title = models.CharField("chức danh", max_length=200)
    phone = models.CharField("điện thoại", max_length=20, blank=True)
    unit_id = models.BigIntegerField("xã, phường cử", db_index=True)
    areas = ArrayField(models.CharField(max_length=200), verbose_name="thôn, bản, tổ dân phố")
    decision_number = models.CharField("số quyết định", max_length=60)
    decided_on = models.DateField("ngày quyết định")
    valid_from = models.DateField("từ ngày")
    valid_to = models.DateField("đến hết ngày")
    appointed_at = models.DateTimeField("ghi lúc")
    appointed_by_name = models.CharField("người ghi", max_length=200)
    ended_at = models.DateTimeField("cho thôi lúc", null=True)
    ended_by_name = models.CharField("người cho thôi", max_length=200, blank=True)
    ended_why = models.CharField("lý do cho thôi", max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="mandates_helper_once_at_a_time",
                fields=["account"],
                condition=Q(ended_at__isnull=True),
            ),
            models.CheckConstraint(
                name="mandates_helper_days_in_order", condition=Q(valid_to__gte=F("valid_from"))
            ),
            models.CheckConstraint(
                name="mandates_helper_ended_with_a_reason",
                condition=Q(ended_at__isnull=True, ended_why="")
                | (Q(ended_at__isnull=False) & ~Q(ended_why="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.full_name} ({self.decision_number})"


class Mandate(models.Model):
    """One consent of one client that one helper, or one firm, acts for them.

    Born with its proof; ends on its last day, or at once when the client takes it back or the
    agent gives it up. Never deleted, never widened by the agent. What was made under it stays the
    client's. A client is an account, and where `body` is set the body whose account holder it is.
    """

    kind = models.CharField("loại", max_length=8, choices=MandateKind.choices)
    principal = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    principal_name = models.CharField("người cho phép", max_length=200)
    body = models.ForeignKey(Enterprise, on_delete=models.PROTECT, null=True, related_name="+")
    helper = models.ForeignKey(Helper, on_delete=models.PROTECT, null=True, related_name="+")
    firm = models.ForeignKey(Enterprise, on_delete=models.PROTECT, null=True, related_name="+")
    proof = models.CharField("căn cứ", max_length=8, choices=Proof.choices)
    may_receive = models.BooleanField("được tải kết quả", default=False)
    may_pay = models.BooleanField("được nộp tiền", default=False)
    sees_all = models.BooleanField("được xem hồ sơ khác", default=False)
    procedure_codes = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    sector_codes = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    valid_from = models.DateField("từ ngày")
    valid_to = models.DateField("đến hết ngày", null=True)
    given_at = models.DateTimeField("cho phép lúc")
    paper = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, related_name="+")
    paper_number = models.CharField("số giấy ủy quyền", max_length=100, blank=True)
    checked_by_name = models.CharField("cán bộ đã xem giấy", max_length=200, blank=True)
    checked_unit_id = models.BigIntegerField("nơi đã xem giấy", null=True)
    warned_at = models.DateTimeField("báo sắp hết hạn lúc", null=True)
    ended_at = models.DateTimeField("kết thúc lúc", null=True)
    ended_because = models.CharField(
        "vì sao kết thúc", max_length=12, choices=EndedBecause.choices, blank=True
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="mandates_kind_names_its_agent",
                condition=Q(kind=MandateKind.HELP, helper__isnull=False, firm__isnull=True)
                | Q(kind=MandateKind.FIRM, helper__isnull=True, firm__isnull=False),
            ),
            models.CheckConstraint(
                name="mandates_proof_is_known", condition=Q(proof__in=Proof.values)
            ),
            models.CheckConstraint(
                name="mandates_paper_was_seen",
                condition=~Q(proof=Proof.PAPER)
                | (
                    Q(paper__isnull=False, checked_unit_id__isnull=False)
                    & ~Q(checked_by_name="")
                    & Q(valid_to__isnull=False)
                ),
            ),
            models.CheckConstraint(
                name="mandates_firm_has_a_last_day",
                condition=Q(kind=MandateKind.HELP) | Q(valid_to__isnull=False),
            ),
            models.CheckConstraint(
                name="mandates_days_in_order",
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
            ),
            models.CheckConstraint(
                name="mandates_ended_with_a_reason",
                condition=Q(ended_at__isnull=True, ended_because="")
                | Q(ended_at__isnull=False, ended_because__in=EndedBecause.values),
            ),
            models.UniqueConstraint(
                name="mandates_one_per_household",
                fields=["helper", "principal"],
                condition=Q(ended_at__isnull=True, kind=MandateKind.HELP),
            ),
            models.UniqueConstraint(
                name="mandates_one_per_client",
                fields=["firm", "principal", "body"],
                condition=Q(ended_at__isnull=True, kind=MandateKind.FIRM),
                nulls_distinct=False,
            ),
        ]
        indexes = [
            models.Index(
                name="mandates_ending",
                fields=["valid_to"],
                condition=Q(ended_at__isnull=True, valid_to__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} mandate {self.pk} of account {self.principal_id}"

    @property
    def client_name(self) -> str:
        """The person, or the body in whose name the person agreed."""
        return self.body.name if self.body else self.principal_name


class ConsentCode(models.Model):
    """One code on its way to a client's own telephone; of the code itself only a mark is kept.

    Dies with its minutes, its use, too many wrong tries, or the next code to the same telephone.
    """

    helper = models.ForeignKey(Helper, on_delete=models.PROTECT, related_name="+")
    phone = models.CharField("điện thoại", max_length=20)
    name = models.CharField("họ và tên đã khai", max_length=200)
    may_receive = models.BooleanField("được tải kết quả", default=False)
    salt = models.CharField("muối", max_length=32)
    digest = models.CharField("dấu", max_length=64)
    sent_at = models.DateTimeField("gửi lúc")
    expires_at = models.DateTimeField("dùng đến")
    wrong = models.PositiveSmallIntegerField("số lần sai", default=0)
    ended_at = models.DateTimeField("hết dùng lúc", null=True)

    class Meta:
        indexes = [
            models.Index(name="mandates_codes_of_helper", fields=["helper", "-sent_at"]),
        ]

    def __str__(self) -> str:
        return f"code of helper {self.helper_id}"


class AgentSession(models.Model):
    """One time in which one account acts for one client; one account has one at a time."""

    token = models.CharField("mã", max_length=40, unique=True)
    mandate = models.ForeignKey(Mandate, on_delete=models.PROTECT, related_name="+")
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    agent_name = models.CharField("người làm thay", max_length=200)
    opened_at = models.DateTimeField("mở lúc")
    expires_at = models.DateTimeField("đến lúc")
    ended_at = models.DateTimeField("đóng lúc", null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="mandates_session_one_at_a_time",
                fields=["account"],
                condition=Q(ended_at__isnull=True),
            ),
            models.CheckConstraint(
                name="mandates_session_expires", condition=Q(expires_at__gt=F("opened_at"))
            ),
        ]

    def __str__(self) -> str:
        return f"session of account {self.account_id} under mandate {self.mandate_id}"


class MandateEntry(models.Model):
    """One line of a mandate's history, for the client and the commune; never changed."""

    mandate = models.ForeignKey(Mandate, on_delete=models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField("lúc")
    word = models.CharField("việc", max_length=12, choices=Word.choices)
    by_account_id = models.BigIntegerField("tài khoản")
    by_name = models.CharField("người làm", max_length=500)
    subject = models.CharField("về", max_length=100, blank=True)

    class Meta:
        indexes = [models.Index(name="mandates_history", fields=["mandate", "-id"])]

    def __str__(self) -> str:
        return f"{self.word} under mandate {self.mandate_id}"
