"""What an officer begins with: the wording of each kind's form, to be written on.

Source: docs/law/document-layout.md
"""

from collections.abc import Mapping

from motcua.foundation.papers.choices import DocumentKind, LayoutProfile

K = DocumentKind
_PLAN = """I. MỤC ĐÍCH, YÊU CẦU
1. Mục đích
…
2. Yêu cầu
…
II. NỘI DUNG
1. …
2. …
III. TỔ CHỨC THỰC HIỆN
1. …
2. …"""
_STUDY = """I. SỰ CẦN THIẾT VÀ CƠ SỞ PHÁP LÝ
…
II. MỤC TIÊU
…
III. NHIỆM VỤ, GIẢI PHÁP
1. …
2. …
IV. KINH PHÍ
…
V. TỔ CHỨC THỰC HIỆN
…"""
_RULES = """Chương I
QUY ĐỊNH CHUNG
Điều 1. Phạm vi điều chỉnh
…
Điều 2. Đối tượng áp dụng
…
Chương II
QUY ĐỊNH CỤ THỂ
Điều 3. …
1. …
a) …
Chương III
TỔ CHỨC THỰC HIỆN
Điều 4. Trách nhiệm thi hành
…"""
_PARTIES = """Hôm nay, ngày … tháng … năm …, tại …, chúng tôi gồm:
**Bên A:** …
Địa chỉ: …
Đại diện: … Chức vụ: …
**Bên B:** …
Địa chỉ: …
Đại diện: … Chức vụ: …
Hai bên thống nhất những nội dung sau:
Điều 1. Nội dung
…
Điều 2. Trách nhiệm của các bên
…
Điều 3. Điều khoản thi hành
…"""
_BEGINNINGS: Mapping[DocumentKind, str] = {
    K.RESOLUTION: "Điều 1. …\nĐiều 2. …\nĐiều 3. Nghị quyết này có hiệu lực kể từ ngày ký.",
    K.DECISION: (
        "Điều 1. …\n"
        "Điều 2. Quyết định này có hiệu lực kể từ ngày ký.\n"
        "Điều 3. … chịu trách nhiệm thi hành Quyết định này."
    ),
    K.INSTRUCTION: "…\n… yêu cầu:\n1. …\n2. …\n3. …",
    K.STATUTE: _RULES,
    K.REGULATION: _RULES,
    K.COMMUNIQUE: "…",
    K.NOTICE: "…\n1. …\n2. …\n… thông báo để các cơ quan, đơn vị biết, thực hiện.",
    K.GUIDANCE: "I. NHỮNG QUY ĐỊNH CHUNG\n1. …\nII. NỘI DUNG HƯỚNG DẪN\n1. …\n"
    "III. TỔ CHỨC THỰC HIỆN\n…",
    K.PROGRAMME: _PLAN,
    K.PLAN: _PLAN,
    K.SCHEME: _PLAN,
    K.MASTER_PLAN: _STUDY,
    K.PROJECT: _STUDY,
    K.REPORT: "I. TÌNH HÌNH, KẾT QUẢ THỰC HIỆN\n1. …\n2. …\n"
    "II. TỒN TẠI, HẠN CHẾ VÀ NGUYÊN NHÂN\n1. …\n"
    "III. PHƯƠNG HƯỚNG, NHIỆM VỤ\n1. …\nIV. ĐỀ XUẤT, KIẾN NGHỊ\n…",
    K.MINUTES: (
        "Thời gian bắt đầu: … giờ …, ngày … tháng … năm …\nĐịa điểm: …\n"
        "Thành phần tham dự: …\nChủ trì (chủ tọa): …\nThư ký (người ghi biên bản): …\n"
        "Nội dung:\n…\n"
        "Cuộc họp kết thúc vào … giờ …, ngày … tháng … năm …"
    ),
    K.PROPOSAL: "…\nI. SỰ CẦN THIẾT\n…\nII. NỘI DUNG ĐỀ NGHỊ\n…\n"
    "… kính trình … xem xét, quyết định.",
    K.CONTRACT: _PARTIES,
    K.OFFICIAL_LETTER: "…\n…\nĐề nghị … .",
    K.TELEGRAM: "…\n… yêu cầu:\n1. …\n2. …",
    K.MEMORANDUM: _PARTIES,
    K.AGREEMENT: _PARTIES,
    K.AUTHORISATION: (
        "**Bên ủy quyền:** …\nChức vụ: …\n**Bên được ủy quyền:** …\nChức vụ: …\n"
        "Nội dung ủy quyền: …\n"
        "Thời hạn ủy quyền: từ ngày … đến hết ngày …\n"
        "Bên được ủy quyền không được ủy quyền lại cho người khác."
    ),
    K.INVITATION: (
        "… trân trọng kính mời: …\nTới dự: …\nChủ trì: …\nThời gian: …\nĐịa điểm: …\n"
        "Trân trọng kính mời."
    ),
    K.INTRODUCTION: (
        "… trân trọng giới thiệu:\nÔng (bà): …\nChức vụ: …\nĐược cử đến: …\nVề việc: …\n"
        "Đề nghị Quý cơ quan tạo điều kiện để ông (bà) có tên ở trên hoàn thành nhiệm vụ.\n"
        "Giấy này có giá trị đến hết ngày …"
    ),
    K.LEAVE: (
        "Xét Đơn đề nghị nghỉ phép ngày … của ông (bà) …\n… cấp cho:\nÔng (bà): …\nChức vụ: …\n"
        "Nghỉ phép trong thời gian: …, kể từ ngày … đến hết ngày …, tại …\n"
        "Số ngày nghỉ phép nêu trên được tính vào thời gian …"
    ),
    K.DISPATCH_NOTE: (
        "… gửi kèm theo phiếu này các văn bản, tài liệu sau:\n1. …\n2. …\n"
        "Sau khi nhận được, đề nghị … gửi lại phiếu này cho …"
    ),
    K.TRANSFER_NOTE: (
        "… chuyển đến … các văn bản, tài liệu sau:\n1. …\n2. …\n"
        "Lý do chuyển: …\nĐề nghị … giải quyết theo thẩm quyền."
    ),
    K.NOTIFICATION_NOTE: "… báo để … biết:\n1. …\n2. …\nĐề nghị … liên hệ … để được giải quyết.",
    K.PUBLIC_LETTER: "Thân ái gửi …\n…\n…\nThân ái!",
}
_COUNCIL_RESOLUTION = (
    "Điều 1. …\nĐiều 2. …\n"
    "Nghị quyết này đã được Hội đồng nhân dân … khóa …, kỳ họp thứ … thông qua ngày …"
)


def starting_body(kind: int, profile: str = LayoutProfile.GOVERNMENT) -> str:
    """Return the text an officer begins with; an ellipsis is where something is to be said."""
    if profile == LayoutProfile.PEOPLES_COUNCIL and kind == K.RESOLUTION:
        return _COUNCIL_RESOLUTION
    return _BEGINNINGS[DocumentKind(kind)]
