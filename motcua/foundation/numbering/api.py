"""Numbers without gaps, and the form of an official dossier code."""

from .operations import allocate_number, allocate_numbers, latest_of, latest_of_each, reach
from .rules import DossierCode, dossier_code, parse_dossier_code, series_of_day, series_of_year

__all__ = [
    "DossierCode",
    "allocate_number",
    "allocate_numbers",
    "dossier_code",
    "latest_of",
    "latest_of_each",
    "parse_dossier_code",
    "reach",
    "series_of_day",
    "series_of_year",
]
