"""What people type about a calendar."""

import re
from datetime import time
from typing import Any

from django.core.exceptions import ValidationError

from motcua.channels.kit.fields import (
    DayField,
    KitForm,
    LongTextField,
    ManyField,
    SelectField,
    TextField,
    TickField,
    UploadField,
)

_TIME = re.compile(r"\s*(\d{1,2})\s*(?:[:hg.]|giờ)?\s*(\d{2})?\s*(?:phút)?\s*")
_HOURS, _MINUTES = 24, 60
_ONE_BOX = {"single": True}


class TimeField(TextField):
    """A time of day: “8:30”, “8h30”, “8 giờ 30” and “8” are all read."""

    own_look = {"width": "5", "inputmode": "text"}

    def to_python(self, value: Any) -> Any:
        typed = super().to_python(value)
        if not typed:
            return None
        match = _TIME.fullmatch(typed.lower())
        hour, minute = (int(match[1]), int(match[2] or 0)) if match else (_HOURS, 0)
        if hour >= _HOURS or minute >= _MINUTES:
            raise ValidationError("Ghi giờ như 8:30 hoặc 8 giờ 30.", code="invalid")
        return time(hour, minute)


class EntryForm(KitForm):
    """One entry of a week."""

    unit = SelectField(label="Đăng ký cho đơn vị")
    day = DayField(label="Ngày", look=_ONE_BOX)
    starts = TimeField(label="Từ giờ", help_text="Ví dụ: 8:00")
    ends = TimeField(label="Đến giờ", required=False)
    title = TextField(label="Nội dung", max_length=500)
    place = TextField(label="Địa điểm", required=False, max_length=200)
    chair = SelectField(label="Chủ trì", required=False)
    chair_name = TextField(
        label="Chủ trì (ghi tên, nếu không có trong danh sách)", required=False, max_length=200
    )
    people = ManyField(label="Người tham dự", required=False)
    units = ManyField(label="Đơn vị tham dự", required=False)
    who = TextField(label="Thành phần khác", required=False, max_length=1000)
    prepared_by = TextField(label="Đơn vị chuẩn bị", required=False, max_length=200)
    car = TextField(label="Xe", required=False, max_length=100)
    note = TextField(label="Ghi chú", required=False, max_length=500)
    is_public = TickField(
        label="Công khai trên cổng khi lịch tuần được công bố công khai", required=False
    )
    attached = UploadField(
        label="Tài liệu",
        required=False,
        accept=".pdf,.docx,.xlsx,image/jpeg,image/png",
        multiple=True,
    )


class WordsForm(KitForm):
    """A reason."""

    words = LongTextField(label="Lý do", max_length=500)


class PublishForm(KitForm):
    """A week to be published."""

    notes = LongTextField(
        label="Ghi chú dưới lịch",
        required=False,
        max_length=1000,
        help_text="Ví dụ: Lịch có thể thay đổi khi có việc đột xuất.",
    )
    is_public = TickField(
        label="Công bố cả trên cổng: chỉ những mục được đánh dấu công khai", required=False
    )
