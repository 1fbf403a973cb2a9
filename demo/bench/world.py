"""The offices and people of the bench: 111 agencies, 1,221 units, 8,000 accounts."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from itertools import count
from uuid import uuid4

from django.db import transaction

from motcua.casework.procedures import api as procedures
from motcua.foundation.identity import api as identity
from motcua.foundation.organisation import api as organisation
from motcua.lib.actor import Actor
from motcua.lib.text import person_sort_key

from .definition import CODE, TEXT

AGENCIES, DIVISIONS, HANDLERS, CITIZENS, PROCEDURES = 111, 9, 66, 64, 2_000
FIRST_DAY = date(2023, 1, 1)
FAMILIES = ("Nguyễn", "Lò", "Quàng", "Trần", "Lường", "Vàng", "Giàng", "Cà", "Phạm", "Sùng")
MIDDLES = ("Văn", "Thị", "Đức", "Minh", "Ngọc", "Xuân", "Hữu", "Thu", "Quốc", "Bảo")
GIVENS = ("An", "Bình", "Cường", "Dũng", "Hà", "Hoa", "Hùng", "Lan", "Mai", "Nam", "Páo", "Sơn")
EDITOR = Actor(
    id=1,
    name="Người đo",
    province_powers=frozenset({"procedures.edit", "procedures.publish", "organisation.edit"}),
)
UNUSABLE = "!"  # nobody signs in with it: the client holds sessions
_numbers = count(1)


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
class World:
    """What the client needs to know."""

    places: list[Place]
    citizens: list[str]
    citizen_ids: list[int]
    monitor: str
    procedure_id: int
    version_id: int

    def plain(self) -> dict[str, object]:
        """Return the world as plain data."""
        return asdict(self)


def name_of(number: int) -> str:
    """Return an invented name, the same for the same number."""
    family = FAMILIES[number % 10]
    middle = MIDDLES[number // 10 % 10]
    return f"{family} {middle} {GIVENS[number // 100 % len(GIVENS)]}"


@transaction.atomic
def build_world(at: datetime) -> World:
    """Make everything but the dossiers, and a session for everybody the client plays."""
    role = organisation.PostRole
    places = [_place(number, at) for number in range(1, AGENCIES + 1)]
    monitor = _seat(places[0].root_id, role.PROVINCE_MONITOR, at)
    citizens = [_account(identity.AccountKind.CITIZEN, at) for _ in range(CITIZENS)]
    organisation.forget_tree()
    for place in places:
        for duty, unit_id in (("justice", place.justice_id), ("leadership", place.root_id)):
            procedures.set_duty(place.agency_id, duty, unit_id, by=EDITOR, at=at)
    version = _procedures(at)
    return World(
        places=places,
        citizens=[_session(account, at) for account in citizens],
        citizen_ids=[account.pk for account in citizens],
        monitor=monitor,
        procedure_id=version.procedure_id,
        version_id=version.pk,
    )


def _place(number: int, at: datetime) -> Place:
    code = f"H18.{number}"
    agency = organisation.Agency.objects.create(
        code=code,
        name=f"UBND xã số {number}",
        kind=organisation.AgencyKind.COMMUNE_COMMITTEE,
        level=organisation.Level.COMMUNE,
        standing="living",
    )
    kind, role = organisation.UnitKind, organisation.PostRole
    root = _unit(agency, f"{code}.LD", "Lãnh đạo", kind.LEADERSHIP, None)
    desk = _unit(agency, f"{code}.MC", "Bộ phận Một cửa", kind.ONE_STOP_DESK, root)
    divisions = [
        _unit(agency, f"{code}.P{n}", f"Phòng {n}", kind.DIVISION, root) for n in range(DIVISIONS)
    ]
    tokens = {
        "desk": _seat(desk.pk, role.DESK_OFFICER, at),
        "handler": _seat(divisions[0].pk, role.HANDLER, at),
        "head": _seat(divisions[0].pk, role.UNIT_HEAD, at),
        "leader": _seat(root.pk, role.AGENCY_LEADER, at),
    }
    _crowd(divisions, at)
    return Place(code, agency.pk, root.pk, desk.pk, divisions[0].pk, tokens)


def _unit(
    agency: organisation.Agency,
    code: str,
    name: str,
    kind: organisation.UnitKind,
    parent: organisation.Unit | None,
) -> organisation.Unit:
    return organisation.Unit.objects.create(
        agency=agency, code=code, name=name, kind=kind, parent=parent, standing="living"
    )


def _crowd(divisions: Sequence[organisation.Unit], at: datetime) -> None:
    """Fill the divisions with officers who have accounts, so that there are about 8,000."""
    for number in range(HANDLERS):
        _holder(divisions[number % DIVISIONS].pk, organisation.PostRole.HANDLER, at)


def _holder(unit_id: int, role: organisation.PostRole, at: datetime) -> identity.Account:
    number = next(_numbers)
    name = name_of(number)
    officer = organisation.Officer.objects.create(
        code=f"CB{number:05}", full_name=name, sort_key=person_sort_key(name), joined_on=FIRST_DAY
    )
    post = organisation.Post.objects.create(
        code=f"VT{number:05}",
        unit_id=unit_id,
        title="Công chức",
        role=role,
        valid_from=FIRST_DAY,
    )
    organisation.PostHolding.objects.create(post=post, officer=officer, valid_from=FIRST_DAY)
    return _account(identity.AccountKind.OFFICER, at, officer=officer)


def _seat(unit_id: int, role: organisation.PostRole, at: datetime) -> str:
    return _session(_holder(unit_id, role, at), at)


def _account(
    kind: identity.AccountKind, at: datetime, officer: organisation.Officer | None = None
) -> identity.Account:
    number = next(_numbers)
    return identity.Account.objects.create(
        username=f"{kind}{number}",
        kind=kind,
        full_name=officer.full_name if officer else name_of(number),
        officer=officer,
        created_at=at,
        password_changed_at=at,
        password=UNUSABLE,
    )


def _session(account: identity.Account, at: datetime) -> str:
    token = uuid4().hex
    identity.Session.objects.create(
        session_key=token,
        session_data="",
        expire_date=at + timedelta(days=30),
        account_id=account.pk,
        started_at=at,
        seen_at=at,
    )
    return token


def _procedures(at: datetime) -> procedures.ProcedureVersion:
    """Publish the procedure the bench files, and 1,999 others beside it."""
    wanted = None
    for number in range(PROCEDURES):
        code = CODE if number == 0 else f"9.{number:06}"
        draft = procedures.save_draft(
            TEXT.format(code=code), by=EDITOR, at=at, valid_from=FIRST_DAY
        )
        version = procedures.publish_version(draft.pk, by=EDITOR, at=at)
        wanted = wanted or version
    if wanted is None:
        raise LookupError(CODE)
    return wanted
