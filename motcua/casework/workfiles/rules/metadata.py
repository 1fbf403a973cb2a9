"""A file and its documents as the XML of the decree's appendix VI.

Source: docs/law/workfiles.md
"""

from collections.abc import Mapping, Sequence
from typing import TypeAlias
from xml.etree.ElementTree import Element, SubElement, indent, tostring

Fields: TypeAlias = "Mapping[str, str | Fields]"
# The longest that each element may be; what is longer is cut, never left out.
LONGEST: Mapping[str, int] = {
    "OrganId": 35,
    "FileCatalog": 4,
    "FileNotation": 20,
    "Title": 500,
    "Maintenance": 30,
    "Rights": 30,
    "Language": 50,
    "DocTotal": 4,
    "PageTotal": 4,
    "Creator": 200,
    "Description": 500,
    "DocOrdinal": 4,
    "TypeName": 100,
    "CodeNumber": 11,
    "CodeNotation": 60,
    "IssuedDate": 10,
    "OrganName": 300,
    "Subject": 1000,
    "PageAmount": 4,
    "Position": 200,
    "FullName": 200,
    "ArrivalNumber": 10,
    "ArrivalDate": 10,
}


def file_xml(work_file: Fields, documents: Sequence[Fields]) -> bytes:
    """Return the XML of one file: what is known of it, then of each document in its order."""
    root = Element("Dossier")
    _fill(root, work_file)
    listed = SubElement(root, "Documents")
    for one in documents:
        _fill(SubElement(listed, "Document"), one)
    indent(root)
    body = tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{body}\n'.encode()


def _fill(element: Element, fields: Fields) -> None:
    for name, value in fields.items():
        child = SubElement(element, name)
        if isinstance(value, str):
            child.text = _writable(value)[: LONGEST.get(name, 1000)]
        else:
            _fill(child, value)


def _writable(text: str) -> str:
    """Leave out what XML cannot hold."""
    return "".join(one for one in text if one >= " " or one in "\t\n")
