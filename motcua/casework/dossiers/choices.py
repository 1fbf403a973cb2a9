"""The closed lists of dossiers; values are ours, `national` gives the code used for exchange."""

from enum import StrEnum

from django.db.models import TextChoices

AT_DESK = "tra-lai-mot-cua"  # the code of the step of a dossier that was sent back


class Status(TextChoices):
    """The ten national statuses of a dossier."""

    SUBMITTED = "submitted", "Mới đăng ký"
    RECEIVED = "received", "Được tiếp nhận"
    REFUSED = "refused", "Không được tiếp nhận"
    PROCESSING = "processing", "Đang xử lý"
    AWAITING_APPLICANT = "awaiting_applicant", "Yêu cầu bổ sung giấy tờ"
    AWAITING_PAYMENT = "awaiting_payment", "Yêu cầu thực hiện nghĩa vụ tài chính"
    WITHDRAWN = "withdrawn", "Công dân yêu cầu rút hồ sơ"
    STOPPED = "stopped", "Dừng xử lý"
    RESOLVED = "resolved", "Đã xử lý xong"
    RETURNED = "returned", "Đã trả kết quả"

    @property
    def national(self) -> int:
        """Return the national code, 1 to 10."""
        return _NATIONAL[self]


_NATIONAL = {status: number for number, status in enumerate(Status, start=1)}


class SubState(TextChoices):
    """Where exactly a dossier stands inside its status."""

    NONE = "", ""
    GUIDED = "guided", "Đã hướng dẫn trước tiếp nhận"
    SUPPLIED = "supplied", "Đã nộp bổ sung, chờ kiểm tra"
    PAID = "paid", "Đã nộp tiền, chờ tiếp nhận"
    POSTED = "posted", "Đang niêm yết công khai"
    OUTSIDE = "outside", "Chờ cơ quan khác"
    CONFIRMING = "confirming", "Chờ người nộp xác nhận bản nháp"
    REDONE = "redone", "Đã tiếp nhận lại bằng hồ sơ khác"
    SIGNING = "signing", "Đang ký số, đóng dấu"


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
    Act.FILE: "Nộp hồ sơ",
    Act.GUIDE: "Hướng dẫn hoàn thiện",
    Act.RECEIVE: "Tiếp nhận hồ sơ",
    Act.REFUSE: "Từ chối tiếp nhận",
    Act.CORRECT: "Sửa thông tin tiếp nhận",
    Act.HAND_OVER: "Chuyển hồ sơ",
    Act.ARRIVE: "Hồ sơ đến nơi giải quyết",
    Act.TAKE: "Nhận xử lý",
    Act.ASSIGN: "Phân công",
    Act.SEND_BACK: "Trả lại bộ phận một cửa",
    Act.COMPLETE: "Hoàn thành bước",
    Act.APPROVE: "Phê duyệt",
    Act.RETURN_STEP: "Trả lại để làm lại",
    Act.CONSULT: "Lấy ý kiến",
    Act.ANSWER_CONSULTATION: "Trả lời ý kiến",
    Act.PLAN_VISIT: "Hẹn kiểm tra thực địa, gặp trực tiếp",
    Act.RECORD_VISIT: "Ghi biên bản kiểm tra, gặp trực tiếp",
    Act.ADD_PHOTO: "Gửi ảnh thực địa",
    Act.SIGN_MINUTES: "Ký biên bản",
    Act.CONVENE: "Triệu tập họp hội đồng",
    Act.RECORD_MEETING: "Ghi biên bản họp hội đồng",
    Act.OBJECT: "Có ý kiến về nội dung niêm yết",
    Act.SETTLE_OBJECTION: "Trả lời ý kiến về niêm yết",
    Act.ASK_SUPPLEMENT: "Yêu cầu bổ sung",
    Act.SUPPLY: "Nộp bổ sung",
    Act.ASK_PAYMENT: "Yêu cầu thực hiện nghĩa vụ tài chính",
    Act.RECORD_PAYMENT: "Ghi nhận đã nộp tiền",
    Act.WAIT: "Tạm dừng thời hạn",
    Act.RESUME: "Tiếp tục tính thời hạn",
    Act.EXTEND: "Gia hạn",
    Act.APOLOGISE: "Xin lỗi và hẹn lại",
    Act.DRAFT_OUTCOME: "Lập dự thảo kết quả",
    Act.SEND_TO_SIGN: "Trình ký số",
    Act.INITIAL: "Ký nháy kết quả",
    Act.SIGN: "Ký số kết quả",
    Act.REFUSE_TO_SIGN: "Từ chối ký, đóng dấu",
    Act.DECIDE: "Ký kết quả",
    Act.CHANGE_OUTCOME: "Đính chính, thay thế, thu hồi kết quả",
    Act.HAND_OUT_PART: "Trao trước một phần kết quả",
    Act.RETURN_OUTCOME: "Trả kết quả",
    Act.WITHDRAW: "Rút hồ sơ",
    Act.STOP: "Dừng giải quyết",
    Act.CONFIRM_DRAFT: "Xác nhận bản nháp",
    Act.CORRECT_ANSWERS: "Sửa tờ khai theo ý kiến người nộp",
    Act.WRITE_MESSAGE: "Trao đổi",
    Act.REBASE: "Chuyển sang phiên bản mới của thủ tục",
    Act.SEND_SLIP: "Chuyển thông tin cho cơ quan khác",
    Act.ACKNOWLEDGE: "Xác nhận đã nhận, tự kết thúc",
    Act.IMPORT: "Chuyển từ hệ thống cũ",
    Act.TAKE_BACK: "Hủy việc chuyển từ hệ thống cũ",
    Act.FOLLOW_CALENDAR: "Đổi ngày hẹn theo lịch làm việc",
}


PAPER_CHOSEN = "Người lập dự thảo chọn ký trên bản giấy."


class BookKind(TextChoices):
    """Which book of a desk is closed."""

    FOLLOW_UP = "follow_up", "Sổ theo dõi hồ sơ"
    CERTIFICATION = "certification", "Sổ chứng thực bản sao"


class ApplicantKind(TextChoices):
    """What sort of party applies (loại đối tượng); in national order 1 to 4."""

    CITIZEN = "citizen", "Công dân"
    ENTERPRISE = "enterprise", "Doanh nghiệp, hộ kinh doanh"
    AGENCY = "agency", "Cơ quan nhà nước"
    ORGANISATION = "organisation", "Tổ chức khác"


class PartyRole(TextChoices):
    """What a person is in a dossier."""

    APPLICANT = "applicant", "Chủ hồ sơ"
    SUBMITTER = "submitter", "Người nộp"
    SUBJECT = "subject", "Người được nói tới"
    RELATED = "related", "Người liên quan"


class Authority(TextChoices):
    """By what right the submitter acts."""

    SELF = "self", "Tự mình nộp"
    GUARDIAN = "guardian", "Cha, mẹ hoặc người giám hộ"
    EXEMPT_RELATIVE = "exempt_relative", "Người thân không cần ủy quyền"
    WRITTEN = "written", "Được ủy quyền bằng văn bản"
    STAFF = "staff", "Người của tổ chức"
    HELPER = "helper", "Người hỗ trợ nộp thay"
    AGENT = "agent", "Tổ chức đại diện theo ủy quyền"


class CopyKind(TextChoices):
    """In what form a paper was handed in."""

    ORIGINAL = "original", "Bản chính"
    COPY = "copy", "Bản sao"
    ELECTRONIC = "electronic", "Bản điện tử"
    DATA = "data", "Dữ liệu thay giấy tờ"


class PaperState(TextChoices):
    """Where a handed-in paper is."""

    EXPECTED = "expected", "Chưa có"
    HELD = "held", "Đang giữ"
    SHOWN = "shown", "Đã xuất trình"
    GIVEN_BACK = "given_back", "Đã trả lại"
    WITHDRAWN = "withdrawn", "Đã thu hồi"


class ReturnWay(TextChoices):
    """How the applicant gets the outcome."""

    COUNTER = "counter", "Nhận tại quầy"
    POST = "post", "Qua bưu chính"
    ELECTRONIC = "electronic", "Bản điện tử"


class OutcomeKind(TextChoices):
    """Whether the answer is what was asked for."""

    GRANTED = "granted", "Chấp thuận"
    REFUSED = "refused", "Từ chối giải quyết"


class IssuedForm(TextChoices):
    """The official papers 01 to 07, and the receipt of an on-line filing."""

    FILED = "00", "Xác nhận đã nộp hồ sơ"
    SLIP = "01", "Giấy tiếp nhận hồ sơ và hẹn trả kết quả"
    SUPPLEMENT = "02", "Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ"
    REFUSAL = "03", "Phiếu từ chối tiếp nhận giải quyết hồ sơ"
    APOLOGY = "04", "Văn bản xin lỗi và đề nghị gia hạn"
    STOP = "05", "Thông báo dừng giải quyết hồ sơ"
    PROGRESS = "06", "Phiếu kiểm soát quá trình giải quyết hồ sơ"
    TRANSFER = "19", "Phiếu chuyển thông tin cho cơ quan khác"


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
