"""Until when this process asks no time-stamp service, because none answered."""

from dataclasses import dataclass
from datetime import datetime, timedelta

LEFT_ALONE = timedelta(seconds=30)


@dataclass(slots=True)
class _Memory:
    until: datetime | None = None


_memory = _Memory()


def is_left_alone(at: datetime) -> bool:
    """Say whether a service gave no answer less than half a minute before."""
    return _memory.until is not None and at < _memory.until


def leave_alone(at: datetime) -> None:
    """Ask nobody for half a minute."""
    _memory.until = at + LEFT_ALONE


def ask_again() -> None:
    """Forget that nobody answered."""
    _memory.until = None
