"""An index of working days and working time, so that no rule has to walk a calendar."""

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Self

from motcua.foundation.calendar.errors import BeyondCalendar

Interval = tuple[int, int]


@dataclass(frozen=True, slots=True)
class DayTable:
    """Working days by rank, and the working time before each of them.

    Units: days are proleptic ordinals, times of day and sums of work are seconds.
    """

    first: int
    worked_through: Sequence[int]
    worked: Sequence[int]
    hours: tuple[tuple[Interval, ...], ...]
    seconds_before: Sequence[int]

    @classmethod
    def of(cls, first: int, hours_by_day: Iterable[tuple[Interval, ...]]) -> Self:
        """Build the table from the hours, in minutes, of each day from `first` on."""
        worked_through, worked, seconds_before = array("i"), array("i"), array("q", [0])
        hours: list[tuple[Interval, ...]] = []
        total = 0
        for ordinal, minutes in enumerate(hours_by_day, first):
            if minutes:
                seconds = tuple((opens * 60, closes * 60) for opens, closes in minutes)
                worked.append(ordinal)
                hours.append(seconds)
                total += sum(closes - opens for opens, closes in seconds)
                seconds_before.append(total)
            worked_through.append(len(worked))
        return cls(first, worked_through, worked, tuple(hours), seconds_before)

    def through(self, ordinal: int) -> int:
        """Return how many working days lie up to the day, itself included."""
        place = ordinal - self.first
        if not 0 <= place < len(self.worked_through):
            raise _beyond(ordinal)
        return self.worked_through[place]

    def is_working(self, ordinal: int) -> bool:
        """Tell whether the day is a working day."""
        rank = self.through(ordinal) - 1
        return rank >= 0 and self.worked[rank] == ordinal

    def after(self, ordinal: int, days: int) -> int:
        """Return the `days`-th working day after the day; 0 is the day or the one before it.

        Raises: BeyondCalendar.
        """
        rank = self.through(ordinal) + days - 1
        if not 0 <= rank < len(self.worked):
            raise _beyond(ordinal)
        return self.worked[rank]

    def on_or_after(self, ordinal: int) -> int:
        """Return the day itself if it is worked, else the next working day."""
        return self.after(ordinal - 1, 1)

    def closing(self, ordinal: int) -> int:
        """Return when a working day closes."""
        return self.hours[self.through(ordinal) - 1][-1][1]

    def opening(self, ordinal: int) -> int:
        """Return when a working day opens."""
        return self.hours[self.through(ordinal) - 1][0][0]

    def work_before(self, ordinal: int, second: int) -> int:
        """Return the working time from the first day of the table to a moment."""
        through = self.through(ordinal)
        if not through or self.worked[through - 1] != ordinal:
            return self.seconds_before[through]
        done = self.seconds_before[through - 1]
        for opens, closes in self.hours[through - 1]:
            if second <= opens:
                break
            done += min(second, closes) - opens
        return done

    def moment_of(self, work: int) -> tuple[int, int]:
        """Return the earliest moment, as day and second, by which so much work was done.

        Raises: BeyondCalendar.
        """
        rank = bisect_left(self.seconds_before, work) - 1
        if not 0 <= rank < len(self.worked):
            raise _beyond(self.first + len(self.worked_through))
        left = work - self.seconds_before[rank]
        stretches = iter(self.hours[rank])
        opens, closes = next(stretches)
        while left > closes - opens:
            left -= closes - opens
            opens, closes = next(stretches)
        return self.worked[rank], opens + left


def _beyond(ordinal: int) -> BeyondCalendar:
    day = date.fromordinal(max(1, min(ordinal, date.max.toordinal())))
    return BeyondCalendar(f"Lịch làm việc không có ngày cần tính (từ ngày {day:%d/%m/%Y}).")
