"""Undo a confirmation that named the wrong person.

Source: docs/law/identity.md
"""

from datetime import datetime
from typing import NamedTuple

from motcua.foundation.audit import api as audit
from motcua.foundation.identity.choices import ADMINISTER, AccountKind
from motcua.foundation.identity.errors import NoSuchAccount
from motcua.foundation.identity.events import PersonUnconfirmed
from motcua.foundation.identity.models import Account
from motcua.foundation.identity.queries.accounts import find_account
from motcua.foundation.outbox import api as outbox
from motcua.foundation.people import api as people
from motcua.lib import work
from motcua.lib.actor import SYSTEM, Actor
from motcua.lib.errors import BadInput, NotAllowed

from .confirming import LOOKED, Holder, confirmed_at, counted_and_noted, masked

CORRECT = "dossiers.correct_reception"


class Undone(NamedTuple):
    """Whose account lost which person."""

    account_id: int
    full_name: str
    person_id: int


def look_at_confirmed(login: str, *, by: Actor, at: datetime) -> Holder:
    """Return a confirmed account, masked, to whoever may undo that.

    Looks are counted and noted as those of a desk.

    Raises: NotAllowed, TooManyLooks, NoSuchAccount.
    """
    _check_power(by)
    with counted_and_noted(login, by=by, at=at):
        account = _confirmed_account(login, by)
    subject, person_id = f"account:{account.pk}", account.person_id
    audit.record_access(LOOKED, subject, by=by, at=at, person_id=person_id)
    return masked(account)


@work.story
def undo_confirmation(login: str, reason: str, *, by: Actor, at: datetime) -> Undone:
    """Take the person away from the account; it is again one that nobody has confirmed.

    The person counts as not yet seen either. What desks received for the person is for the room of
    dossiers to take away.

    Raises: NotAllowed, NoSuchAccount, BadInput.
    Locks: the account, then the person.
    """
    _check_power(by)
    if not reason.strip():
        raise BadInput("Hãy ghi lý do hủy xác nhận.", field="reason")
    found = _confirmed_account(login, by)
    account = Account.objects.select_for_update(of=("self",)).get(pk=found.pk)
    if account.person_id is None or account.person_id != found.person_id:
        raise NoSuchAccount(_NONE)
    former = account.person_id
    people.doubt_person(former, by=by, at=at)
    declared = people.PersonFacts(account.full_name, phone=account.phone, email=account.email)
    account.person = people.remember_person(declared, by=SYSTEM, at=at)
    account.confirmed_unit_id = None
    account.actor_version += 1
    account.save(update_fields=["person", "confirmed_unit_id", "actor_version"])
    subject, detail = f"account:{account.pk}", {"person": former, "reason": reason}
    audit.record("identity.person_unconfirmed", subject, by=by, at=at, detail=detail)
    outbox.announce(PersonUnconfirmed(account.pk, account.actor_version, former), by=by, at=at)
    return Undone(account.pk, account.full_name, former)


def _check_power(by: Actor) -> None:
    """Raises: NotAllowed."""
    if not (by.can(CORRECT) or by.can(ADMINISTER)):
        message = "Chỉ phụ trách bộ phận một cửa hoặc quản trị viên hủy được xác nhận tài khoản."
        raise NotAllowed(message)


def _confirmed_account(login: str, by: Actor) -> Account:
    """Return the confirmed account, if it is for this officer to undo.

    All that is not answers alike: nobody finds out here who has an account.
    Raises: NoSuchAccount.
    """
    account = find_account(login)
    if account is None or account.kind != AccountKind.CITIZEN or account.pk == by.id:
        raise NoSuchAccount(_NONE)
    if confirmed_at(account) is None or not _may_undo(account, by):
        raise NoSuchAccount(_NONE)
    return account


def _may_undo(account: Account, by: Actor) -> bool:
    desk = account.confirmed_unit_id
    if desk is None:
        return ADMINISTER in by.province_powers
    return by.can(CORRECT, unit_id=desk) or by.can(ADMINISTER, unit_id=desk)


_NONE = (
    "Không có tài khoản công dân nào dùng thư điện tử hoặc số điện thoại này mà nơi ông/bà phụ"
    " trách đã xác nhận."
)
