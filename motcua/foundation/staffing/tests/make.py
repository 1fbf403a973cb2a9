"""A commune's desk with its head and two officers, and people who may stand in."""

from dataclasses import dataclass
from datetime import datetime

from motcua.foundation.access.api import Power
from motcua.foundation.access.tests.make import make_actor
from motcua.foundation.identity.api import Account
from motcua.foundation.identity.tests.make import make_officer_account
from motcua.foundation.organisation import api as organisation
from motcua.foundation.organisation.api import Post, PostRole, Unit, UnitKind
from motcua.foundation.organisation.tests.make import make_agency, make_post, make_unit, root_of
from motcua.foundation.staffing.queries.absences import forget_away
from motcua.lib.actor import Actor
from motcua.lib.clock import HANOI

MONDAY = datetime(2026, 3, 2, 7, 40, tzinfo=HANOI)


@dataclass(frozen=True, slots=True)
class Desk:
    """A desk: Bình's post, Vân who may stand in for him, Liên who heads it."""

    unit: Unit
    office: Unit
    post: Post
    binh: Account
    van: Account
    lien: Actor
    administrator: Actor


def make_desk() -> Desk:
    """Return a commune's desk that opens at half past seven, and its people."""
    forget_away()
    agency = make_agency()
    unit = make_unit(agency, "H18.101.MC", "Bộ phận Một cửa", kind=UnitKind.ONE_STOP_DESK)
    office = make_unit(agency, "H18.101.VP", "Văn phòng")
    organisation.forget_tree()
    binh = make_officer_account("Trần Văn Bình", username="binh")
    van = make_officer_account("Tòng Thị Vân", username="van")
    lien = make_officer_account("Bạc Thị Liên", username="lien")
    post = make_post(unit, PostRole.DESK_OFFICER, title="Tiếp nhận", holder=binh.officer)
    make_post(unit, PostRole.DESK_HEAD, title="Phụ trách", holder=lien.officer)
    make_post(office, PostRole.HANDLER, holder=van.officer)
    head = make_actor(
        Power.ARRANGE_DESKS, account_id=lien.pk, name=lien.full_name, unit_ids=[unit.pk]
    )
    return Desk(unit, office, post, binh, van, head, make_administrator())


def make_administrator() -> Actor:
    """Return who may change the organisation of the whole province."""
    return Actor(id=900, name="Quản trị", province_powers=frozenset({Power.EDIT_ORGANISATION}))


def officer_of(account: Account) -> int:
    """Return the officer of an account."""
    assert account.officer_id is not None
    return account.officer_id


def root_unit(desk: Desk) -> Unit:
    """Return the root of the desk's agency."""
    return root_of(desk.unit.agency)
