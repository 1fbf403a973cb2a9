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
class KindText:
    """What messages of a kind say: subject and body, and their English where somebody gave one."""

    subject: str
    body: str
    given_english: tuple[str, str] | None = None  # None: the kind's own text, in the catalogue

    @property
    def english(self) -> tuple[str, str] | None:
        """Return subject and body in English; None where the published text has no whole one."""
        if self.given_english is None:
            return in_english(said(self.subject)), in_english(said(self.body))
        subject, body = self.given_english
        return self.given_english if subject and (body or not self.body) else None


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


def text_on(kind: Kind, day: date) -> KindText:
    """Return what messages of the kind say on the day. Costs: one statement."""
    on_or_after = Q(valid_to__isnull=True) | Q(valid_to__gte=day)
    published = MessageText.objects.filter(on_or_after, kind=kind.code, valid_from__lte=day)
    texts = published.values_list("subject", "body", "subject_en", "body_en").first()
    if texts is None:
        return KindText(kind.subject, kind.body)
    subject, body, *english = texts
    return KindText(subject, body, (english[0], english[1]))


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
        raise NoSuchNotice(said("Thông báo này không còn, hoặc không phải của ông/bà."))
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
