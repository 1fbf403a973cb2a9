"""The closed lists of dossiers; values are ours, `national` gives the code used for exchange."""

from enum import StrEnum

from django.db.models import TextChoices

from motcua.lib.tongue import said

AT_DESK = "tra-lai-mot-cua"  # the code of the step of a dossier that was sent back


class Status(TextChoices):
    """The ten national statuses of a dossier."""

    SUBMITTED = "submitted", said("Mới đăng ký")
    RECEIVED = "received", said("Được tiếp nhận")
    REFUSED = "refused", said("Không được tiếp nhận")
    PROCESSING = "processing", said("Đang xử lý")
    AWAITING_APPLICANT = "awaiting_applicant", said("Yêu cầu bổ sung giấy tờ")
    AWAITING_PAYMENT = "awaiting_payment", said("Yêu cầu thực hiện nghĩa vụ tài chính")
    WITHDRAWN = "withdrawn", said("Công dân yêu cầu rút hồ sơ")
    STOPPED = "stopped", said("Dừng xử lý")
    RESOLVED = "resolved", said("Đã xử lý xong")
    RETURNED = "returned", said("Đã trả kết quả")

    @property
    def national(self) -> int:
        """Return the national code, 1 to 10."""
        return _NATIONAL[self]


_NATIONAL = {status: number for number, status in enumerate(Status, start=1)}


class SubState(TextChoices):
    """Where exactly a dossier stands inside its status."""

    NONE = "", ""
    GUIDED = "guided", said("Đã hướng dẫn trước tiếp nhận")
    SUPPLIED = "supplied", said("Đã nộp bổ sung, chờ kiểm tra")
    PAID = "paid", said("Đã nộp tiền, chờ tiếp nhận")
    POSTED = "posted", said("Đang niêm yết công khai")
    OUTSIDE = "outside", said("Chờ cơ quan khác")
    CONFIRMING = "confirming", said("Chờ người nộp xác nhận bản nháp")
    REDONE = "redone", said("Đã tiếp nhận lại bằng hồ sơ khác")
    SIGNING = "signing", said("Đang ký số, đóng dấu")


class Act(StrEnum):
    """What was done to a dossier; stored in its moves."""

    FILE = "file"
    GUIDE = "guide"
    RECEIVE = "receive"
    REFUSE = "refuse"
    CORRECT = "correct"
    HAND_OVER = "hand_over"
    ARRIVE = "arrive"
    TAKE = "take"
    ASSIGN = "assign"
    SEND_BACK = "send_back"
    COMPLETE = "complete"
    APPROVE = "approve"
    RETURN_STEP = "return_step"
    CONSULT = "consult"
    ANSWER_CONSULTATION = "answer_consultation"
    PLAN_VISIT = "plan_visit"
    RECORD_VISIT = "record_visit"
    ADD_PHOTO = "add_photo"
    SIGN_MINUTES = "sign_minutes"
    CONVENE = "convene"
    RECORD_MEETING = "record_meeting"
    OBJECT = "object"
    SETTLE_OBJECTION = "settle_objection"
    ASK_SUPPLEMENT = "ask_supplement"
    SUPPLY = "supply"
    ASK_PAYMENT = "ask_payment"
    RECORD_PAYMENT = "record_payment"
    WAIT = "wait"
    RESUME = "resume"
    EXTEND = "extend"
    APOLOGISE = "apologise"
    DRAFT_OUTCOME = "draft_outcome"
    SEND_TO_SIGN = "send_to_sign"
    INITIAL = "initial"
    SIGN = "sign"
    REFUSE_TO_SIGN = "refuse_to_sign"
    DECIDE = "decide"
    CHANGE_OUTCOME = "change_outcome"
    HAND_OUT_PART = "hand_out_part"
    RETURN_OUTCOME = "return_outcome"
    WITHDRAW = "withdraw"
    STOP = "stop"
    CONFIRM_DRAFT = "confirm_draft"
    CORRECT_ANSWERS = "correct_answers"
    WRITE_MESSAGE = "write_message"
    REBASE = "rebase"
    SEND_SLIP = "send_slip"
    ACKNOWLEDGE = "acknowledge"
    IMPORT = "import"
    TAKE_BACK = "take_back"
    FOLLOW_CALENDAR = "follow_calendar"

    @property
    def label(self) -> str:
        """Return what was done, in Vietnamese."""
        return _ACTS[self]


_ACTS = {
    Act.FILE: said("Nộp hồ sơ"),
    Act.GUIDE: said("Hướng dẫn hoàn thiện"),
    Act.RECEIVE: said("Tiếp nhận hồ sơ"),
    Act.REFUSE: said("Từ chối tiếp nhận"),
    Act.CORRECT: said("Sửa thông tin tiếp nhận"),
    Act.HAND_OVER: said("Chuyển hồ sơ"),
    Act.ARRIVE: said("Hồ sơ đến nơi giải quyết"),
    Act.TAKE: said("Nhận xử lý"),
    Act.ASSIGN: said("Phân công"),
    Act.SEND_BACK: said("Trả lại bộ phận một cửa"),
    Act.COMPLETE: said("Hoàn thành bước"),
    Act.APPROVE: said("Phê duyệt"),
    Act.RETURN_STEP: said("Trả lại để làm lại"),
    Act.CONSULT: said("Lấy ý kiến"),
    Act.ANSWER_CONSULTATION: said("Trả lời ý kiến"),
    Act.PLAN_VISIT: said("Hẹn kiểm tra thực địa, gặp trực tiếp"),
    Act.RECORD_VISIT: said("Ghi biên bản kiểm tra, gặp trực tiếp"),
    Act.ADD_PHOTO: said("Gửi ảnh thực địa"),
    Act.SIGN_MINUTES: said("Ký biên bản"),
    Act.CONVENE: said("Triệu tập họp hội đồng"),
    Act.RECORD_MEETING: said("Ghi biên bản họp hội đồng"),
    Act.OBJECT: said("Có ý kiến về nội dung niêm yết"),
    Act.SETTLE_OBJECTION: said("Trả lời ý kiến về niêm yết"),
    Act.ASK_SUPPLEMENT: said("Yêu cầu bổ sung"),
    Act.SUPPLY: said("Nộp bổ sung"),
    Act.ASK_PAYMENT: said("Yêu cầu thực hiện nghĩa vụ tài chính"),
    Act.RECORD_PAYMENT: said("Ghi nhận đã nộp tiền"),
    Act.WAIT: said("Tạm dừng thời hạn"),
    Act.RESUME: said("Tiếp tục tính thời hạn"),
    Act.EXTEND: said("Gia hạn"),
    Act.APOLOGISE: said("Xin lỗi và hẹn lại"),
    Act.DRAFT_OUTCOME: said("Lập dự thảo kết quả"),
    Act.SEND_TO_SIGN: said("Trình ký số"),
    Act.INITIAL: said("Ký nháy kết quả"),
    Act.SIGN: said("Ký số kết quả"),
    Act.REFUSE_TO_SIGN: said("Từ chối ký, đóng dấu"),
    Act.DECIDE: said("Ký kết quả"),
    Act.CHANGE_OUTCOME: said("Đính chính, thay thế, thu hồi kết quả"),
    Act.HAND_OUT_PART: said("Trao trước một phần kết quả"),
    Act.RETURN_OUTCOME: said("Trả kết quả"),
    Act.WITHDRAW: said("Rút hồ sơ"),
    Act.STOP: said("Dừng giải quyết"),
    Act.CONFIRM_DRAFT: said("Xác nhận bản nháp"),
    Act.CORRECT_ANSWERS: said("Sửa tờ khai theo ý kiến người nộp"),
    Act.WRITE_MESSAGE: said("Trao đổi"),
    Act.REBASE: said("Chuyển sang phiên bản mới của thủ tục"),
    Act.SEND_SLIP: said("Chuyển thông tin cho cơ quan khác"),
    Act.ACKNOWLEDGE: said("Xác nhận đã nhận, tự kết thúc"),
    Act.IMPORT: said("Chuyển từ hệ thống cũ"),
    Act.TAKE_BACK: said("Hủy việc chuyển từ hệ thống cũ"),
    Act.FOLLOW_CALENDAR: said("Đổi ngày hẹn theo lịch làm việc"),
}


PAPER_CHOSEN = "Người lập dự thảo chọn ký trên bản giấy."


class BookKind(TextChoices):
    """Which book of a desk is closed."""

    FOLLOW_UP = "follow_up", "Sổ theo dõi hồ sơ"
    CERTIFICATION = "certification", "Sổ chứng thực bản sao"


class ApplicantKind(TextChoices):
    """What sort of party applies (loại đối tượng); in national order 1 to 4."""

    CITIZEN = "citizen", said("Công dân")
    ENTERPRISE = "enterprise", said("Doanh nghiệp, hộ kinh doanh")
    AGENCY = "agency", said("Cơ quan nhà nước")
    ORGANISATION = "organisation", said("Tổ chức khác")


class PartyRole(TextChoices):
    """What a person is in a dossier."""

    APPLICANT = "applicant", said("Chủ hồ sơ")
    SUBMITTER = "submitter", said("Người nộp")
    SUBJECT = "subject", said("Người được nói tới")
    RELATED = "related", said("Người liên quan")


class Authority(TextChoices):
    """By what right the submitter acts."""

    SELF = "self", said("Tự mình nộp")
    GUARDIAN = "guardian", said("Cha, mẹ hoặc người giám hộ")
    EXEMPT_RELATIVE = "exempt_relative", said("Người thân không cần ủy quyền")
    WRITTEN = "written", said("Được ủy quyền bằng văn bản")
    STAFF = "staff", said("Người của tổ chức")
    HELPER = "helper", said("Người hỗ trợ nộp thay")
    AGENT = "agent", said("Tổ chức đại diện theo ủy quyền")


class CopyKind(TextChoices):
    """In what form a paper was handed in."""

    ORIGINAL = "original", said("Bản chính")
    COPY = "copy", said("Bản sao")
    ELECTRONIC = "electronic", said("Bản điện tử")
    DATA = "data", said("Dữ liệu thay giấy tờ")


class PaperState(TextChoices):
    """Where a handed-in paper is."""

    EXPECTED = "expected", said("Chưa có")
    HELD = "held", said("Đang giữ")
    SHOWN = "shown", said("Đã xuất trình")
    GIVEN_BACK = "given_back", said("Đã trả lại")
    WITHDRAWN = "withdrawn", said("Đã thu hồi")


class ReturnWay(TextChoices):
    """How the applicant gets the outcome."""

    COUNTER = "counter", said("Nhận tại quầy")
    POST = "post", said("Qua bưu chính")
    ELECTRONIC = "electronic", said("Bản điện tử")


class OutcomeKind(TextChoices):
    """Whether the answer is what was asked for."""

    GRANTED = "granted", "Chấp thuận"
    REFUSED = "refused", "Từ chối giải quyết"


class IssuedForm(TextChoices):
    """The official papers 01 to 07, and the receipt of an on-line filing."""

    FILED = "00", said("Xác nhận đã nộp hồ sơ")
    SLIP = "01", said("Giấy tiếp nhận hồ sơ và hẹn trả kết quả")
    SUPPLEMENT = "02", said("Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ")
    REFUSAL = "03", said("Phiếu từ chối tiếp nhận giải quyết hồ sơ")
    APOLOGY = "04", said("Văn bản xin lỗi và đề nghị gia hạn")
    STOP = "05", said("Thông báo dừng giải quyết hồ sơ")
    PROGRESS = "06", said("Phiếu kiểm soát quá trình giải quyết hồ sơ")
    TRANSFER = "19", said("Phiếu chuyển thông tin cho cơ quan khác")


class DueChangeKind(TextChoices):
    """Why a due moment is what it is."""

    FIRST = "first", "Hẹn lần đầu"
    WAITED = "waited", "Tính thời gian chờ"
    EXTENDED = "extended", "Gia hạn theo luật"
    REAPPOINTED = "reappointed", "Xin lỗi và hẹn lại"
    CORRECTED = "corrected", "Sửa thông tin tiếp nhận"
    ARRIVED = "arrived", "Đến cơ quan giải quyết"
    IMPORTED = "imported", "Hẹn của hệ thống cũ"
    CALENDAR = "calendar", "Đổi lịch làm việc"
    HELD = "held", "Đổi lịch làm việc, giữ đủ một ngày làm việc"
    REBASED = "rebased", "Chuyển sang phiên bản mới của thủ tục"


class RebasingState(TextChoices):
    """Where a decision to move running dossiers onto a new version stands."""

    RUNNING = "running", "Đang chuyển"
    DONE = "done", "Đã xong"


class RebasedState(TextChoices):
    """What became of one dossier that was to be moved onto a new version."""

    WAITING = "waiting", "Chờ chuyển"
    MOVED = "moved", "Đã chuyển"
    KEPT = "kept", "Giữ phiên bản cũ"
    FAILED = "failed", "Chưa chuyển được do lỗi"


class PromptKind(TextChoices):
    """Of what somebody is reminded before they ask."""

    ENDING = "ending", "Giấy sắp hết hạn"
    AGE = "age", "Sắp đủ tuổi"


class WarningKind(TextChoices):
    """What a warning about a promise says."""

    SOON = "soon", "Sắp đến hạn"
    LATE = "late", "Quá hạn"


class ExportState(TextChoices):
    """Where a list stands that is written out as a file."""

    WAITING = "waiting", "Đang lập"
    READY = "ready", "Đã xong"
    REFUSED = "refused", "Không còn quyền xuất"
    FAILED = "failed", "Không lập được do lỗi"


class ScopeRole(StrEnum):
    """Why a unit or person takes part in a dossier."""

    DESK = "desk"
    COMPETENT = "competent"
    CONSULTED = "consulted"
    RETURNING = "returning"
    OWNER = "owner"
    ASSIGNED = "assigned"
    AGENT = "agent"


class SeatRole(TextChoices):
    """As what somebody takes part in a meeting."""

    CHAIR = "chair", "Chủ tịch"
    SECRETARY = "secretary", "Thư ký"
    MEMBER = "member", "Thành viên"
    PARTY = "party", "Bên liên quan"

    @property
    def votes(self) -> bool:
        """Say whether the seat is one of the council's own."""
        return self != SeatRole.PARTY


class SignerRole(TextChoices):
    """As what somebody signs minutes."""

    OFFICER = "officer", "Người lập biên bản"
    APPLICANT = "applicant", "Chủ hồ sơ hoặc người đại diện"
    CHAIR = "chair", "Chủ tọa"
    SECRETARY = "secretary", "Thư ký"
    MEMBER = "member", "Thành viên"
    PARTY = "party", "Bên liên quan"


class SigningWay(TextChoices):
    """How somebody put a name to minutes at the place itself."""

    TYPED = "typed", "Ghi họ tên"
    DRAWN = "drawn", "Ký bằng ngón tay"
    PAPER = "paper", "Ký trên bản giấy"
    REFUSED = "refused", "Từ chối ký"


class Side(TextChoices):
    """Who wrote a message of the thread."""

    CITIZEN = "citizen", "Người nộp"
    OFFICE = "office", "Cơ quan"


class AssignmentWay(TextChoices):
    """How a unit's new work finds its officer."""

    TURN = "turn", "Lần lượt"
    LOAD = "load", "Người ít việc nhất"
    AREA = "area", "Theo địa bàn"
