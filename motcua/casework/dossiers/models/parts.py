"""Parts of a dossier: each keyed by (dossier, seq), so that a history is one range of an index."""

from typing import Any

from django.db import models
from django.db.models import Q

from motcua.casework.dossiers.choices import (
    CopyKind,
    DueChangeKind,
    IssuedForm,
    OutcomeKind,
    PaperState,
    PartyRole,
    Side,
)
from motcua.foundation.files.api import StoredFile

from .dossier import Dossier


class Part(models.Model):
    """What all parts share."""

    pk = models.CompositePrimaryKey("dossier_id", "seq")
    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="+", db_index=False)
    seq = models.PositiveIntegerField("thứ tự")

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.dossier_id}#{self.seq}"


class DossierParty(Part):
    """One person or organisation of the dossier besides, or together with, the first applicant."""

    role = models.CharField("vai trò", max_length=10, choices=PartyRole.choices)
    full_name = models.CharField("họ tên", max_length=300)
    person_id = models.BigIntegerField("cá nhân", null=True)
    enterprise_id = models.BigIntegerField("tổ chức", null=True)
    number_hint = models.CharField("ba số cuối", max_length=4, blank=True)
    birth_date = models.DateField("ngày sinh", null=True)
    note = models.CharField("ghi chú", max_length=300, blank=True)

    class Meta:
        indexes = [
            models.Index(
                name="dossiers_party_person",
                fields=["person_id", "-dossier"],
                condition=Q(person_id__isnull=False),
            ),
        ]


class DossierPaper(Part):
    """One paper as handed in, shown, or replaced by data; one row per file or bundle."""

    spec_code = models.CharField("mã giấy tờ", max_length=60)
    name = models.CharField("tên", max_length=1000)
    kind = models.CharField("loại bản", max_length=10, choices=CopyKind.choices)
    quantity = models.PositiveSmallIntegerField("số lượng", default=1)
    state = models.CharField("tình trạng", max_length=10, choices=PaperState.choices)
    file = models.ForeignKey(
        StoredFile, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    file_name = models.CharField("tên tệp", max_length=200, blank=True)
    added_at = models.DateTimeField("thêm lúc")
    added_by_name = models.CharField("người thêm", max_length=200)
    supplement_seq = models.PositiveIntegerField("thuộc lần bổ sung", null=True)
    given_back_at = models.DateTimeField("trả lại lúc", null=True)
    reused_from = models.CharField(
        "dùng lại từ hồ sơ", max_length=60, blank=True, default="", db_default=""
    )

    @property
    def kind_in_words(self) -> str:
        """Return in what form it was handed in, and from which dossier it was taken again."""
        label = CopyKind(self.kind).label
        return f"{label}, dùng lại từ hồ sơ {self.reused_from}" if self.reused_from else label


class AnswerField(Part):
    """One searchable answer, kept apart so that dossiers are found by it."""

    field = models.CharField("ô", max_length=60)
    text = models.CharField("chữ", max_length=300, blank=True)
    number = models.BigIntegerField("số", null=True)

    class Meta:
        indexes = [
            models.Index(name="dossiers_answer_text", fields=["field", "text"]),
        ]


class DossierWait(Part):
    """One time in which the office waits; what it does to the clock stands in the row."""

    ground = models.CharField("căn cứ", max_length=20)
    rule = models.CharField("cách tính", max_length=10)
    reset_amount = models.PositiveIntegerField("tính lại", null=True)
    reset_unit = models.CharField("đơn vị", max_length=20, blank=True)
    asked_at = models.DateTimeField("từ lúc")
    until_at = models.DateTimeField("chậm nhất", null=True)
    supplied_at = models.DateTimeField("đến lúc", null=True)
    note = models.CharField("nội dung", max_length=1000, blank=True)


class DueChange(Part):
    """One change of the promise, with its reason; the first row is the promise itself."""

    kind = models.CharField("loại", max_length=12, choices=DueChangeKind.choices)
    at = models.DateTimeField("lúc")
    due_was = models.DateTimeField("hẹn cũ", null=True)
    due_now = models.DateTimeField("hẹn mới")
    ground = models.CharField("lý do", max_length=1000, blank=True)
    document_number = models.CharField("số văn bản", max_length=60, blank=True)
    amount = models.PositiveIntegerField("thêm", null=True)
    unit = models.CharField("đơn vị tính", max_length=20, blank=True)
    by_name = models.CharField("người làm", max_length=200)


class SupplementRequest(Part):
    """One request to complete the dossier: before receipt (guide) or once after it."""

    number = models.CharField("số phiếu", max_length=40)
    asked_at = models.DateTimeField("lúc")
    by_name = models.CharField("người yêu cầu", max_length=200)
    is_after_receipt = models.BooleanField("sau tiếp nhận")
    is_extra = models.BooleanField("lần thêm", default=False)
    approved_by_name = models.CharField("người duyệt lần thêm", max_length=200, blank=True)
    approval_reason = models.CharField("lý do lần thêm", max_length=1000, blank=True)
    until_at = models.DateTimeField("chậm nhất", null=True)
    supplied_at = models.DateTimeField("nộp bổ sung lúc", null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="dossiers_extra_supplement_is_approved",
                condition=Q(is_extra=False) | ~Q(approval_reason=""),
            ),
        ]


class SupplementItem(Part):
    """One thing to add or correct, with its reason."""

    request_seq = models.PositiveIntegerField("phiếu")
    spec_code = models.CharField("mã giấy tờ", max_length=60, blank=True)
    what = models.CharField("cần bổ sung", max_length=1000)
    reason = models.CharField("lý do", max_length=1000)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="dossiers_supplement_item_has_reason", condition=~Q(reason="")
            ),
        ]


class Consultation(Part):
    """One question to another unit or an outside body, with its deadline and answer."""

    step_seq = models.PositiveIntegerField("bước", null=True)
    unit_id = models.BigIntegerField("đơn vị được hỏi", null=True)
    outside_body = models.CharField("cơ quan ngoài hệ thống", max_length=200, blank=True)
    question = models.CharField("nội dung hỏi", max_length=2000)
    asked_at = models.DateTimeField("hỏi lúc")
    asked_by_name = models.CharField("người hỏi", max_length=200)
    due_at = models.DateTimeField("hạn trả lời")
    silence_is_consent = models.BooleanField("im lặng là đồng ý", default=False)
    answered_at = models.DateTimeField("trả lời lúc", null=True)
    answered_by_name = models.CharField("người trả lời", max_length=200, blank=True)
    agrees = models.BooleanField("đồng ý", null=True)
    answer = models.CharField("trả lời", max_length=2000, blank=True)

    class Meta:
        indexes = [
            models.Index(
                name="dossiers_open_consultations",
                fields=["unit_id", "due_at"],
                condition=Q(answered_at__isnull=True),
            ),
        ]


class Visit(Part):
    """One visit to the field: appointment, who, and its minutes.

    `unit_id` is the unit that goes, so that its day's way is one range of an index.
    """

    planned_at = models.DateTimeField("hẹn lúc")
    place = models.CharField("nơi", max_length=400)
    who = models.CharField("thành phần", max_length=400, blank=True)
    planned_by_name = models.CharField("người hẹn", max_length=200)
    unit_id = models.BigIntegerField("đơn vị đi", null=True)
    step_code = models.CharField("bước", max_length=40, blank=True, default="", db_default="")
    surveyor = models.CharField(
        "tổ chức đo đạc ngoài", max_length=300, blank=True, default="", db_default=""
    )
    done_at = models.DateTimeField("đã làm lúc", null=True)
    minutes = models.CharField("biên bản", max_length=4000, blank=True)
    done_by_name = models.CharField("người ghi", max_length=200, blank=True)

    class Meta:
        indexes = [
            models.Index(
                name="dossiers_visits_to_make",
                fields=["unit_id", "planned_at"],
                condition=Q(done_at__isnull=True),
            ),
        ]


class VisitPhoto(Part):
    """One picture taken on a visit, kept as soon as it came; sent twice it is there once.

    `taken_at` is what the camera wrote into it, on a clock nobody has checked.
    """

    visit_seq = models.PositiveIntegerField("lần kiểm tra")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+", db_index=False)
    file_name = models.CharField("tên tệp", max_length=200)
    added_at = models.DateTimeField("thêm lúc")
    added_by_name = models.CharField("người thêm", max_length=200)
    taken_at = models.DateTimeField("chụp lúc, theo máy ảnh", null=True)


class DossierOutcome(Part):
    """One result of the dossier: drafted, decided, and handed out.

    A file that is signed digitally keeps in `placing` where its fields stand
    (`signing.PlacedFile`); `paper_why` says why one is signed on paper though others are not.
    """

    spec_code = models.CharField("mã kết quả trong quy trình", max_length=60)
    name = models.CharField("tên", max_length=300)
    result_code = models.CharField("mã kết quả", max_length=40, blank=True)
    kind = models.CharField("loại", max_length=10, choices=OutcomeKind.choices)
    reason = models.CharField("lý do (khi từ chối)", max_length=2000, blank=True)
    number = models.CharField("số, ký hiệu", max_length=60, blank=True)
    serial = models.CharField("số phôi", max_length=2000, blank=True)
    entries: "models.JSONField[dict[str, Any], dict[str, Any]]" = models.JSONField(
        "nội dung cán bộ ghi", default=dict
    )
    file = models.ForeignKey(
        StoredFile, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    file_name = models.CharField("tên tệp", max_length=200, blank=True)
    placing: "models.JSONField[dict[str, Any], dict[str, Any]]" = models.JSONField(
        "chỗ của các ô", default=dict, db_default={}
    )
    paper_why = models.CharField(
        "vì sao ký trên giấy", max_length=500, blank=True, default="", db_default=""
    )
    drafted_by_name = models.CharField("người dự thảo", max_length=200)
    drafted_at = models.DateTimeField("dự thảo lúc")
    signed_by_name = models.CharField("người ký", max_length=200, blank=True)
    signed_by_title = models.CharField("chức vụ người ký", max_length=200, blank=True)
    signed_by_capacity = models.CharField("tư cách ký", max_length=400, blank=True)
    decided_at = models.DateTimeField("ký lúc", null=True)
    valid_until = models.DateField("có giá trị đến", null=True)
    handed_at = models.DateTimeField("trả lúc", null=True)
    handed_to = models.CharField("trả cho", max_length=300, blank=True)
    handed_how = models.CharField("cách kiểm tra người nhận", max_length=300, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="dossiers_refusal_has_reason",
                condition=~Q(kind=OutcomeKind.REFUSED) | ~Q(reason=""),
            ),
            models.CheckConstraint(
                name="dossiers_handed_out_means_decided",
                condition=Q(handed_at__isnull=True) | Q(decided_at__isnull=False),
            ),
        ]
        indexes = [
            models.Index(
                name="dossiers_outcome_ends",
                fields=["valid_until"],
                condition=Q(valid_until__isnull=False),
            ),
        ]


class BlankUsed(Part):
    """One numbered blank form spent on a signed outcome; a blank is spent once."""

    outcome_seq = models.PositiveIntegerField("kết quả")
    book = models.CharField("loại phôi", max_length=100)
    serial = models.CharField("số phôi", max_length=40)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["book", "serial"], name="dossiers_blank_spent_once"),
        ]


class BookEntry(Part):
    """One line of a book that all applicants signed as they got their result; never changed."""

    outcome_seq = models.PositiveIntegerField("kết quả")
    agency_id = models.BigIntegerField("cơ quan giữ sổ")
    book = models.CharField("tên sổ", max_length=200)
    year = models.PositiveSmallIntegerField("năm")
    number = models.PositiveIntegerField("số")
    signed_at = models.DateTimeField("ký lúc")
    signers: "models.JSONField[list[str], list[str]]" = models.JSONField("người ký")
    by_name = models.CharField("người giữ sổ", max_length=200)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["agency_id", "book", "year", "number"], name="dossiers_book_line_once"
            ),
            models.UniqueConstraint(
                fields=["dossier", "outcome_seq"], name="dossiers_in_a_book_once"
            ),
            models.CheckConstraint(name="dossiers_book_line_is_signed", condition=~Q(signers=[])),
        ]

    @property
    def words(self) -> str:
        """Return the line as it is quoted: book, number, who signed."""
        return f"{self.book}, số {self.number:02d}/{self.year}; ký sổ: {', '.join(self.signers)}"


class IssuedPaper(Part):
    """One official paper as issued: its number and the very data it was printed from."""

    form = models.CharField("mẫu", max_length=2, choices=IssuedForm.choices)
    number = models.CharField("số", max_length=60)
    issued_at = models.DateTimeField("lúc")
    by_name = models.CharField("người lập", max_length=200)
    data: "models.JSONField[dict[str, Any], dict[str, Any]]" = models.JSONField("nội dung")


class DossierMessage(Part):
    """One message between the applicant and the office about the dossier."""

    side = models.CharField("bên", max_length=8, choices=Side.choices)
    at = models.DateTimeField("lúc")
    by_id = models.BigIntegerField("mã người viết")
    by_name = models.CharField("người viết", max_length=200)
    text = models.CharField("nội dung", max_length=4000)
    read_at = models.DateTimeField("bên kia đọc lúc", null=True)
