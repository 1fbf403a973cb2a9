"""The closed lists of the calendar: units of time limits, waiting rules, kinds of day."""

from django.db.models import IntegerChoices, TextChoices

from motcua.lib.tongue import said


class LimitUnit(TextChoices):
    """What a time limit (thời hạn) is counted in."""

    WORKING_DAY = "working_day", said("ngày làm việc")
    CALENDAR_DAY = "calendar_day", said("ngày")
    MONTH = "month", said("tháng")
    WORKING_HOUR = "working_hour", said("giờ làm việc")
    HALF_DAY = "half_day", said("nửa ngày làm việc")
    SAME_DAY = "same_day", said("trong ngày làm việc")


class WaitingRule(TextChoices):
    """What a time of waiting does to the running limit."""

    COUNTS = "counts", "Vẫn tính thời hạn"
    PAUSE = "pause", "Tạm dừng thời hạn"
    RESTART = "restart", "Tính lại từ đầu"
    RESET = "reset", "Tính một thời hạn mới"


class DayKind(TextChoices):
    """How a dated row changes the ordinary week."""

    OFF = "off", "Ngày nghỉ"
    WORKED = "worked", "Ngày làm bù"
    MORNING_ONLY = "morning_only", "Chỉ làm việc buổi sáng"
    AFTERNOON_ONLY = "afternoon_only", "Chỉ làm việc buổi chiều"


class ChangeState(TextChoices):
    """Where a proposed change of a calendar stands."""

    DRAFT = "draft", "Dự thảo"
    APPLYING = "applying", "Đang áp dụng"
    APPLIED = "applied", "Đã áp dụng"
    WITHDRAWN = "withdrawn", "Đã rút"


class Weekday(IntegerChoices):
    """The days of the week as `date.weekday()` numbers them."""

    MONDAY = 0, "thứ Hai"
    TUESDAY = 1, "thứ Ba"
    WEDNESDAY = 2, "thứ Tư"
    THURSDAY = 3, "thứ Năm"
    FRIDAY = 4, "thứ Sáu"
    SATURDAY = 5, "thứ Bảy"
    SUNDAY = 6, "Chủ nhật"
