"""What was done and to what, in words; the trail itself keeps codes that never change."""

from motcua.casework.dossiers.api import Act

ACTIONS = {
    "access.acts_for": "Làm thay người khác",
    "access.delegated": "Ủy quyền",
    "access.revoked": "Thu hồi ủy quyền",
    "agency.added": "Thêm cơ quan",
    "agency.changed": "Thay đổi cơ quan",
    "agency.ended": "Chấm dứt cơ quan",
    "access.refused": "Hỏi mở hồ sơ không được biết",
    "calendar.added": "Thêm lịch làm việc",
    "calendar.day_removed": "Bỏ ngày khỏi lịch",
    "calendar.days_set": "Đặt ngày trong lịch",
    "calendar.hours_set": "Đặt giờ làm việc",
    "dossiers.close_register": "Khóa sổ theo dõi",
    "dossiers.discard_draft": "Bỏ bản nháp",
    "dossiers.give_slip": "In giấy hẹn theo yêu cầu",
    "dossiers.own": "Đưa vào “Hồ sơ của tôi”",
    "dossiers.disown": "Đưa ra khỏi “Hồ sơ của tôi”",
    "dossiers.set_assignment": "Đặt cách giao việc",
    "dossiers.take_over": "Nhận bàn giao",
    "files.locked": "Khóa tệp có mã độc",
    "files.virus_refused": "Từ chối tệp có mã độc",
    "identity.account_created": "Tạo tài khoản cán bộ",
    "identity.account_disabled": "Khóa tài khoản",
    "identity.account_enabled": "Mở lại tài khoản",
    "identity.account_opened": "Mở tài khoản công dân",
    "identity.accounts_created": "Tạo nhiều tài khoản",
    "identity.confirmation_refused": "Không xác nhận được tài khoản",
    "identity.locked": "Tạm khóa đăng nhập do sai nhiều lần",
    "identity.password_changed": "Đổi mật khẩu",
    "identity.password_reset": "Cấp lại mật khẩu",
    "identity.person_confirmed": "Xác nhận danh tính",
    "identity.person_unconfirmed": "Hủy xác nhận danh tính",
    "identity.second_factor_reset": "Bỏ xác thực hai lớp",
    "identity.session_ended": "Đăng xuất",
    "identity.sessions_cut": "Cắt các phiên đăng nhập",
    "identity.signed_in": "Đăng nhập",
    "identity.unlocked": "Bỏ tạm khóa đăng nhập",
    "identity.work_taken_over": "Nhận việc của người thôi việc",
    "ledger.know_countersigner": "Công nhận bên ký chứng kiến sổ cam kết",
    "ledger.resume": "Cho niêm phong sổ cam kết chạy lại",
    "notifications.text_published": "Sửa lời thông báo",
    "officer.added": "Thêm cán bộ",
    "officer.left": "Cho cán bộ thôi việc",
    "organisation.day_begun": "Thay đổi tổ chức có hiệu lực",
    "organisation.staff_imported": "Nhập tổ chức từ bảng tính",
    "organisation.succeeded": "Ghi cơ quan, đơn vị kế tục",
    "people.confirmed": "Xác nhận giấy tờ của người dân",
    "people.doubted": "Hủy xác nhận giấy tờ của người dân",
    "people.contacts_updated": "Sửa thông tin liên hệ",
    "people.corrected": "Sửa thông tin người dân",
    "people.member_added": "Thêm người vào tổ chức",
    "people.member_removed": "Bỏ người khỏi tổ chức",
    "places.loaded": "Nạp danh mục địa danh",
    "post.added": "Thêm vị trí",
    "post.ended": "Chấm dứt vị trí",
    "post.filled": "Giao vị trí",
    "post.left": "Thôi giữ vị trí",
    "procedures.draft": "Lưu bản thảo thủ tục",
    "procedures.drop_template": "Bỏ mẫu Word",
    "procedures.import": "Nhập thủ tục",
    "procedures.publish": "Công khai thủ tục",
    "procedures.set_duty": "Phân việc cho đơn vị",
    "procedures.settle": "Làm rõ thủ tục",
    "procedures.template": "Đặt mẫu Word",
    "procedures.withdraw": "Bãi bỏ thủ tục",
    "ratings.given": "Đánh giá hồ sơ",
    "unit.added": "Thêm đơn vị",
    "unit.calendar_changed": "Đổi lịch của đơn vị",
    "unit.changed": "Thay đổi đơn vị",
    "unit.ended": "Chấm dứt đơn vị",
    "unit.staffed": "Bố trí người cho đơn vị",
} | {f"dossiers.{act}": act.label for act in Act}

PURPOSES = {
    "audit.accesses": "Tra cứu ai đã xem",
    "dossiers.api": "Xem hồ sơ qua kết nối",
    "dossiers.desk": "Xem hồ sơ tại một cửa",
    "dossiers.office": "Xem hồ sơ để xử lý",
    "dossiers.print": "In giấy của hồ sơ",
    "dossiers.return": "Xem hồ sơ để trả kết quả",
    "dossiers.search": "Tìm hồ sơ",
    "dossiers.view": "Xem hồ sơ",
    "people.reveal": "Xem đủ số định danh",
    "people.search": "Tìm người",
}

SUBJECTS = {
    "account": "Tài khoản",
    "accounts": "Nhiều tài khoản",
    "agency": "Cơ quan",
    "calendar": "Lịch",
    "delegation": "Ủy quyền",
    "dossier": "Hồ sơ",
    "draft": "Bản nháp",
    "enterprise": "Tổ chức",
    "file": "Tệp",
    "hand_over": "Bàn giao",
    "ledger": "Sổ cam kết",
    "login": "Tên đăng nhập",
    "officer": "Cán bộ",
    "organisation": "Tổ chức bộ máy",
    "people": "Người dân",
    "person": "Người dân",
    "places": "Địa danh",
    "post": "Vị trí",
    "procedure": "Thủ tục",
    "register": "Sổ theo dõi",
    "search": "Tìm kiếm",
    "text": "Lời thông báo",
    "unit": "Đơn vị",
}


def action_words(action: str) -> str:
    """Return what was done, in Vietnamese; the code itself where it has no words."""
    return ACTIONS.get(action, action)


def purpose_words(purpose: str) -> str:
    """Return what somebody looked for, in Vietnamese."""
    return PURPOSES.get(purpose, purpose)


def subject_words(subject: str) -> str:
    """Return what it was about: the kind of thing in Vietnamese, then its code."""
    kind, _, code = subject.replace(" ", ":", 1).partition(":")
    word = SUBJECTS.get(kind)
    return subject if word is None else f"{word} {code}".strip()
