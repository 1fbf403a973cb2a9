from enum import StrEnum

from django.db.models import TextChoices

from motcua.lib.tongue import said


class FilingChannel(TextChoices):
    """How a dossier reaches the desk (kênh thực hiện); the number is the national code."""

    COUNTER = "counter", said("Trực tiếp")
    PORTAL = "portal", said("Trực tuyến")
    POST = "post", said("Bưu chính công ích")


class CompetentLevel(TextChoices):
    """The level that decides."""

    PROVINCE = "province", said("Cấp tỉnh")
    COMMUNE = "commune", said("Cấp xã")
    CENTRAL = "central", said("Trung ương")


class ServiceLevel(TextChoices):
    """How far the service is on-line; since 1 July 2026 anything but full needs a reason."""

    FULL = "full", said("Toàn trình")
    PARTIAL = "partial", said("Một phần")
    INFORMATION = "information", said("Cung cấp thông tin")
    LEVEL_1 = "level_1", said("Mức độ 1")
    LEVEL_2 = "level_2", said("Mức độ 2")
    LEVEL_3 = "level_3", said("Mức độ 3")
    LEVEL_4 = "level_4", said("Mức độ 4")


class FilingMode(TextChoices):
    """Where a citizen may file on-line."""

    HERE = "here", said("Cổng của tỉnh")
    NATIONAL_ONLY = "national_only", said("Chỉ Cổng Dịch vụ công quốc gia")
    BOTH = "both", said("Cổng của tỉnh và Cổng Dịch vụ công quốc gia")


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
    PaperHandling.HAND_IN: said("Nộp"),
    PaperHandling.SHOW: said("Xuất trình"),
    PaperHandling.AT_RETURN: said("Nộp khi nhận kết quả"),
    PaperHandling.BY_POST: said("Gửi qua bưu chính"),
}


class FeeKind(StrEnum):
    """The two notions of the law: phí and lệ phí."""

    FEE = "fee"
    CHARGE = "charge"

    @property
    def label(self) -> str:
        """Return the Vietnamese name."""
        return said("Phí") if self is FeeKind.FEE else said("Lệ phí")


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
    Ground.SUPPLEMENT: said("chờ bổ sung hồ sơ"),
    Ground.PAYMENT: said("chờ thực hiện nghĩa vụ tài chính"),
    Ground.TAX_AUTHORITY: said("chờ cơ quan thuế"),
    Ground.POSTING: said("niêm yết công khai"),
    Ground.OWN_WORK: said("chờ người nộp tự thực hiện"),
    Ground.OUTSIDE_BODY: said("chờ ý kiến cơ quan khác"),
}


class Doubt(TextChoices):
    """Why a person must look at an imported text before it may be opened for filing."""

    LIMIT_WITHOUT_UNIT = "limit_without_unit", said("Thời hạn không có đơn vị")
    LIMIT_CONTRADICTED = "limit_contradicted", said("Đơn vị của thời hạn trái với mô tả")
    LIMIT_ONLY_IN_WORDS = "limit_only_in_words", said("Thời hạn chỉ nêu trong mô tả")
    LIMIT_NOT_READ = "limit_not_read", said("Không đọc được thời hạn")
    FEE_BELOW_1000 = "fee_below_1000", said("Phí, lệ phí dưới 1.000 đồng")
    CHANNEL_UNKNOWN = "channel_unknown", said("Không rõ cách thức nộp")
    PAPERS_NOT_READ = "papers_not_read", said("Không đọc được danh sách giấy tờ")


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
