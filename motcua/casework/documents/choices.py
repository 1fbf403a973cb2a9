"""The closed lists of documents, with their Vietnamese labels."""

from django.db.models import IntegerChoices, TextChoices


class Direction(TextChoices):
    """How a document stands to the agency that holds it."""

    INCOMING = "in", "Văn bản đến"
    OUTGOING = "out", "Văn bản đi"
    INTERNAL = "internal", "Văn bản nội bộ"


class DocumentKind(IntegerChoices):
    """The 29 kinds of administrative documents, by their place in the list of the decree.

    What has another name (a law, a circular, a letter of a citizen) is OTHER and keeps that name.
    Source: docs/law/documents.md
    """

    OTHER = 0, "Loại khác"
    RESOLUTION = 1, "Nghị quyết"
    DECISION = 2, "Quyết định"
    INSTRUCTION = 3, "Chỉ thị"
    REGULATION = 4, "Quy chế"
    PROVISION = 5, "Quy định"
    COMMUNIQUE = 6, "Thông cáo"
    NOTICE = 7, "Thông báo"
    GUIDANCE = 8, "Hướng dẫn"
    PROGRAMME = 9, "Chương trình"
    PLAN = 10, "Kế hoạch"
    OPTION_PLAN = 11, "Phương án"
    SCHEME = 12, "Đề án"
    PROJECT = 13, "Dự án"
    REPORT = 14, "Báo cáo"
    MINUTES = 15, "Biên bản"
    SUBMISSION = 16, "Tờ trình"
    CONTRACT = 17, "Hợp đồng"
    OFFICIAL_LETTER = 18, "Công văn"
    TELEGRAM = 19, "Công điện"
    MEMORANDUM = 20, "Bản ghi nhớ"
    AGREEMENT = 21, "Bản thỏa thuận"
    AUTHORISATION = 22, "Giấy ủy quyền"
    INVITATION = 23, "Giấy mời"
    INTRODUCTION = 24, "Giấy giới thiệu"
    LEAVE = 25, "Giấy nghỉ phép"
    SENDING_NOTE = 26, "Phiếu gửi"
    TRANSFER_NOTE = 27, "Phiếu chuyển"
    REPORTING_NOTE = 28, "Phiếu báo"
    OPEN_LETTER = 29, "Thư công"


class Urgency(IntegerChoices):
    """How soon it must be sent and handled; the numbers are those of the exchange."""

    NORMAL = 0, "Thường"
    URGENT = 1, "Khẩn"
    VERY_URGENT = 2, "Thượng khẩn"
    EXPRESS = 3, "Hỏa tốc"
    EXPRESS_TIMED = 4, "Hỏa tốc hẹn giờ"


class State(TextChoices):
    """Where a document is; which may follow which stands in `rules/moves.py`."""

    ARRIVED = "arrived", "Chờ đăng ký"
    REGISTERED = "registered", "Đã đăng ký"
    DIRECTED = "directed", "Đang xử lý"
    DONE = "done", "Đã xử lý xong"
    REFUSED = "refused", "Từ chối tiếp nhận"
    LINKED = "linked", "Trùng với văn bản đã có"
    RETURNED = "returned", "Đã trả lại nơi gửi"
    DRAFT = "draft", "Đang soạn"
    SUBMITTED = "submitted", "Đang trình duyệt"
    SIGNING = "signing", "Đang ký, đóng dấu"
    ISSUED = "issued", "Đã phát hành"
    DROPPED = "dropped", "Đã hủy dự thảo"
    RECALLED = "recalled", "Đã thu hồi"
    REPLACED = "replaced", "Đã được thay thế"


class Source(TextChoices):
    """How an incoming document came."""

    AXIS = "axis", "Trục liên thông"
    INSIDE = "inside", "Cơ quan trong tỉnh"
    EMAIL = "email", "Thư điện tử"
    HAND = "hand", "Nhận trực tiếp"
    POST = "post", "Bưu chính"


class Way(TextChoices):
    """How a document goes to a recipient."""

    INSIDE = "inside", "Trong hệ thống"
    AXIS = "axis", "Trục liên thông quốc gia"
    SITE = "site", "Hệ thống khác nối trực tiếp"
    EMAIL = "email", "Thư điện tử"
    PAPER = "paper", "Bản giấy"


class FileRole(TextChoices):
    """What a file is to its document."""

    MAIN = "main", "Văn bản"
    ATTACHMENT = "attachment", "Phụ lục, tài liệu kèm theo"
    DRAFT = "draft", "Dự thảo"
    REPLY = "reply", "Kết quả xử lý"


class StepKind(TextChoices):
    """What a document waits for, at somebody's."""

    DIRECT = "direct", "Chờ ý kiến chỉ đạo"
    WORK = "work", "Chờ xử lý"
    READ = "read", "Để biết"
    APPROVE = "approve", "Chờ duyệt dự thảo"
    REWORK = "rework", "Chờ sửa dự thảo"
    SIGN = "sign", "Chờ ký"
    ISSUE = "issue", "Chờ cấp số, đóng dấu"
    SEND = "send", "Chờ gửi"


class StepResult(TextChoices):
    """How a step ended."""

    DONE = "done", "Đã xong"
    RETURNED = "returned", "Đã trả lại"
    SKIPPED = "skipped", "Không còn cần"


class Act(TextChoices):
    """What may be done to a document; each act is one move."""

    ARRIVE = "arrive", "Văn bản đến"
    REGISTER = "register", "Đăng ký, vào sổ"
    CORRECT = "correct", "Sửa thông tin đăng ký"
    REFUSE = "refuse", "Từ chối tiếp nhận"
    LINK = "link", "Ghi là văn bản trùng"
    RETURN = "return", "Trả lại nơi gửi"
    ROUTE = "route", "Chuyển"
    DIRECT = "direct", "Cho ý kiến chỉ đạo"
    READ = "read", "Đã đọc"
    START = "start", "Bắt đầu xử lý"
    FINISH = "finish", "Kết thúc xử lý"
    REOPEN = "reopen", "Mở lại việc xử lý"
    FREEZE = "freeze", "Nơi gửi thu hồi"
    TAKE_UPDATE = "take_update", "Nơi gửi cập nhật"
    SUPERSEDE = "supersede", "Được thay thế"
    ADD_FILE = "add_file", "Thêm tệp"
    DRAFT = "draft", "Lập dự thảo"
    REVISE = "revise", "Sửa dự thảo"
    COMMENT = "comment", "Góp ý dự thảo"
    SUBMIT = "submit", "Trình duyệt"
    APPROVE = "approve", "Duyệt dự thảo"
    SEND_BACK = "send_back", "Trả lại dự thảo"
    ASK_SIGNATURE = "ask_signature", "Trình ký"
    WITHDRAW = "withdraw", "Rút dự thảo đã trình"
    DROP = "drop", "Hủy dự thảo"
    ISSUE = "issue", "Cấp số, phát hành"
    SEND = "send", "Gửi"
    RECALL = "recall", "Thu hồi"
    UPDATE_SENT = "update_sent", "Cập nhật văn bản đã gửi"
    AMEND = "amend", "Đính chính"


class ScopeRole(TextChoices):
    """Why a unit or person may know of a document."""

    REGISTRY = "registry", "Văn thư"
    DIRECTING = "directing", "Chỉ đạo"
    LEAD = "lead", "Chủ trì"
    TOGETHER = "together", "Phối hợp"
    KNOW = "know", "Để biết"
    DRAFTING = "drafting", "Soạn thảo"
    ABOVE = "above", "Cấp trên"


class BookState(TextChoices):
    """Whether entries may still be made in a book."""

    OPEN = "open", "Đang dùng"
    CLOSED = "closed", "Đã khóa"
