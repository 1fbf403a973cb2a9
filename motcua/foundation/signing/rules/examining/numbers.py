"""The numbers by which a certificate names its holder: personal number, other papers, tax code.

Vietnamese authorities write them into the subject, mostly as UID “CCCD:…” or “MST:…”.

Source: docs/law/signatures.md
"""

import re
from collections.abc import Iterator

from cryptography import x509

from .certificates import UNREADABLE_CERTIFICATE

# How a number is called there, and what it is: kinds as the room people names them.
_KINDS = {
    "CCCD": "personal_id",
    "CC": "personal_id",
    "CMND": "old_id_card",
    "CMT": "old_id_card",
    "HC": "passport",
    "MST": "tax_code",
    "MSDN": "tax_code",
}
_PLACES = (
    x509.NameOID.USER_ID,
    x509.NameOID.SERIAL_NUMBER,
    x509.NameOID.ORGANIZATION_IDENTIFIER,
)
_NAMED = re.compile(
    rf"\b({'|'.join(_KINDS)})\s*[:\-–=]\s*([0-9A-Z][0-9A-Z\-]{{5,19}})", re.IGNORECASE
)
_BARE = ((re.compile(r"\d{12}"), "personal_id"), (re.compile(r"\d{10}(-\d{3})?"), "tax_code"))


def numbers_in(der: bytes) -> tuple[str, ...]:
    """Return the numbers in a certificate's subject, each once, as “kind:number”.

    They are personal data: whoever asked turns them into keyed marks and forgets them.
    """
    try:
        subject = x509.load_der_x509_certificate(der).subject
        found = [
            number
            for place in _PLACES
            for part in subject.get_attributes_for_oid(place)
            for number in _read(str(part.value))
        ]
    except UNREADABLE_CERTIFICATE:
        return ()
    return tuple(dict.fromkeys(found))


def _read(text: str) -> Iterator[str]:
    for name, number in _NAMED.findall(text):
        yield f"{_KINDS[name.upper()]}:{number.upper().strip('-')}"
    for shape, kind in _BARE:
        if shape.fullmatch(text.strip()):
            yield f"{kind}:{text.strip()}"
