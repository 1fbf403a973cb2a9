"""Read messages: the counter, the list, what is said on a day, what could not be sent."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from allauth.account.models import EmailAddress
from django.db.models import Q

from motcua.foundation.outbox import api as outbox
from motcua.lib.paging import PAGE_SIZE, Cursor, Direction, Page
from motcua.lib.tongue import in_english, said

from .errors import NoSuchNotice
from .events import MailQueued
from .models import Mail, MessageText, Notice, Preference
from .ports import Kind, kinds

MOST_COUNTED = 100
SENDER = "notifications.send_mail"


@dataclass(frozen=True, slots=True)
class Choice:
    """Whether mails of a kind are sent to an account."""

    kind: Kind
    by_email: bool


@dataclass(frozen=True, slots=True)
class Undelivered:
    """A mail that was given up, and why."""

    mail: Mail
    delivery_id: int
    attempts: int
    error: str


def count_unread(account_id: int) -> int:
    """Return how many notices are unread, counted up to a hundred."""
    return Notice.objects.unread().filter(account_id=account_id)[:MOST_COUNTED].count()


def notices_of(
    account_id: int, *, cursor: Cursor | None = None, limit: int = PAGE_SIZE
) -> Page[Notice]:
    """Return one page of the account's notices, newest first."""
    notices = Notice.objects.filter(account_id=account_id)
    backwards = cursor is not None and cursor.direction is Direction.PREVIOUS
    if cursor is not None:
        notices = notices.filter(_beyond(cursor))
    order = ("at", "id") if backwards else ("-at", "-id")
    found = list(notices.order_by(*order)[: limit + 1])
    more, rows = len(found) > limit, found[:limit]
    if backwards:
        rows.reverse()
    return Page(
        rows,
        next=_place(rows[-1], Direction.NEXT) if rows and (more or backwards) else None,
        previous=_place(rows[0], Direction.PREVIOUS)
        if rows and cursor and (more or not backwards)
        else None,
    )


def _beyond(cursor: Cursor) -> Q:
    """Return the rows further on that way."""
    step = "gt" if cursor.direction is Direction.PREVIOUS else "lt"
    same = Q(at=cursor.sort_at, **{f"id__{step}": cursor.id})
    return Q(**{f"at__{step}": cursor.sort_at}) | same


def _place(notice: Notice, direction: Direction) -> Cursor:
    return Cursor(notice.at, notice.pk, direction)


def text_on(kind: Kind, day: date) -> tuple[str, str]:
    """Return subject and body that messages of the kind have on the day."""
    on_or_after = Q(valid_to__isnull=True) | Q(valid_to__gte=day)
    published = MessageText.objects.filter(on_or_after, kind=kind.code, valid_from__lte=day)
    texts = published.values_list("subject", "body").first()
    return texts or (kind.subject, kind.body)


def english_on(kind: Kind, day: date) -> tuple[str, str] | None:
    """Return what messages of the kind say in English on the day.

    None where somebody has published a text of their own and given it no English.
    """
    on_or_after = Q(valid_to__isnull=True) | Q(valid_to__gte=day)
    published = MessageText.objects.filter(on_or_after, kind=kind.code, valid_from__lte=day)
    texts = published.values_list("subject_en", "body_en").first()
    if texts is not None:
        return texts if texts[0] else None
    return in_english(said(kind.subject)), in_english(said(kind.body))


def say_in_english(values: Mapping[str, object]) -> dict[str, object]:
    """Return the values of a message as they are said in English."""
    return {name: in_english(value) for name, value in values.items()}


def choices_of(account_id: int, *, for_officers: bool) -> Sequence[Choice]:
    """Return every kind that such an account can get by mail, with what it chose."""
    chosen = dict(Preference.objects.filter(account_id=account_id).values_list("kind", "by_email"))
    return [
        Choice(kind, chosen.get(kind.code, True))
        for kind in mailed_kinds(for_officers=for_officers)
    ]


def mailed_kinds(*, for_officers: bool) -> Sequence[Kind]:
    """Return the kinds that go by mail to officers, or to everybody else, by name."""
    mailed = (k for k in kinds.values() if k.by_email and k.for_officers == for_officers)
    return sorted(mailed, key=lambda kind: kind.label)


def get_notice(notice_id: int, *, of: int) -> Notice:
    """Return one notice of this account. Raises: NoSuchNotice."""
    notice = Notice.objects.filter(pk=notice_id, account_id=of).first()
    if notice is None:
        raise NoSuchNotice("Thông báo này không còn, hoặc không phải của ông/bà.")
    return notice


def mail_addresses(account_ids: Collection[int], kind: Kind) -> Mapping[int, str]:
    """Return the confirmed address of each account that wants mails of the kind."""
    if not kind.by_email:
        return {}
    refused = Preference.objects.filter(kind=kind.code, by_email=False).values("account_id")
    confirmed = EmailAddress.objects.filter(
        user_id__in=account_ids, verified=True, user__disabled_at__isnull=True
    ).exclude(user_id__in=refused)
    # Of several addresses the primary one comes last, and stays.
    return dict(confirmed.order_by("primary", "id").values_list("user_id", "email"))


def undelivered_mails(limit: int = 100) -> Sequence[Undelivered]:
    """Return mails given up after many attempts, newest first; `outbox.retry_dead` tries again."""
    dead = [
        delivery
        for delivery in outbox.dead_letters(limit=1_000)
        if delivery.consumer == SENDER and delivery.topic == MailQueued.topic
    ][:limit]
    mails = Mail.objects.in_bulk([delivery.aggregate_id for delivery in dead])
    return [
        Undelivered(mails[d.aggregate_id], d.pk, d.attempts, d.latest_error)
        for d in dead
        if d.aggregate_id in mails
    ]
