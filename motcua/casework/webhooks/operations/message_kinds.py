"""What owners of subscriptions are told by the house itself."""

from motcua.casework.webhooks.models import Subscription
from motcua.foundation.notifications import api as notifications
from motcua.foundation.notifications.api import Kind

PAUSED = notifications.declare(
    Kind(
        "webhooks.paused",
        "Tạm dừng báo tin cho hệ thống khác",
        "Đã tạm dừng báo tin tới {host}",
        "Đăng ký nhận tin {code} ({name}) không giao được từ {since}: {trouble}. Hệ thống tạm dừng "
        "gửi; tin được giữ 30 ngày. Sửa nơi nhận rồi bật lại thì các tin đang chờ được gửi tiếp.",
    )
)
CHANGED = notifications.declare(
    Kind(
        "webhooks.changed",
        "Người khác sửa đăng ký nhận tin của mình",
        "Đăng ký nhận tin {name} đã được sửa",
        "{by} đã {what} đăng ký nhận tin {code} ({name}). Nếu không đúng ý, hãy xem lại đăng ký "
        "hoặc gọi quản trị viên của tỉnh.",
    )
)


def page_of(row: Subscription) -> str:
    """Return the page on which its owner looks after a subscription."""
    return f"/quan-tri/bao-tin/{row.code}/"
