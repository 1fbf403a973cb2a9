"""What is signed, by whom, how strongly, and how far each of it has come."""

from django.db.models import TextChoices

from motcua.lib.tongue import said


class DocumentKind(TextChoices):
    """What sort of document a policy speaks of."""

    OUTCOME = "outcome", "Kết quả giải quyết thủ tục hành chính"
    RECEIPT = "paper_00", "Xác nhận đã nộp hồ sơ"
    SLIP = "slip", "Giấy tiếp nhận hồ sơ và hẹn trả kết quả"
    SUPPLEMENT = "paper_02", "Phiếu yêu cầu bổ sung"
    REFUSAL = "paper_03", "Phiếu từ chối tiếp nhận"
    APOLOGY = "paper_04", "Văn bản xin lỗi và hẹn lại"
    STOP = "paper_05", "Thông báo dừng giải quyết"
    PROGRESS = "paper_06", "Phiếu kiểm soát quá trình"
    REGISTER = "paper_07", "Sổ theo dõi hồ sơ"
    VERIFICATION = "verification_report", "Biên bản kiểm tra chữ ký số"
    LEDGER_HEAD = "ledger_head", "Gốc sổ cam kết"
    MODULE_PDF = "module_pdf", "Văn bản khác"
    XML = "module_xml", "Tệp XML"
    COPY = "copy", "Bản sao điện tử"
    ATTACHMENT = "attachment", "Văn bản kèm theo"


class Level(TextChoices):
    """How long a signature can be proven (mức chữ ký số)."""

    B_B = "B_B", "Cơ bản (B-B)"
    B_T = "B_T", "Có dấu thời gian (B-T)"
    B_LT = "B_LT", "Lâu dài (B-LT)"
    B_LTA = "B_LTA", "Lưu trữ lâu dài (B-LTA)"


class TurnRole(TextChoices):
    """As what somebody signs."""

    INITIAL = "initial", "Ký nháy"
    LEADER = "leader", "Ký ban hành"
    SEAL = "seal", "Cấp số, đóng dấu cơ quan"
    COPY = "copy", "Ký bản sao"
    APPLICANT = "applicant", "Người nộp ký"


class CopyKind(TextChoices):
    """How a document is copied; the closed list of NĐ 30/2020, as written on the copy."""

    WHOLE = "SAO Y", "Sao y"
    RECEIVED = "SAO LỤC", "Sao lục"
    PART = "TRÍCH SAO", "Trích sao"


class Capacity(TextChoices):
    """In whose place somebody signs; the closed list of NĐ 30/2020."""

    OWN = "", "Ký theo chức vụ"
    ON_BEHALF = "TM", "TM. (thay mặt)"
    DEPUTY = "KT", "KT. (ký thay)"
    BY_ORDER = "TL", "TL. (thừa lệnh)"
    BY_AUTHORISATION = "TUQ", "TUQ. (thừa ủy quyền)"
    ACTING = "Q", "Q. (quyền)"


class InitialBy(TextChoices):
    """Who gives an initial (ký nháy) before the leader signs."""

    DRAFTER = "drafter", "người soạn thảo"
    UNIT_HEAD = "unit_head", "lãnh đạo đơn vị soạn thảo"
    OFFICE = "office", "Văn phòng (kiểm tra thể thức)"


class Numbering(TextChoices):
    """Where number and day of a document that an officer hands in come from."""

    BY_CLERK = "cap", "Văn thư cấp số, ghi ngày khi đóng dấu"
    PRINTED = "in", "Số, ngày đã ghi sẵn trong văn bản"
    NONE = "khong", "Văn bản không mang số"


class RequestState(TextChoices):
    """How far a request has come."""

    DRAFT = "draft", "Chưa trình"
    OPEN = "open", "Đang ký"
    COMPLETED = "completed", "Đã ký xong"
    REFUSED = "refused", "Bị từ chối ký"
    WITHDRAWN = "withdrawn", "Đã rút yêu cầu ký"


class TurnState(TextChoices):
    """How far one turn has come."""

    WAITING = "waiting", "Chưa đến lượt"
    READY = "ready", "Đến lượt"
    UNDERWAY = "underway", "Đang ký"
    DONE = "done", "Đã ký"
    REFUSED = "refused", "Từ chối ký"
    DROPPED = "dropped", "Không còn cần"


class AttemptState(TextChoices):
    """How far one try to fulfil a turn has come."""

    ASKED = "asked", "Đã yêu cầu"
    PREPARED = "prepared", "Đã lập dữ liệu ký"
    GRANTED = "granted", "Đã được cho phép"
    SENT = "sent", "Đã gửi nơi ký"
    SIGNED = "signed", "Đã có chữ ký"
    FINISHED = "finished", "Xong"
    FAILED = "failed", "Không thành"
    EXPIRED = "expired", "Quá hạn"


class MadeBy(TextChoices):
    """How a version of a document came about."""

    DRAFTED = "drafted", "Bản soạn"
    PREPARED = "prepared", "Bản có ô ký"
    SIGNED = "signed", "Có thêm chữ ký"
    SEALED = "sealed", "Đã đóng dấu"
    LIFTED = "lifted", "Nâng mức chữ ký"
    RENEWED = "renewed", "Gia hạn lưu trữ"
    UPLOADED = "uploaded", "Ký bằng phần mềm khác"


class PaperState(TextChoices):
    """Whether an issued paper still counts."""

    IN_FORCE = "in_force", said("Đang có hiệu lực")
    CORRECTED = "corrected", said("Đã được đính chính")
    REPLACED = "replaced", said("Đã được thay thế")
    REVOKED = "revoked", said("Đã bị thu hồi")
    EXPIRED = "expired", said("Đã hết thời hạn")


class OwnState(TextChoices):
    """How far somebody has come who signs own papers at a remote service."""

    ASKED = "asked", said("Đang hỏi dịch vụ")
    CHOOSING = "choosing", said("Chờ chọn chứng thư")
    PREPARED = "prepared", said("Chờ ông/bà cho phép")
    WAITING = "waiting", said("Chờ xác nhận trên điện thoại")
    GRANTED = "granted", said("Đã cho phép, đang ký")
    SIGNED = "signed", said("Đã có chữ ký")
    DONE = "done", said("Đã ký")
    FAILED = "failed", said("Không ký được")
    REFUSED = "refused", said("Ông/bà không đồng ý ký")
    EXPIRED = "expired", said("Quá thời gian")
    CANCELLED = "cancelled", said("Đã thôi ký")
