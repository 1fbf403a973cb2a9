"""The closed lists of migration, and the fields a column may stand for."""

from enum import StrEnum

from django.db.models import TextChoices


class RunKind(TextChoices):
    """What a run does."""

    CHECK = "check", "Chạy thử"
    CARRY = "carry", "Chuyển thật"


class RunState(TextChoices):
    """Where a run stands."""

    ASKED = "asked", "Chờ người thứ hai duyệt"
    QUEUED = "queued", "Chờ chạy"
    RUNNING = "running", "Đang chạy"
    DONE = "done", "Đã xong"
    STOPPED = "stopped", "Đã dừng"
    UNDOING = "undoing", "Đang hủy"
    UNDONE = "undone", "Đã hủy"


class Verdict(TextChoices):
    """What becomes of a row."""

    NEW = "new", "Sẽ tạo / đã tạo"
    SAME = "same", "Đã có, giống hệt"
    CHANGED = "changed", "Đã có, hệ thống cũ đã sửa"
    KEPT = "kept", "Đã xử lý ở đây, giữ nguyên"
    REFUSED = "refused", "Từ chối"


class LikenessState(TextChoices):
    """Whether an applicant is somebody we know, whom the row resembles."""

    ASKED = "asked", "Chờ trả lời"
    SAME = "same", "Cùng một người"
    OTHER = "other", "Người khác"


class FileKind(TextChoices):
    """What a file of a source is."""

    TABLE = "table", "Bảng hồ sơ"
    PAPERS = "papers", "Tệp đính kèm (ZIP)"


class Field(StrEnum):
    """What a column of a table may stand for."""

    REF = "ref"
    CODE = "code"
    PROCEDURE = "procedure"
    AGENCY = "agency"
    UNIT = "unit"
    CHANNEL = "channel"
    STATUS = "status"
    STEP = "step"
    APPLICANT = "applicant"
    APPLICANT_KIND = "applicant_kind"
    IDENTITY = "identity"
    BORN = "born"
    SUBMITTER = "submitter"
    PHONE = "phone"
    EMAIL = "email"
    ADDRESS = "address"
    COMMUNE = "commune"
    SUMMARY = "summary"
    SUBMITTED = "submitted"
    RECEIVED = "received"
    DUE_FIRST = "due_first"
    DUE = "due"
    ASKED = "asked"
    ASKED_FOR = "asked_for"
    FINISHED = "finished"
    RETURNED = "returned"
    ENDED = "ended"
    RECEIVER = "receiver"
    HANDLER = "handler"
    FEE = "fee"
    OUTCOME = "outcome"
    OUTCOME_NUMBER = "outcome_number"
    OUTCOME_SIGNER = "outcome_signer"
    OUTCOME_FILE = "outcome_file"
    FILES = "files"
    NOTE = "note"

    @property
    def label(self) -> str:
        """Return what it is called on pages and in reports."""
        return _LABELS[self]


_LABELS = {
    Field.REF: "Khóa ở hệ thống cũ",
    Field.CODE: "Mã hồ sơ",
    Field.PROCEDURE: "Thủ tục (mã hoặc tên)",
    Field.AGENCY: "Cơ quan giải quyết",
    Field.UNIT: "Đơn vị xử lý",
    Field.CHANNEL: "Kênh nộp",
    Field.STATUS: "Trạng thái",
    Field.STEP: "Bước đang xử lý",
    Field.APPLICANT: "Chủ hồ sơ",
    Field.APPLICANT_KIND: "Loại chủ hồ sơ",
    Field.IDENTITY: "Số định danh",
    Field.BORN: "Ngày sinh",
    Field.SUBMITTER: "Người nộp",
    Field.PHONE: "Điện thoại",
    Field.EMAIL: "Thư điện tử",
    Field.ADDRESS: "Địa chỉ",
    Field.COMMUNE: "Xã, phường (mã hoặc tên cũ)",
    Field.SUMMARY: "Trích yếu",
    Field.SUBMITTED: "Nộp lúc",
    Field.RECEIVED: "Tiếp nhận lúc",
    Field.DUE_FIRST: "Hẹn trả lần đầu",
    Field.DUE: "Hẹn trả",
    Field.ASKED: "Yêu cầu bổ sung / nộp tiền lúc",
    Field.ASKED_FOR: "Nội dung yêu cầu bổ sung",
    Field.FINISHED: "Xong lúc",
    Field.RETURNED: "Trả kết quả lúc",
    Field.ENDED: "Rút / dừng / từ chối lúc",
    Field.RECEIVER: "Người tiếp nhận",
    Field.HANDLER: "Người xử lý",
    Field.FEE: "Phí, lệ phí đã thu",
    Field.OUTCOME: "Tên kết quả",
    Field.OUTCOME_NUMBER: "Số, ký hiệu kết quả",
    Field.OUTCOME_SIGNER: "Người ký kết quả",
    Field.OUTCOME_FILE: "Tệp kết quả",
    Field.FILES: "Tệp đính kèm",
    Field.NOTE: "Ghi chú",
}
MOMENTS = (
    Field.SUBMITTED,
    Field.RECEIVED,
    Field.DUE_FIRST,
    Field.DUE,
    Field.ASKED,
    Field.FINISHED,
    Field.RETURNED,
    Field.ENDED,
)
MAPPED_BY_VALUE = (
    Field.STATUS,
    Field.PROCEDURE,
    Field.AGENCY,
    Field.UNIT,
    Field.CHANNEL,
    Field.STEP,
    Field.HANDLER,
)
ACTIVE = (RunState.ASKED, RunState.QUEUED, RunState.RUNNING, RunState.UNDOING)
