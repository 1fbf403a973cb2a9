"""The limits of signing in that hold on one day."""

from dataclasses import dataclass
from datetime import datetime, timedelta

SEEN_EVERY = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Limits:
    """What the policy in force says; the values here hold where there is none.

    Source: docs/law/identity.md
    """

    failures: int = 5
    lock_minutes: int = 15
    idle_minutes_staff: int = 15
    idle_minutes_citizen: int = 30
    absolute_hours: int = 12
    idle_days: int = 45
    password_length: int = 14
    password_length_second_factor: int = 8
    passwords_remembered: int = 10

    def locked_until(self, failures: int, *, at: datetime) -> datetime | None:
        """Return until when a login is locked after so many failures in a row, if it is."""
        if failures < self.failures:
            return None
        return at + timedelta(minutes=self.lock_minutes)

    def least_length(self, *, has_second_factor: bool) -> int:
        """Return how many characters a password must have."""
        return self.password_length_second_factor if has_second_factor else self.password_length


DEFAULT = Limits()
