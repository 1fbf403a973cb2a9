"""Days as people type them."""

import re
from datetime import date

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

DAY_FIRST = re.compile(r"\D*(\d{1,2})\D+(\d{1,2})\D+(\d{4})\D*")
YEAR_FIRST = re.compile(r"\s*(\d{4})-(\d{1,2})-(\d{1,2})\s*")
EIGHT_DIGITS = re.compile(r"\s*(\d{2})(\d{2})(\d{4})\s*")
FIRST_YEAR, LAST_YEAR = 1800, 2199  # the day before and the day after can always be reckoned


def read_day(text: str) -> date:
    """Return the day that people mean by “7/1/2026”, “07-01-2026”, “07012026” or “2026-01-07”.

    Raises: ValidationError that says what is wrong.
    """
    if match := YEAR_FIRST.fullmatch(text):
        year, month, day = map(int, match.groups())
    elif match := DAY_FIRST.fullmatch(text) or EIGHT_DIGITS.fullmatch(text):
        day, month, year = map(int, match.groups())
    else:
        raise ValidationError(
            _("Hãy ghi đủ ngày, tháng và bốn chữ số của năm, ví dụ 27/3/1985."), code="invalid"
        )
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise ValidationError(
            _("Năm phải từ %(first)s đến %(last)s."),
            code="invalid",
            params={"first": str(FIRST_YEAR), "last": str(LAST_YEAR)},
        )
    try:
        return date(year, month, day)
    except ValueError as error:
        raise ValidationError(
            _("Không có ngày %(day)s/%(month)s/%(year)s."),
            code="invalid",
            params={"day": day, "month": month, "year": year},
        ) from error
