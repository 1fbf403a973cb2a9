"""What a desk keeps beside dossiers: drafts, hand-over lists, certification lines, closed books."""

from typing import Any

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeBoundary
from django.db import models
from django.db.models import Q

from motcua.casework.dossiers.choices import BookKind
from motcua.foundation.files.api import StoredFile
from motcua.lib.dated import Period

from .dossier import Dossier
from .parts import Part

_BOTH_DAYS = RangeBoundary(inclusive_lower=True, inclusive_upper=True)


class Draft(models.Model):
    """An application being written on the portal (bản nháp), resumed anywhere by its owner.

    Born with the first page; ends when it is filed (`filed_code`) or thrown away; swept after
    ninety days without a change. Begun by somebody who acts for the owner it names the mandate, and
    the agent sees no other. `application` is the form as it was frozen to be signed, with the
    fingerprint of what it says: once the answers say something else, its signature is void.
    """

    token = models.CharField("mã bản nháp", max_length=32, unique=True)
    account_id = models.BigIntegerField("tài khoản", db_index=True)
    mandate_id = models.BigIntegerField("bắt đầu theo sự đồng ý", null=True)
    procedure_id = models.BigIntegerField("thủ tục")
    procedure_version_id = models.BigIntegerField("phiên bản")
    case_code = models.CharField("trường hợp", max_length=40)
    agency_id = models.BigIntegerField("cơ quan giải quyết", null=True)
    answers: "models.JSONField[dict[str, Any], dict[str, Any]]" = models.JSONField(
        "trả lời", default=dict
    )
    papers: "models.JSONField[list[dict[str, Any]], list[dict[str, Any]]]" = models.JSONField(
        "tệp", default=list
    )
    parties: "models.JSONField[dict[str, Any], dict[str, Any]]" = models.JSONField(
        "người nộp, chủ hồ sơ", default=dict
    )
    application: "models.JSONField[dict[str, Any], dict[str, Any]]" = models.JSONField(
        "tờ khai để ký", default=dict
    )
    page = models.PositiveSmallIntegerField("trang", default=0)
    saved_at = models.DateTimeField("lưu lúc")
    filed_code = models.CharField("mã hồ sơ đã nộp", max_length=60, blank=True)

    class Meta:
        indexes = [
            models.Index(
                name="dossiers_draft_unfiled",
                fields=["account_id", "-saved_at"],
                condition=Q(filed_code=""),
            ),
        ]

    def __str__(self) -> str:
        return self.token


class DraftFile(models.Model):
    """One stored file that a draft holds, so that it is not swept while the draft lives."""

    draft = models.ForeignKey(
        Draft, on_delete=models.CASCADE, related_name="+", verbose_name="bản nháp"
    )
    file = models.ForeignKey(
        StoredFile, on_delete=models.PROTECT, related_name="+", verbose_name="tệp"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["draft", "file"], name="dossiers_draft_holds_once"),
        ]

    def __str__(self) -> str:
        return f"{self.draft_id}: {self.file_id}"


class SupplyDraft(models.Model):
    """What the applicant is about to supply after one request, kept until it is sent.

    Born when something is kept before sending, so that it can be signed; ends when it is sent;
    swept after ninety days without a change.
    """

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="+", db_index=False)
    request_seq = models.PositiveIntegerField("lần yêu cầu")
    answers: "models.JSONField[dict[str, Any], dict[str, Any]]" = models.JSONField(
        "trả lời sửa lại", default=dict
    )
    saved_at = models.DateTimeField("lưu lúc")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["dossier", "request_seq"], name="dossiers_one_supply_of_a_request"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.dossier_id}#{self.request_seq}"


class SupplyPaper(models.Model):
    """One file that is about to be supplied for one item; what was signed takes its place."""

    supply = models.ForeignKey(SupplyDraft, on_delete=models.CASCADE, related_name="+")
    item_seq = models.PositiveIntegerField("mục được yêu cầu")
    spec_code = models.CharField("mã giấy tờ", max_length=60, blank=True)
    name = models.CharField("tên", max_length=1000)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    file_name = models.CharField("tên tệp", max_length=200)
    signed_by_name = models.CharField("người ký", max_length=300, blank=True)
    signed_at = models.DateTimeField("ký lúc", null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="dossiers_supply_signed_with_a_moment",
                condition=Q(signed_at__isnull=True, signed_by_name="")
                | Q(signed_at__isnull=False) & ~Q(signed_by_name=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.supply_id}: {self.file_id}"


class HandOver(models.Model):
    """One list of dossiers handed from a desk to a unit, or from a unit back to a desk."""

    number = models.CharField("số", max_length=40, unique=True)
    from_unit_id = models.BigIntegerField("bên giao")
    to_unit_id = models.BigIntegerField("bên nhận")
    made_at = models.DateTimeField("lập lúc")
    made_by_name = models.CharField("người giao", max_length=200)
    taken_at = models.DateTimeField("nhận lúc", null=True)
    taken_by_name = models.CharField("người nhận", max_length=200, blank=True)
    note = models.CharField("ghi chú", max_length=500, blank=True)

    class Meta:
        indexes = [
            models.Index(name="dossiers_handover_from", fields=["from_unit_id", "-made_at"]),
            models.Index(name="dossiers_handover_to", fields=["to_unit_id", "-made_at"]),
        ]

    def __str__(self) -> str:
        return self.number


class HandOverItem(models.Model):
    """One dossier on a hand-over list."""

    hand_over = models.ForeignKey(HandOver, on_delete=models.CASCADE, related_name="+")
    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="+")
    papers = models.PositiveSmallIntegerField("số giấy tờ", default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["hand_over", "dossier"], name="dossiers_once_on_a_list"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.hand_over_id}: {self.dossier_id}"


class CertificationLine(Part):
    """One paper certified as a true copy: pages, copies, money; no file is kept."""

    paper_name = models.CharField("giấy tờ", max_length=300)
    pages = models.PositiveSmallIntegerField("số trang")
    copies = models.PositiveSmallIntegerField("số bản")
    amount_vnd = models.BigIntegerField("phí")
    book_number = models.PositiveIntegerField("số chứng thực")
    book = models.CharField("quyển sổ", max_length=60)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["book", "book_number"], name="dossiers_certification_number_once"
            ),
            models.CheckConstraint(
                name="dossiers_certification_counts", condition=Q(pages__gte=1, copies__gte=1)
            ),
        ]


class ClosedRegister(models.Model):
    """One book of a desk closed for a period (sổ đã khóa): who, when, how much, fingerprint.

    Its entries are kept as they stood; what happens to their dossiers later changes them no more.
    Who signs it digitally is named apart: whoever closed it, or to whom that was handed on.
    """

    kind = models.CharField(
        "sổ", max_length=20, choices=BookKind.choices, default=BookKind.FOLLOW_UP
    )
    unit_id = models.BigIntegerField("đơn vị")
    from_day = models.DateField("từ ngày")
    to_day = models.DateField("đến ngày")
    rows = models.PositiveIntegerField("số dòng")
    pieces = models.PositiveIntegerField("số bộ hồ sơ, số bản sao", default=0)
    paid_vnd = models.BigIntegerField("số tiền", default=0)
    digest = models.CharField("mã băm", max_length=64)
    closed_at = models.DateTimeField("khóa lúc")
    closed_by_name = models.CharField("người khóa", max_length=200)
    closed_by_title = models.CharField("chức danh người khóa", max_length=200, blank=True)
    signer_name = models.CharField("người ký số", max_length=200, blank=True)
    signer_title = models.CharField("chức danh người ký số", max_length=200, blank=True)
    signer_capacity = models.CharField("tư cách ký số", max_length=400, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="dossiers_register_days_in_order",
                condition=Q(to_day__gte=models.F("from_day")),
            ),
            ExclusionConstraint(
                name="dossiers_register_no_day_closed_twice",
                expressions=[
                    ("kind", "="),
                    ("unit_id", "="),
                    (Period("from_day", "to_day", _BOTH_DAYS), "&&"),
                ],
            ),
        ]

    def __str__(self) -> str:
        days = f"{self.from_day:%d/%m/%Y}–{self.to_day:%d/%m/%Y}"
        return f"{BookKind(self.kind).label} {days}"


class ClosedEntry(models.Model):
    """One line of a closed book, as it stood when the book was closed; never changed."""

    pk = models.CompositePrimaryKey("book_id", "serial")
    book = models.ForeignKey(
        ClosedRegister, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    serial = models.PositiveIntegerField("thứ tự")
    line: "models.JSONField[dict[str, Any], dict[str, Any]]" = models.JSONField("nội dung")

    def __str__(self) -> str:
        return f"{self.book_id}#{self.serial}"
