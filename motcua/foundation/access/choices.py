"""The powers there are, and how closely a subject is kept."""

from enum import StrEnum

from django.db.models import IntegerChoices


class Secrecy(IntegerChoices):
    """Who may know of a subject: by its scope rows, as stored with them and with itself."""

    OPEN = 0, "Không"
    NEED_TO_KNOW = 1, "Chỉ nơi có việc"
    NAMED = 2, "Chỉ người được giao đích danh"


class Power(StrEnum):
    """What somebody may do, as `module.verb`; a role grants it for the units below its post."""

    RECEIVE_DOSSIERS = "dossiers.receive"
    CORRECT_RECEPTION = "dossiers.correct_reception"
    HAND_OVER_DOSSIERS = "dossiers.hand_over"
    RETURN_OUTCOMES = "dossiers.return_outcome"
    HANDLE_DOSSIERS = "dossiers.handle"
    ASSIGN_DOSSIERS = "dossiers.assign"
    APPROVE_DOSSIERS = "dossiers.approve"
    ISSUE_APOLOGIES = "dossiers.issue_apology"
    STOP_DOSSIERS = "dossiers.stop"
    ALLOW_MORE_SUPPLEMENT = "dossiers.allow_more_supplement"
    READ_ALL_DOSSIERS = "dossiers.read_all"
    EXPORT_DOSSIERS = "dossiers.export"
    FILE_FOR_OTHERS = "dossiers.file_for_others"
    APPOINT_HELPERS = "mandates.appoint"
    UNMASK_PEOPLE = "people.unmask"
    SEARCH_PEOPLE = "people.search"
    EDIT_PROCEDURES = "procedures.edit"
    PUBLISH_PROCEDURES = "procedures.publish"
    EDIT_ORGANISATION = "organisation.edit"
    ADMINISTER_IDENTITY = "identity.administer"
    EDIT_CALENDARS = "calendar.edit"
    READ_AUDIT = "audit.read"
    REGISTER_DOCUMENTS = "documents.register"
    DRAFT_DOCUMENTS = "documents.draft"
    APPROVE_DOCUMENTS = "documents.approve"
    DIRECT_DOCUMENTS = "documents.direct"
    MANAGE_BOOKS = "documents.manage_books"
    RECEIVE_WORK_FILES = "workfiles.receive"
    ASK_REFUNDS = "payments.ask_refund"
    APPROVE_REFUNDS = "payments.approve_refund"
    READ_PAYMENTS = "payments.read"
    CONFIGURE_PAYMENTS = "payments.configure"
    SIGN_DOCUMENTS = "signing.sign"
    SEAL_DOCUMENTS = "signing.seal"
    REVOKE_PAPERS = "signing.revoke_paper"
    ADMINISTER_SIGNING = "signing.administer"
    PROPOSE_ANCHORS = "trust.propose"
    APPROVE_ANCHORS = "trust.approve"
    ASSIGN_TASKS = "tasks.assign"
    TAKE_CASH = "cashbook.take_cash"
    READ_CASHBOOK = "cashbook.read"
    KEEP_CASHBOOK = "cashbook.keep"
    RECONCILE = "reconciliation.settle"
    APPROVE_WRITE_OFFS = "reconciliation.approve"
    KEEP_RECEIPTS = "receipts.keep"
    PROPOSE_AGENDA = "agendas.propose"
    APPROVE_AGENDA = "agendas.approve"
    MANAGE_CONTRACTS = "contracts.manage"
    MIGRATE_DATA = "migration.carry_out"
    ARRANGE_DESKS = "staffing.arrange"
    KEEP_REASONS = "reasons.keep"

    @property
    def label(self) -> str:
        """Return what the power allows, in words for administrators."""
        return _LABELS[self]


_LABELS = {
    Power.RECEIVE_DOSSIERS: "Tiếp nhận hồ sơ",
    Power.CORRECT_RECEPTION: "Sửa việc tiếp nhận",
    Power.HAND_OVER_DOSSIERS: "Bàn giao hồ sơ",
    Power.RETURN_OUTCOMES: "Trả kết quả",
    Power.HANDLE_DOSSIERS: "Thụ lý hồ sơ",
    Power.ASSIGN_DOSSIERS: "Phân công hồ sơ",
    Power.APPROVE_DOSSIERS: "Phê duyệt kết quả",
    Power.ISSUE_APOLOGIES: "Xin lỗi và hẹn lại",
    Power.STOP_DOSSIERS: "Dừng giải quyết hồ sơ",
    Power.ALLOW_MORE_SUPPLEMENT: "Cho bổ sung thêm lần",
    Power.READ_ALL_DOSSIERS: "Xem hồ sơ toàn tỉnh",
    Power.EXPORT_DOSSIERS: "Xuất danh sách hồ sơ",
    Power.FILE_FOR_OTHERS: "Giúp người dân nộp hồ sơ",
    Power.APPOINT_HELPERS: "Cử, cho thôi người hỗ trợ ở thôn, tổ",
    Power.UNMASK_PEOPLE: "Xem số định danh đầy đủ",
    Power.SEARCH_PEOPLE: "Tìm người theo tên, số",
    Power.EDIT_PROCEDURES: "Soạn thủ tục",
    Power.PUBLISH_PROCEDURES: "Công khai thủ tục",
    Power.EDIT_ORGANISATION: "Quản lý tổ chức",
    Power.ADMINISTER_IDENTITY: "Quản lý tài khoản",
    Power.EDIT_CALENDARS: "Quản lý lịch làm việc",
    Power.READ_AUDIT: "Xem nhật ký",
    Power.REGISTER_DOCUMENTS: "Đăng ký văn bản đến, phát hành văn bản đi",
    Power.DRAFT_DOCUMENTS: "Soạn, xử lý văn bản",
    Power.APPROVE_DOCUMENTS: "Duyệt dự thảo văn bản",
    Power.DIRECT_DOCUMENTS: "Cho ý kiến chỉ đạo văn bản",
    Power.MANAGE_BOOKS: "Mở, khóa sổ văn bản",
    Power.RECEIVE_WORK_FILES: "Nhận hồ sơ nộp lưu trữ cơ quan",
    Power.ASK_REFUNDS: "Đề nghị hoàn tiền",
    Power.APPROVE_REFUNDS: "Duyệt hoàn tiền",
    Power.READ_PAYMENTS: "Xem đơn nộp tiền",
    Power.CONFIGURE_PAYMENTS: "Khai báo tài khoản nhận tiền",
    Power.SIGN_DOCUMENTS: "Ký số văn bản",
    Power.SEAL_DOCUMENTS: "Cấp số, đóng dấu cơ quan",
    Power.REVOKE_PAPERS: "Đính chính, thay thế, thu hồi giấy tờ",
    Power.ADMINISTER_SIGNING: "Quản lý ký số",
    Power.PROPOSE_ANCHORS: "Đề nghị gốc tin cậy",
    Power.APPROVE_ANCHORS: "Duyệt gốc tin cậy",
    Power.ASSIGN_TASKS: "Giao, phân công nhiệm vụ",
    Power.TAKE_CASH: "Thu tiền mặt tại quầy",
    Power.READ_CASHBOOK: "Xem sổ quỹ của cơ quan",
    Power.KEEP_CASHBOOK: "Giữ sổ quỹ: khóa ngày, khóa quý, giải trình",
    Power.RECONCILE: "Đối soát sao kê, xử lý chênh lệch",
    Power.APPROVE_WRITE_OFFS: "Duyệt ghi bỏ chênh lệch tiền",
    Power.KEEP_RECEIPTS: "Quản lý biên lai, gửi bảng tổng hợp",
    Power.PROPOSE_AGENDA: "Đăng ký lịch công tác",
    Power.APPROVE_AGENDA: "Duyệt, công bố lịch công tác",
    Power.MANAGE_CONTRACTS: "Quản lý hợp đồng thu hộ",
    Power.MIGRATE_DATA: "Chuyển dữ liệu từ hệ thống cũ",
    Power.ARRANGE_DESKS: "Bố trí người ở quầy, ghi người vắng",
    Power.KEEP_REASONS: "Giữ thư viện lý do mẫu",
}
