"""Tell people something, on screen and by mail."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db.models import Q

from motcua.foundation.access import api as access
from motcua.foundation.audit import api as audit
from motcua.foundation.identity import api as identity
from motcua.foundation.outbox import api as outbox
from motcua.foundation.people import api as people
from motcua.lib import work
from motcua.lib.actor import SYSTEM, Actor
from motcua.lib.clock import local_day
from motcua.lib.text import tidy
from motcua.lib.tongue import Spoken, in_english

from .errors import OddText, TextInForce
from .events import MailQueued
from .models import Mail, MessageText, Notice, Preference
from .ports import Kind, declare, get_kind
from .queries import KindText, mail_addresses, mailed_kinds, text_on
from .rules import fill, one_line, places

POWER = "procedures.publish"
EVERYWHERE = 0  # no unit: only a power over the whole province reaches it
NOTICES_KEPT = timedelta(days=365)
MAILS_KEPT = timedelta(days=90)
ONE_DAY = timedelta(days=1)
STANDING_IN = "/tai-khoan/lam-thay/"
DELEGATED = declare(
    Kind(
        "access.post_delegated",
        "Được ủy quyền làm thay",
        "Ông/bà được ủy quyền: {post}",
        "Ông/bà được làm thay {holder}, {post}, {unit}, từ ngày {begin} đến hết ngày {end}. "
        "Trong những ngày đó hãy chọn “Làm việc thay” ở trang tài khoản.{basis}",
        for_officers=True,
    )
)
REVOKED = declare(
    Kind(
        "access.delegation_revoked",
        "Ủy quyền bị thu hồi",
        "Thôi ủy quyền: {post}",
        "Ông/bà không còn làm thay {holder}, {post}, {unit}: ủy quyền đến hết ngày {end} đã được "
        "thu hồi. Việc đang làm dở ở vị trí này do người giữ vị trí làm tiếp.",
        for_officers=True,
    )
)

ADMITTED = declare(
    Kind(
        "access.member_admitted",
        "Được thêm vào tổ chức",
        "Ông/bà được thêm vào {enterprise}",
        "Từ nay ông/bà được nộp và theo dõi hồ sơ của {enterprise}, với vai trò: {role}. Nếu không "
        "phải, ông/bà báo cho tổ chức đó hoặc Bộ phận Một cửa.",
    )
)
DISMISSED = declare(
    Kind(
        "access.member_dismissed",
        "Thôi làm hồ sơ cho tổ chức",
        "Ông/bà thôi vai trò ở {enterprise}",
        "Ông/bà thôi vai trò “{role}” ở {enterprise}. Hồ sơ đã nộp cho tổ chức là của tổ chức; "
        "ông/bà chỉ còn thấy nếu còn vai trò khác ở đó.",
    )
)


@dataclass(frozen=True, slots=True)
class Message:
    """One thing told to some accounts; `values` fill the places of its kind's text."""

    account_ids: Collection[int]
    kind: Kind
    values: Mapping[str, object]
    at: datetime
    link: str = ""


def notify(
    account_ids: Collection[int],
    kind: Kind,
    values: Mapping[str, object],
    *,
    by: Actor,
    at: datetime,
    link: str = "",
) -> int:
    """Tell each account something; return to how many. Silent acts tell nobody.

    Call it from reactions, in the worker; `values` fill the places of the text in force that day.

    Raises: KeyError if a value is missing.
    Costs: five statements, however many accounts.
    """
    return notify_all([Message(account_ids, kind, values, at, link)], by=by)


@work.story
def notify_all(messages: Collection[Message], *, by: Actor) -> int:
    """Tell many things at once, each to its accounts; return how many notices were written.

    Raises: KeyError if a value is missing.
    Who reads English gets the English text, if the text in force has one.
    Costs: three statements and two more for each kind and day, however many messages.
    """
    wanted = [message for message in messages if message.account_ids]
    if by.is_silent or not wanted:
        return 0
    texts = {key: text_on(*key) for key in {_text_key(message) for message in wanted}}
    everybody = {account for message in wanted for account in message.account_ids}
    for_public = {a for one in wanted if not one.kind.for_officers for a in one.account_ids}
    readers = identity.english_readers(for_public) if for_public else set[int]()
    kinds = {message.kind for message in wanted}
    addresses = {kind: mail_addresses(everybody, kind) for kind in kinds}
    notices: list[Notice] = []
    mails: list[Mail] = []
    spoken: dict[tuple[type, str], str] = {}
    for one in wanted:
        for written in _written(one, texts[_text_key(one)], readers, spoken):
            notices += _notices(written)
            mails += _mails(written, addresses[written.kind])
    work.add(*notices)
    _queue(mails, by=by)
    return len(notices)


def _written(
    message: Message, text: KindText, readers: set[int], spoken: dict[tuple[type, str], str]
) -> Iterator[Message]:
    """Yield the message in words to those who read Vietnamese, and to those who read English.

    `spoken` keeps what was said in English: the same procedure is named in many messages.
    """
    everybody = set(message.account_ids)
    reading = set() if message.kind.for_officers else everybody & readers
    english = text.english if reading else None
    if english is None:
        reading = set()
    if everybody - reading:
        words = _filled((text.subject, text.body), message.values)
        yield replace(message, account_ids=everybody - reading, values=words)
    if english is not None:
        values = {name: _english(value, spoken) for name, value in message.values.items()}
        yield replace(message, account_ids=reading, values=_filled(english, values))


def _filled(texts: tuple[str, str], values: Mapping[str, object]) -> dict[str, object]:
    subject, body = (fill(text, values) for text in texts)
    return {"subject": one_line(subject), "body": body}


def _english(value: object, spoken: dict[tuple[type, str], str]) -> str:
    if not isinstance(value, Spoken):
        return str(value)
    key = type(value), str(value)
    if key not in spoken:
        spoken[key] = in_english(value)
    return spoken[key]


def _notices(written: Message) -> list[Notice]:
    return [
        Notice(
            account_id=account,
            kind=written.kind.code,
            link=written.link,
            at=written.at,
            **written.values,
        )
        for account in sorted(set(written.account_ids))
    ]


def _mails(written: Message, addresses: Mapping[int, str]) -> list[Mail]:
    link, body = written.link, written.values["body"]
    whole = f"{body}\n\n{settings.SITE_ADDRESS}{link}\n" if link else f"{body}\n"
    return [
        Mail(
            account_id=account,
            address=addresses[account],
            subject=str(written.values["subject"]),
            body=whole,
            created_at=written.at,
        )
        for account in sorted(set(written.account_ids).intersection(addresses))
    ]


def _text_key(message: Message) -> tuple[Kind, date]:
    return message.kind, local_day(message.at)


def tell_delegates(facts: Sequence[outbox.ReadFact]) -> int:
    """Tell officers that a post was delegated to them, or taken back; return how many notices.

    Access stands below messages and cannot tell it itself. Nobody hears of an own act.

    Costs: three queries, one for each delegation, and those of the notices.
    """
    found = {
        one.pk: one
        for one in access.Delegation.objects.filter(
            pk__in={fact.aggregate_id for fact in facts}
        ).select_related("post__unit")
    }
    accounts = identity.accounts_of_officers([one.to_officer_id for one in found.values()])
    return notify_all(list(_to_delegates(facts, found, accounts)), by=SYSTEM)


def tell_admitted(facts: Sequence[outbox.ReadFact]) -> int:
    """Tell people that they may act for an enterprise; return how many notices.

    Costs: those of the notices.
    """
    return notify_all([_to_member(fact, ADMITTED) for fact in facts], by=SYSTEM)


def tell_dismissed(facts: Sequence[outbox.ReadFact]) -> int:
    """Tell people that they act for an enterprise no more; return how many notices.

    Costs: those of the notices.
    """
    found = [_to_member(fact, DISMISSED) for fact in facts if fact.payload["account_id"]]
    return notify_all(found, by=SYSTEM)


def _to_member(fact: outbox.ReadFact, kind: Kind) -> Message:
    role = people.MemberRole(str(fact.payload["role"])).label
    values = {"enterprise": fact.payload["enterprise"], "role": role}
    return Message([int(str(fact.payload["account_id"]))], kind, values, fact.at)


def _to_delegates(
    facts: Sequence[outbox.ReadFact],
    found: Mapping[int, access.Delegation],
    accounts: Mapping[int, int],
) -> Iterator[Message]:
    for fact in facts:
        one = found[fact.aggregate_id]
        account = accounts.get(one.to_officer_id)
        if account is None or account == fact.by_id:
            continue
        kind = DELEGATED if fact.topic == access.PostDelegated.topic else REVOKED
        link = STANDING_IN if kind is DELEGATED else ""
        yield Message([account], kind, _said_of(one, local_day(fact.at)), fact.at, link)


def _said_of(one: access.Delegation, day: date) -> dict[str, object]:
    return {
        "post": one.post.title,
        "unit": one.post.unit.name,
        "holder": access.holder_of(one.post_id, on=day) or "người giữ vị trí",
        "begin": f"{one.valid_from:%d/%m/%Y}",
        "end": f"{one.valid_to:%d/%m/%Y}",
        "basis": f" Căn cứ: {one.basis}." if one.basis else "",
    }


@work.story
def queue_mail(address: str, subject: str, body: str, *, by: Actor, at: datetime) -> Mail:
    """Have the worker send one mail to an address, whoever it belongs to."""
    mail = Mail(address=address, subject=one_line(subject), body=body, created_at=at)
    _queue([mail], by=by)
    return mail


def _queue(mails: list[Mail], *, by: Actor) -> None:
    for mail in Mail.objects.bulk_create(mails):
        outbox.announce(MailQueued(aggregate_id=mail.pk, seq=1), by=by, at=mail.created_at)


@work.story
def send_mail(mail_id: int, *, at: datetime) -> bool:
    """Send a mail that is waiting; answer False if it has been sent already.

    After a crash between sending and noting it a mail may go twice, with the same Message-ID.

    Raises: whatever the mail server makes of it; the outbox tries again.
    Locks: the mail.
    """
    mail = work.lock(Mail, id=mail_id)
    if mail.sent_at is not None:
        return False
    message = EmailMessage(
        mail.subject,
        mail.body,
        to=[mail.address],
        connection=get_connection(settings.MAIL_TRANSPORT),
        headers={"Message-ID": f"<mail-{mail.pk}@{settings.MAIL_DOMAIN}>"},
    )
    message.send()
    mail.sent_at, mail.body = at, ""
    work.update(mail, "sent_at", "body")
    return True


@work.story
def mark_read(notice_ids: Collection[int], *, by: Actor, at: datetime) -> int:
    """Note that the actor has read these of their own notices; return how many were unread."""
    mine = Notice.objects.unread().filter(pk__in=notice_ids, account_id=by.id)
    return mine.update(read_at=at)


@work.story
def mark_all_read(*, by: Actor, at: datetime) -> int:
    """Note that the actor has read everything up to now; return how many were unread."""
    mine = Notice.objects.unread().filter(account_id=by.id, at__lte=at)
    return mine.update(read_at=at)


@work.story
def choose(kind_code: str, *, by_email: bool, by: Actor) -> None:
    """Ask for mails of a kind, or refuse them; notices on screen always come.

    Raises: NoSuchKind.
    """
    kind = get_kind(kind_code)
    Preference.objects.update_or_create(
        account_id=by.id, kind=kind.code, defaults={"by_email": by_email}
    )


@work.story
def choose_mails(wanted: Collection[str], *, for_officers: bool, by: Actor) -> None:
    """Ask for mails of exactly these kinds among those such an account can get."""
    for kind in mailed_kinds(for_officers=for_officers):
        choose(kind.code, by_email=kind.code in wanted, by=by)


@work.story
def publish_text(  # noqa: PLR0913 -- of what, which words, in English too, from when
    kind_code: str,
    subject: str,
    body: str,
    *,
    valid_from: date,
    by: Actor,
    at: datetime,
    english: tuple[str, str] = ("", ""),
) -> MessageText:
    """Let messages of a kind say this from that day on.

    `english` is subject and body for those who read English; both empty, they get the Vietnamese.

    Raises: NotAllowed, NoSuchKind, OddText, TextInForce.
    """
    by.require(POWER, unit_id=EVERYWHERE)
    kind = get_kind(kind_code)
    subject, body = tidy(subject), body.strip()
    subject_en, body_en = tidy(english[0]), english[1].strip()
    _check_text(kind, subject, body)
    _check_text(kind, subject_en or subject, body_en, field="body_en")
    if bool(subject_en) != bool(body_en) and (body or body_en):
        field = "body_en" if subject_en else "subject_en"
        message = "Bản tiếng Anh phải có cả tiêu đề và nội dung; chưa dịch thì để trống cả hai."
        raise OddText(message, field=field)
    living = MessageText.objects.select_for_update().filter(
        Q(valid_to__isnull=True) | Q(valid_to__gte=valid_from), kind=kind.code
    )
    if living.filter(valid_from__gte=valid_from).exists():
        raise TextInForce("Đã có nội dung áp dụng từ ngày này hoặc sau đó; hãy chọn ngày sau.")
    living.update(valid_to=valid_from - ONE_DAY)
    audit.record("notifications.text_published", f"text:{kind.code}", by=by, at=at)
    return MessageText.objects.create(
        kind=kind.code,
        subject=subject,
        body=body,
        subject_en=subject_en,
        body_en=body_en,
        valid_from=valid_from,
        published_at=at,
        published_by=by.name,
    )


def _check_text(kind: Kind, subject: str, body: str, *, field: str = "body") -> None:
    if not subject:
        raise OddText("Thông báo phải có tiêu đề.", field="subject")
    brought = places(kind.subject, kind.body)
    unknown = sorted(places(subject, body) - brought)
    if unknown:
        known = ", ".join(f"{{{name}}}" for name in sorted(brought)) or "không có"
        raise OddText(
            f"Không có giá trị {{{unknown[0]}}} cho loại thông báo này; dùng được: {known}.",
            field=field,
        )


@work.story
def sweep(*, at: datetime) -> int:
    """Remove old read notices and mails sent long ago; return how many."""
    notices, _ = Notice.objects.filter(read_at__lt=at - NOTICES_KEPT).delete()
    mails, _ = Mail.objects.filter(sent_at__lt=at - MAILS_KEPT).delete()
    return notices + mails
