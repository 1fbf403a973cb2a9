"""A desk gives somebody without any login one: the own telephone, whose code sets the password.

Source: docs/law/identity.md, docs/adr/0096-who-has-the-telephone-sets-the-password.md
"""

from dataclasses import replace
from datetime import datetime

from motcua.foundation.audit import api as audit
from motcua.foundation.identity.errors import ConfirmedOtherwise
from motcua.foundation.identity.events import PersonConfirmed
from motcua.foundation.identity.models import Account
from motcua.foundation.identity.queries.accounts import find_account
from motcua.foundation.identity.rules.logins import tidy_phone
from motcua.foundation.outbox import api as outbox
from motcua.foundation.people import api as people
from motcua.lib import work
from motcua.lib.actor import Actor
from motcua.lib.errors import BadInput
from motcua.lib.masking import mask_email, mask_phone

from .confirming import POWER, account_at_desk, counted_and_noted


def give_login(
    phone: str, card: people.PersonFacts, *, desk_unit_id: int, by: Actor, at: datetime
) -> Account:
    """Let the person at the desk sign in by telephone, in the account that is there or a new one.

    The desk learns no password: the holder sets it with a code sent to the telephone. Tries are
    counted and noted.

    Raises: NotAllowed, TooManyLooks, BadInput, LoginTaken, ConfirmedOtherwise, NumberNotUsable.
    """
    by.require(POWER, unit_id=desk_unit_id)
    with counted_and_noted(phone, by=by, at=at):
        return _give(phone, card, desk_unit_id=desk_unit_id, by=by, at=at)


@work.story
def _give(
    phone: str, card: people.PersonFacts, *, desk_unit_id: int, by: Actor, at: datetime
) -> Account:
    tidy = tidy_phone(phone)
    if not tidy:
        raise BadInput("Hãy ghi số điện thoại của chính người có mặt.", field="login")
    check_card(card)
    _check_free(tidy)
    person = people.remember_person(replace(card, phone=tidy), by=by, at=at)
    seen = people.confirm_person(person.pk, by=by, at=at)
    account = account_at_desk(seen, by=by, at=at)
    if account.phone or account.email:
        login = mask_phone(account.phone) if account.phone else mask_email(account.email)
        message = (
            f"Người này đã có tài khoản, đăng nhập bằng {login}; quên mật khẩu thì dùng “Quên mật"
            " khẩu” ở trang đăng nhập."
        )
        raise ConfirmedOtherwise(message, field="login")
    account.phone, account.confirmed_unit_id = tidy, desk_unit_id
    account.actor_version += 1
    account.save(update_fields=["phone", "confirmed_unit_id", "actor_version"])
    subject, detail = f"account:{account.pk}", {"person": seen.pk, "desk": desk_unit_id}
    audit.record("identity.login_given", subject, by=by, at=at, detail=detail)
    fact = PersonConfirmed(account.pk, account.actor_version, seen.pk, desk_unit_id)
    outbox.announce(fact, by=by, at=at)
    return account


def check_card(card: people.PersonFacts) -> None:
    """Raises: BadInput, NumberNotUsable for a number that is, or must be, somebody else's."""
    people.check_personal_id(card.personal_id, card.sex, card.birth_date)
    known = people.find_person_by_number(card.personal_id)
    is_seen = known is not None and known.confirmed_at is not None
    if known is not None and is_seen and not people.is_same_name(known.full_name, card.full_name):
        message = "Số định danh này đã được xác nhận là của người có tên khác; hãy xem lại số."
        raise BadInput(message, field="personal_id")


def _check_free(phone: str) -> None:
    """Raises: ConfirmedOtherwise."""
    if find_account(phone) is not None:
        message = (
            "Số này đã dùng cho một tài khoản. Nếu là của người đang có mặt, hãy “Xác nhận tài"
            " khoản” ấy; những gì quầy đã mở cho họ được nhập vào."
        )
        raise ConfirmedOtherwise(message, field="login")
