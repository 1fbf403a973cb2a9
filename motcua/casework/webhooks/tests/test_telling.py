"""Messages arrive signed, in order, again under one id; who is slow or away holds up nobody."""

import base64
import hmac
import json
from dataclasses import replace
from datetime import datetime, timedelta
from hashlib import sha256
from time import monotonic
from urllib.parse import urlsplit

import pytest

from motcua.casework.dossiers.api import receive_dossier
from motcua.casework.dossiers.tests.make import LAN, MONDAY, make_all, make_filed
from motcua.casework.webhooks.api import (
    Subscription,
    SubscriptionState,
    Telling,
    TellingState,
    pause,
    renew_secret,
    replay,
    resend,
    resume,
    send_due,
    send_test,
    unsubscribe,
)
from motcua.casework.webhooks.operations import telling as sending
from motcua.casework.webhooks.operations.spreading import spread
from motcua.casework.webhooks.operations.sweeping import sweep
from motcua.casework.webhooks.rules.waiting import FAILING_FOR, MOST_ATTEMPTS
from motcua.foundation.identity.api import Account
from motcua.foundation.identity.tests.make import make_account
from motcua.foundation.notifications.api import Notice
from motcua.lib.errors import BadInput

from .make import facts, make_lan, make_neighbour, make_spread, make_subscription
from .receiver import Receiver, receiving

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)


def make_one_waiting(receiver: Receiver) -> Subscription:
    """Return Lan's subscription, with one message that waits."""
    make_lan()
    row, _ = make_subscription(receiver.url)
    make_filed(make_all())
    make_spread()
    return row


def test_a_message_says_codes_and_states_and_is_signed(receiver: Receiver) -> None:
    make_lan()
    row, secret = make_subscription(receiver.url)
    code = make_filed(make_all())
    make_spread()

    assert send_due(at=MONDAY) == 1

    head, body = receiver.got[0]
    said = json.loads(body)
    key = base64.b64decode(secret.removeprefix("whsec_"))
    plain = f"{head['webhook-id']}.{head['webhook-timestamp']}.".encode() + body
    signed = base64.b64encode(hmac.new(key, plain, sha256).digest()).decode()
    assert head["webhook-signature"] == f"v1,{signed}"
    assert int(head["webhook-timestamp"]) == int(MONDAY.timestamp())
    assert (said["id"], said["type"]) == (head["webhook-id"], "dossier.filed")
    assert (said["data"]["code"], said["data"]["agency"]) == (code, "H18.101")
    assert "Lan" not in body.decode()
    assert secret not in row.secret


def test_news_of_one_dossier_come_in_order_even_when_the_first_fails(receiver: Receiver) -> None:
    make_lan()
    make_subscription(receiver.url)
    commune = make_all()
    code = make_filed(commune)
    receive_dossier(code, by=commune.binh, at=MONDAY)
    make_spread()
    receiver.statuses = [400, 200]

    send_due(at=MONDAY)
    send_due(at=MONDAY + MINUTE)

    kinds = [json.loads(body)["type"] for _, body in receiver.got]
    assert kinds == ["dossier.filed", "dossier.filed", "dossier.received"]
    assert receiver.ids[0] == receiver.ids[1]
    assert receiver.got[0][1] == receiver.got[1][1]


def test_what_the_owner_may_not_see_is_not_told(receiver: Receiver) -> None:
    make_subscription(receiver.url, by=make_neighbour())
    make_filed(make_all())

    assert (make_spread(), Telling.objects.count()) == (0, 0)


def test_who_may_see_no_more_when_it_is_sent_is_not_told(receiver: Receiver) -> None:
    make_one_waiting(receiver)
    Account.objects.update(disabled_at=MONDAY, disabled_because="left")

    send_due(at=MONDAY)

    assert (receiver.got, Telling.objects.get().state) == ([], TellingState.HIDDEN)


def test_where_an_account_has_no_row_the_others_are_told_all_the_same(receiver: Receiver) -> None:
    make_lan()
    gone = replace(LAN, id=make_account(username="mat").pk)
    row, _ = make_subscription(receiver.url, by=gone)
    Account.objects.filter(pk=gone.id).delete()
    make_subscription(receiver.url)
    make_filed(make_all())

    assert make_spread() == 1
    Telling.objects.update(subscription=row)
    send_due(at=MONDAY)
    assert (receiver.got, Telling.objects.get().state) == ([], TellingState.HIDDEN)


def test_a_fact_read_twice_is_told_once(receiver: Receiver) -> None:
    make_one_waiting(receiver)
    make_spread()

    send_due(at=MONDAY)

    assert len(receiver.got) == 1


def test_what_was_sent_before_the_process_died_comes_again_under_the_same_id(
    receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_one_waiting(receiver)

    def die(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as killed:
        killed.setattr(sending, "settle", die)
        with pytest.raises(KeyboardInterrupt):
            send_due(at=MONDAY)
    send_due(at=MONDAY + MINUTE)

    assert len(receiver.ids) == 2
    assert len(set(receiver.ids)) == 1
    assert Telling.objects.get().state == TellingState.DONE


def test_only_the_kinds_agencies_and_time_asked_for_are_told(receiver: Receiver) -> None:
    make_lan()
    make_subscription(receiver.url, kinds=["dossier.received"])
    make_subscription(receiver.url, at=MONDAY + DAY)
    commune = make_all()
    code = make_filed(commune)
    receive_dossier(code, by=commune.binh, at=MONDAY)

    make_spread()

    assert [one.kind for one in Telling.objects.all()] == ["dossier.received"]


def test_silent_acts_are_not_told(receiver: Receiver) -> None:
    make_one_waiting(receiver)
    Telling.objects.all().delete()
    assert spread([replace(fact, is_silent=True) for fact in facts()]) == 0


@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_a_redirect_is_a_failure_and_is_not_followed(receiver: Receiver, status: int) -> None:
    with receiving() as inside:
        make_one_waiting(receiver)
        receiver.statuses, receiver.location = [status], inside.url

        send_due(at=MONDAY)

        assert inside.got == []
    assert Telling.objects.get().latest["status"] == status


def test_an_endless_answer_is_cut_off(receiver: Receiver, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("motcua.casework.webhooks.rules.addresses.TOTAL_S", 0.6)
    make_one_waiting(receiver)
    receiver.content, receiver.dribble_s = b"x" * 1000, 0.05
    began = monotonic()

    send_due(at=MONDAY)

    assert monotonic() - began < 3
    assert "Không có trả lời" in Telling.objects.get().latest["trouble"]


def test_a_large_answer_is_not_taken(receiver: Receiver) -> None:
    make_one_waiting(receiver)
    receiver.content = b"x" * 200_000

    send_due(at=MONDAY)

    assert Telling.objects.get().state == TellingState.WAITING


def test_who_hangs_does_not_hold_up_the_others(
    receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("motcua.casework.webhooks.rules.addresses.TOTAL_S", 1.0)
    make_lan()
    with receiving() as slow:
        slow.content, slow.dribble_s = b"x" * 1000, 0.1
        for _ in range(3):
            make_subscription(slow.url)
        make_subscription(receiver.url)
        make_filed(make_all())
        make_spread()

        began = monotonic()
        send_due(at=MONDAY)

    assert (len(receiver.got), monotonic() - began < 3) == (1, True)


def test_vain_attempts_grow_apart_and_end_as_a_dead_letter_that_can_be_sent_again(
    receiver: Receiver,
) -> None:
    row = make_one_waiting(receiver)
    receiver.statuses = [400]
    at, waits = MONDAY, []
    for _ in range(MOST_ATTEMPTS):
        send_due(at=at)
        one = Telling.objects.get()
        waits.append(one.next_try_at - at)
        at = max(one.next_try_at, at) + MINUTE
        Subscription.objects.update(failing_since=at)  # others of its messages arrive meanwhile

    dead = Telling.objects.get()
    assert (dead.state, dead.attempts) == (TellingState.DEAD, MOST_ATTEMPTS)
    assert waits[0] < waits[2] < waits[4] < waits[6]

    receiver.statuses = [200]
    resend(row.code, dead.message_id, by=LAN, at=at)
    send_due(at=at)
    assert Telling.objects.get().state == TellingState.DONE
    assert set(receiver.ids) == {dead.message_id}


def test_after_days_of_failures_it_pauses_by_itself_and_says_so(receiver: Receiver) -> None:
    row = make_one_waiting(receiver)
    receiver.statuses = [503]
    send_due(at=MONDAY)
    send_due(at=MONDAY + FAILING_FOR + MINUTE)

    row.refresh_from_db()
    assert (row.state, Telling.objects.get().state) == (
        SubscriptionState.FAILING,
        TellingState.WAITING,
    )
    told = Notice.objects.get(account_id=LAN.id)
    assert str(urlsplit(receiver.url).hostname) in told.subject

    receiver.statuses = [200]
    resume(row.code, by=LAN, at=MONDAY + 4 * DAY)
    send_due(at=MONDAY + 4 * DAY)
    assert Telling.objects.get().state == TellingState.DONE


def test_who_says_gone_is_left_alone_at_once(receiver: Receiver) -> None:
    row = make_one_waiting(receiver)
    receiver.statuses = [410]

    send_due(at=MONDAY)
    send_due(at=MONDAY + DAY)

    row.refresh_from_db()
    assert (row.state, len(receiver.got)) == (SubscriptionState.FAILING, 1)


def test_a_paused_subscription_keeps_what_happens_and_tells_it_later(receiver: Receiver) -> None:
    row = make_one_waiting(receiver)
    pause(row.code, by=LAN, at=MONDAY)
    send_due(at=MONDAY)
    quiet = len(receiver.got)

    resume(row.code, by=LAN, at=MONDAY)
    send_due(at=MONDAY)

    assert (quiet, len(receiver.got)) == (0, 1)


def test_everything_since_a_moment_is_told_again_under_the_old_ids(receiver: Receiver) -> None:
    row = make_one_waiting(receiver)
    send_due(at=MONDAY)

    later = MONDAY + MINUTE
    before = replay(row.code, MONDAY - DAY, until=MONDAY - MINUTE, by=LAN, at=later)
    count = replay(row.code, MONDAY - MINUTE, until=later, by=LAN, at=later)
    none = replay(row.code, MONDAY + DAY, by=LAN, at=later)
    with pytest.raises(BadInput, match="sau lúc đầu"):
        replay(row.code, MONDAY, until=MONDAY, by=LAN, at=later)
    send_due(at=MONDAY + MINUTE)

    assert (before, count, none) == (0, 1, 0)
    assert (len(receiver.ids), len(set(receiver.ids))) == (2, 1)


def test_a_test_message_arrives_and_a_new_secret_signs_beside_the_old_for_a_day(
    receiver: Receiver,
) -> None:
    make_lan()
    row, _ = make_subscription(receiver.url)
    renew_secret(row.code, by=LAN, at=MONDAY)
    for later in (timedelta(0), 2 * DAY):
        send_test(row.code, by=LAN, at=MONDAY + later)
        send_due(at=MONDAY + later)

    signatures = [len(head["webhook-signature"].split()) for head, _ in receiver.got]
    assert signatures == [2, 1]
    assert json.loads(receiver.got[0][1])["type"] == "ping"


def test_messages_are_kept_for_thirty_days(receiver: Receiver) -> None:
    make_one_waiting(receiver)

    assert sweep(at=MONDAY + 29 * DAY) == 0
    assert sweep(at=MONDAY + 31 * DAY) == 1
    assert Subscription.objects.count() == 1


def test_a_subscription_that_ended_is_forgotten_with_its_messages(receiver: Receiver) -> None:
    row = make_one_waiting(receiver)
    unsubscribe(row.code, by=LAN, at=MONDAY)

    sweep(at=MONDAY + 29 * DAY)
    kept = Subscription.objects.count()
    sweep(at=MONDAY + 31 * DAY)

    assert (kept, Subscription.objects.count()) == (1, 0)


def test_whatever_goes_wrong_in_sending_counts_as_an_attempt(
    receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_one_waiting(receiver)

    def broken(*_: object, **__: object) -> None:
        raise KeyError("unforeseen")

    monkeypatch.setattr(sending, "ask", broken)
    send_due(at=MONDAY)

    told = Telling.objects.get()
    assert (told.attempts, "KeyError" in told.latest["trouble"]) == (1, True)


def test_a_promise_moved_by_the_calendar_is_told_though_the_house_is_silent(
    receiver: Receiver,
) -> None:
    make_lan()
    make_subscription(receiver.url, kinds=["dossier.promised"])
    code = make_filed(make_all())
    [fact] = facts()
    moved = {**fact.payload, "act": "follow_calendar", "due_on": "2026-03-06"}

    spread([replace(fact, payload=moved, is_silent=True)])
    send_due(at=MONDAY)

    said = json.loads(receiver.got[0][1])
    assert (said["type"], said["data"]["act"]) == ("dossier.promised", "follow_calendar")
    assert (said["data"]["code"], said["data"]["due_on"]) == (code, "2026-03-06")


def test_a_subscriber_that_cannot_be_made_ready_holds_up_no_other(
    receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_lan()
    bad, good = (make_subscription(receiver.url)[0] for _ in range(2))
    for one in (bad, good):
        send_test(one.code, by=LAN, at=MONDAY)
    as_it_is = sending._load  # noqa: SLF001 -- the step in which the error is injected

    def load(tellings: list[Telling], at: datetime) -> object:
        if tellings[0].subscription_id == bad.pk:
            raise ZeroDivisionError
        return as_it_is(tellings, at)

    monkeypatch.setattr(sending, "_load", load)
    send_due(at=MONDAY)

    states = dict(Telling.objects.values_list("subscription_id", "state"))
    assert states == {bad.pk: TellingState.WAITING, good.pk: TellingState.DONE}
    bad.refresh_from_db()
    assert ("ZeroDivisionError" in bad.trouble, bad.failures) == (True, 1)
