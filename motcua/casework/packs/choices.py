from enum import StrEnum

from django.db.models import TextChoices


class PackState(TextChoices):
    """What became of a pack that was received."""

    WAITING = "waiting", "Chờ xem"
    DRAFTED = "drafted", "Đã đưa vào bản thảo"
    DROPPED = "dropped", "Đã bỏ"


class Signed(TextChoices):
    """What the signature of a pack is worth."""

    NONE = "none", "Không có chữ ký"
    TRUSTED = "trusted", "Chữ ký hợp lệ"
    UNCHECKED = "unchecked", "Biết người ký, chưa hỏi được chứng thư còn hiệu lực không"
    UNKNOWN = "unknown", "Người ký chưa được tin cậy"


class Turn(StrEnum):
    """What a part of a pack is against what stands here."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    GONE = "gone"

    @property
    def label(self) -> str:
        """Return the word, in Vietnamese."""
        return _TURNS[self]


_TURNS = {Turn.NEW: "Thêm", Turn.CHANGED: "Sửa", Turn.SAME: "Giữ nguyên", Turn.GONE: "Bỏ"}
