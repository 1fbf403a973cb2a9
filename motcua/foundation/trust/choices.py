"""What anchors are trusted for, whose certificates there are, and how each can be used."""

from django.db.models import TextChoices


class Purpose(TextChoices):
    """What an anchor (gốc tin cậy) is believed for."""

    GOVERNMENT = "government", "Chữ ký số chuyên dùng công vụ"
    PUBLIC = "public", "Chữ ký số công cộng"
    NATIONAL_ROOT = "national_root", "Chứng thực số quốc gia"
    TIMESTAMP = "timestamp", "Dấu thời gian"
    DEMO = "demo", "Minh họa, không có giá trị pháp lý"


class AnchorState(TextChoices):
    """How far an anchor has come."""

    PROPOSED = "proposed", "Chờ người thứ hai duyệt"
    TRUSTED = "trusted", "Đang tin cậy"
    WITHDRAWN = "withdrawn", "Đã thôi tin cậy"


class HolderKind(TextChoices):
    """Whose certificate it is."""

    OFFICER = "officer", "Cán bộ, công chức"
    AGENCY = "agency", "Cơ quan (con dấu)"
    CITIZEN = "citizen", "Công dân, tổ chức"
    SERVICE = "service", "Dịch vụ"
    AUTHORITY = "authority", "Tổ chức chứng thực trung gian"


class Way(TextChoices):
    """Where the key is that signs."""

    REMOTE = "remote", "Ký số từ xa"
    SERVER = "server", "Thiết bị trên máy chủ"
    AGENT = "agent", "Thiết bị trên máy của cán bộ"
    ELSEWHERE = "elsewhere", "Ký bằng phần mềm khác"
    NONE = "", "Không ký được ở đây"


class CertificateState(TextChoices):
    """Whether a certificate may be used."""

    ACTIVE = "active", "Đang dùng"
    SUSPENDED = "suspended", "Tạm dừng"
    REVOKED = "revoked", "Đã thu hồi"
    ENDED = "ended", "Thôi dùng"


class ImageKind(TextChoices):
    """What a picture of signing shows."""

    HANDWRITING = "handwriting", "Mẫu chữ ký tay"
    SEAL = "seal", "Mẫu con dấu"


class ImageState(TextChoices):
    """How far a picture of signing has come."""

    PROPOSED = "proposed", "Chờ người thứ hai duyệt"
    APPROVED = "approved", "Được dùng"
    DROPPED = "dropped", "Không dùng"


class ServiceKind(TextChoices):
    """What a partner does for signatures."""

    TSA = "tsa", "Cấp dấu thời gian (TSA)"
    OCSP = "ocsp", "Trả lời tình trạng chứng thư (OCSP)"
    CRL = "crl", "Danh sách thu hồi (CRL)"
    CSC = "csc", "Ký số từ xa (CSC)"
    PUSH = "push", "Ký số từ xa, xác nhận trên điện thoại"


class AnswerKind(TextChoices):
    """In which form an authority says what was revoked."""

    CRL = "crl", "Danh sách thu hồi (CRL)"
    OCSP = "ocsp", "Trả lời trực tuyến (OCSP)"


class KnownState(TextChoices):
    """What the authority of a certificate said of it the latest time."""

    UNKNOWN = "", "Chưa biết"
    GOOD = "good", "Không bị thu hồi"
    HELD = "held", "Bị tạm dừng"
    REVOKED = "revoked", "Bị thu hồi"
