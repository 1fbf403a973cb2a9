"""The procedures of the demo province, from their texts in this package to published versions."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from motcua.casework.procedures import api as procedures
from motcua.foundation.organisation import api as organisation
from motcua.foundation.organisation.api import AgencyKind
from motcua.lib.actor import Actor
from motcua.lib.plain_yaml import read_yaml

from .places import REFORM_DAY

TEXTS = Path(__file__).parent / "procedures"
MARITAL_STATUS = "1.004873"
BIRTH, DEATH = "1.001193", "1.000656"
EXTRACTS = "2.000635"
HOUSEHOLD_BUSINESS = "1.001612"
FIRST_LAND_TITLE = "1.013978"
CROP_CHANGE = "1.008004"
SOCIAL_ALLOWANCE = "1.001776"
CERTIFIED_COPIES = "2.000815"
BUILDING_PERMIT = "1.013225"
VEHICLE_BADGE = "2.002288"
CRIMINAL_RECORD = "3.000333"
BORDER_MARRIAGE = "1.000094"
LAND_USE_CHANGE = "1.013949"
SOCIAL_PENSION = "9.000001"
LAND_TRANSFER = "1.013831"
VETERINARY = "1.004756"
PROMOTION = "2.000033"
LINKED_BIRTH, MARRIAGE, CORRECTION, ADOPTION = "2.000986", "1.000894", "1.004859", "2.001263"
MARTYR_WORSHIP, MORTGAGE, GROUNDWATER = "1.010803", "1.011441", "1.004223"
LAND_MEDIATION = "1.012812"
POOR_HOUSEHOLD = "1.011607"
DISABILITY = "1.001699"
PARCEL_SPLIT = "1.012784"
VETERINARY_SHOP = "1.001686"

# Which unit of a commune does what; a department has one duty more.
COMMUNE_DUTIES = {
    "leadership": "LD",
    "justice": "VP",
    "economy": "KT",
    "land": "KT",
    "construction": "KT",
    "culture_society": "VHXH",
}
PROVINCE_DESK = "H18.01"
# Which unit of a body of the province does what.
PROVINCE_DUTIES = {
    "H18": {"leadership": "LD"},
    "H18.02": {"leadership": "LD", "merit": "P1"},
    "H18.05": {"leadership": "LD", "trade": "P1"},
    "H18.06": {"leadership": "LD", "veterinary": "P1", "water": "P3", "land": "P4"},
    "H18.06.01": {"leadership": "LD", "land_registry": "P1", "surveying": "P2"},
    "H18.07": {"leadership": "LD", "transport": "P1"},
}


def texts() -> list[str]:
    """Return the structured texts, by code."""
    return [path.read_text(encoding="utf-8") for path in sorted(TEXTS.glob("*.yaml"))]


def publish_procedures(*, by: Actor, at: datetime) -> int:
    """Publish what is new or changed, in force since the reform; answer how many that were."""
    sources = procedures.ProcedureVersion.objects.filter(
        state=procedures.VersionState.PUBLISHED
    ).values_list("source", flat=True)
    changed = [text for text in texts() if text not in set(sources)]
    for text in changed:
        version = procedures.save_draft(text, by=by, at=at, valid_from=REFORM_DAY)
        procedures.publish_version(version.pk, by=by, at=at)
    procedures.translate_texts(english(), by=by, at=at)
    return len(changed)


def english() -> dict[str, str]:
    """Return what official texts say in English, where foreigners are among those who read them."""
    text = (Path(__file__).parent / "english.yaml").read_text(encoding="utf-8")
    return {str(words): str(said) for words, said in read_yaml(text).items()}


def set_duties(*, by: Actor, at: datetime) -> None:
    """Say for every deciding agency which unit does what; a second time does nothing."""
    for agency_id, duty, unit_id in _missing_duties():
        procedures.set_duty(agency_id, duty, unit_id, by=by, at=at)


def _missing_duties() -> Iterator[tuple[int, str, int]]:
    tree = organisation.tree()
    for agency in tree.agencies():
        for duty, tail in _duties_of(agency).items():
            unit = tree.unit_by_code(f"{agency.code}.{tail}")
            wanted = unit.id if unit and tail != "LD" else agency.root_unit_id
            if procedures.duty_unit(agency.id, duty) != wanted:
                yield agency.id, duty, wanted


def _duties_of(agency: organisation.AgencyInfo) -> dict[str, str]:
    if agency.code in PROVINCE_DUTIES:
        return PROVINCE_DUTIES[agency.code]
    if agency.kind == AgencyKind.COMMUNE_COMMITTEE and agency.is_living:
        return COMMUNE_DUTIES
    return {}
