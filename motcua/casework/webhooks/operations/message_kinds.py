"""What owners of subscriptions are told by the house itself."""

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
