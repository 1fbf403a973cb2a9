"""The offices and people of the bench: 111 agencies, 1,221 units, 8,000 accounts."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from datetime import date, datetime, timedelta
from itertools import count
from typing import TypeVar
from uuid import uuid4

from django.db import models, transaction

from demo import fees
from demo.catalogue import publish_procedures, texts
from motcua.casework.procedures import api as procedures
from motcua.casework.processes.api import StepKind
from motcua.foundation.identity import api as identity
from motcua.foundation.organisation import api as organisation
from motcua.lib.actor import Actor

from .known import CODE, name_of

AGENCIES, DIVISIONS, HANDLERS, CITIZENS, PROCEDURES = 111, 9, 66, 64, 2_642
FIRST_DAY = date(2023, 1, 1)
TERM = organisation.Term(FIRST_DAY)
EDITOR = Actor(
    id=1,
    name="Người đo",
    province_powers=frozenset({"procedures.edit", "procedures.publish", "organisation.edit"}),
)
_WORKED = {
    StepKind.TASK,
    StepKind.APPROVAL,
    StepKind.FIELD_VISIT,
    StepKind.INTERVIEW,
    StepKind.POSTING,
    StepKind.COUNCIL,
}
UNUSABLE = "!"  # nobody signs in with it: the client holds sessions
_numbers = count(1)
M = TypeVar("M", bound=models.Model)


@dataclass(frozen=True, slots=True)
class Place:
    """One agency of the bench with a session for each seat."""

    code: str
    agency_id: int
    root_id: int
    desk_id: int
    justice_id: int
    tokens: dict[str, str]


@dataclass(frozen=True, slots=True)
class Variant:
    """One procedure of the demo, as the dossiers of the load use it."""

    procedure_id: int
    version_id: int
    case_code: str
    steps: list[tuple[str, str]]  # code and kind, the last of them the decision


@dataclass(frozen=True, slots=True)
class World:
    """What the client needs to know."""

    places: list[Place]
    citizens: list[str]
    citizen_ids: list[int]
    monitor: str
    procedure_id: int
    version_id: int
    variants: list[Variant] = field(default_factory=list)

    def plain(self) -> dict[str, object]:
        """Return the world as plain data."""
        return asdict(self)


@transaction.atomic
def build_world(
    at: datetime,
    *,
    agencies: int = AGENCIES,
    number_of_procedures: int = PROCEDURES,
    is_plain: bool = False,
) -> World:
    """Make everything but the dossiers, and a session for everybody the client plays.

    What is plain has none of the demo's procedures: nothing but what the client files itself.
    """
    role = organisation.PostRole
    places = [_place(number, at) for number in range(1, agencies + 1)]
    monitor = staff(places[0].root_id, [role.PROVINCE_MONITOR], at)[0]
    citizens, tokens = _accounts(identity.AccountKind.CITIZEN, [None] * CITIZENS, at)
    organisation.forget_tree()
    for place in places:
        for duty, unit_id in (("justice", place.justice_id), ("leadership", place.root_id)):
            procedures.set_duty(place.agency_id, duty, unit_id, by=EDITOR, at=at)
    version = _procedures(number_of_procedures, at)
    return World(
        places=places,
        citizens=tokens,
        citizen_ids=[account.pk for account in citizens],
        monitor=monitor,
        procedure_id=version.procedure_id,
        version_id=version.pk,
        variants=[] if is_plain else _variants(at),
    )


def _variants(at: datetime) -> list[Variant]:
    """Publish the demo's procedures, and return them as the load uses them."""
    _add_bodies_named(at)
    fees.publish_tables(by=EDITOR, at=at)
    publish_procedures(by=EDITOR, at=at)
    state = procedures.VersionState.PUBLISHED
    published = procedures.ProcedureVersion.objects.filter(state=state, source__in=texts())
    return [_variant(one) for one in published]


def _add_bodies_named(at: datetime) -> None:
    """Add the bodies of the province that the demo's procedures name."""
    found = [procedures.parse_text(text) for text in texts()]
    steps = [step for one in found if one.process for step in one.process.steps]
    named = {code for one in found for code in one.agency_codes} | {step.agency for step in steps}
    kind, level = organisation.AgencyKind.DEPARTMENT, organisation.Level.PROVINCE
    for code in sorted(named - {""}):
        facts = organisation.AgencyFacts(code, f"Cơ quan {code}", kind, level)
        head = organisation.UnitFacts(f"{code}.LD", "Lãnh đạo", organisation.UnitKind.LEADERSHIP)
        organisation.add_agency(facts, TERM, by=EDITOR, at=at, root=head)
    organisation.forget_tree()


def _variant(version: procedures.ProcedureVersion) -> Variant:
    definition = procedures.definition_of(version.pk)
    found = definition.process.steps if definition.process else ()
    worked = [(one.code, one.kind.value) for one in found if one.kind in _WORKED]
    decided = [(one.code, one.kind.value) for one in found if one.kind == StepKind.DECISION]
    case = definition.cases[0].code
    return Variant(version.procedure_id, version.pk, case, worked[:2] + decided[-1:])


def _place(number: int, at: datetime) -> Place:
    code = f"H18.{number + 200}"
    kind, role = organisation.UnitKind, organisation.PostRole
    facts = organisation.AgencyFacts(
        code=code,
        name=f"UBND xã số {number}",
        kind=organisation.AgencyKind.COMMUNE_COMMITTEE,
        level=organisation.Level.COMMUNE,
    )
    root = organisation.UnitFacts(f"{code}.LD", "Lãnh đạo", kind.LEADERSHIP)
    agency = organisation.add_agency(facts, TERM, by=EDITOR, at=at, root=root)
    root_id = organisation.Unit.objects.get(agency=agency, parent=None).pk
    desk_id = _unit(agency.pk, f"{code}.MC", "Bộ phận Một cửa", kind.ONE_STOP_DESK, at)
    divisions = [
        _unit(agency.pk, f"{code}.P{n}", f"Phòng {n}", kind.DIVISION, at) for n in range(DIVISIONS)
    ]
    crowd = [role.HANDLER] * (HANDLERS // DIVISIONS)
    tokens = {
        "desk": staff(desk_id, [role.DESK_OFFICER], at)[0],
    }
    chiefs = [role.AGENCY_LEADER, role.REGISTRY_CLERK]
    tokens["leader"], tokens["clerk"] = staff(root_id, chiefs, at)
    tokens["handler"], tokens["head"], *_ = staff(divisions[0], [role.HANDLER, role.UNIT_HEAD], at)
    for division in divisions:
        staff(division, crowd, at)
    return Place(code, agency.pk, root_id, desk_id, divisions[0], tokens)


def _unit(agency_id: int, code: str, name: str, kind: organisation.UnitKind, at: datetime) -> int:
    facts = organisation.UnitFacts(code, name, kind)
    return organisation.add_unit(agency_id, facts, TERM, by=EDITOR, at=at).pk


def staff(unit_id: int, roles: Sequence[organisation.PostRole], at: datetime) -> list[str]:
    """Fill seats of a unit with officers who have accounts, and return their sessions."""
    seats = [_seat(role) for role in roles]
    organisation.staff_unit(unit_id, seats, TERM, by=EDITOR, at=at)
    codes = [seat.officer.code for seat in seats]
    found = {one.code: one for one in organisation.Officer.objects.filter(code__in=codes)}
    return _accounts(identity.AccountKind.OFFICER, [found[code] for code in codes], at)[1]


def _seat(role: organisation.PostRole) -> organisation.NewSeat:
    number = next(_numbers)
    officer = organisation.OfficerFacts(f"CB{number:05}", name_of(number), FIRST_DAY)
    return organisation.NewSeat("Công chức", role, officer)


def _accounts(
    kind: identity.AccountKind, officers: Sequence[organisation.Officer | None], at: datetime
) -> tuple[list[identity.Account], list[str]]:
    """Give everybody an account and an open session, all at once."""
    accounts = [_account(kind, at, officer) for officer in officers]
    identity.Account.objects.bulk_create(accounts)
    sessions = [_session(account, at) for account in accounts]
    identity.Session.objects.bulk_create(sessions)
    return accounts, [session.session_key for session in sessions]


def _account(
    kind: identity.AccountKind, at: datetime, officer: organisation.Officer | None
) -> identity.Account:
    number = next(_numbers)
    return identity.Account(
        username=f"{kind}{number}",
        kind=kind,
        full_name=officer.full_name if officer else name_of(number),
        officer=officer,
        created_at=at,
        password_changed_at=at,
        password=UNUSABLE,
    )


def _session(account: identity.Account, at: datetime) -> identity.Session:
    return identity.Session(
        session_key=uuid4().hex,
        session_data="",
        expire_date=at + timedelta(days=30),
        account_id=account.pk,
        started_at=at,
        seen_at=at,
    )


def _procedures(count: int, at: datetime) -> procedures.ProcedureVersion:
    """Publish the procedure the bench files, and copies of it under other codes beside it."""
    draft = procedures.save_draft(text_of(CODE), by=EDITOR, at=at, valid_from=FIRST_DAY)
    version = procedures.publish_version(draft.pk, by=EDITOR, at=at)
    codes = [f"9.{number:06}" for number in range(1, count)]
    copies = [_copy_of(version.procedure, code=code) for code in codes]
    procedures.Procedure.objects.bulk_create(copies)
    versions = [_copy_of(version, procedure=copy, source=text_of(copy.code)) for copy in copies]
    procedures.ProcedureVersion.objects.bulk_create(versions)
    for copy, one in zip(copies, versions, strict=True):
        copy.current_version_id = one.pk
    procedures.Procedure.objects.bulk_update(copies, ["current_version_id"])
    procedures.forget_kept()
    return version


def text_of(code: str) -> str:
    """Return the structured text of the procedure with this code."""
    return procedures.SAMPLE.format(code=code)


def _copy_of(row: M, **changes: object) -> M:
    """Return an unsaved copy of a row with some fields changed."""
    names = (field.attname for field in row._meta.concrete_fields if not field.primary_key)
    made = type(row)(**{name: getattr(row, name) for name in names})
    for name, value in changes.items():
        setattr(made, name, value)
    return made
