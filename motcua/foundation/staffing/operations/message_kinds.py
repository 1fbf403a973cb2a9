"""The messages about who sits where, each with its text until another is published."""

from motcua.foundation.notifications import api as notifications
from motcua.foundation.notifications.api import Kind


def _declare(code: str, label: str, subject: str, body: str) -> Kind:
    return notifications.declare(Kind(f"staffing.{code}", label, subject, body, for_officers=True))


SITS = _declare(
    "sits",
    "Được bố trí ngồi thay tại quầy",
    "Ông/bà ngồi thay tại {unit}",
    "Ông/bà được bố trí làm {post} tại {unit} thay {holder}, từ ngày {begin} đến hết ngày {end}."
    " Quyền của vị trí này có ngay; hết ngày cuối thì tự thôi.",
)
SITS_NO_MORE = _declare(
    "sits_no_more",
    "Thôi ngồi thay tại quầy",
    "Ông/bà thôi ngồi thay tại {unit}",
    "{holder} đã trở lại vị trí {post} tại {unit}; ông/bà thôi ngồi thay.",
)
NOT_IN = _declare(
    "not_in",
    "Quầy chưa có người",
    "{count} vị trí tại {unit} chưa có người",
    "Đến giờ mở cửa, {unit} còn vị trí chưa có người: {posts}."
    " Hãy bố trí cán bộ dự phòng ở trang “Bố trí quầy”.",
)
SECONDED = _declare(
    "seconded",
    "Được cử đến một cửa",
    "Ông/bà được cử đến {unit}",
    "Theo {decision}, ông/bà làm {post} tại {unit} từ ngày {begin} đến hết ngày {end}."
    " Vị trí tại {home} vẫn giữ.",
)
TERM_ENDS = _declare(
    "term_ends",
    "Sắp hết hạn biệt phái",
    "{name} hết hạn biệt phái ngày {end}",
    "Đợt cử {name} của {home} đến {unit} theo {decision} hết vào ngày {end} và tự kết thúc."
    " Muốn ở lại thì cần quyết định gia hạn, nhiều nhất 24 tháng một đợt.",
)
