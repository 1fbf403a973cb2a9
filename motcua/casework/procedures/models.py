"""Procedures as published, version by version, and who handles what."""

from typing import Self

from django.db import models
from django.db.models import F, Q

from motcua.foundation.files.api import StoredFile
from motcua.foundation.organisation.api import Agency, LivingKey, Unit

from .choices import CompetentLevel, FilingMode, ServiceLevel, VersionState


class ServiceField(models.Model):
    """One sector of procedures (lĩnh vực)."""

    code = models.CharField("mã", max_length=40, unique=True)
    name = models.CharField("tên", max_length=300)
    sort_key = models.CharField("khóa sắp xếp", max_length=1200)

    def __str__(self) -> str:
        return self.name


class Procedure(models.Model):
    """One administrative procedure (thủ tục hành chính) over time, known by its national code.

    Born by import or by an administrator; what it says stands in its versions; `current` is
    repeated here for lists and search.
    """

    code = models.CharField("mã thủ tục", max_length=40, unique=True)
    name = models.CharField("tên", max_length=1200)
    plain_name = models.CharField("tên thường gọi", max_length=300, blank=True)
    service_field = models.ForeignKey(
        ServiceField, on_delete=models.PROTECT, related_name="+", verbose_name="lĩnh vực"
    )
    level = models.CharField("cấp thực hiện", max_length=10, choices=CompetentLevel.choices)
    service_level = models.CharField(
        "mức độ trực tuyến", max_length=12, choices=ServiceLevel.choices
    )
    filing_mode = models.CharField("nơi nộp trực tuyến", max_length=14, choices=FilingMode.choices)
    can_be_filed = models.BooleanField("tiếp nhận tại tỉnh", default=False)
    can_be_filed_online = models.BooleanField("nộp trực tuyến tại tỉnh", default=False)
    life_events = models.JSONField("sự kiện", default=list)
    words_exact = models.TextField("từ có dấu")
    words_folded = models.TextField("từ không dấu")
    popularity = models.PositiveIntegerField("số hồ sơ gần đây", default=0)
    current_version_id = models.BigIntegerField("phiên bản hiện hành", null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="procedures_online_means_filed",
                condition=Q(can_be_filed_online=False) | Q(can_be_filed=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name[:80]}"


class VersionQuerySet(models.QuerySet["ProcedureVersion"]):
    """Versions in sets."""

    def in_force_on(self, day: object) -> Self:
        """Keep published versions whose days include this one."""
        return self.filter(
            Q(valid_to__isnull=True) | Q(valid_to__gte=day),
            state=VersionState.PUBLISHED,
            valid_from__lte=day,
        )


class ProcedureVersion(models.Model):
    """What one procedure says from one day to another; dossiers stay bound to it.

    Once published only its last day is written later; `source` is the structured text, `original`
    the words of an imported text that did not become fields.
    """

    procedure = models.ForeignKey(
        Procedure, on_delete=models.PROTECT, related_name="+", verbose_name="thủ tục"
    )
    number = models.PositiveIntegerField("số phiên bản")
    state = models.CharField("trạng thái", max_length=10, choices=VersionState.choices)
    valid_from = models.DateField("hiệu lực từ")
    valid_to = models.DateField("đến hết", null=True, blank=True)
    source = models.TextField("văn bản có cấu trúc")
    digest = models.CharField("mã băm", max_length=64)
    original = models.JSONField("lời văn gốc", default=dict)
    unclear = models.JSONField("điểm chưa rõ", default=list)
    edited_by_name = models.CharField("người sửa", max_length=200, blank=True)
    edited_at = models.DateTimeField("sửa lúc")
    published_by_name = models.CharField("người công khai", max_length=200, blank=True)
    published_at = models.DateTimeField("công khai lúc", null=True, blank=True)

    objects = VersionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["procedure", "number"], name="procedures_version_number_once"
            ),
            models.CheckConstraint(
                name="procedures_version_state_is_known",
                condition=Q(state__in=VersionState.values),
            ),
            models.CheckConstraint(
                name="procedures_version_days_in_order",
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
            ),
            models.CheckConstraint(
                name="procedures_unclear_versions_are_not_published",
                condition=~Q(state=VersionState.PUBLISHED) | Q(unclear=[]),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.procedure_id} v{self.number}"


class LintedVersion(models.Model):
    """What the once-only linter found in the version of a procedure that is shown.

    `mark` says over what it judged: rules, text and surroundings; another mark, and the row is
    written anew. `found` has the shape of `Finding.as_plain`, faults first.
    """

    version = models.OneToOneField(
        ProcedureVersion, on_delete=models.CASCADE, primary_key=True, related_name="+"
    )
    mark = models.CharField("dấu", max_length=64)
    faults = models.PositiveIntegerField("số lỗi")
    looks = models.PositiveIntegerField("số điểm nên xem")
    rules = models.JSONField("loại lỗi", default=list)
    found = models.JSONField("phát hiện", default=list)
    linted_at = models.DateTimeField("rà soát lúc")

    def __str__(self) -> str:
        return f"{self.version_id}: {self.faults} + {self.looks}"


class DutyHolder(models.Model):
    """Which unit of an agency does what a process calls a duty ("justice", "economy", …).

    Set by the agency's working rules; a reorganisation carries it over.
    """

    agency = LivingKey(Agency, on_delete=models.PROTECT, related_name="+", verbose_name="cơ quan")
    duty = models.CharField("việc", max_length=40)
    unit = LivingKey(Unit, on_delete=models.PROTECT, related_name="+", verbose_name="đơn vị")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agency", "duty"], name="procedures_one_unit_per_duty"),
        ]

    def __str__(self) -> str:
        return f"{self.agency_id} {self.duty}: {self.unit_id}"


class OpenAgency(models.Model):
    """One agency that decides on one procedure; none at all means every agency of its level."""

    procedure = models.ForeignKey(
        Procedure, on_delete=models.CASCADE, related_name="+", verbose_name="thủ tục"
    )
    agency = LivingKey(Agency, on_delete=models.PROTECT, related_name="+", verbose_name="cơ quan")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["procedure", "agency"], name="procedures_agency_listed_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.procedure_id} ở {self.agency_id}"


class OutcomeTemplate(models.Model):
    """One Word template of one outcome, from a day on; a newer one takes its place.

    Bound to the procedure and the outcome's code, so that a new version of the procedure keeps
    it; one with an agency is that agency's own and goes before the one for everybody. Its file
    never changes; it can only be withdrawn.
    """

    procedure = models.ForeignKey(
        Procedure, on_delete=models.PROTECT, related_name="+", verbose_name="thủ tục"
    )
    outcome_code = models.CharField("mã kết quả", max_length=60)
    agency = LivingKey(
        Agency,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="cơ quan",
    )
    number = models.PositiveIntegerField("lần thứ")
    valid_from = models.DateField("dùng từ ngày")
    file = models.ForeignKey(
        StoredFile, on_delete=models.PROTECT, related_name="+", verbose_name="tệp Word"
    )
    file_name = models.CharField("tên tệp", max_length=200)
    added_by_name = models.CharField("người đưa lên", max_length=200)
    added_at = models.DateTimeField("đưa lên lúc")
    withdrawn_at = models.DateTimeField("bỏ lúc", null=True, blank=True)
    withdrawn_by_name = models.CharField("người bỏ", max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["procedure", "outcome_code", "number"],
                name="procedures_template_number_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.procedure_id} {self.outcome_code} #{self.number}"


class EnglishVersion(models.Model):
    """The one row that says which state of the English texts is read; raised with every change."""

    id = models.SmallIntegerField(primary_key=True)
    version = models.BigIntegerField("phiên bản")

    class Meta:
        constraints = [
            models.CheckConstraint(name="procedures_one_english", condition=Q(id=1)),
        ]

    def __str__(self) -> str:
        return str(self.version)


class EnglishText(models.Model):
    """What one Vietnamese text of procedures, or an official name, says in English.

    Kept by the words, so that what many procedures say is translated once; it is help for
    readers, never the text that counts.
    """

    key = models.CharField("dấu của lời", max_length=32, primary_key=True)
    vietnamese = models.TextField("lời tiếng Việt")
    english = models.TextField("lời tiếng Anh")
    written_by_name = models.CharField("người dịch", max_length=200)
    written_at = models.DateTimeField("dịch lúc")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="procedures_english_says_something", condition=~Q(english="")
            )
        ]

    def __str__(self) -> str:
        return self.english[:80]
