"""Where a message goes today: the agency itself, or who came after it."""

from dataclasses import dataclass
from datetime import date

from motcua.casework.exchange.rules.edxml.messages import Organ
from motcua.casework.exchange.rules.edxml.values import todays_code
from motcua.foundation.organisation import api as organisation


@dataclass(frozen=True, slots=True)
class Route:
    """The receiver as it was written and as it is today; `trouble` says why nobody was found."""

    code: str
    routed_code: str
    name: str
    agency_id: int | None = None
    trouble: str = ""


def route_to(code: str, on: date) -> Route:
    """Return where a message to this code goes on a day; the code may be of an older form.

    Costs: nothing for who lives; one query, and two for each step of succession, for who ended.
    Source: docs/law/exchange.md
    """
    now = todays_code(code)
    if now is None:
        return Route(code, code, code, trouble=f"“{code}” không phải mã định danh cơ quan.")
    agency = organisation.tree().agency_by_code(code) or organisation.tree().agency_by_code(now)
    if agency is None:
        return Route(code, now, now)  # nobody of ours: a way elsewhere is looked for
    if agency.is_living:
        return Route(code, agency.code, agency.name, agency.id)
    return _to_heir(code, agency, on)


def _to_heir(code: str, agency: organisation.AgencyInfo, on: date) -> Route:
    tree = organisation.tree()
    heirs = [tree.agency(one) for one in organisation.heirs_of_agency(agency.id, on)]
    living = [one for one in heirs if one.is_living]
    if len(living) == 1:
        return Route(code, living[0].code, living[0].name, living[0].id)
    if not living:
        trouble = f"{agency.name} đã kết thúc hoạt động và không có cơ quan kế thừa."
        return Route(code, agency.code, agency.name, trouble=trouble)
    names = ", ".join(f"{one.name} ({one.code})" for one in living)
    trouble = f"{agency.name} đã chia thành nhiều cơ quan, hãy chọn nơi nhận: {names}."
    return Route(code, agency.code, agency.name, trouble=trouble[:500])


def heirs_shown(code: str, on: date) -> list[tuple[str, str]]:
    """Return code and name of those who may receive in the place of an agency that ended."""
    tree = organisation.tree()
    agency = tree.agency_by_code(code)
    if agency is None:
        return []
    heirs = (tree.agency(one) for one in organisation.heirs_of_agency(agency.id, on))
    return [(one.code, one.name) for one in heirs if one.is_living]


def organ_named(code: str) -> Organ:
    """Return an agency as messages name it; of one that is not ours the code is all we know."""
    agency = organisation.tree().agency_by_code(code)
    if agency is None:
        return Organ(code, code)
    above = agency.parent_id
    in_charge = organisation.tree().agency(above).name if above is not None else agency.name
    return Organ(agency.code, agency.name, in_charge)
