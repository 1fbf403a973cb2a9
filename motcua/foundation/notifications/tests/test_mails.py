from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail as outgoing
from django.core.mail import send_mail as send_as_guest
from pytest_django import Settings

from motcua.foundation.identity.api import Account
from motcua.foundation.notifications import api as notifications
from motcua.foundation.notifications.models import Mail, Preference
from motcua.foundation.notifications.operations import send_mail, sweep
from motcua.foundation.outbox import api as outbox
from motcua.lib.actor import SYSTEM, Actor
from motcua.lib.clock import now

from .make import make_reader

NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
VALUES = {"code": "H18.101-260302-0007", "due": "ngày 05/03/2026"}
BROKEN = "motcua.foundation.notifications.tests.test_mails.BrokenBackend"


class BrokenBackend:
    """A mail server that is down."""

    def __init__(self, **options: object) -> None:
        pass

    def send_messages(self, messages: list[object]) -> int:
        raise ConnectionRefusedError(len(messages))


def tell(kind: notifications.Kind, *readers: Actor) -> None:
    notifications.notify([r.id for r in readers], kind, VALUES, link="/x/", by=SYSTEM, at=NOW)


def work_through(times: int = 1) -> None:
    """Let the worker do its round, each time an hour later."""
    for hour in range(times):
        outbox.catch_up(at=now() + timedelta(hours=2 * hour))


@pytest.mark.django_db(transaction=True)
def test_a_mail_goes_once_to_the_confirmed_address(received: notifications.Kind) -> None:
    tell(received, make_reader())

    work_through(2)

    sent = [(m.to, m.subject, m.body, m.extra_headers) for m in outgoing.outbox]
    (row,) = Mail.objects.all()
    assert sent == [
        (
            ["lan@example.vn"],
            "Hồ sơ H18.101-260302-0007 đã được tiếp nhận",
            "Trả kết quả ngày 05/03/2026.\n\nhttp://localhost:8000/x/\n",
            {"Message-ID": f"<mail-{row.pk}@localhost>"},
        )
    ]


@pytest.mark.django_db
def test_the_text_goes_when_the_mail_has_gone(received: notifications.Kind) -> None:
    tell(received, make_reader())
    row = Mail.objects.get()

    send_mail(row.pk, at=NOW)

    row.refresh_from_db()
    assert (row.body, row.sent_at is not None) == ("", True)


@pytest.mark.django_db
def test_no_mail_goes_to_an_address_nobody_confirmed(received: notifications.Kind) -> None:
    tell(received, make_reader(verified=False))

    assert Mail.objects.count() == 0


@pytest.mark.django_db
def test_no_mail_goes_to_a_closed_account(received: notifications.Kind) -> None:
    lan = make_reader()
    Account.objects.filter(pk=lan.id).update(disabled_at=NOW, disabled_because="left")

    tell(received, lan)

    assert Mail.objects.count() == 0


@pytest.mark.django_db
def test_who_refuses_mails_of_a_kind_gets_none_but_still_the_notice(
    received: notifications.Kind,
) -> None:
    lan, binh = make_reader(), make_reader("binh")
    notifications.choose(received.code, by_email=False, by=lan)

    tell(received, lan, binh)

    addresses = list(Mail.objects.values_list("address", flat=True))
    assert (addresses, notifications.count_unread(lan.id)) == (["binh@example.vn"], 1)


@pytest.mark.django_db
def test_a_choice_can_be_changed_and_seen(received: notifications.Kind) -> None:
    lan = make_reader()
    seen = []
    for wanted in (False, True):
        notifications.choose(received.code, by_email=wanted, by=lan)
        choices = notifications.choices_of(lan.id, for_officers=False)
        seen += [(c.kind.label, c.by_email) for c in choices]

    assert seen == [("Hồ sơ được tiếp nhận", False), ("Hồ sơ được tiếp nhận", True)]


@pytest.mark.django_db
def test_choosing_concerns_only_what_such_an_account_can_get(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    lan = make_reader()
    work = notifications.Kind("tests.work", "Việc mới", "Việc", "", for_officers=True)
    monkeypatch.setitem(notifications.kinds, work.code, work)

    notifications.choose_mails([], for_officers=False, by=lan)

    kept = Preference.objects.values_list("kind", "by_email")
    assert list(kept) == [("tests.received", False)]


@pytest.mark.django_db(transaction=True)
def test_a_mail_that_cannot_be_sent_is_given_up_visibly(
    received: notifications.Kind, settings: Settings
) -> None:
    settings.MAIL_TRANSPORT = BROKEN
    tell(received, make_reader())

    work_through(12)

    given_up = notifications.undelivered_mails()
    assert [(u.mail.address, u.attempts, u.error) for u in given_up] == [
        ("lan@example.vn", 10, "ConnectionRefusedError")
    ]


@pytest.mark.django_db(transaction=True)
def test_a_mail_given_up_can_be_tried_again(
    received: notifications.Kind, settings: Settings
) -> None:
    transport = settings.MAIL_TRANSPORT
    settings.MAIL_TRANSPORT = BROKEN
    tell(received, make_reader())
    work_through(12)
    settings.MAIL_TRANSPORT = transport

    outbox.retry_dead(notifications.undelivered_mails()[0].delivery_id, at=NOW)
    work_through()

    assert [m.to for m in outgoing.outbox] == [["lan@example.vn"]]


@pytest.mark.django_db
def test_mails_of_guests_are_queued_too(settings: Settings) -> None:
    settings.EMAIL_BACKEND = "motcua.adapters.mail_queue.backend.QueueBackend"

    send_as_guest("Mã xác nhận", "123456", None, ["lan@example.vn", "binh@example.vn"])

    waiting = Mail.objects.order_by("id").values_list("address", "body", "sent_at")
    assert (outgoing.outbox, list(waiting)) == (
        [],
        [("lan@example.vn", "123456", None), ("binh@example.vn", "123456", None)],
    )


@pytest.mark.django_db
def test_mails_sent_long_ago_are_swept_and_waiting_ones_are_not(
    received: notifications.Kind,
) -> None:
    tell(received, make_reader())
    send_mail(Mail.objects.get().pk, at=NOW)
    tell(received, make_reader("binh"))

    swept = sweep(at=NOW + timedelta(days=100))

    assert (swept, list(Mail.objects.values_list("address", flat=True))) == (
        1,
        ["binh@example.vn"],
    )
