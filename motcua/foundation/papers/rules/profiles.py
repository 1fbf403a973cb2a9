"""By whose rules a document is laid out, as data: sizes in points, lengths in millimetres.

Source: docs/law/document-layout.md
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from motcua.foundation.papers.choices import LayoutProfile

P = LayoutProfile


@dataclass(frozen=True, kw_only=True, slots=True)
class Style:
    """Where everything stands on the page, and in which letters.

    A mark is what separates a part from what stands below it: “line” or the letters themselves.
    """

    banner: str = "Cộng hòa xã hội chủ nghĩa Việt Nam"
    banner_size: float = 13
    motto: str = "Độc lập - Tự do - Hạnh phúc"
    motto_size: float = 14
    agency_size: float = 13
    agency_mark: str = "line"
    agency_width: float = 65
    number_word: str = "Số: "
    number_joint: str = "/"
    notation_joint: str = "-"
    letter_symbol: str = ""
    is_everything_numbered: bool = False
    number_size: float = 13
    day_size: float = 14
    brief_word: str = "V/v "
    brief_size: float = 13
    is_brief_italic: bool = False
    is_addressing_italic: bool = False
    title_size: float = 14
    subject_size: float = 14
    subject_mark: str = "line"
    body_size: float = 14
    lines: float = 1.1
    indent: float = 12.7
    paragraph_gap: float = 6
    top: float = 20
    bottom: float = 20
    left: float = 30
    right: float = 15
    page_number_size: float = 14
    capacity_slash: bool = False
    is_signer_title_bold: bool = True
    recipients_size: float = 12
    is_recipients_underlined: bool = False
    recipient_size: float = 11
    recipient_end: str = ";"
    kept: str = "VT"
    usual_capacity: str = ""
    end_mark: str = "./."


GOVERNMENT = Style()
# Hướng dẫn 36-HD/VPTW: other head, other letters, T/M and K/T, commas between recipients.
PARTY = Style(
    banner="Đảng Cộng sản Việt Nam",
    banner_size=15,
    motto="",
    agency_size=14,
    agency_mark="*",
    agency_width=80,
    number_word="Số ",
    number_joint="-",
    notation_joint="/",
    number_size=14,
    brief_word="",
    brief_size=12,
    is_brief_italic=True,
    is_addressing_italic=True,
    letter_symbol="CV",
    is_everything_numbered=True,
    title_size=16,
    subject_size=14,
    subject_mark="-----",
    indent=10,
    capacity_slash=True,
    is_signer_title_bold=False,
    recipients_size=14,
    is_recipients_underlined=True,
    recipient_size=12,
    recipient_end=",",
    kept="Văn phòng",
    usual_capacity="T/M BAN THƯỜNG VỤ",
    end_mark="",
)
_STYLES: Mapping[LayoutProfile, Style] = {
    P.GOVERNMENT: GOVERNMENT,
    P.PARTY: PARTY,
    P.PEOPLES_COUNCIL: replace(GOVERNMENT, usual_capacity="TM. HỘI ĐỒNG NHÂN DÂN"),
    P.FRONT: replace(GOVERNMENT, usual_capacity="TM. BAN THƯỜNG TRỰC"),
    P.YOUTH_UNION: replace(
        PARTY,
        banner="Đoàn TNCS Hồ Chí Minh",
        agency_mark="***",
        capacity_slash=False,
        is_signer_title_bold=True,
        recipient_end=";",
        kept="VP",
        usual_capacity="TM. BAN THƯỜNG VỤ",
    ),
}
_OF_AGENCIES: Mapping[str, LayoutProfile] = {
    "party": P.PARTY,
    "peoples_council": P.PEOPLES_COUNCIL,
    "front": P.FRONT,
    "youth_union": P.YOUTH_UNION,
}


def style_of(profile: str) -> Style:
    """Return the layout of a profile. Raises: ValueError for one that there is not."""
    return _STYLES[LayoutProfile(profile)]


def profile_for(agency_kind: str) -> LayoutProfile:
    """Return by whose rules an agency of this kind lays out its documents."""
    return _OF_AGENCIES.get(agency_kind, P.GOVERNMENT)


def usual_words(profile: str) -> tuple[str, str]:
    """Return in whose name most documents of a profile are signed, and where a copy is kept."""
    style = style_of(profile)
    return style.usual_capacity, style.kept
