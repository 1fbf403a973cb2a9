"""Words that official papers print from a closed list."""

from django.db.models import IntegerChoices, TextChoices


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


class DocumentKind(IntegerChoices):
    """The kinds of administrative documents (loại văn bản hành chính), by their number in the law.

    Source: docs/law/document-layout.md
    """

    RESOLUTION = 1, "Nghị quyết"
    DECISION = 2, "Quyết định"
    INSTRUCTION = 3, "Chỉ thị"
    STATUTE = 4, "Quy chế"
    REGULATION = 5, "Quy định"
    COMMUNIQUE = 6, "Thông cáo"
    NOTICE = 7, "Thông báo"
    GUIDANCE = 8, "Hướng dẫn"
    PROGRAMME = 9, "Chương trình"
    PLAN = 10, "Kế hoạch"
    SCHEME = 11, "Phương án"
    MASTER_PLAN = 12, "Đề án"
    PROJECT = 13, "Dự án"
    REPORT = 14, "Báo cáo"
    MINUTES = 15, "Biên bản"
    PROPOSAL = 16, "Tờ trình"
    CONTRACT = 17, "Hợp đồng"
    OFFICIAL_LETTER = 18, "Công văn"
    TELEGRAM = 19, "Công điện"
    MEMORANDUM = 20, "Bản ghi nhớ"
    AGREEMENT = 21, "Bản thỏa thuận"
    AUTHORISATION = 22, "Giấy ủy quyền"
    INVITATION = 23, "Giấy mời"
    INTRODUCTION = 24, "Giấy giới thiệu"
    LEAVE = 25, "Giấy nghỉ phép"
    DISPATCH_NOTE = 26, "Phiếu gửi"
    TRANSFER_NOTE = 27, "Phiếu chuyển"
    NOTIFICATION_NOTE = 28, "Phiếu báo"
    PUBLIC_LETTER = 29, "Thư công"


class LayoutProfile(TextChoices):
    """By whose rules a document is laid out."""

    GOVERNMENT = "government", "Cơ quan nhà nước"
    PARTY = "party", "Cơ quan Đảng"
    PEOPLES_COUNCIL = "peoples_council", "Hội đồng nhân dân"
    FRONT = "front", "Mặt trận Tổ quốc, đoàn thể"
    YOUTH_UNION = "youth_union", "Đoàn Thanh niên"


class Urgency(IntegerChoices):
    """How fast a document has to go (mức độ khẩn), numbered as exchange numbers it."""

    NORMAL = 0, "Thường"
    URGENT = 1, "Khẩn"
    VERY_URGENT = 2, "Thượng khẩn"
    EXPRESS = 3, "Hỏa tốc"
    EXPRESS_TIMED = 4, "Hỏa tốc hẹn giờ"


class Circulation(TextChoices):
    """How far a document may go (chỉ dẫn phạm vi lưu hành)."""

    FREE = "", "Không hạn chế"
    INTERNAL = "internal", "Lưu hành nội bộ"
    RETURN = "return", "Xem xong trả lại"


class BookKind(TextChoices):
    """The books of the registry (sổ văn thư)."""

    INCOMING = "incoming", "Sổ đăng ký văn bản đến"
    OUTGOING = "outgoing", "Sổ đăng ký văn bản đi"
    HAND_OVER_IN = "hand_over_in", "Sổ chuyển giao văn bản đến"
    HAND_OVER_OUT = "hand_over_out", "Sổ chuyển giao văn bản đi"
    DESPATCH = "despatch", "Sổ gửi văn bản đi bưu điện"
    KEPT_COPIES = "kept_copies", "Sổ sử dụng bản lưu"
    FOLLOW_UP = "follow_up", "Sổ theo dõi giải quyết văn bản đến"
