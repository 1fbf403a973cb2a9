"""The table of elements as a RELAX NG schema, for those who build their own side.

Describes what is written (one order, no foreign elements); `docs/reference/edxml.rng` is this
text, and a test compares the two.
"""

from collections.abc import Iterator

from .messages import QCVN
from .structure import DOCUMENT, STATUS, Form, Part

_TYPES = {
    Form.DAY: r"\d{4}/\d{2}/\d{2}",
    Form.MOMENT: r"\d{4}/\d{2}/\d{2} \d{2}:\d{2}:\d{2}",
    Form.NUMBER: r"\d{1,9}",
    Form.FLAG: "[01]",
    Form.TRUTH: "true|false",
    Form.CODE: r"[A-Z][0-9]{2}(\.[0-9A-Z]+)*|Z[0-9]{2}[0-9A-Z]{1,32}|[0-9]{10}(-[0-9]{3})?",
    Form.DOCUMENT_ID: r"[^,]+,\d{4}/\d{2}/\d{2},[^,/]+/[^,]+",
}
_HEAD = f"""<?xml version="1.0" encoding="UTF-8"?>
<grammar xmlns="http://relaxng.org/ns/structure/1.0" ns="{QCVN}"
         datatypeLibrary="http://www.w3.org/2001/XMLSchema-datatypes">
 <start>
  <choice>
"""
_TAIL = """  </choice>
 </start>
 <define name="anything">
  <element>
   <anyName/>
   <zeroOrMore>
    <choice><attribute><anyName/></attribute><text/><ref name="anything"/></choice>
   </zeroOrMore>
  </element>
 </define>
</grammar>
"""


def relax_ng() -> str:
    """Return the schema of document and status messages."""
    return _HEAD + "".join((*_element(DOCUMENT, 3), *_element(STATUS, 3))) + _TAIL


def _element(part: Part, depth: int) -> Iterator[str]:
    indent = " " * depth
    often = _OFTEN[bool(part.least), part.most == 1]
    if often:
        yield f"{indent}<{often}>\n"
    yield f'{indent}<element name="{part.name}">\n'
    if part.name == "edXMLManifest":
        yield f'{indent} <attribute name="version"/>\n'
    if part.form is Form.FRAME:
        for inner in part.holds:
            yield from _element(inner, depth + 1)
        if not part.holds:
            yield f"{indent} <empty/>\n"
    else:
        yield from _value(part, f"{indent} ")
    yield f"{indent}</element>\n"
    if often:
        yield f"{indent}</{often}>\n"


# By whether it must be there, and whether it is one at most.
_OFTEN = {
    (True, True): "",
    (True, False): "oneOrMore",
    (False, True): "optional",
    (False, False): "zeroOrMore",
}


def _value(part: Part, indent: str) -> Iterator[str]:
    if part.form is Form.FOREIGN:
        yield f'{indent}<zeroOrMore><choice><text/><ref name="anything"/></choice></zeroOrMore>\n'
        return
    if part.form is Form.FILE:
        yield f'{indent}<data type="base64Binary"/>\n'
        return
    least = '<param name="minLength">1</param>' if part.least and not part.is_kept else ""
    most = f'<param name="maxLength">{part.longest}</param>' if part.longest else ""
    pattern = f'<param name="pattern">{_TYPES[part.form]}</param>' if part.form in _TYPES else ""
    yield f'{indent}<data type="string">{least}{most}{pattern}</data>\n'
