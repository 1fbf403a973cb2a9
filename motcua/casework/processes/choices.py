from enum import StrEnum

from django.db.models import TextChoices


class StepKind(StrEnum):
    """What is done in a step."""

    TASK = "task"
    APPROVAL = "approval"
    CONSULTATION = "consultation"
    FIELD_VISIT = "field_visit"
    POSTING = "posting"
    COUNCIL = "council"
    OUTSIDE_WAIT = "outside_wait"
    PAYMENT = "payment"
    APPLICANT_CONFIRMS = "applicant_confirms"
    DECISION = "decision"
    HAND_OVER = "hand_over"

    @property
    def label(self) -> str:
        """Return the Vietnamese name."""
        return _LABELS[self]


_LABELS = {
    StepKind.TASK: "Xử lý",
    StepKind.APPROVAL: "Phê duyệt",
    StepKind.CONSULTATION: "Lấy ý kiến",
    StepKind.FIELD_VISIT: "Kiểm tra thực địa",
    StepKind.POSTING: "Niêm yết công khai",
    StepKind.COUNCIL: "Hội đồng",
    StepKind.OUTSIDE_WAIT: "Chờ cơ quan khác",
    StepKind.PAYMENT: "Thực hiện nghĩa vụ tài chính",
    StepKind.APPLICANT_CONFIRMS: "Người nộp xác nhận",
    StepKind.DECISION: "Ký quyết định",
    StepKind.HAND_OVER: "Bàn giao kết quả",
}


class StepResult(TextChoices):
    """How a step ended."""

    DONE = "done", "Đã xong"
    APPROVED = "approved", "Đồng ý"
    RETURNED = "returned", "Trả lại"
    OVERRULED = "overruled", "Thay bằng lượt mới"
    SILENT = "silent", "Coi như đồng ý"
    ENDED = "ended", "Kết thúc theo hồ sơ"
