"""The messages that tasks send, each with its text until another is published."""

from collections.abc import Mapping

from motcua.casework.tasks.choices import Act
from motcua.foundation.notifications import api as notifications
from motcua.foundation.notifications.api import Kind


def _declare(code: str, label: str, subject: str, body: str) -> Kind:
    return notifications.declare(Kind(f"tasks.{code}", label, subject, body, for_officers=True))


GIVEN = _declare(
    "given",
    "Nhiệm vụ mới",
    "Nhiệm vụ mới: {title}",
    "{by} giao: {title}. Hạn: {due}. {note}",
)
ASSIGNED = _declare(
    "assigned",
    "Được phân công nhiệm vụ",
    "Được phân công: {title}",
    "{by} phân công: {title}. Hạn: {due}. {note}",
)
SOON_LATE = _declare(
    "alarm",
    "Nhiệm vụ sắp đến hạn, quá hạn",
    "Nhiệm vụ: {late} quá hạn, {soon} sắp đến hạn",
    "Mới quá hạn: {late}. Sắp đến hạn: {soon}. {titles}",
)
FOLLOWED = _declare(
    "followed",
    "Nhiệm vụ đã giao bị quá hạn",
    "Nhiệm vụ đã giao: {late} nơi mới quá hạn",
    "Mới quá hạn ở {late} nơi: {titles}",
)
TO_DOERS: Mapping[Act, Kind] = {
    Act.APPROVE: _declare(
        "done", "Nhiệm vụ được xác nhận", "Đã xác nhận hoàn thành: {title}", "{by}: {title}. {note}"
    ),
    Act.SEND_BACK: _declare(
        "returned",
        "Nhiệm vụ bị trả lại",
        "Cần làm tiếp: {title}",
        "{by} trả lại “{title}”: {note}",
    ),
    Act.REMIND: _declare(
        "reminded", "Đôn đốc nhiệm vụ", "Đôn đốc: {title}", "{by} đôn đốc “{title}”. {note}"
    ),
    Act.CANCEL: _declare(
        "cancelled", "Thôi thực hiện nhiệm vụ", "Thôi thực hiện: {title}", "{by}: {note}"
    ),
    Act.GRANT_EXTENSION: _declare(
        "extended", "Được gia hạn", "Được gia hạn: {title}", "Hạn mới của “{title}”: {due}. {note}"
    ),
    Act.REFUSE_EXTENSION: _declare(
        "not_extended",
        "Không được gia hạn",
        "Không gia hạn: {title}",
        "Hạn của “{title}” vẫn là {due}. {note}",
    ),
    Act.CHANGE_DUE: _declare(
        "due_changed",
        "Điều chỉnh hạn",
        "Điều chỉnh hạn: {title}",
        "Hạn mới của “{title}”: {due}. {note}",
    ),
}
TO_GIVER: Mapping[Act, Kind] = {
    Act.REFUSE: _declare(
        "refused",
        "Nhiệm vụ không được nhận",
        "Không nhận: {title}",
        "{by} không nhận “{title}”: {note}",
    ),
    Act.FINISH: _declare(
        "reported",
        "Báo cáo kết quả nhiệm vụ",
        "Xin kết thúc: {title}",
        "{by} báo cáo kết quả “{title}”: {note}",
    ),
    Act.ASK_EXTENSION: _declare(
        "extension",
        "Xin gia hạn nhiệm vụ",
        "Xin gia hạn: {title}",
        "{by} xin gia hạn “{title}”: {note}",
    ),
}
NOTE = _declare("noted", "Trao đổi về nhiệm vụ", "Trao đổi: {title}", "{by} về “{title}”: {note}")
CARRIED = _declare(
    "heirs",
    "Nhiệm vụ của đơn vị đã chấm dứt",
    "Cần giao lại {count} phần việc của đơn vị đã chấm dứt",
    "Đơn vị chấm dứt mà không có một nơi kế tục duy nhất. Xin giao lại: {titles}",
)
