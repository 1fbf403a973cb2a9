"""Invented people who apply, always the same for the same number."""

from dataclasses import dataclass
from datetime import date, timedelta

from .names import officer_name

FIRST_CITIZEN = 5000  # so that few of them are called like an officer
VILLAGES = ("Noong Bua", "Him Lam 2", "Pa Pốm", "Bản Phủ", "Nà Lơi", "Pom Lót", "Huổi Phạ")
OLDEST = date(1948, 1, 1)
SPAN_DAYS = 20_000


@dataclass(frozen=True, slots=True)
class Applicant:
    """Somebody who applies, as much as forms ask."""

    name: str
    birth_date: date
    address: str
    phone: str
    person_id: int | None = None
    account_id: int | None = None
    number_hint: str = ""

    @property
    def is_woman(self) -> bool:
        """Say so by the middle name, as invented names allow."""
        return " Thị " in self.name


def invent(number: int, place: str) -> Applicant:
    """Return the applicant with this number, living in this commune or ward."""
    village = VILLAGES[number % len(VILLAGES)]
    return Applicant(
        name=officer_name(FIRST_CITIZEN + number),
        birth_date=OLDEST + timedelta(days=number * 7919 % SPAN_DAYS),
        address=f"Bản {village}, {place}",
        phone=f"09{number * 104_729 % 100_000_000:08}",
        number_hint=f"{number * 31 % 1000:03}",
    )
