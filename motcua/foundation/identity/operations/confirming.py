"""Note that a desk has seen who holds a citizen's account."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from allauth.account.models import EmailAddress
from django.utils.crypto import get_random_string

from motcua.foundation.audit import api as audit
from motcua.foundation.identity import ports
from motcua.foundation.identity.choices import AccountKind, DisabledBecause
from motcua.foundation.identity.errors import (
    ConfirmedOtherwise,
    LoginNotProven,
    NoSuchAccount,
    TooManyLooks,
)
from motcua.foundation.identity.events import AccountMerged, PersonConfirmed
from motcua.foundation.identity.models import Account
from motcua.foundation.identity.queries.accounts import (
    find_account,
    held_of_person,
    open_of_person,
)
from motcua.foundation.identity.rules.logins import tidy_login
from motcua.foundation.outbox import api as outbox
from motcua.foundation.people import api as people
from motcua.foundation.requests import api as requests
from motcua.lib import work
from motcua.lib.actor import Actor
from motcua.lib.errors import Anticipated, BadInput
from motcua.lib.masking import mask_email, mask_name, mask_number, mask_phone

from .accounts import end_account

POWER = "dossiers.receive"
MOST_LOOKS = 60
WINDOW = timedelta(hours=1)
REFUSED, LOOKED = "identity.confirmation_refused", "identity.holder"
_DIGITS = 12
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"


@dataclass(frozen=True, slots=True)
class Holder:
    """What a desk may know of an account whose holder stands before it: numbers masked."""

    account_id: int
    full_name: str
    email: str
    phone: str
    personal_id: str
    opened_at: datetime
    confirmed_at: datetime | None
    confirmed_unit_id: int | None


def look_at_holder(
    login: str, card: people.PersonFacts, *, desk_unit_id: int, by: Actor, at: datetime
) -> Holder:
    """Return what the account says beside the card, if it can be of whom the card names.

    Looks are counted and noted, refused ones too: nobody finds out here who has an account.

    Raises: NotAllowed, TooManyLooks, NoSuchAccount, ConfirmedOtherwise, BadInput, NumberNotUsable,
        LoginNotProven.
    Costs: eight statements.
    Source: docs/law/identity.md
    """
    by.require(POWER, unit_id=desk_unit_id)
    with counted_and_noted(login, by=by, at=at):
        account = _account_of(login, card, by=by)
    person_id, subject = account.person_id, f"account:{account.pk}"
    detail = {"desk": desk_unit_id}
    audit.record_access(LOOKED, subject, by=by, at=at, person_id=person_id, detail=detail)
    return masked(account)


def confirm_holder(
    login: str, card: people.PersonFacts, *, desk_unit_id: int, by: Actor, at: datetime
) -> str:
    """Confirm that the account belongs to whom the card names; return the name as it is kept.

    A second time does nothing.

    Raises: NotAllowed, TooManyLooks, NoSuchAccount, ConfirmedOtherwise, BadInput, NumberNotUsable,
        LoginNotProven.
    Source: docs/law/identity.md
    """
    by.require(POWER, unit_id=desk_unit_id)
    with counted_and_noted(login, by=by, at=at):
        return _confirm(login, card, desk_unit_id=desk_unit_id, by=by, at=at)


@work.story
def confirm_person(
    account_id: int, person_id: int, *, desk_unit_id: int, by: Actor, at: datetime
) -> Account:
    """Note that a desk has seen that this person holds a citizen's account.

    A second time does nothing. What a desk once opened for the person without any login goes over
    into this account.

    Raises: NotAllowed, BadInput, ConfirmedOtherwise, Account.DoesNotExist.
    Locks: the account, then the person, then the accounts without login.
    """
    by.require(POWER, unit_id=desk_unit_id)
    locked = Account.objects.select_for_update(of=("self",)).select_related("person")
    account = locked.get(pk=account_id)
    if account.kind != AccountKind.CITIZEN:
        raise BadInput("Chỉ tài khoản công dân được xác nhận tại quầy.", field="login")
    if confirmed_at(account) is not None and account.person_id == person_id:
        return account
    person = people.confirm_person(person_id, by=by, at=at)
    _check_of_nobody_else(account, person_id)
    take_in_held(account, person_id, by=by, at=at)
    account.person, account.full_name = person, person.full_name
    account.confirmed_unit_id = desk_unit_id
    account.actor_version += 1
    account.save(update_fields=["person", "full_name", "confirmed_unit_id", "actor_version"])
    subject, detail = f"account:{account_id}", {"person": person_id, "desk": desk_unit_id}
    audit.record("identity.person_confirmed", subject, by=by, at=at, detail=detail)
    fact = PersonConfirmed(account.pk, account.actor_version, person_id, desk_unit_id)
    outbox.announce(fact, by=by, at=at)
    return account


def take_in_held(account: Account, person_id: int, *, by: Actor, at: datetime) -> None:
    """Close what desks opened for the person without a login; rooms hand over what lies there."""
    for held in held_of_person(person_id):
        locked = Account.objects.select_for_update(of=("self",)).get(pk=held.pk)
        end_account(locked, DisabledBecause.MERGED, by=by, at=at)
        fact = AccountMerged(account.pk, account.actor_version + 1, locked.pk)
        outbox.announce(fact, by=by, at=at)


@work.story
def account_at_desk(person: people.Person, *, by: Actor, at: datetime) -> Account:
    """Return the account of a person a desk has before it; if there is none, open one.

    The new one has no password and no login: it only holds what is made for somebody who has no
    telephone, until the holder has one (`give_login`) or an account of the own (`confirm_person`).

    Raises: NotAllowed, BadInput.
    Source: docs/law/acting-for-others.md
    """
    by.require(POWER)
    if person.confirmed_at is None:
        raise BadInput("Hãy xem thẻ bản chính của người có mặt trước.", field="personal_id")
    held = Account.objects.select_for_update(of=("self",)).filter(
        person_id=person.pk, kind=AccountKind.CITIZEN, disabled_at=None
    )
    account = held.order_by("pk").first()
    if account is not None:
        return account
    account = Account(
        username=f"cd-{get_random_string(10, LETTERS)}",
        kind=AccountKind.CITIZEN,
        full_name=person.full_name,
        person=person,
        created_at=at,
        password_changed_at=at,
    )
    account.set_unusable_password()
    account.save()
    audit.record("identity.account_opened", f"account:{account.pk}", by=by, at=at)
    return account


@work.story
def _confirm(
    login: str, card: people.PersonFacts, *, desk_unit_id: int, by: Actor, at: datetime
) -> str:
    account = _account_of(login, card, by=by)
    if confirmed_at(account) is None:
        facts = replace(card, phone=account.phone, email=account.email)
        person = people.remember_person(facts, by=by, at=at)
        account = confirm_person(account.pk, person.pk, desk_unit_id=desk_unit_id, by=by, at=at)
    return account.full_name


@contextmanager
def counted_and_noted(login: str, *, by: Actor, at: datetime) -> Iterator[None]:
    """Count one more look of the officer, and leave a trace if it is refused."""
    name = f"identity.holder:{by.id}"
    try:
        if not requests.count_attempt(name, most=MOST_LOOKS, window=WINDOW, at=at):
            message = "Ông/bà đã tra quá nhiều tài khoản trong một giờ; hãy thử lại sau."
            raise TooManyLooks(message)
        yield
    except Anticipated as error:
        _note_refusal(login, type(error).__name__, by=by, at=at)
        raise


@work.story
def _note_refusal(login: str, why: str, *, by: Actor, at: datetime) -> None:
    asked = mask_email(login) if "@" in login else mask_number(login)
    audit.record(REFUSED, "accounts", by=by, at=at, detail={"asked": asked, "why": why})


def _account_of(login: str, card: people.PersonFacts, *, by: Actor) -> Account:
    """Return the account if it is, or can become, the one of whom the card names.

    Raises: NoSuchAccount, ConfirmedOtherwise, BadInput, NumberNotUsable, LoginNotProven.
    """
    people.check_personal_id(card.personal_id, card.sex, card.birth_date)
    account = find_account(login)
    if account is not None and account.pk == by.id:
        message = "Đây là tài khoản của chính ông/bà; không ai tự xác nhận cho mình."
        raise BadInput(message, field="login")
    if account is None or account.kind != AccountKind.CITIZEN or not account.is_active:
        message = "Không có tài khoản công dân nào đang dùng thư điện tử hoặc số điện thoại này."
        raise NoSuchAccount(message)
    if not people.is_same_name(account.full_name, card.full_name):
        message = (
            f"Tên trên thẻ không khớp tên khai khi mở tài khoản ({mask_name(account.full_name)})."
            " Hãy xem lại tên, hoặc thư điện tử, số điện thoại."
        )
        raise BadInput(message, field="full_name")
    _check_person(account, card)
    _check_proven(account, login)
    return account


def _check_proven(account: Account, login: str) -> None:
    """Raises: LoginNotProven; anybody can open an account with a name and number they know."""
    if not is_login_proven(account, login):
        message = (
            "Tài khoản này chưa chứng minh được số điện thoại, thư điện tử ấy là của chính mình."
            " Mời người có mặt vào “Đăng nhập”: nhận mã ở thư điện tử, hoặc “Đăng nhập lần đầu” để"
            " nhận mã ở số này và đặt mật khẩu; rồi xác nhận lại."
        )
        raise LoginNotProven(message, field="login")


def is_login_proven(account: Account, typed: str) -> bool:
    """Say whether somebody has read a code at this address or telephone, where one is sent.

    Accounts whose holder a desk has seen, and those of officers, need no such proof.
    """
    if account.kind != AccountKind.CITIZEN or confirmed_at(account) is not None:
        return True
    login = tidy_login(typed)
    if account.email and login == account.email:
        proven: bool = EmailAddress.objects.filter(
            user=account, email=login, verified=True
        ).exists()
        return proven
    if account.phone and login == account.phone:
        return account.phone_confirmed_at is not None or not ports.are_texts_sent()
    return True


def _check_person(account: Account, card: people.PersonFacts) -> None:
    """Raises: BadInput, ConfirmedOtherwise if number and account name different people."""
    known = people.find_person_by_number(card.personal_id)
    is_seen = known is not None and known.confirmed_at is not None
    if known is not None and is_seen and not people.is_same_name(known.full_name, card.full_name):
        message = "Số định danh này đã được xác nhận là của người có tên khác; hãy xem lại số."
        raise BadInput(message, field="personal_id")
    _check_of_nobody_else(account, known.pk if known else None)


def _check_of_nobody_else(account: Account, person_id: int | None) -> None:
    """Raises: ConfirmedOtherwise if the account is somebody else's, or the person has another."""
    if confirmed_at(account) is not None and account.person_id != person_id:
        message = (
            "Tài khoản này đã được xác nhận là của người khác. Người đang có mặt cần mở tài khoản"
            " của mình bằng thư điện tử hoặc số điện thoại khác."
        )
        raise ConfirmedOtherwise(message, field="login")
    if person_id is not None and _has_another(person_id, besides=account.pk):
        message = "Người này đã có tài khoản khác; hãy dùng tài khoản đó hoặc đóng nó trước."
        raise ConfirmedOtherwise(message, field="login")


def _has_another(person_id: int, *, besides: int) -> bool:
    """Say whether the person can sign in with another account; one without login is none."""
    held = {one.pk for one in held_of_person(person_id)}
    return any(one.pk not in held for one in open_of_person(person_id) if one.pk != besides)


def confirmed_at(account: Account) -> datetime | None:
    """Return when a desk saw who holds the account."""
    return account.person.confirmed_at if account.person is not None else None


def masked(account: Account) -> Holder:
    """Return what may be shown of an account."""
    hint = account.person.personal_id_hint if account.person is not None else ""
    return Holder(
        account_id=account.pk,
        full_name=account.full_name,
        email=mask_email(account.email) if account.email else "",
        phone=mask_phone(account.phone) if account.phone else "",
        personal_id=mask_number("•" * (_DIGITS - len(hint)) + hint) if hint else "",
        opened_at=account.created_at,
        confirmed_at=confirmed_at(account),
        confirmed_unit_id=account.confirmed_unit_id,
    )
