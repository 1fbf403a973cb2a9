"""What the mark of arrival (dấu “ĐẾN”) says.

Source: docs/law/registry-books.md
"""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, kw_only=True, slots=True)
class ArrivalStamp:
    """One arrival: who received, under which number, on which day, to whom it goes, its file."""

    agency: str
    number: int
    arrived_on: date
    to: str = ""
    file_code: str = ""
