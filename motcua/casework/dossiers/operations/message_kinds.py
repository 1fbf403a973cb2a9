"""The messages that dossiers send, each with its text until another is published."""

from collections.abc import Mapping

from motcua.casework.dossiers.choices import Act
from motcua.foundation.notifications import api as notifications
from motcua.foundation.notifications.api import Kind


def _declare(code: str, label: str, subject: str, body: str, *, for_officers: bool = False) -> Kind:
    kind = Kind(f"dossiers.{code}", label, subject, body, for_officers=for_officers)
    return notifications.declare(kind)


def _for_officers(code: str, label: str, subject: str, body: str) -> Kind:
    return _declare(code, label, subject, body, for_officers=True)


FOR_APPLICANT: Mapping[Act, Kind] = {
    Act.FILE: _declare(
        "filed",
        "Đã nộp hồ sơ",
        "Đã nhận hồ sơ {code}",
        "Hồ sơ {code} ({procedure}) đã đến Bộ phận Một cửa và đang chờ kiểm tra.",
    ),
    Act.RECEIVE: _declare(
        "received",
        "Hồ sơ được tiếp nhận",
        "Hồ sơ {code} đã được tiếp nhận",
        "Hồ sơ {code} ({procedure}) đã được tiếp nhận. Hẹn trả kết quả: {due}.",
    ),
    Act.GUIDE: _declare(
        "guided",
        "Hướng dẫn hoàn thiện hồ sơ",
        "Hồ sơ {code} cần hoàn thiện",
        "Hồ sơ {code} ({procedure}) chưa đủ để tiếp nhận. Cần: {note}.",
    ),
    Act.ASK_SUPPLEMENT: _declare(
        "supplement",
        "Yêu cầu bổ sung hồ sơ",
        "Hồ sơ {code} cần bổ sung",
        "Hồ sơ {code} ({procedure}) cần bổ sung: {note}. Thời hạn tạm dừng đến khi bổ sung.",
    ),
    Act.ASK_PAYMENT: _declare(
        "payment",
        "Yêu cầu nộp tiền",
        "Hồ sơ {code} cần nộp tiền",
        "Hồ sơ {code} ({procedure}) cần nộp: {note}.",
    ),
    Act.REFUSE: _declare(
        "refused",
        "Hồ sơ không được tiếp nhận",
        "Hồ sơ {code} không được tiếp nhận",
        "Hồ sơ {code} ({procedure}) không được tiếp nhận. Lý do: {note}.",
    ),
    Act.APOLOGISE: _declare(
        "apology",
        "Xin lỗi và hẹn lại",
        "Xin lỗi về hồ sơ {code}",
        "Chúng tôi xin lỗi vì hồ sơ {code} ({procedure}) chậm. Lý do: {note}. Hẹn lại: {due}.",
    ),
    Act.EXTEND: _declare(
        "extended",
        "Gia hạn giải quyết",
        "Hồ sơ {code} được gia hạn giải quyết",
        "Thời hạn của hồ sơ {code} ({procedure}) được gia hạn: {note}. Hẹn trả: {due}.",
    ),
    Act.ARRIVE: _declare(
        "arrived",
        "Hồ sơ đến nơi giải quyết",
        "Hồ sơ {code} đã đến nơi giải quyết",
        "Hồ sơ {code} ({procedure}) đã đến nơi giải quyết. Hẹn trả kết quả: {due}.",
    ),
    Act.PLAN_VISIT: _declare(
        "visit",
        "Hẹn kiểm tra thực địa, gặp trực tiếp",
        "Cuộc hẹn về hồ sơ {code}",
        "Cán bộ hẹn kiểm tra thực địa hoặc gặp trực tiếp về hồ sơ {code} ({procedure}) tại:"
        " {note}.",
    ),
    Act.CONVENE: _declare(
        "council",
        "Mời họp hội đồng",
        "Mời họp về hồ sơ {code}",
        "Kính mời ông/bà dự họp về hồ sơ {code} ({procedure}). {note}.",
    ),
    Act.WITHDRAW: _declare(
        "withdrawn",
        "Đã rút hồ sơ",
        "Hồ sơ {code} đã được rút",
        "Hồ sơ {code} ({procedure}) đã được rút theo yêu cầu.",
    ),
    Act.STOP: _declare(
        "stopped",
        "Dừng giải quyết hồ sơ",
        "Hồ sơ {code} dừng giải quyết",
        "Hồ sơ {code} ({procedure}) dừng giải quyết. Lý do: {note}.",
    ),
    Act.RETURN_OUTCOME: _declare(
        "returned",
        "Đã trả kết quả",
        "Đã trả kết quả hồ sơ {code}",
        "Kết quả hồ sơ {code} ({procedure}) đã được trả. Xin ông/bà cho ý kiến đánh giá.",
    ),
    Act.CHANGE_OUTCOME: _declare(
        "outcome_changed",
        "Kết quả được đính chính, thay thế, thu hồi",
        "Kết quả của hồ sơ {code} có thay đổi",
        "Kết quả của hồ sơ {code} ({procedure}) có thay đổi: {note}.",
    ),
    Act.DECIDE: _declare(
        "part_decided",
        "Đã có một phần kết quả",
        "Hồ sơ {code} đã có quyết định",
        "Hồ sơ {code} ({procedure}) đã có quyết định được ký; mời ông/bà nhận tại nơi trả kết quả."
        " Hồ sơ còn được giải quyết tiếp.",
    ),
    Act.REBASE: _declare(
        "rebased",
        "Hồ sơ theo quy định mới",
        "Hồ sơ {code} được giải quyết theo quy định mới",
        "Hồ sơ {code} ({procedure}): {note}. Hẹn trả kết quả: {due}.",
    ),
    Act.WRITE_MESSAGE: _declare(
        "message",
        "Trao đổi về hồ sơ",
        "Có trao đổi mới về hồ sơ {code}",
        "Có trao đổi mới về hồ sơ {code} ({procedure}).",
    ),
}
RESOLVED = _declare(
    "resolved",
    "Đã có kết quả",
    "Hồ sơ {code} đã có kết quả",
    "Hồ sơ {code} ({procedure}) đã giải quyết xong. Mời ông/bà nhận kết quả.",
)
ACKNOWLEDGED = _declare(
    "acknowledged",
    "Đã xác nhận thông báo",
    "Đã xác nhận thông báo {code}",
    "Thông báo {code} ({procedure}) đã được xác nhận. Thủ tục này không có kết quả giấy; giấy xác"
    " nhận lưu trong “Hồ sơ của tôi”.",
)
CALENDAR_MOVED = _declare(
    "calendar_moved",
    "Đổi ngày hẹn vì lịch làm việc thay đổi",
    "Hồ sơ {code}: ngày hẹn trả đổi sang {due}",
    "{note}. Vì vậy ngày hẹn trả kết quả hồ sơ {code} ({procedure}) đổi từ {was} sang {due}.",
)
ENDING = _declare(
    "ending",
    "Giấy sắp hết hạn",
    "{name} có giá trị đến {day}",
    "{name} theo hồ sơ {code} có giá trị đến {day}. Hồ sơ gia hạn đã có thể soạn sẵn từ những gì"
    " ông/bà đã khai; chỉ khi ông/bà bấm nộp thì hồ sơ mới được nộp.",
)
AGE = _declare("age", "Sắp đủ tuổi hưởng", "{title}", "{words} Thủ tục: {procedure}.")
CONFIRM = _declare(
    "confirm",
    "Chờ xác nhận bản nháp",
    "Xin xác nhận bản nháp của hồ sơ {code}",
    "Xin ông/bà xem bản nháp kết quả của hồ sơ {code} ({procedure}) và xác nhận đúng hay sai.",
)
CONFIRMED = _declare(
    "account_confirmed",
    "Tài khoản được xác nhận",
    "Tài khoản của ông/bà đã được xác nhận",
    "Ngày {day}, {desk} đã xem thẻ căn cước và xác nhận tài khoản này là của ông/bà. Hồ sơ nộp tại"
    " quầy nay hiện trong “Hồ sơ của tôi”. Nếu hôm ấy ông/bà không đến đó, xin báo ngay cho nơi"
    " đã xác nhận.",
)
UNCONFIRMED = _declare(
    "account_unconfirmed",
    "Hủy xác nhận tài khoản",
    "Việc xác nhận tài khoản của ông/bà đã được hủy",
    "Ngày {day}, cơ quan đã hủy việc xác nhận tài khoản này vì xác nhận nhầm người. Hồ sơ nộp tại"
    " quầy không còn hiện trong “Hồ sơ của tôi”; hồ sơ ông/bà tự nộp trên cổng vẫn còn. Để được xác"
    " nhận lại, xin mang thẻ căn cước đến bộ phận một cửa.",
)
WORK = _for_officers(
    "work", "Việc mới", "Việc mới: hồ sơ {code}", "{procedure}: {note}. Hạn: {due}."
)
ASKED = _for_officers(
    "asked", "Được lấy ý kiến", "Xin ý kiến về hồ sơ {code}", "{procedure}: {note}. Hạn: {due}."
)
OBJECTION_ANSWERED = _declare(
    "objection_answered",
    "Trả lời ý kiến về niêm yết",
    "Ý kiến của ông/bà về niêm yết đã được trả lời",
    "Cơ quan đã trả lời ý kiến của ông/bà về “{title}”: {answer}",
)
OBJECTION = _for_officers(
    "objection",
    "Ý kiến về nội dung niêm yết",
    "Hồ sơ {code} có ý kiến về niêm yết",
    "{procedure}: có người gửi ý kiến về nội dung niêm yết; phải trả lời trước khi kết thúc.",
)
ANSWERED = _for_officers(
    "answered", "Đã có ý kiến trả lời", "Hồ sơ {code} có ý kiến trả lời", "{procedure}: {note}"
)
QUESTION = _for_officers(
    "question", "Người dân hỏi", "Người nộp hồ sơ {code} có câu hỏi", "{procedure}"
)
SOON = _for_officers(
    "soon",
    "Hồ sơ sắp đến hạn",
    "Sắp đến hạn: hồ sơ {code}",
    "Hồ sơ {code} ({procedure}) phải trả kết quả trước {due}. Việc đang ở: {step}.",
)
LATE = _for_officers(
    "late",
    "Hồ sơ quá hạn",
    "Quá hạn: hồ sơ {code}",
    "Hồ sơ {code} ({procedure}) đã quá hạn trả kết quả {due}. Việc đang ở: {step}.",
)
UNIT_DIGEST = _for_officers(
    "unit_digest",
    "Việc của đơn vị mỗi sáng",
    "Đơn vị: {free} việc chưa giao, {late} việc quá hạn",
    "{unit} có {free} việc chưa giao cho ai và {late} việc đã quá hạn.",
)
DIGEST = _for_officers(
    "digest",
    "Việc sắp đến hạn, quá hạn",
    "Hôm nay: {soon} việc đến hạn, {late} việc quá hạn",
    "Ông/bà có {soon} việc đến hạn trong hôm nay và {late} việc đã quá hạn.",
)
SHARED = _for_officers(
    "shared",
    "Nhận việc của người vắng",
    "Ông/bà nhận {count} việc của {name}",
    "{name} vắng mặt; {count} việc đang mở được chia cho ông/bà. Hạn của từng việc giữ nguyên, "
    "việc gần hạn đứng đầu danh sách “Việc của tôi”.",
)
CAME_BACK = _for_officers(
    "came_back",
    "Việc về lại khi trở lại làm việc",
    "{count} việc về lại với ông/bà",
    "{name} trở lại làm việc: {count} việc đã chia trong lúc vắng mà chưa ai làm được chuyển về.",
)
