"""A helper at somebody's door: codes, sessions, what ends them, what is told."""

from datetime import date, timedelta
from typing import Any

import pytest

from motcua.foundation.audit.api import AuditEntry
from motcua.foundation.identity.api import Account
from motcua.foundation.mandates.choices import Proof, Word
from motcua.foundation.mandates.errors import (
    NoSuchMandate,
    NotAHelper,
    OutsideMandate,
    TooMany,
    TooManyCodes,
    WrongCode,
)
from motcua.foundation.mandates.models import AgentSession, ConsentCode, Mandate, MandateEntry
from motcua.foundation.mandates.operations import coding
from motcua.foundation.mandates.operations.coding import Asked, redeem_code, send_code
from motcua.foundation.mandates.operations.entering import note_act
from motcua.foundation.mandates.operations.giving import change_terms, give_up, take_back
from motcua.foundation.mandates.operations.helpers import end_helper
from motcua.foundation.mandates.operations.sessions import close_session, open_session
from motcua.foundation.mandates.queries import agent_in, given_by, households_of
from motcua.foundation.organisation.tests.make import make_agency, root_of
from motcua.lib import work
from motcua.lib.actor import mandate_unit_id
from motcua.lib.errors import BadInput, NotAllowed

from .make import (
    MONDAY,
    PHONE,
    KeptTexts,
    actor_of,
    head_of,
    make_citizen,
    make_helper,
    make_household,
    opened,
)

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


def test_a_code_read_out_opens_one_hour_for_that_client(texts: KeptTexts) -> None:
    de, pao = make_citizen(phone=PHONE), actor_of(make_helper().account)

    session = opened(pao, texts)

    client = agent_in(session.token, pao, at=MONDAY + 59 * MINUTE)
    assert client is not None
    assert client.agent is not None
    assert (client.id, client.doer_id) == (de.pk, pao.id)
    assert client.scope_ids == (mandate_unit_id(session.mandate_id),)
    assert agent_in(session.token, pao, at=MONDAY + 60 * MINUTE) is None


def test_the_text_goes_to_the_clients_telephone_and_names_the_helper(texts: KeptTexts) -> None:
    pao = actor_of(make_helper().account)

    send_code(Asked(PHONE, "Giàng A Dế"), by=pao, at=MONDAY)

    phone, text = texts.sent[0]
    assert (phone, "Sung A Pao" in text, text.isascii()) == (PHONE, True, True)
    assert ConsentCode.objects.filter(digest__contains=texts.code).exists() is False


def test_who_has_no_account_gets_one_in_the_declared_name(texts: KeptTexts) -> None:
    pao = actor_of(make_helper().account)

    session = opened(pao, texts)

    account = Account.objects.get(phone=PHONE)
    assert (account.full_name, session.mandate.principal_id) == ("Giàng A Dế", account.pk)


def test_a_known_household_is_not_doubled_by_the_next_code(texts: KeptTexts) -> None:
    make_citizen(phone=PHONE)
    pao = actor_of(make_helper().account)

    first = opened(pao, texts)
    second = opened(pao, texts, at=MONDAY + MINUTE)

    assert first.mandate_id == second.mandate_id
    assert [
        agent_in(one.token, pao, at=MONDAY + 2 * MINUTE) is None for one in (first, second)
    ] == [
        True,
        False,
    ]


def test_five_wrong_tries_kill_a_code_even_for_the_right_one(texts: KeptTexts) -> None:
    pao = actor_of(make_helper().account)
    sent = send_code(Asked(PHONE, "Giàng A Dế"), by=pao, at=MONDAY)
    wrong = "000000" if texts.code != "000000" else "111111"

    for _ in range(5):
        with pytest.raises(WrongCode):
            redeem_code(sent.pk, wrong, by=pao, at=MONDAY)

    with pytest.raises(WrongCode, match="hết hạn hoặc đã dùng"):
        redeem_code(sent.pk, texts.code, by=pao, at=MONDAY)
    assert AgentSession.objects.count() == 0


@pytest.mark.usefixtures("texts")
def test_who_guesses_ten_times_is_locked_for_an_hour() -> None:
    helper = make_helper()
    pao = actor_of(helper.account)
    for phone in ("0912000001", "0912000002"):
        sent = send_code(Asked(phone, "Ai đó"), by=pao, at=MONDAY)
        ConsentCode.objects.filter(pk=sent.pk).update(wrong=5)

    with pytest.raises(TooManyCodes, match="sai quá nhiều"):
        send_code(Asked(PHONE, "Giàng A Dế"), by=pao, at=MONDAY + MINUTE)
    assert send_code(Asked(PHONE, "Giàng A Dế"), by=pao, at=MONDAY + 61 * MINUTE).wrong == 0


def test_a_telephone_gets_three_codes_an_hour(texts: KeptTexts) -> None:
    pao = actor_of(make_helper().account)
    for _ in range(3):
        send_code(Asked(PHONE, "Giàng A Dế"), by=pao, at=MONDAY)

    with pytest.raises(TooManyCodes):
        send_code(Asked(PHONE, "Giàng A Dế"), by=pao, at=MONDAY)
    assert len(texts.sent) == 3


def test_a_code_dies_with_its_minutes_its_use_and_the_next_code(texts: KeptTexts) -> None:
    pao = actor_of(make_helper().account)
    old = send_code(Asked(PHONE, "Giàng A Dế"), by=pao, at=MONDAY)
    old_code = texts.code
    new = send_code(Asked(PHONE, "Giàng A Dế"), by=pao, at=MONDAY)

    for kept, typed, at in (
        (old, old_code, MONDAY),
        (new, texts.code, MONDAY + 10 * MINUTE),
    ):
        with pytest.raises(WrongCode):
            redeem_code(kept.pk, typed, by=pao, at=at)
    redeem_code(new.pk, texts.code, by=pao, at=MONDAY)
    with pytest.raises(WrongCode):
        redeem_code(new.pk, texts.code, by=pao, at=MONDAY)


def test_a_code_is_worth_nothing_to_another_helper(texts: KeptTexts) -> None:
    pao = actor_of(make_helper().account)
    dung = actor_of(make_helper(2, username="dung").account)
    sent = send_code(Asked(PHONE, "Giàng A Dế"), by=pao, at=MONDAY)

    with pytest.raises(WrongCode):
        redeem_code(sent.pk, texts.code, by=dung, at=MONDAY)


def test_a_session_is_worth_nothing_in_another_browser(texts: KeptTexts) -> None:
    pao = actor_of(make_helper().account)
    dung = actor_of(make_helper(2, username="dung").account)

    session = opened(pao, texts)

    assert agent_in(session.token, dung, at=MONDAY) is None


@pytest.mark.parametrize(
    ("changes", "why"),
    [({"seen_at": None}, "chưa ai xác nhận"), ({"full_name": "Cà Văn Dũng"}, "tên khác")],
)
def test_an_account_opened_with_anothers_telephone_gets_nothing(
    texts: KeptTexts, changes: dict[str, Any], why: str
) -> None:
    make_citizen(phone=PHONE, **changes)

    with pytest.raises(NotAllowed, match=why):
        opened(actor_of(make_helper().account), texts)
    assert Mandate.objects.count() == 0


@pytest.mark.parametrize("age", [1, 15, 17])
def test_a_minor_gives_no_consent_alone(texts: KeptTexts, age: int) -> None:
    born = date(2026 - age, 1, 1)
    make_citizen(phone=PHONE, birth_date=born)

    with pytest.raises(NotAllowed, match="cha, mẹ"):
        opened(actor_of(make_helper().account), texts)


def test_a_helper_sends_no_code_to_himself_or_to_an_officer(texts: KeptTexts) -> None:
    helper = make_helper()
    helper.account.phone = PHONE
    helper.account.save()
    other = make_helper(2, username="dung").account
    other.phone = "0912000009"
    other.save()

    with pytest.raises(BadInput, match="chính ông/bà"):
        send_code(Asked(PHONE, "Tôi"), by=actor_of(helper.account), at=MONDAY)
    with pytest.raises(NotAllowed):
        opened(actor_of(helper.account), texts, phone="0912000009")


@pytest.mark.parametrize(
    "changes",
    [
        {"ended_at": MONDAY, "ended_why": "Đã chuyển đi"},
        {"valid_to": date(2026, 3, 1)},
        {"valid_from": date(2026, 3, 3)},
    ],
)
@pytest.mark.usefixtures("texts")
def test_only_a_helper_whose_days_run_may_help(changes: dict[str, Any]) -> None:
    pao = actor_of(make_helper(**changes).account)

    with pytest.raises(NotAHelper):
        send_code(Asked(PHONE, "Giàng A Dế"), by=pao, at=MONDAY)


def test_what_is_taken_back_ends_at_the_next_request(texts: KeptTexts) -> None:
    de, pao = make_citizen(phone=PHONE), actor_of(make_helper().account)
    session = opened(pao, texts)

    take_back(session.mandate_id, by=actor_of(de), at=MONDAY + MINUTE)

    assert agent_in(session.token, pao, at=MONDAY + MINUTE) is None
    assert (list(households_of(pao, at=MONDAY)), list(given_by(actor_of(de), at=MONDAY))) == (
        [],
        [],
    )


def test_a_helper_let_go_loses_session_and_list_at_once(texts: KeptTexts) -> None:
    unit = root_of(make_agency())
    helper = make_helper(unit.pk)
    pao = actor_of(helper.account)
    session = opened(pao, texts)

    end_helper(helper.pk, "Chuyển công tác", by=head_of(unit.pk), at=MONDAY)

    assert agent_in(session.token, pao, at=MONDAY) is None
    assert list(households_of(pao, at=MONDAY)) == []


def test_nobody_but_the_client_takes_back_or_allows_more(texts: KeptTexts) -> None:
    make_citizen(phone=PHONE)
    pao = actor_of(make_helper().account)
    session = opened(pao, texts)
    client = agent_in(session.token, pao, at=MONDAY)
    stranger = actor_of(make_citizen("Cà Văn Dũng", username="dung"))
    assert client is not None

    for by in (pao, stranger, client):
        with pytest.raises(NoSuchMandate):
            take_back(session.mandate_id, by=by, at=MONDAY)
        with pytest.raises(NoSuchMandate):
            change_terms(session.mandate_id, may_receive=True, sees_all=True, by=by, at=MONDAY)


def test_a_helper_who_stops_ends_it_and_may_give_the_household_up(texts: KeptTexts) -> None:
    pao = actor_of(make_helper().account)
    session = opened(pao, texts)

    close_session(session.token, by=pao, at=MONDAY + MINUTE)
    give_up(session.mandate_id, by=pao, at=MONDAY + MINUTE)

    assert agent_in(session.token, pao, at=MONDAY + MINUTE) is None
    words = MandateEntry.objects.order_by("pk").values_list("word", flat=True)
    assert list(words) == ["given", "opened", "closed", "given_up"]


def test_a_household_by_code_is_not_opened_without_one(texts: KeptTexts) -> None:
    pao = actor_of(make_helper().account)
    session = opened(pao, texts)

    with pytest.raises(OutsideMandate, match="gửi mã"):
        open_session(session.mandate_id, by=pao, at=MONDAY)


def test_a_list_of_households_ends(texts: KeptTexts, monkeypatch: pytest.MonkeyPatch) -> None:
    helper = make_helper()
    make_household(helper, make_citizen())
    monkeypatch.setattr(coding, "MOST_HOUSEHOLDS", 1)

    with pytest.raises(TooMany):
        opened(actor_of(helper.account), texts)


def test_the_trail_names_both(texts: KeptTexts) -> None:
    de, pao = make_citizen(phone=PHONE), actor_of(make_helper().account)
    session = opened(pao, texts)
    client = agent_in(session.token, pao, at=MONDAY)
    assert client is not None

    work.story(note_act)(Word.FILE, "dossier:H1", by=client, at=MONDAY)

    entry = AuditEntry.objects.get(action="mandates.file")
    assert (entry.actor_id, entry.on_behalf_of) == (pao.id, de.full_name)
    assert entry.actor_name.startswith("Sùng A Páo")


def test_a_code_may_ask_for_the_outcome_too(texts: KeptTexts) -> None:
    pao = actor_of(make_helper().account)

    session = opened(pao, texts, may_receive=True)

    assert "tai ket qua" in texts.sent[0][1]
    mandate = Mandate.objects.get(pk=session.mandate_id)
    assert (mandate.proof, mandate.may_receive, mandate.sees_all) == (Proof.CODE, True, False)
