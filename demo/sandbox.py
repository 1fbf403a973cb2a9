"""An agency for trying: like a commune, with an application and its key; it counts nowhere."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import count

from motcua.casework.procedures import api as procedures
from motcua.foundation.clients import api as clients
from motcua.foundation.clients.api import ClientIn, Scope
from motcua.foundation.identity import api as identity
from motcua.foundation.organisation import api as organisation
from motcua.foundation.organisation.api import AgencyKind, PostRole, Term
from motcua.lib import work
from motcua.lib.actor import Actor
from motcua.lib.clock import local_day

from .catalogue import COMMUNE_DUTIES
from .offices import LEADERSHIP, Body, commune
from .organisation import Builder
from .places import REFORM_DAY

NUMBER, PLACE = 990, "03127"
CODE, NAME = f"H18.{NUMBER}", "Cơ quan thử nghiệm kết nối"
FIRST_OFFICER = 9901
USERNAME = "thunghiem"
APPLICATION = "Ứng dụng thử nghiệm"
VALID_FOR = timedelta(days=365)
SCOPES = (
    Scope.CATALOGUE,
    Scope.READ,
    Scope.DESK,
    Scope.HANDLE,
    Scope.LEAD,
    Scope.HOOKS,
    Scope.BULK,
)
# The application's account sits everywhere, so that one key can try everything.
SEATS = (
    ("", PostRole.DESK_HEAD),
    ("VP", PostRole.UNIT_HEAD),
    ("KT", PostRole.UNIT_HEAD),
    ("VHXH", PostRole.UNIT_HEAD),
)


@dataclass(frozen=True, slots=True)
class Sandbox:
    """What who tries needs: the agency, its desk, the account, and the key shown once."""

    agency_code: str
    desk_code: str
    username: str
    key: str


def body() -> Body:
    """Return the agency for trying: the units of a commune under a name that says what it is."""
    like = commune(NUMBER, PLACE, "Xã Thử nghiệm")
    return replace(like, name=NAME, short_name="Thử nghiệm", kind=AgencyKind.SANDBOX)


def open_sandbox(*, by: Actor, at: datetime) -> Sandbox:
    """Build what is missing of the agency, and give the application a new key.

    The former key ends at once.
    """
    if organisation.tree().agency_by_code(CODE) is None:
        _build(by=by, at=at)
    _give_duties(by=by, at=at)
    if identity.find_account(USERNAME) is None:
        _open_account(by=by, at=at)
    desk = next(one for one in organisation.tree().desks() if one.code.startswith(CODE))
    return Sandbox(CODE, desk.code, USERNAME, _key(by=by, at=at))


@work.story
def _build(*, by: Actor, at: datetime) -> None:
    Builder(by, at, count(FIRST_OFFICER)).add(body())


def _give_duties(*, by: Actor, at: datetime) -> None:
    tree = organisation.tree()
    agency = organisation.get_agency(CODE)
    for duty, tail in COMMUNE_DUTIES.items():
        unit = tree.unit_by_code(f"{CODE}.{tail}")
        wanted = unit.id if unit and tail != LEADERSHIP else tree.agency(agency.pk).root_unit_id
        if procedures.duty_unit(agency.pk, duty) != wanted:
            procedures.set_duty(agency.pk, duty, wanted, by=by, at=at)


@work.story
def _open_account(*, by: Actor, at: datetime) -> None:
    facts = organisation.OfficerFacts(
        "DB9900", "Máy thử nghiệm", REFORM_DAY, email="thunghiem@dienbien.example"
    )
    officer = organisation.add_officer(facts, by=by, at=at)
    identity.create_officer_account(officer.pk, USERNAME, by=by, at=at)
    tree, since = organisation.tree(), Term(REFORM_DAY)
    for number, (tail, role) in enumerate(SEATS, start=1):
        unit = tree.unit_by_code(f"{CODE}.{tail}" if tail else CODE)
        if unit is None:
            continue
        seat = organisation.PostFacts(unit.id, f"Máy thử, {unit.name}", role, f"{CODE}-M{number}")
        post = organisation.add_post(seat, since, by=by, at=at)
        organisation.fill_post(post.pk, officer.pk, since, by=by, at=at)


def _key(*, by: Actor, at: datetime) -> str:
    given = ClientIn(
        name=APPLICATION,
        contact="Người viết phần mềm kết nối",
        username=USERNAME,
        scopes=SCOPES,
        valid_to=local_day(at) + VALID_FOR,
        agency_codes=[CODE],
    )
    mine = (one for one in clients.clients_on_record() if one.name == APPLICATION)
    living = next((one for one in mine if one.ended_at is None), None)
    if living is None:
        return clients.register_client(given, by=by, at=at)[1]
    clients.change_client(living.pk, given, by=by, at=at)
    return clients.change_key(living.pk, overlap=timedelta(0), by=by, at=at)
