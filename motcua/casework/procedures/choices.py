from enum import StrEnum

from django.db.models import TextChoices


class FilingChannel(TextChoices):
    """How a dossier reaches the desk (kênh thực hiện); the number is the national code."""

    COUNTER = "counter", "Trực tiếp"
    PORTAL = "portal", "Trực tuyến"
    POST = "post", "Bưu chính công ích"


class CompetentLevel(TextChoices):
    """The level that decides."""

    PROVINCE = "province", "Cấp tỉnh"
    COMMUNE = "commune", "Cấp xã"
    CENTRAL = "central", "Trung ương"


class ServiceLevel(TextChoices):
    """How far the service is on-line; since 1 July 2026 anything but full needs a reason."""

    FULL = "full", "Toàn trình"
    PARTIAL = "partial", "Một phần"
    INFORMATION = "information", "Cung cấp thông tin"
    LEVEL_1 = "level_1", "Mức độ 1"
    LEVEL_2 = "level_2", "Mức độ 2"
    LEVEL_3 = "level_3", "Mức độ 3"
    LEVEL_4 = "level_4", "Mức độ 4"


class FilingMode(TextChoices):
    """Where a citizen may file on-line."""

    HERE = "here", "Cổng của tỉnh"
    NATIONAL_ONLY = "national_only", "Chỉ Cổng Dịch vụ công quốc gia"
    BOTH = "both", "Cổng của tỉnh và Cổng Dịch vụ công quốc gia"


class VersionState(TextChoices):
    """Whether a version may be used."""

    DRAFT = "draft", "Bản thảo"
    UNCLEAR = "unclear", "Chưa rõ, cần người xác nhận"
    PUBLISHED = "published", "Đã công khai"
    WITHDRAWN = "withdrawn", "Đã bãi bỏ"


class PaperHandling(StrEnum):
    """What becomes of a paper at the desk."""

    HAND_IN = "hand_in"
    SHOW = "show"
    AT_RETURN = "at_return"
    BY_POST = "by_post"

    @property
    def label(self) -> str:
        """Return the Vietnamese name."""
        return _HANDLING[self]


_HANDLING = {
    PaperHandling.HAND_IN: "Nộp",
    PaperHandling.SHOW: "Xuất trình",
    PaperHandling.AT_RETURN: "Nộp khi nhận kết quả",
    PaperHandling.BY_POST: "Gửi qua bưu chính",
}


class FeeKind(StrEnum):
    """The two notions of the law: phí and lệ phí."""

    FEE = "fee"
    CHARGE = "charge"

    @property
    def label(self) -> str:
        """Return the Vietnamese name."""
        return "Phí" if self is FeeKind.FEE else "Lệ phí"


class Ground(StrEnum):
    """Why a dossier may wait."""

    SUPPLEMENT = "supplement"
    PAYMENT = "payment"
    TAX_AUTHORITY = "tax_authority"
    POSTING = "posting"
    OWN_WORK = "own_work"
    OUTSIDE_BODY = "outside_body"

    @property
    def label(self) -> str:
        """Return the Vietnamese name."""
        return _GROUNDS[self]


_GROUNDS = {
    Ground.SUPPLEMENT: "chờ bổ sung hồ sơ",
    Ground.PAYMENT: "chờ thực hiện nghĩa vụ tài chính",
    Ground.TAX_AUTHORITY: "chờ cơ quan thuế",
    Ground.POSTING: "niêm yết công khai",
    Ground.OWN_WORK: "chờ người nộp tự thực hiện",
    Ground.OUTSIDE_BODY: "chờ ý kiến cơ quan khác",
}


class Doubt(TextChoices):
    """Why a person must look at an imported text before it may be opened for filing."""

    LIMIT_WITHOUT_UNIT = "limit_without_unit", "Thời hạn không có đơn vị"
    LIMIT_CONTRADICTED = "limit_contradicted", "Đơn vị của thời hạn trái với mô tả"
    LIMIT_ONLY_IN_WORDS = "limit_only_in_words", "Thời hạn chỉ nêu trong mô tả"
    LIMIT_NOT_READ = "limit_not_read", "Không đọc được thời hạn"
    FEE_BELOW_1000 = "fee_below_1000", "Phí, lệ phí dưới 1.000 đồng"
    CHANNEL_UNKNOWN = "channel_unknown", "Không rõ cách thức nộp"
    PAPERS_NOT_READ = "papers_not_read", "Không đọc được danh sách giấy tờ"


class LintRule(TextChoices):
    """What the once-only linter looks for."""

    REGISTER_SUPPLIES = "register_supplies", "Đòi giấy tờ mà cơ quan nhà nước đã có"
    ASKED_TWICE = "asked_twice", "Hỏi hai lần một điều"
    CERTIFIED_COPY = "certified_copy", "Buộc chứng thực bản sao"
    SIGNATURE_WITHOUT_PURPOSE = "signature_without_purpose", "Chữ ký, xác nhận không rõ để làm gì"
    OPEN_PAPER = "open_paper", "Giấy tờ không kể đích danh"
    FORM_MISSING = "form_missing", "Đòi theo mẫu mà không kèm mẫu"
    STEP_WITHOUT_OWNER = "step_without_owner", "Bước không có người làm"
    UNCLEAR_LIMIT = "unclear_limit", "Thời hạn không rõ"
    NO_LEGAL_BASIS = "no_legal_basis", "Thiếu căn cứ pháp lý"
    BASIS_ENDED = "basis_ended", "Căn cứ đã hết hiệu lực"
    PART_MISSING = "part_missing", "Thiếu bộ phận bắt buộc"
