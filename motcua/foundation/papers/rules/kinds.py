"""What each of the twenty-nine kinds of administrative documents has, and how it is numbered.

Source: docs/law/document-layout.md
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from motcua.foundation.papers.choices import DocumentKind, LayoutProfile

from .profiles import style_of

K = DocumentKind


@dataclass(frozen=True, slots=True)
class KindForm:
    """What a kind shows: its symbol, and which parts of the page it has.

    `has_title` is off where the kind's name is not printed, `needs_authority` on where a line
    says who decides, `enacting` is the line between bases and articles; `signers` is how many
    sign at least, and `sealed` which of them the agency's seal covers, counted from the end.
    """

    symbol: str = ""
    enacting: str = ""
    has_title: bool = True
    needs_subject: bool = True
    needs_authority: bool = False
    is_numbered: bool = True
    has_place: bool = True
    signers: int = 1
    is_sealed_first: bool = False
    ends_with_mark: bool = True


_FORMS: Mapping[DocumentKind, KindForm] = {
    K.RESOLUTION: KindForm("NQ", "Quyết nghị:", needs_authority=True),
    K.DECISION: KindForm("QĐ", "Quyết định:", needs_authority=True),
    K.INSTRUCTION: KindForm("CT"),
    # Issued by a decision, whose number and day they name.
    K.STATUTE: KindForm("QC", is_numbered=False, has_place=False),
    K.REGULATION: KindForm("QyĐ", is_numbered=False, has_place=False),
    K.COMMUNIQUE: KindForm("TC"),
    K.NOTICE: KindForm("TB"),
    K.GUIDANCE: KindForm("HD"),
    K.PROGRAMME: KindForm("CTr"),
    K.PLAN: KindForm("KH"),
    K.SCHEME: KindForm("PA"),
    K.MASTER_PLAN: KindForm("ĐA"),
    K.PROJECT: KindForm("DA"),
    K.REPORT: KindForm("BC"),
    K.MINUTES: KindForm("BB", has_place=False, signers=2),
    K.PROPOSAL: KindForm("TTr"),
    K.CONTRACT: KindForm("HĐ", signers=2, is_sealed_first=True),
    K.OFFICIAL_LETTER: KindForm(has_title=False),
    K.TELEGRAM: KindForm("CĐ", needs_authority=True),
    K.MEMORANDUM: KindForm("BGN", signers=2, is_sealed_first=True),
    K.AGREEMENT: KindForm("BTT", signers=2, is_sealed_first=True),
    K.AUTHORISATION: KindForm("GUQ", needs_subject=False),
    K.INVITATION: KindForm("GM"),
    K.INTRODUCTION: KindForm("GGT", needs_subject=False),
    K.LEAVE: KindForm("GNP", needs_subject=False),
    K.DISPATCH_NOTE: KindForm("PG", needs_subject=False),
    K.TRANSFER_NOTE: KindForm("PC", needs_subject=False),
    K.NOTIFICATION_NOTE: KindForm("PB", needs_subject=False),
    K.PUBLIC_LETTER: KindForm(has_title=False, is_numbered=False, ends_with_mark=False),
}


def form_of(kind: int, profile: str = LayoutProfile.GOVERNMENT) -> KindForm:
    """Return what a kind of document shows. Raises: ValueError for no kind of the law."""
    form, style = _FORMS[DocumentKind(kind)], style_of(profile)
    if style.letter_symbol and kind == K.OFFICIAL_LETTER:
        return replace(form, symbol=style.letter_symbol)
    if style.is_everything_numbered and kind in {K.STATUTE, K.REGULATION}:
        return replace(form, is_numbered=True, has_place=True)
    return form


def notation_of(
    kind: int,
    issuer: str,
    unit: str = "",
    profile: str = LayoutProfile.GOVERNMENT,
) -> str:
    """Return the notation (ký hiệu): “QĐ-UBND”, of an official letter “UBND-NV”, “QĐ/TU”.

    `issuer` and `unit` are the short names that the agency has approved; the unit that drafted
    stands only in the notation of an official letter.
    Source: docs/law/document-layout.md
    """
    symbol = form_of(kind, profile).symbol
    joint = style_of(profile).notation_joint
    if symbol:
        return f"{symbol}{joint}{issuer}"
    return f"{issuer}-{unit}" if unit else issuer


def number_words(number: int, notation: str, profile: str = LayoutProfile.GOVERNMENT) -> str:
    """Return number and notation as printed: “05/QĐ-UBND”, of the Party “05-QĐ/TU”.

    Source: docs/law/document-layout.md
    """
    joint = style_of(profile).number_joint
    return f"{number:02}{joint}{notation}" if notation else f"{number:02}"


def capacity_words(capacity: str, whose: str, profile: str = LayoutProfile.GOVERNMENT) -> str:
    """Return the line of who signs in whose place: “KT. Chủ tịch”, of the Party “K/T Chủ tịch”.

    `capacity` is TM, KT, TL, TUQ or Q, or nothing, which gives no line.
    Source: docs/law/document-layout.md
    """
    if not capacity:
        return ""
    if style_of(profile).capacity_slash and len(capacity) == _TWO_LETTERS:
        return f"{capacity[0]}/{capacity[1]} {whose}"
    return f"{capacity}. {whose}"


_TWO_LETTERS = 2
