"""Open and end the accounts of people of a partner: narrow, bound to that partner's contracts.

Source: docs/law/contracts.md
"""

from datetime import datetime

from motcua.casework.contracts.errors import NoSuchContract
from motcua.casework.contracts.models import CollectionPartner, PartnerSeat
from motcua.foundation.access.api import Power
from motcua.foundation.audit import api as audit
from motcua.foundation.identity import api as identity
from motcua.lib import work
from motcua.lib.actor import Actor

EVERYWHERE = 0


@work.story
def open_partner_account(
    partner_code: str, facts: identity.PartnerPerson, *, by: Actor, at: datetime
) -> tuple[PartnerSeat, str]:
    """Give a person of a partner an account; return it with a first password, shown once.

    Raises: NoSuchContract for the partner, NotAllowed, BadInput, LoginTaken.
    """
    by.require(Power.MANAGE_CONTRACTS, unit_id=EVERYWHERE)
    partner = CollectionPartner.objects.filter(code=partner_code).first()
    if partner is None:
        raise NoSuchContract("Không có đối tác thu hộ này.")
    account, password = identity.create_partner_account(facts, by=by, at=at)
    seat = PartnerSeat.objects.create(
        partner=partner, account=account, opened_at=at, opened_by_name=by.name
    )
    _trace("open_account", seat, by=by, at=at)
    return seat, password


@work.story
def renew_partner_password(seat_id: int, *, by: Actor, at: datetime) -> str:
    """Give a new first password; every browser of the account is signed out.

    Raises: NoSuchContract, NotAllowed.
    """
    seat = _locked(seat_id, by)
    password = identity.reset_password(seat.account_id, by=by, at=at)
    _trace("renew_account", seat, by=by, at=at)
    return password


@work.story
def reset_partner_factor(seat_id: int, reason: str, *, by: Actor, at: datetime) -> None:
    """Take away a lost second factor; the holder sets up a new one.

    Raises: NoSuchContract, NotAllowed, BadInput without a reason.
    """
    seat = _locked(seat_id, by)
    identity.reset_second_factor(seat.account_id, reason, by=by, at=at)


@work.story
def end_partner_account(seat_id: int, *, by: Actor, at: datetime) -> None:
    """End an account: its holder is signed out everywhere, and never comes in again by it.

    Raises: NoSuchContract, NotAllowed.
    """
    seat = _locked(seat_id, by)
    if identity.get_account(seat.account_id).is_active:
        identity.disable_account(seat.account_id, by=by, at=at)
    seat.ended_at, seat.ended_by_name = at, by.name
    seat.save(update_fields=["ended_at", "ended_by_name"])
    _trace("end_account", seat, by=by, at=at)


def _locked(seat_id: int, by: Actor) -> PartnerSeat:
    """Return a seat that has not ended, locked. Raises: NoSuchContract, NotAllowed."""
    by.require(Power.MANAGE_CONTRACTS, unit_id=EVERYWHERE)
    seat = (
        PartnerSeat.objects.select_for_update(of=("self",))
        .select_related("partner")
        .filter(pk=seat_id, ended_at=None)
        .first()
    )
    if seat is None:
        raise NoSuchContract("Không có tài khoản đối tác này, hoặc đã đóng.")
    return seat


def _trace(act: str, seat: PartnerSeat, *, by: Actor, at: datetime) -> None:
    subject, detail = f"collector:{seat.partner.code}", {"account": seat.account_id}
    audit.record(f"contracts.{act}", subject, by=by, at=at, detail=detail)
