"""Shared lists of codes: what a code means on a day, and what it is called elsewhere."""

from .errors import AlreadyInForce, NoSuchList, OddEntries
from .models import CodeItem, CodeList, CodeListVersion
from .operations import map_codes, name_list, publish_version
from .queries import Code, choices, codes, find_code, lists, name_of, translate, versions_of
from .rules import Entry

__all__ = [
    "AlreadyInForce",
    "Code",
    "CodeItem",
    "CodeList",
    "CodeListVersion",
    "Entry",
    "NoSuchList",
    "OddEntries",
    "choices",
    "codes",
    "find_code",
    "lists",
    "map_codes",
    "name_list",
    "name_of",
    "publish_version",
    "translate",
    "versions_of",
]
