from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError

from motcua.foundation.notifications import api as notifications
from motcua.foundation.notifications.models import MessageText
from motcua.foundation.notifications.rules import fill, one_line, places
from motcua.lib.actor import Actor
from motcua.lib.errors import NotAllowed

NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
APRIL, JUNE = date(2026, 4, 1), date(2026, 6, 1)
HOA = Actor(id=5, name="Lê Thị Hoa", province_powers=frozenset({"procedures.publish"}))
DUNG = Actor(id=6, name="Vàng A Dũng")


def publish(
    subject: str = "Đã nhận {code}", body: str = "", *, on: date = APRIL, by: Actor = HOA
) -> MessageText:
    return notifications.publish_text("tests.received", subject, body, valid_from=on, by=by, at=NOW)


@pytest.mark.django_db
def test_a_published_text_holds_from_its_day_until_the_next(received: notifications.Kind) -> None:
    publish()
    publish("Hồ sơ {code} hẹn {due}", on=JUNE)

    days = (date(2026, 3, 31), APRIL, date(2026, 5, 31), JUNE)
    told = [notifications.text_on(received, day).subject for day in days]

    assert told == [received.subject, "Đã nhận {code}", "Đã nhận {code}", "Hồ sơ {code} hẹn {due}"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("subject", "body"),
    [("", "nội dung"), ("{tên_lạ}{ten_la}", ""), ("Hồ sơ", "{password}")],
)
def test_a_text_with_unknown_places_or_no_subject_is_refused(subject: str, body: str) -> None:
    with pytest.raises(notifications.OddText):
        publish(subject, body)


@pytest.mark.django_db
def test_a_text_in_force_is_not_replaced_for_the_past() -> None:
    publish(on=JUNE)

    with pytest.raises(notifications.TextInForce):
        publish(on=APRIL)


@pytest.mark.django_db
def test_only_who_may_publish_changes_texts() -> None:
    with pytest.raises(NotAllowed):
        publish(by=DUNG)


@pytest.mark.django_db
def test_an_unknown_kind_has_no_text() -> None:
    with pytest.raises(notifications.NoSuchKind):
        notifications.publish_text("unknown", "x", "", valid_from=APRIL, by=HOA, at=NOW)


@pytest.mark.django_db
def test_the_database_refuses_two_texts_on_one_day() -> None:
    publish()
    publish(on=JUNE)

    with pytest.raises(IntegrityError, match="one_text_a_day"):
        MessageText.objects.filter(valid_from=APRIL).update(valid_to=JUNE)


def test_a_kind_is_declared_once(received: notifications.Kind) -> None:
    with pytest.raises(ValueError, match="twice"):
        notifications.declare(received)


def test_values_are_not_read_as_text() -> None:
    assert fill("Gửi {name}: {code}", {"name": "{code}", "code": "{0.__class__}"}) == (
        "Gửi {code}: {0.__class__}"
    )


def test_only_plain_names_are_places() -> None:
    assert places("{code} {0} {a.b} {a[0]} {Code}", "{due_on}") == {"code", "due_on"}


def test_a_subject_is_one_line() -> None:
    assert one_line("Hồ sơ\r\nBcc: all@example.vn") == "Hồ sơ Bcc: all@example.vn"
