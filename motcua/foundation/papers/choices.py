"""Words that official papers print from a closed list."""

from django.db.models import TextChoices


class PaperKind(TextChoices):
    """In what shape a paper of the dossier was handed in (loại giấy tờ)."""

    ORIGINAL = "original", "Bản chính"
    COPY = "copy", "Bản sao"
    ELECTRONIC = "electronic", "Bản điện tử"


class StepResult(TextChoices):
    """How a unit kept its time (kết quả giải quyết từng bước)."""

    EARLY = "early", "Trước hạn"
    ON_TIME = "on_time", "Đúng hạn"
    LATE = "late", "Quá hạn"
