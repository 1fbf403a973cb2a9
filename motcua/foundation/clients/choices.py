"""The scopes there are: what an application may be let do through the interface."""

from enum import StrEnum

from motcua.foundation.access.api import Power


class Scope(StrEnum):
    """One kind of act of the interface, as `subject.verb`; every endpoint names one."""

    CATALOGUE = "catalogue.read"
    READ = "dossiers.read"
    FILE = "dossiers.file"
    DESK = "dossiers.desk"
    HANDLE = "dossiers.handle"
    LEAD = "dossiers.lead"
    DECIDE = "dossiers.decide"
    READ_DOCUMENTS = "documents.read"
    ACT_ON_DOCUMENTS = "documents.act"
    READ_TASKS = "tasks.read"
    ACT_ON_TASKS = "tasks.act"
    READ_MONEY = "money.read"
    TAKE_MONEY = "money.take"
    FIGURES = "figures.read"
    SIGNATURES = "signatures.examine"
    HOOKS = "hooks.manage"
    BULK = "bulk.read"
    BULK_NAMES = "bulk.names"

    @property
    def label(self) -> str:
        """Return what the scope allows, in words for administrators and partners."""
        return _LABELS[self]


_LABELS = {
    Scope.CATALOGUE: "Đọc thủ tục, cơ quan, danh mục; tính hạn, tính phí",
    Scope.READ: "Đọc hồ sơ trong phạm vi của vị trí",
    Scope.FILE: "Nộp, bổ sung, rút hồ sơ của chính tài khoản",
    Scope.DESK: "Tiếp nhận, bàn giao, trả kết quả",
    Scope.HANDLE: "Thụ lý, lấy ý kiến, chờ, dự thảo",
    Scope.LEAD: "Phân công, ghi người vắng, gia hạn, xin lỗi, dừng",
    Scope.DECIDE: "Quyết định, ký kết quả",
    Scope.READ_DOCUMENTS: "Đọc văn bản",
    Scope.ACT_ON_DOCUMENTS: "Tiếp nhận, soạn, chuyển văn bản",
    Scope.READ_TASKS: "Đọc nhiệm vụ",
    Scope.ACT_ON_TASKS: "Giao, báo cáo nhiệm vụ",
    Scope.READ_MONEY: "Đọc khoản nộp, biên lai",
    Scope.TAKE_MONEY: "Ghi nhận tiền thu",
    Scope.FIGURES: "Đọc số liệu tổng hợp",
    Scope.SIGNATURES: "Kiểm tra chữ ký số của tệp",
    Scope.HOOKS: "Đăng ký nhận thông báo",
    Scope.BULK: "Đọc hàng loạt để phân tích",
    Scope.BULK_NAMES: "Đọc hàng loạt kèm họ tên, trích yếu",
}

# What decides in somebody's name stays with that person: no application is ever given it.
FOR_PEOPLE = frozenset({Scope.DECIDE})
FOR_CLIENTS = tuple(scope for scope in Scope if scope not in FOR_PEOPLE)

POWERS = {
    Scope.READ: {Power.READ_ALL_DOSSIERS},
    Scope.FILE: {Power.FILE_FOR_OTHERS},
    Scope.DESK: {
        Power.RECEIVE_DOSSIERS,
        Power.CORRECT_RECEPTION,
        Power.HAND_OVER_DOSSIERS,
        Power.RETURN_OUTCOMES,
    },
    Scope.HANDLE: {Power.HANDLE_DOSSIERS},
    Scope.LEAD: {
        Power.ASSIGN_DOSSIERS,
        Power.ISSUE_APOLOGIES,
        Power.STOP_DOSSIERS,
        Power.ALLOW_MORE_SUPPLEMENT,
        Power.ARRANGE_DESKS,
    },
    Scope.ACT_ON_DOCUMENTS: {Power.REGISTER_DOCUMENTS, Power.DRAFT_DOCUMENTS},
    Scope.ACT_ON_TASKS: {Power.ASSIGN_TASKS},
    Scope.READ_MONEY: {Power.READ_PAYMENTS, Power.READ_CASHBOOK},
    Scope.TAKE_MONEY: {Power.TAKE_CASH},
    Scope.BULK: {Power.EXPORT_DOSSIERS},
    Scope.BULK_NAMES: {Power.UNMASK_PEOPLE},
}
