"""In whose name a document is written, and where."""

from datetime import date

from motcua.foundation.organisation import api as organisation
from motcua.foundation.papers import api as papers
from motcua.foundation.places import api as places


def letterhead_of(agency_id: int, day: date, *, notation: str = "") -> papers.Letterhead:
    """Return the head of a document of the agency; a committee has nobody above it there.

    Source: docs/law/document-layout.md
    """
    agency = organisation.tree().agency(agency_id)
    has_superior = agency.parent_id is not None and agency.kind not in _ON_THEIR_OWN
    found = places.place_on(agency.place_code, day) if agency.place_code else None
    return papers.Letterhead(
        superior=organisation.name_of_agency(agency.parent_id, on=day)
        if has_superior and agency.parent_id
        else "",
        issuer=organisation.name_of_agency(agency_id, on=day),
        place=found.name if found else agency.short_name or agency.name,
        issued_on=day,
        notation=notation,
    )


_ON_THEIR_OWN = frozenset(
    {
        organisation.AgencyKind.COMMUNE_COMMITTEE,
        organisation.AgencyKind.PROVINCE_COMMITTEE,
    }
)


def notation_of(agency_id: int, unit_id: int, kind: int, profile: str) -> str:
    """Return the symbol a document of this kind gets: “QĐ-UBND”, “UBND-KT”.

    Source: docs/law/document-layout.md
    """
    tree = organisation.tree()
    agency, unit = tree.agency(agency_id), tree.unit(unit_id)
    issuer = short_letters(agency.short_name or agency.name)
    drafted = "" if unit.parent_id is None else short_letters(unit.short_name or unit.name)
    return papers.notation_of(kind, issuer, drafted, profile)


def short_letters(name: str) -> str:
    """Return the letters a name is written by: “UBND xã Mường Phăng” UBND, “Phòng Kinh tế” KT.

    What stands in capitals is taken as it is; else the first letter of each word after the word
    of the unit's kind.
    """
    words = name.replace("–", " ").replace("-", " ").split()
    if words and words[0].isupper() and len(words[0]) > 1:
        return words[0]
    rest = words[1:] if len(words) > 1 and words[0] in _KINDS else words
    return "".join(word[0] for word in rest if word[0].isalpha()).upper()


_KINDS = frozenset({"Phòng", "Sở", "Ban", "Văn", "Trung", "Chi", "Đội", "Tổ"})
