"""Enumerations of tasks stored in the database."""

from enum import StrEnum

from django.db.models import TextChoices


class Origin(TextChoices):
    """From what a task came."""

    DOCUMENT = "document", "Ý kiến chỉ đạo trên văn bản"
    MEETING = "meeting", "Kết luận cuộc họp"
    PLAN = "plan", "Chương trình, kế hoạch"
    SPOKEN = "spoken", "Chỉ đạo trực tiếp bằng lời"
    OWN = "own", "Tự đề ra"
    TASK = "task", "Giao tiếp từ nhiệm vụ cấp trên"


class TaskState(TextChoices):
    """Where a task, or one part of it, stands; a task stands where its leads stand."""

    GIVEN = "given", "Mới giao"
    ACCEPTED = "accepted", "Đã nhận"
    WORKING = "working", "Đang thực hiện"
    REPORTED = "reported", "Xin kết thúc"
    RETURNED = "returned", "Trả lại, làm tiếp"
    REFUSED = "refused", "Không nhận"
    DONE = "done", "Hoàn thành"
    ENDED = "ended", "Kết thúc theo nhiệm vụ"
    CANCELLED = "cancelled", "Thôi thực hiện"


class PartRole(TextChoices):
    """What a unit or person does in a task."""

    LEAD = "lead", "Chủ trì"
    TOGETHER = "together", "Phối hợp"


class Act(StrEnum):
    """What was done to a task; each leaves one move."""

    GIVE = "give"
    ACCEPT = "accept"
    REFUSE = "refuse"
    ASSIGN = "assign"
    REASSIGN = "reassign"
    ADD_PARTS = "add_parts"
    GIVE_ON = "give_on"
    PROGRESS = "progress"
    FINISH = "finish"
    APPROVE = "approve"
    SEND_BACK = "send_back"
    CANCEL = "cancel"
    CANCEL_PART = "cancel_part"
    ASK_EXTENSION = "ask_extension"
    GRANT_EXTENSION = "grant_extension"
    REFUSE_EXTENSION = "refuse_extension"
    CHANGE_DUE = "change_due"
    REMIND = "remind"
    NOTE = "note"
    CARRY_OVER = "carry_over"

    @property
    def label(self) -> str:
        """Return the act in words for the history."""
        return _ACTS[self]


_ACTS = {
    Act.GIVE: "Giao nhiệm vụ",
    Act.ACCEPT: "Nhận nhiệm vụ",
    Act.REFUSE: "Không nhận",
    Act.ASSIGN: "Phân công",
    Act.REASSIGN: "Giao lại",
    Act.ADD_PARTS: "Giao thêm nơi thực hiện",
    Act.GIVE_ON: "Giao tiếp xuống",
    Act.PROGRESS: "Báo cáo tiến độ",
    Act.FINISH: "Xin kết thúc",
    Act.APPROVE: "Xác nhận hoàn thành",
    Act.SEND_BACK: "Trả lại, yêu cầu làm tiếp",
    Act.CANCEL: "Thôi thực hiện nhiệm vụ",
    Act.CANCEL_PART: "Thôi giao",
    Act.ASK_EXTENSION: "Xin gia hạn",
    Act.GRANT_EXTENSION: "Cho gia hạn",
    Act.REFUSE_EXTENSION: "Không cho gia hạn",
    Act.CHANGE_DUE: "Điều chỉnh hạn",
    Act.REMIND: "Đôn đốc",
    Act.NOTE: "Trao đổi",
    Act.CARRY_OVER: "Chuyển sang đơn vị kế tục",
}


class ReportKind(TextChoices):
    """What a report says: how far it is, or that it is done."""

    PROGRESS = "progress", "Tiến độ"
    FINAL = "final", "Kết quả"


class ExtensionState(TextChoices):
    """What became of a request for more time."""

    ASKED = "asked", "Chờ quyết định"
    GRANTED = "granted", "Được gia hạn"
    REFUSED = "refused", "Không được gia hạn"
    CHANGED = "changed", "Người giao điều chỉnh"


class ScopeRole(TextChoices):
    """Why a unit or person may see a task."""

    GIVER = "giver", "Nơi giao"
    LEAD = "lead", "Chủ trì"
    TOGETHER = "together", "Phối hợp"
    FOLLOWER = "follower", "Theo dõi"


class AlarmKind(TextChoices):
    """Of what somebody was warned."""

    SOON = "soon", "Sắp đến hạn"
    LATE = "late", "Quá hạn"
