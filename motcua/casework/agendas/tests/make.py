"""An agency with an office, a division and a leader, and entries of one week."""

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from motcua.casework.agendas.models import AgendaEntry
from motcua.casework.agendas.operations.entries import propose_entry
from motcua.casework.agendas.rules import EntryIn
from motcua.foundation.access.api import Power
from motcua.foundation.identity import api as identity
from motcua.foundation.organisation import api as organisation
from motcua.foundation.organisation.api import PostRole, UnitKind
from motcua.foundation.organisation.tests.make import (
    make_agency,
    make_officer,
    make_post,
    make_unit,
    root_of,
)
from motcua.lib.actor import Actor
from motcua.lib.clock import HANOI

MONDAY = date(2026, 3, 2)
TUESDAY = date(2026, 3, 3)
BEFORE = datetime(2026, 2, 27, 9, 0, tzinfo=HANOI)
AFTER = datetime(2026, 3, 2, 7, 0, tzinfo=HANOI)


@dataclass(frozen=True, slots=True)
class Place:
    """An agency: Hoa leads it, Chung heads its office, Bình works in a division."""

    agency_id: int
    root_id: int
    office_id: int
    division_id: int
    hoa: Actor
    chung: Actor
    binh: Actor


def make_place(code: str = "H18.101", name: str = "UBND xã Mường Phăng") -> Place:
    """Return the agency with its people."""
    agency = make_agency(code, name)
    root = root_of(agency)
    office = make_unit(agency, f"{code}.VP", "Văn phòng", kind=UnitKind.OFFICE)
    division = make_unit(agency, f"{code}.KT", "Phòng Kinh tế")
    organisation.forget_tree()
    every = (root.pk, office.pk, division.pk)
    return Place(
        agency.pk,
        *every,
        hoa=_person("Nguyễn Thị Hoa", root, PostRole.AGENCY_LEADER, every, every),
        chung=_person("Lò Văn Chung", office, PostRole.UNIT_HEAD, (office.pk,), (office.pk,)),
        binh=_person("Trần Văn Bình", division, PostRole.HANDLER, (division.pk,), ()),
    )


def _person(
    name: str,
    unit: "organisation.Unit",
    role: PostRole,
    proposes: tuple[int, ...],
    approves: tuple[int, ...],
) -> Actor:
    officer = make_officer(name, code=f"{unit.code}-{role.value[:6]}")
    make_post(unit, role, holder=officer)
    account = identity.Account.objects.create(
        username=officer.code.lower(),
        kind=identity.AccountKind.OFFICER,
        full_name=name,
        officer=officer,
        created_at=BEFORE,
    )
    return Actor(
        id=account.pk,
        name=name,
        agency_id=unit.agency_id,
        unit_ids=(unit.pk,),
        powers={
            Power.PROPOSE_AGENDA.value: frozenset(proposes),
            Power.APPROVE_AGENDA.value: frozenset(approves),
        },
    )


def make_entry(ours: Place, /, **changes: Any) -> AgendaEntry:
    """Return what Bình proposes: a meeting on Monday at eight, chaired by Hoa."""
    by, at = changes.pop("by", ours.binh), changes.pop("at", BEFORE)
    unit_id = changes.pop("unit_id", ours.division_id)
    facts: dict[str, Any] = {
        "day": MONDAY,
        "starts": time(8, 0),
        "ends": time(10, 0),
        "title": "Họp giao ban tháng 3",
        "place": "Phòng họp số 1",
        "chair_account_id": ours.hoa.id,
        "is_public": True,
    }
    return propose_entry(unit_id, EntryIn(**{**facts, **changes}), by=by, at=at)
