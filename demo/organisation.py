"""Build the demo province's organisation through the doors."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import count

from motcua.foundation.organisation import api as organisation
from motcua.foundation.organisation.api import Change, Level, Link, Term
from motcua.lib import work
from motcua.lib.actor import Actor

from . import places
from .names import officer_name
from .offices import (
    ACCOUNTING,
    BODIES,
    DEPARTMENTS,
    DIGITAL,
    FOR_THE_PROVINCE,
    GOVERNMENT,
    HELPERS,
    LAND_OFFICE,
    LEADERSHIP,
    OUTSIDE,
    OVER_BODIES,
    PROVINCE,
    PROVINCE_OFFICE,
    Body,
    Office,
    commune,
    district,
)

FIRST_COMMUNE = 101
FIRST_DISTRICT = 21
JOINED_ON = date(2020, 3, 1)
SINCE_THE_PROVINCE = Term(date(2004, 1, 1))
FOUNDED = {
    Level.PROVINCE: Term(date(2025, 3, 1), basis="Sắp xếp bộ máy cấp tỉnh, 01/3/2025"),
    Level.COMMUNE: Term(places.REFORM_DAY, basis=places.BASIS),
    Level.DISTRICT: Term(places.SINCE, places.LAST_OLD_DAY),
}

# The people of the stories; everybody else is numbered.
HELPERS_OF, FIRST_HELPER, FIRST_LATER = "H18.101", 9001, 9101
FIRST_ACCOUNTANT, ACCOUNTANTS_OF = 9051, ("H18.101", "H18.01", "H18.07")
NAMED = {
    "H18.101-02": "Trần Văn Bình",
    "H18.101-01": "Bạc Thị Liên",
    "H18.101.LD-01": "Lò Thị Hoa",
    "H18.101.LD-02": "Điêu Văn Khoa",
    "H18.101.VP-01": "Cà Văn Minh",
    "H18.101.VP-02": "Quàng Thị Hạnh",
    "H18.101.VP-03": "Tòng Thị Vân",
    "H18.101.KT-01": "Đỗ Thị Hương",
    "H18.101.KT-02": "Nguyễn Đức Thắng",
    "H18.101.VHXH-01": "Lù Văn Phương",
    "H18.101.VHXH-02": "Tòng Thị Nga",
    "H18.101.TCN-01": "Sùng A Páo",
    "H18.101.TV-01": "Lường Thị Thơm",
    "H18.01.TV-01": "Nguyễn Thị Ngân",
    "H18.135-02": "Vàng A Dũng",
    "H18.01-02": "Phạm Thị Yến",
    "H18.01.KS-02": "Lường Văn Sát",
    "H18.07.LD-01": "Bùi Thị Oanh",
    "H18.07.P1-02": "Hoàng Văn Long",
    "H18.08.CDS-02": "Vũ Thị Quản",
    "H18.LD-02": "Nguyễn Văn Sơn",
    "H18.TH-01": "Phạm Thị Tâm",
    "H18.VT-01": "Hoàng Thị Cúc",
    "H18.135.LD-01": "Giàng A Chứ",
    "H18.135.VP-03": "Lò Thị Sinh",
    "H18.02.P1-02": "Lò Văn Tiến",
    "H18.02.LD-01": "Quàng Thị Dịu",
    "H18.06.01.P1-02": "Hà Văn Vinh",
    "H18.06.01.P2-02": "Cà Văn Đạt",
    "H18.06.01.LD-01": "Trần Thị Quý",
    "H18.06.P1-02": "Lường Thị Thu",
    "H18.06.P3-02": "Vì Thị Thủy",
    "H18.06.LD-01": "Phạm Văn Giang",
}


@dataclass(slots=True)
class Builder:
    """Sets up one agency after the other and gives every seat to somebody new."""

    by: Actor
    at: datetime
    numbers: Iterator[int]

    def add(self, body: Body) -> int:
        """Found an agency with its units and people."""
        term = SINCE_THE_PROVINCE if body.code == PROVINCE else FOUNDED[body.level]
        leadership, *others = body.offices
        agency = organisation.add_agency(
            organisation.AgencyFacts(
                code=body.code,
                name=body.name,
                kind=body.kind,
                level=body.level,
                parent_id=_agency_id(body.parent),
                place_code=body.place_code,
                short_name=body.short_name,
            ),
            term,
            by=self.by,
            at=self.at,
            root=_unit_facts(body, leadership),
        )
        root_id = organisation.tree().agency(agency.pk).root_unit_id
        self._staff(root_id, f"{body.code}.{leadership.tail}", leadership)
        for office in others:
            self.add_office(agency.pk, body, office)
        return agency.pk

    def add_office(self, agency_id: int, body: Body, office: Office) -> None:
        """Set up a unit of an agency with its people."""
        unit = organisation.add_unit(
            agency_id, _unit_facts(body, office), FOUNDED[body.level], by=self.by, at=self.at
        )
        self._staff(unit.pk, unit.code, office)

    def _staff(self, unit_id: int, code: str, office: Office) -> None:
        """Give every seat of a unit to somebody new."""
        if not office.seats:
            return
        seats = [
            organisation.NewSeat(title, role, self._officer(f"{code}-{place:02}"))
            for place, (title, role) in enumerate(office.seats, start=1)
        ]
        since = Term(places.REFORM_DAY)
        organisation.staff_unit(unit_id, seats, since, by=self.by, at=self.at)

    def _officer(self, post_code: str) -> organisation.OfficerFacts:
        number = next(self.numbers)
        code = f"DB{number:04}"
        name = NAMED.get(post_code) or officer_name(number)
        email = f"{code.lower()}@dienbien.example"
        return organisation.OfficerFacts(code, name, JOINED_ON, email=email)


def build_organisation(*, by: Actor, at: datetime) -> None:
    """Build the map and the organisation of the demo province; a second time does nothing."""
    places.build_places(by=by, at=at)
    if organisation.tree().agency_by_code(PROVINCE) is not None:
        _add_later(by=by, at=at)
        return
    builder = Builder(by, at, count(1))
    for bodies in (_province(), communes()):
        for body in bodies:
            _build_one(builder, body)
    _add_digital_centre(builder)
    for number, (code, name) in enumerate(places.DISTRICTS.items(), start=FIRST_DISTRICT):
        _build_district(builder, district(number, code, name))
    _add_later(by=by, at=at)


def _add_later(*, by: Actor, at: datetime) -> None:
    """Add what a demo of before has not."""
    _add_helpers(by=by, at=at)
    _add_accountants(by=by, at=at)
    if organisation.tree().unit_by_code(f"{PROVINCE}.VT") is not None:
        return
    builder = Builder(by, at, count(FIRST_LATER))
    _add_registry_of_the_province(builder)
    for body in (*OVER_BODIES, *BODIES):
        _build_one(builder, body)


@work.story
def _add_registry_of_the_province(builder: Builder) -> None:
    """Let somebody write and keep the seal in the name of the province's committee."""
    agency_id = _agency_id(PROVINCE)
    for office in FOR_THE_PROVINCE if agency_id is not None else ():
        builder.add_office(agency_id or 0, GOVERNMENT, office)


@work.story
def _add_helpers(*, by: Actor, at: datetime) -> None:
    """Give the ward its village helpers; they came later than everybody else."""
    home = next(body for body in communes() if body.code == HELPERS_OF)
    agency_id = _agency_id(home.code)
    if agency_id is not None and organisation.tree().unit_by_code(f"{HELPERS_OF}.TCN") is None:
        Builder(by, at, count(FIRST_HELPER)).add_office(agency_id, home, HELPERS)


@work.story
def _add_accountants(*, by: Actor, at: datetime) -> None:
    """Give those who keep a book of money an accountant; they came later as well."""
    bodies = {body.code: body for body in (*_province(), *communes())}
    builder = Builder(by, at, count(FIRST_ACCOUNTANT))
    for code in ACCOUNTANTS_OF:
        agency_id = _agency_id(code)
        if agency_id is None or organisation.tree().unit_by_code(f"{code}.TV") is not None:
            continue
        builder.add_office(agency_id, bodies[code], ACCOUNTING)


def communes() -> list[Body]:
    """Return the committees of the forty-five communes and wards."""
    return [
        commune(number, code, name)
        for number, (code, name) in enumerate(places.communes(), start=FIRST_COMMUNE)
    ]


def _province() -> list[Body]:
    return [GOVERNMENT, PROVINCE_OFFICE, *DEPARTMENTS, LAND_OFFICE, *OUTSIDE]


@work.story
def _build_one(builder: Builder, body: Body) -> None:
    builder.add(body)


@work.story
def _add_digital_centre(builder: Builder) -> None:
    """The centre that runs the system belongs to the department of science and technology."""
    home = next(body for body in DEPARTMENTS if body.short_name == "SKHCN")
    agency_id = _agency_id(home.code)
    if agency_id is not None:
        builder.add_office(agency_id, home, DIGITAL)


@work.story
def _build_district(builder: Builder, body: Body) -> None:
    """Found a district that has ended, and link it and its desk to the communes after it."""
    district_id = builder.add(body)
    tree = organisation.tree()
    desk = tree.unit_by_code(body.code)
    for heir in communes():
        if body.place_code not in places.districts_of(heir.place_code):
            continue
        agency, after = tree.agency_by_code(heir.code), tree.unit_by_code(heir.code)
        if agency is None or desk is None or after is None:
            continue
        link = Link(district_id, agency.id, Change.SPLIT, places.REFORM_DAY, places.ABOLISHED)
        organisation.record_agency_succession(link, by=builder.by, at=builder.at)
        unit_link = Link(desk.id, after.id, Change.SPLIT, places.REFORM_DAY, places.ABOLISHED)
        organisation.record_unit_succession(unit_link, by=builder.by, at=builder.at)


def _agency_id(code: str) -> int | None:
    agency = organisation.tree().agency_by_code(code)
    return agency.id if agency else None


def _unit_facts(body: Body, office: Office) -> organisation.UnitFacts:
    """Return a unit's facts; the desk has the agency's own code, which numbers its dossiers."""
    code = f"{body.code}.{office.tail}" if office.tail else body.code
    name = f"{office.name} {body.short_name}" if office.tail == LEADERSHIP else office.name
    return organisation.UnitFacts(code, name.strip(), office.kind)
