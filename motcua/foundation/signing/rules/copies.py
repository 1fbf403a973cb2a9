"""How copies are named: their notation says of which kind they are (NĐ 30/2020, Appendix III).

Source: docs/law/signing.md
"""

from motcua.foundation.signing.choices import CopyKind

_SHORT = {CopyKind.WHOLE: "SY", CopyKind.RECEIVED: "SL", CopyKind.PART: "TrS"}


def notation_of(kind: CopyKind, abbreviation: str) -> str:
    """Return the notation of a copy: its kind, and the agency in short."""
    return "-".join(filter(None, (_SHORT[kind], abbreviation.strip())))


def kind_in(notation: str) -> CopyKind:
    """Return the kind of copy that a notation names."""
    short = notation.partition("-")[0]
    return next(kind for kind, one in _SHORT.items() if one == short)


def short_name(agency: str) -> str:
    """Return an agency in short, as a proposal: UBND, or the first letters of its name."""
    words = agency.split()
    if agency.casefold().startswith(("ubnd", "ủy ban nhân dân", "uỷ ban nhân dân")):
        return "UBND"
    return "".join(word[0].upper() for word in words if word[0].isalpha())[:8]
