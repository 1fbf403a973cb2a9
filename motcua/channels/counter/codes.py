"""Finding the code of a dossier in what was typed or scanned."""

import re

_CODE = re.compile(r"[0-9A-Z][0-9A-Z.]{2,34}-(?:\d{8}|\d{6})-\d{4,7}")


def code_in(typed: str) -> str:
    """Return the dossier code in a typed line, a slip's QR text or its address; else nothing."""
    found = _CODE.search(typed.upper())
    return found.group() if found else ""
