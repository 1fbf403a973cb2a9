"""Rows for people's spreadsheets, as every floor writes them."""

from motcua.lib.spreadsheets import csv_lines, harmless

__all__ = ["csv_lines", "harmless"]
