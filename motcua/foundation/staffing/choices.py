"""Why somebody is away, and why somebody else sits in a post."""

from django.db import models


class AbsenceKind(models.TextChoices):
    """Why an officer is not at work for some days."""

    SICK = "sick", "Nghỉ ốm"
    LEAVE = "leave", "Nghỉ phép"
    MISSION = "mission", "Đi công tác, học tập"
    OTHER = "other", "Việc khác"


class SittingWhy(models.TextChoices):
    """Why a stand-by officer sits in a post."""

    DECLARED = "declared", "Người giữ vị trí đã báo vắng"
    NOT_IN = "not_in", "Người giữ vị trí chưa có mặt khi mở cửa"
    CALLED = "called", "Phụ trách gọi thêm người"
