"""Time limits and what happens to them: frozen values, checked when made."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time

from motcua.foundation.calendar.choices import LimitUnit, WaitingRule
from motcua.foundation.calendar.errors import LimitNotValid

CUT_OFF = time(15)
LONGEST = 10_000


@dataclass(frozen=True, slots=True)
class Limit:
    """How long the law gives (thời hạn), e.g. 3 working days.

    `cut_off` serves same-day limits alone: what comes later is due on the next working day.

    Raises: LimitNotValid.
    Source: docs/law/time-limits.md
    """

    amount: int
    unit: LimitUnit
    cut_off: time = CUT_OFF

    def __post_init__(self) -> None:
        least = 0 if self.unit == LimitUnit.SAME_DAY else 1
        if not least <= self.amount <= LONGEST:
            raise LimitNotValid(f"Thời hạn “{self.amount} {self.unit.label}” không hợp lệ.")


@dataclass(frozen=True, slots=True)
class Waiting:
    """A time in which the office waits, e.g. for a supplement; open while nothing is supplied.

    `reset_to` is the limit that runs from the supplement under RESET, and belongs to it alone.

    Raises: LimitNotValid.
    Source: docs/law/time-limits.md
    """

    asked_at: datetime
    supplied_at: datetime | None = None
    rule: WaitingRule = WaitingRule.PAUSE
    ground: str = ""
    reset_to: Limit | None = None

    def __post_init__(self) -> None:
        if self.supplied_at is not None and self.supplied_at < self.asked_at:
            raise LimitNotValid("Thời điểm bổ sung không thể trước thời điểm yêu cầu.")
        if (self.rule == WaitingRule.RESET) != (self.reset_to is not None):
            raise LimitNotValid("Quy tắc tính thời hạn mới phải nêu thời hạn, và chỉ quy tắc ấy.")


@dataclass(frozen=True, slots=True)
class Extension:
    """More time, granted at a moment for a ground; it begins where the limit would end.

    Raises: LimitNotValid.
    """

    limit: Limit
    ground: str
    at: datetime

    def __post_init__(self) -> None:
        if self.limit.unit == LimitUnit.SAME_DAY:
            raise LimitNotValid("Gia hạn phải nêu số ngày hoặc số giờ.")


@dataclass(frozen=True, slots=True)
class Reappointment:
    """A new due moment set with an apology (xin lỗi và hẹn lại)."""

    new_due_at: datetime
    ground: str
    at: datetime
    words: str = "cơ quan xin lỗi và hẹn lại"


Event = Waiting | Extension | Reappointment
History = Sequence[Event]
