"""How numbers look once they are given."""

import re
from datetime import date
from typing import NamedTuple

_CODE = re.compile(r"^(?P<unit>[0-9A-Z.]{3,35})-(?P<day>\d{6}|\d{8})-(?P<number>\d{4,7})$")


class DossierCode(NamedTuple):
    """The parts of an official dossier code; the day is kept as written (six or eight digits)."""

    unit_code: str
    day: str
    number: int


def series_of_day(what: str, unit_code: str, day: date) -> str:
    """Return the name of the series that restarts every day at one unit."""
    return f"{what}:{unit_code}:{day:%y%m%d}"


def series_of_year(what: str, unit_code: str, year: int) -> str:
    """Return the name of the series that restarts every year at one unit."""
    return f"{what}:{unit_code}:{year}"


def dossier_code(unit_code: str, day: date, number: int) -> str:
    """Return the official code of a dossier: “H18.101-261008-0007”, wider when the day needs it.

    Source: docs/law/dossier-code.md
    """
    return f"{unit_code}-{day:%y%m%d}-{number:04d}"


def parse_dossier_code(text: str) -> DossierCode | None:
    """Return the parts of an official code of any system of the country, None if it is not one.

    Source: docs/law/dossier-code.md
    """
    found = _CODE.match(text.strip().upper())
    if found is None:
        return None
    return DossierCode(found["unit"], found["day"], int(found["number"]))
