"""Who reads English is told in English, and nobody else is."""

from datetime import UTC, date, datetime

import pytest
from pytest_django import DjangoAssertNumQueries

from motcua.foundation.identity.api import Account, Language
from motcua.foundation.notifications import api as notifications
from motcua.foundation.notifications.models import Mail
from motcua.lib.actor import SYSTEM, Actor
from motcua.lib.tongue import is_english, on_day

from .make import make_reader
from .test_texts import HOA

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
DAY = date(2026, 3, 5)
VALUES = {"code": "H18-7", "due": on_day("05/03/2026", DAY)}
ENGLISH = ("Application {code} received", "Result by {due}.")


def make_english_reader(name: str = "anna") -> Actor:
    reader = make_reader(name)
    Account.objects.filter(pk=reader.id).update(language=Language.ENGLISH)
    return reader


def publish(english: tuple[str, str] = ENGLISH) -> None:
    notifications.publish_text(
        "tests.received",
        "Đã nhận {code}",
        "Trả {due}.",
        valid_from=date(2026, 1, 1),
        by=HOA,
        at=NOW,
        english=english,
    )


def told_to(reader: Actor) -> list[tuple[str, str]]:
    return [(one.subject, one.body) for one in notifications.notices_of(reader.id).rows]


def test_each_is_told_in_the_own_language_on_screen_and_by_mail(
    received: notifications.Kind,
) -> None:
    publish()
    lan, anna = make_reader(), make_english_reader()

    notifications.notify([lan.id, anna.id], received, VALUES, by=SYSTEM, at=NOW)

    assert told_to(lan) == [("Đã nhận H18-7", "Trả 05/03/2026.")]
    assert told_to(anna) == [("Application H18-7 received", "Result by 5 March 2026.")]
    mails = dict(Mail.objects.values_list("account_id", "body"))
    assert [mails[one.id].strip() for one in (lan, anna)] == [
        "Trả 05/03/2026.",
        "Result by 5 March 2026.",
    ]
    assert not is_english()


@pytest.mark.parametrize("english", [("", "")])
def test_a_text_without_english_is_told_in_vietnamese(
    english: tuple[str, str], received: notifications.Kind
) -> None:
    publish(english)
    anna = make_english_reader()

    notifications.notify([anna.id], received, VALUES, by=SYSTEM, at=NOW)

    assert told_to(anna) == [("Đã nhận H18-7", "Trả 05/03/2026.")]


@pytest.mark.parametrize(
    ("english", "field"),
    [(("Received", ""), "body_en"), (("", "By {due}."), "subject_en")],
)
def test_half_an_english_text_is_refused(english: tuple[str, str], field: str) -> None:
    with pytest.raises(notifications.OddText) as refused:
        publish(english)

    assert refused.value.field == field


def test_english_costs_no_further_statement(
    received: notifications.Kind, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    publish()
    readers = [make_english_reader(f"reader{number}") for number in range(2)]
    messages = [notifications.Message([reader.id], received, VALUES, NOW) for reader in readers]

    with django_assert_num_queries(6):  # as many as in Vietnamese, with mails to queue
        notifications.notify_all(messages, by=SYSTEM)
