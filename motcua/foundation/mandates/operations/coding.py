"""A client at the door agrees by reading out a code that came to the own telephone.

Source: docs/law/acting-for-others.md
"""

import logging
import secrets
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Sum

from motcua.foundation.identity import api as identity
from motcua.foundation.mandates.choices import MandateKind, Proof, Word
from motcua.foundation.mandates.errors import NotAHelper, TooMany, TooManyCodes, WrongCode
from motcua.foundation.mandates.models import AgentSession, ConsentCode, Helper, Mandate
from motcua.foundation.mandates.queries import count_households, find_helper
from motcua.foundation.mandates.rules import (
    CODE_LIVES,
    MOST_CODES_OF_HELPER,
    MOST_CODES_OF_PHONE,
    MOST_HOUSEHOLDS,
    MOST_WRONG_OF_CODE,
    MOST_WRONG_OF_HELPER,
    WINDOW,
    is_minor,
)
from motcua.foundation.people import api as people
from motcua.foundation.requests import api as requests
from motcua.lib import text, work
from motcua.lib.actor import Actor
from motcua.lib.clock import local_day
from motcua.lib.codes import digest_of, is_code, new_code
from motcua.lib.errors import BadInput, NotAllowed
from motcua.lib.tongue import said

from .entering import enter
from .sessions import begin

logger = logging.getLogger(__name__)
_TEXT = (
    "Ma {code}: dong y de {helper} lam ho so giup{more} trong 60 phut."
    " Chi doc ma neu nguoi nay dang giup ong/ba. Rut lai: Bo phan Mot cua."
)


@dataclass(frozen=True, slots=True)
class Asked:
    """Who is to be asked: a telephone, a name, and whether the outcome may be fetched too."""

    phone: str
    full_name: str
    may_receive: bool = False


def helper_of(by: Actor, *, at: datetime) -> Helper:
    """Return the actor's own appointment. Raises: NotAHelper."""
    helper = find_helper(by.id, at=at)
    if helper is None:
        message = said("Ông/bà chưa được xã, phường cử làm người hỗ trợ, hoặc đã hết thời hạn.")
        raise NotAHelper(message)
    return helper


def send_code(asked: Asked, *, by: Actor, at: datetime) -> ConsentCode:
    """Send a code to the client's telephone; alike whether or not there is an account.

    Raises: NotAHelper, TooManyCodes, BadInput.
    """
    code = new_code()
    kept = _prepare(asked, code, by=by, at=at)
    more = " va tai ket qua giup" if asked.may_receive else ""
    words = _TEXT.format(code=code, helper=text.fold(kept.helper.full_name).title(), more=more)
    try:
        identity.text_carrier().send(kept.phone, words)
    except identity.TextNotSent as error:
        logger.warning("text_not_sent", extra={"why": str(error)})
        ConsentCode.objects.filter(pk=kept.pk).update(ended_at=at)
        message = said(
            "Chưa gửi được tin nhắn. Hãy thử lại, hoặc dùng giấy đồng ý tại bộ phận một cửa."
        )
        raise BadInput(message, field="phone") from error
    return kept


@work.story
def _prepare(asked: Asked, code: str, *, by: Actor, at: datetime) -> ConsentCode:
    helper = helper_of(by, at=at)
    phone, name = identity.tidy_phone(asked.phone), text.tidy(asked.full_name)
    if not phone:
        raise BadInput(said("Hãy ghi số điện thoại của chính người dân."), field="phone")
    if not name:
        raise BadInput(said("Hãy ghi họ và tên người dân."), field="full_name")
    if phone == identity.get_account(by.id).phone:
        message = said("Đây là số của chính ông/bà; mã phải đến điện thoại của người dân.")
        raise BadInput(message, field="phone")
    _check_limits(helper, phone, at=at)
    ConsentCode.objects.filter(phone=phone, ended_at=None).update(ended_at=at)
    salt = secrets.token_hex(8)
    return ConsentCode.objects.create(
        helper=helper,
        phone=phone,
        name=name,
        may_receive=asked.may_receive,
        salt=salt,
        digest=digest_of(code, salt),
        sent_at=at,
        expires_at=at + CODE_LIVES,
    )


def _check_limits(helper: Helper, phone: str, *, at: datetime) -> None:
    """Raises: TooManyCodes."""
    _check_wrong(helper, at=at)
    limits = (
        (f"mandates.code.phone:{phone}", MOST_CODES_OF_PHONE),
        (f"mandates.code.helper:{helper.account_id}", MOST_CODES_OF_HELPER),
    )
    for name, most in limits:
        if not requests.count_attempt(name, most=most, window=WINDOW, at=at):
            message = said("Đã gửi quá nhiều mã trong một giờ; hãy thử lại sau.")
            raise TooManyCodes(message)


def _check_wrong(helper: Helper, *, at: datetime) -> None:
    """Raises: TooManyCodes once a helper has guessed too often within an hour."""
    lately = ConsentCode.objects.filter(
        helper__account_id=helper.account_id, sent_at__gt=at - WINDOW
    )
    if (lately.aggregate(wrong=Sum("wrong"))["wrong"] or 0) >= MOST_WRONG_OF_HELPER:
        message = said("Đã nhập sai quá nhiều mã nên tạm khóa một giờ.")
        raise TooManyCodes(message)


def code_for(by: Actor, code_id: int, *, at: datetime) -> ConsentCode:
    """Return a code the actor has sent and that can still be typed. Raises: WrongCode."""
    sent = ConsentCode.objects.select_related("helper")
    found = sent.filter(pk=code_id, helper__account_id=by.id, ended_at=None).first()
    if found is None or found.expires_at <= at:
        message = said("Mã đã hết hạn hoặc đã dùng; hãy gửi mã khác.")
        raise WrongCode(message, field="code")
    return found


def redeem_code(code_id: int, typed: str, *, by: Actor, at: datetime) -> AgentSession:
    """Open a session for the client whose telephone the code was sent to.

    Wrong tries are counted even though they are refused; the fifth kills the code.
    Raises: NotAHelper, TooManyCodes, TooMany, WrongCode, NotAllowed.
    """
    session = _redeem(code_id, typed, by=by, at=at)
    if session is None:
        message = said(
            "Mã chưa đúng. Nhập sai %(most_wrong)s lần thì mã bị hủy.",
            most_wrong=MOST_WRONG_OF_CODE,
        )
        raise WrongCode(message, field="code")
    return session


@work.story
def _redeem(code_id: int, typed: str, *, by: Actor, at: datetime) -> AgentSession | None:
    helper = helper_of(by, at=at)
    _check_wrong(helper, at=at)
    code_for(by, code_id, at=at)
    kept = ConsentCode.objects.select_for_update(of=("self",)).get(pk=code_id)
    if kept.ended_at is not None:
        raise WrongCode(said("Mã đã hết hạn hoặc đã dùng; hãy gửi mã khác."), field="code")
    if not is_code(typed, kept.salt, kept.digest):
        kept.wrong += 1
        kept.ended_at = at if kept.wrong >= MOST_WRONG_OF_CODE else None
        kept.save(update_fields=["wrong", "ended_at"])
        return None
    kept.ended_at = at
    kept.save(update_fields=["ended_at"])
    return begin(_household(helper, kept, by=by, at=at), by=by, at=at)


def _household(helper: Helper, kept: ConsentCode, *, by: Actor, at: datetime) -> Mandate:
    """Return the consent of the holder of the telephone, put on the list if it is new.

    Raises: TooMany, NotAllowed.
    """
    account = _account_of(kept, at=at)
    if is_same_holder(account, identity.get_account(by.id)):
        raise NotAllowed(said("Người hỗ trợ không làm thay cho chính mình."))
    identity.Account.objects.select_for_update().only("pk").get(pk=account.pk)
    known = Mandate.objects.select_for_update(of=("self",)).filter(
        helper=helper, principal=account, ended_at=None
    )
    mandate = known.first()
    if mandate is not None:
        if kept.may_receive and not mandate.may_receive:
            mandate.may_receive = True
            mandate.save(update_fields=["may_receive"])
            enter(mandate.pk, Word.CHANGED, by=by, at=at)
        return mandate
    if count_households(helper, at=at) >= MOST_HOUSEHOLDS:
        message = said(
            "Một người hỗ trợ nhiều nhất %(most_households)s hộ; hãy bỏ bớt hộ không còn cần.",
            most_households=MOST_HOUSEHOLDS,
        )
        raise TooMany(message)
    mandate = Mandate.objects.create(
        kind=MandateKind.HELP,
        principal=account,
        principal_name=account.full_name,
        helper=helper,
        proof=Proof.CODE,
        may_receive=kept.may_receive,
        valid_from=local_day(at),
        given_at=at,
    )
    enter(mandate.pk, Word.GIVEN, by=by, at=at)
    return mandate


def _account_of(kept: ConsentCode, *, at: datetime) -> identity.Account:
    """Return the account with this telephone; a new one in the declared name if there is none.

    Raises: NotAllowed for accounts of officers and partners, closed ones, and minors.
    """
    account = identity.find_account(kept.phone)
    if account is None:
        facts = identity.SignUp(
            full_name=kept.name, password=secrets.token_urlsafe(24), phone=kept.phone
        )
        opened = identity.open_citizen_account(facts, at=at)
        return identity.note_phone_confirmed(opened, at=at)
    if account.kind != identity.AccountKind.CITIZEN or not account.is_active:
        raise NotAllowed(said("Số điện thoại này không dùng để nhận giúp được."))
    person = people.get_person(account.person_id) if account.person_id is not None else None
    _check_is_theirs(account, person, kept)
    if person is not None:
        check_of_age(person, at=at)
    return account


def _check_is_theirs(
    account: identity.Account, person: people.Person | None, kept: ConsentCode
) -> None:
    """Refuse an account that somebody else may have opened with this telephone number.

    Raises: NotAllowed.
    """
    if not people.is_same_name(account.full_name, kept.name):
        raise NotAllowed(
            said(
                "Tài khoản dùng số này mang tên khác; hãy xem lại họ tên, hoặc ra Bộ phận Một cửa."
            )
        )
    is_seen = person is not None and person.confirmed_at is not None
    if not is_seen and account.phone_confirmed_at is None:
        raise NotAllowed(
            said(
                "Tài khoản dùng số này chưa ai xác nhận là của người dân đang đọc mã. Mời họ mang"
                " căn cước ra Bộ phận Một cửa xác nhận một lần."
            )
        )


def is_same_holder(one: identity.Account, other: identity.Account) -> bool:
    """Say whether two accounts are one person's."""
    is_same_person = one.person_id is not None and one.person_id == other.person_id
    return one.pk == other.pk or is_same_person


def check_of_age(person: people.Person, *, at: datetime) -> None:
    """Raises: NotAllowed for somebody who is known to be under age, or dead.

    Source: docs/law/acting-for-others.md
    """
    if is_minor(person.birth_date, local_day(at)):
        message = said(
            "Người chưa đủ 18 tuổi do cha, mẹ hoặc người giám hộ đại diện; hãy nhờ cha, mẹ đồng ý"
            " và nộp cho con."
        )
        raise NotAllowed(message)
    if person.died_on is not None:
        raise NotAllowed(said("Người này đã mất; sự đồng ý không còn."))
