"""Forms about calendars: special days, swaps, opening hours."""

import re
from datetime import date, timedelta
from typing import Any

from django.core.exceptions import ValidationError

from motcua.channels.kit.fields import DayField, KitForm, SelectField, TextField
from motcua.foundation.calendar import api as calendar

from .organisation import CODE, ONE_BOX, basis, first_day, last_day

LONGEST_BREAK = 31
HOUR = 60
CLOCK = re.compile(r"\s*(\d{1,2})(?:\s*(?:[:hg]|giờ)\s*(\d{1,2})?)?\s*")
WORKDAYS = range(5)
SATURDAY = 5
KINDS = [choice for choice in calendar.DayKind.choices if choice[0] != str(calendar.DayKind.WORKED)]


class CalendarForm(KitForm):
    """A new calendar."""

    name = TextField(label="Tên lịch", max_length=120, look={"width": "20"})
    code = TextField(
        label="Mã lịch", max_length=40, help_text="Chữ thường không dấu, số, gạch nối.", look=CODE
    )

    def clean_code(self) -> str:
        """Return the code in the only spelling that is stored."""
        code: str = self.cleaned_data["code"].lower()
        if not re.fullmatch(r"[a-z0-9][a-z0-9-]*", code):
            message = "Mã lịch chỉ gồm chữ thường không dấu, số và gạch nối."
            raise ValidationError(message, code="invalid")
        return code


class DaysForm(KitForm):
    """One day or a row of days unlike their weekday."""

    kind = SelectField(label="Loại ngày", choices=KINDS)
    on = first_day("Ngày", "Ví dụ: 2/9/2026.")
    until = DayField(
        label="Đến hết ngày",
        required=False,
        help_text="Để trống nếu chỉ một ngày.",
        look=ONE_BOX,
    )
    note = TextField(label="Tên ngày nghỉ, ghi chú", max_length=120, look={"width": "20"})
    basis = basis()

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        on, until = values.get("on"), values.get("until")
        if on and until and not on <= until <= on + timedelta(days=LONGEST_BREAK):
            message = f"Ngày cuối phải sau ngày đầu, nhiều nhất {LONGEST_BREAK} ngày."
            self.add_error("until", message)
        return values

    def days(self) -> list[calendar.SpecialDay]:
        """Return what was entered, day by day."""
        values = self.cleaned_data
        first: date = values["on"]
        count = ((values["until"] or first) - first).days + 1
        kind = calendar.DayKind(values["kind"])
        return [
            calendar.SpecialDay(
                first + timedelta(days=step), kind, values["note"], basis=values["basis"]
            )
            for step in range(count)
        ]


class SwapForm(KitForm):
    """A day off and the day worked for it."""

    off = first_day("Nghỉ ngày", "Ví dụ: 2/1/2026.")
    worked = first_day("Làm bù ngày", "Ví dụ: 10/1/2026.")
    basis = basis()

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        if values.get("off") and values.get("off") == values.get("worked"):
            self.add_error("worked", "Ngày làm bù phải khác ngày nghỉ.")
        return values


class ClockField(TextField):
    """A time of day; “7:30”, “7h30” and “7 giờ 30” are the same. Cleans to minutes or None."""

    own_look = {"width": "5"}

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if not text:
            return None
        match = CLOCK.fullmatch(text)
        hour, minute = (int(part or 0) for part in match.groups()) if match else (99, 0)
        if hour > 24 or minute >= HOUR:  # noqa: PLR2004 -- hours of a day
            raise ValidationError("Hãy ghi giờ và phút, ví dụ 7:30.", code="invalid")
        return hour * HOUR + minute


class HoursForm(KitForm):
    """The opening hours of a week from a day on."""

    morning_opens = ClockField(label="Sáng, từ", help_text="Thứ Hai đến thứ Sáu, ví dụ 7:30.")
    morning_closes = ClockField(label="Sáng, đến")
    afternoon_opens = ClockField(label="Chiều, từ", required=False)
    afternoon_closes = ClockField(label="Chiều, đến", required=False)
    saturday = SelectField(
        label="Sáng thứ Bảy",
        choices=[
            ("closed", "Đóng cửa"),
            ("desk", "Chỉ nhận hồ sơ, không tính là ngày làm việc"),
            ("worked", "Làm việc, tính là ngày làm việc"),
        ],
    )
    valid_from = first_day()
    valid_to = last_day()

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        if (values.get("afternoon_opens") is None) != (values.get("afternoon_closes") is None):
            self.add_error("afternoon_closes", "Hãy ghi cả giờ mở cửa và giờ đóng cửa buổi chiều.")
        return values

    def week(self) -> calendar.Week:
        """Return what was entered."""
        values = self.cleaned_data
        morning = (values["morning_opens"], values["morning_closes"])
        stretches = [morning]
        if values["afternoon_opens"] is not None:
            stretches.append((values["afternoon_opens"], values["afternoon_closes"]))
        openings = [calendar.Opening(day, *hours) for day in WORKDAYS for hours in stretches]
        if values["saturday"] != "closed":
            desk_only = values["saturday"] == "desk"
            openings.append(calendar.Opening(SATURDAY, *morning, desk_only=desk_only))
        return calendar.Week(tuple(openings), values["valid_from"], values["valid_to"])
