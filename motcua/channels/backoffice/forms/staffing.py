"""Forms about officers who are sent to a one-stop desk."""

from collections.abc import Sequence
from typing import Any

from motcua.channels.kit.fields import KitForm, LongTextField, SelectField, TextField
from motcua.foundation.staffing.api import (
    LEAST_MONTHS,
    MOST_MONTHS,
    Renewal,
    Secondment,
    SecondmentIn,
)

from .organisation import OfficerCodeField, first_day

_TERM = (
    f"Mỗi đợt từ {LEAST_MONTHS} đến {MOST_MONTHS} tháng; lâu hơn thì gia hạn bằng quyết định mới."
)
_DESK_TITLE = "Công chức tiếp nhận và trả kết quả (biệt phái)"


def _number() -> TextField:
    return TextField(
        label="Số quyết định",
        max_length=60,
        help_text="Ví dụ: 45/QĐ-SXD.",
        look={"width": "20"},
    )


class SecondmentForm(KitForm):
    """Who is sent to which desk, on which days, by which decision."""

    officer = OfficerCodeField(label="Mã cán bộ được cử")
    unit = SelectField(label="Đến bộ phận một cửa")
    title = TextField(label="Chức vụ tại một cửa", max_length=120, initial=_DESK_TITLE)
    valid_from = first_day()
    valid_to = first_day("Đến hết ngày", _TERM)
    decision_number = _number()
    decided_on = first_day("Ngày quyết định", "")

    def __init__(self, *args: Any, halls: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].choices = [("", "Chọn một nơi"), *halls]  # type: ignore[attr-defined]  # -- a select field has choices

    def given(self) -> SecondmentIn:
        """Return what was entered."""
        values = self.cleaned_data
        return SecondmentIn(
            officer_id=values["officer"].pk,
            unit_id=int(values["unit"]),
            valid_from=values["valid_from"],
            valid_to=values["valid_to"],
            decision_number=values["decision_number"],
            decided_on=values["decided_on"],
            title=values["title"],
        )


class RenewalForm(KitForm):
    """Until when a secondment goes on, by which new decision."""

    valid_from = first_day("Đợt mới từ ngày", "Ngày liền sau ngày cuối của đợt trước.")
    valid_to = first_day("Đến hết ngày", _TERM)
    decision_number = _number()
    decided_on = first_day("Ngày quyết định", "")

    def given(self) -> Renewal:
        """Return what was entered."""
        values = self.cleaned_data
        return Renewal(
            valid_from=values["valid_from"],
            valid_to=values["valid_to"],
            decision_number=values["decision_number"],
            decided_on=values["decided_on"],
        )


class EndEarlyForm(KitForm):
    """On which day a secondment ends early, and why."""

    on = first_day("Làm đến hết ngày")
    reason = LongTextField(label="Lý do thôi sớm", max_length=300)


def words_of(one: Secondment) -> str:
    """Return a secondment in one line."""
    return f"{one.officer.full_name}, {one.decision_number}"
