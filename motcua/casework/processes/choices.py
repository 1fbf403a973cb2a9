from enum import StrEnum

from django.db.models import TextChoices


class StepKind(StrEnum):
    """What is done in a step."""

    TASK = "task"
    APPROVAL = "approval"
    CONSULTATION = "consultation"
    FIELD_VISIT = "field_visit"
    INTERVIEW = "interview"
    POSTING = "posting"
    COUNCIL = "council"
    OUTSIDE_WAIT = "outside_wait"
    PAYMENT = "payment"
    APPLICANT_CONFIRMS = "applicant_confirms"
    DECISION = "decision"
    HAND_OVER = "hand_over"
    TIMER = "timer"

    @property
    def label(self) -> str:
        """Return the Vietnamese name."""
        return _LABELS[self]


_LABELS = {
    StepKind.TASK: "Xử lý",
    StepKind.APPROVAL: "Phê duyệt",
    StepKind.CONSULTATION: "Lấy ý kiến",
    StepKind.FIELD_VISIT: "Kiểm tra thực địa",
    StepKind.INTERVIEW: "Gặp trực tiếp, lập biên bản",
    StepKind.POSTING: "Niêm yết công khai",
    StepKind.COUNCIL: "Hội đồng",
    StepKind.OUTSIDE_WAIT: "Chờ cơ quan khác",
    StepKind.PAYMENT: "Thực hiện nghĩa vụ tài chính",
    StepKind.APPLICANT_CONFIRMS: "Người nộp xác nhận",
    StepKind.DECISION: "Ký quyết định",
    StepKind.HAND_OVER: "Bàn giao kết quả",
    StepKind.TIMER: "Chờ đủ thời gian",
}
# Steps that somebody outside the offices ends, or a partner; what BPMN calls a service, by name.
SERVICES = {
    "payment": StepKind.PAYMENT,
    "outside-body": StepKind.OUTSIDE_WAIT,
    "applicant-confirms": StepKind.APPLICANT_CONFIRMS,
}
# What the duties that processes name are called; another one is shown by its own word.
DUTIES = {
    "construction": "Xây dựng",
    "culture_society": "Văn hóa – Xã hội",
    "desk": "Bộ phận Một cửa",
    "economy": "Kinh tế",
    "justice": "Tư pháp – Hộ tịch",
    "land": "Đất đai",
    "land_registry": "Đăng ký đất đai",
    "leadership": "Ký quyết định (lãnh đạo)",
    "merit": "Người có công",
    "surveying": "Đo đạc",
    "trade": "Thương mại",
    "transport": "Giao thông",
    "veterinary": "Chăn nuôi và Thú y",
    "water": "Tài nguyên nước",
}


class StepResult(TextChoices):
    """How a step ended."""

    DONE = "done", "Đã xong"
    APPROVED = "approved", "Đồng ý"
    RETURNED = "returned", "Trả lại"
    OVERRULED = "overruled", "Thay bằng lượt mới"
    SILENT = "silent", "Coi như đồng ý"
    ENDED = "ended", "Kết thúc theo hồ sơ"
