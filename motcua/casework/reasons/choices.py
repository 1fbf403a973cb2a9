"""For which acts there are standard reasons."""

from django.db import models


class ReasonKind(models.TextChoices):
    """What a reason is given for."""

    SUPPLEMENT = "supplement", "Yêu cầu bổ sung, hướng dẫn hoàn thiện"
    REFUSAL = "refusal", "Từ chối tiếp nhận, từ chối giải quyết"
    SUSPENSION = "suspension", "Tạm dừng để chờ, dừng giải quyết"
    APOLOGY = "apology", "Xin lỗi và hẹn lại"
    SEND_BACK = "send_back", "Trả về bộ phận một cửa"
    CORRECTION = "correction", "Sửa thông tin hồ sơ"
