"""The closed lists of documents, with their Vietnamese labels."""

from django.db.models import TextChoices

from motcua.foundation.papers.api import DocumentKind


class Direction(TextChoices):
    """How a document stands to the agency that holds it."""

    INCOMING = "in", "Văn bản đến"
    OUTGOING = "out", "Văn bản đi"
    INTERNAL = "internal", "Văn bản nội bộ"


OTHER_KIND = 0  # a law, a circular, a letter: whatever is not of the twenty-nine kinds
KINDS = [(OTHER_KIND, "Loại khác"), *DocumentKind.choices]


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
    IMPORT = "import", "Nhập từ hệ thống cũ"


class Way(TextChoices):
    """How a document goes to a recipient."""

    INSIDE = "inside", "Trong hệ thống"
    AXIS = "axis", "Trục liên thông quốc gia"
    SITE = "site", "Hệ thống khác nối trực tiếp"
    EMAIL = "email", "Thư điện tử"
    PAPER = "paper", "Bản giấy, trao tay"
    POST = "post", "Bản giấy, gửi bưu điện"


class FileRole(TextChoices):
    """What a file is to its document."""

    MAIN = "main", "Văn bản"
    ATTACHMENT = "attachment", "Phụ lục, tài liệu kèm theo"
    DRAFT = "draft", "Dự thảo"
    REPLY = "reply", "Kết quả xử lý"
    STAMPED = "stamped", "Bản đọc có dấu “ĐẾN”"


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
    RECALL = "recall", "Nơi gửi thu hồi, thay đổi"


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
    FREEZE = "freeze", "Nơi gửi thu hồi, thay đổi"
    TAKE_UPDATE = "take_update", "Đồng ý thu hồi, thay đổi"
    KEEP = "keep", "Không đồng ý thu hồi, thay đổi"
    SUPERSEDE = "supersede", "Được thay thế"
    ADD_FILE = "add_file", "Thêm tệp"
    CARRY_OVER = "carry_over", "Chuyển cho nơi kế tục"
    PURGE = "purge", "Xóa vì là bí mật nhà nước"
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
    REMIND = "remind", "Đôn đốc"
    NOTE_ANSWER = "note_answer", "Ghi nhận nơi nhận đã trả lời"
    STAMP = "stamp", "Đóng dấu “ĐẾN” lên bản đọc"
    LEND = "lend", "Cho sử dụng bản lưu"
    GET_BACK = "get_back", "Nhận lại bản lưu"
    IMPORT = "import", "Nhập từ hệ thống cũ"


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


class AlarmKind(TextChoices):
    """What somebody is warned of, once."""

    SOON = "soon", "Sắp đến hạn"
    LATE = "late", "Quá hạn"
    NOT_SENT = "not_sent", "Gửi chậm"
    NOT_REGISTERED = "not_entered", "Vào sổ chậm"
